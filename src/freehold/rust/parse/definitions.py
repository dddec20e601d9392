"""Items that define types, traits and values."""

from freehold.rust import ast
from freehold.rust.parse.cursor import IDENT
from freehold.rust.parse.faults import Fault
from freehold.rust.parse.functions import Functions
from freehold.rust.token import Kind

_Attributes = tuple[ast.Attribute, ...]
_Visibility = ast.Visibility | None


class Definitions(Functions):
    """Structs, enums, unions, traits, impls, aliases, constants."""

    __slots__ = ()

    # visibility = ("pub" ("(" ("crate" | "self" | "super" | "in" path) ")")?)?
    def visibility(self) -> ast.Visibility | None:
        """Parse a visibility, if any."""
        start = self.at
        texts = self.texts
        if texts[start] != "pub":
            known = self.fragment("vis")
            if known is None:
                return None
            self.at += 1
            return known.node  # type: ignore[return-value]  # as the fragment says
        self.at += 1
        scope = None
        if texts[self.at] == "(":
            word = texts[self.at + 1]
            if word == "in" or (word in ("crate", "self", "super") and texts[self.at + 2] == ")"):
                self.at += 2 if word == "in" else 1
                scope = self.plain_path()
                self.expect(")")
        return ast.Visibility(self.span(start), scope)

    def semicolon(self) -> None:
        """Step over the `;` that ends an item; one that was forgotten is reported."""
        if self.texts[self.at] == ";":
            self.at += 1
        elif self.on_new_line():
            what = f"expected `;`, found {self.spelling()}"
            self.report(self.fault(what, self.gap(), primary="add `;` here"))
        else:
            raise self.unexpected("`;`")

    # -------------------------------------------------------------------------------- data types

    # struct = "struct" name generics (where ";" | where "{" fields "}" | "(" fields ")" where ";")
    def struct(self, start: int, attributes: _Attributes, visibility: _Visibility) -> ast.Item:
        """Parse a struct."""
        self.at += 1
        ident = self.ident()
        params = self.generic_params()
        text = self.texts[self.at]
        if text == "(":
            fields = self._tuple_fields()
            generics = self.generics_of(params)
            self.semicolon()
            shape = ast.Shape.TUPLE
        else:
            generics = self.generics_of(params)
            if self.texts[self.at] == "{":
                fields, shape = self._named_fields(), ast.Shape.NAMED
            elif self.accept(";"):
                fields, shape = (), ast.Shape.UNIT
            else:
                raise self.unexpected("one of `where`, `{`, `(`, or `;` after struct name")
        return ast.Struct(self.span(start), attributes, visibility, ident, generics, shape, fields)

    # union = "union" name generics where "{" fields "}"
    def union(self, start: int, attributes: _Attributes, visibility: _Visibility) -> ast.Item:
        """Parse a union."""
        self.at += 1
        ident = self.ident()
        generics = self.generics_of(self.generic_params())
        if self.texts[self.at] != "{":
            raise self.unexpected("one of `where` or `{` after union name")
        fields = self._named_fields()
        return ast.Union(self.span(start), attributes, visibility, ident, generics, fields)

    # fields = (field ("," field)* ","?)?     field = attribute* visibility? name ":" type
    def _named_fields(self) -> tuple[ast.FieldDecl, ...]:
        self.at += 1
        fields: list[ast.FieldDecl] = []
        while self.texts[self.at] != "}":
            start = self.at
            try:
                found = self._named_field()
                if found is not None:
                    fields.append(found)
            except Fault as fault:
                self.report(fault)
                self._leave_groups(start)
                self.skip_to(_FIELD_ENDS)
                self.accept(",")
                continue
            if not self.accept(",") and self.texts[self.at] != "}":
                self._missing_field_comma()
        self.at += 1
        return tuple(fields)

    def _named_field(self) -> ast.FieldDecl | None:
        start = self.at
        attributes = self.attributes()
        if attributes and self.texts[self.at] == "}":
            self.refuse_lost(attributes, "field")
            return None
        visibility = self.visibility()
        if self.texts[self.at] in ("fn", "let", "impl"):
            help = "functions go into `impl Type { }`, outside of the struct"
            what = f"expected identifier, found {self.spelling()}"
            raise self.fault(what, help=help if self.texts[self.at] == "fn" else "")
        ident = self.ident()
        if self.texts[self.at] != ":":
            raise self.unexpected("`:`")
        self.at += 1
        ty = self.type_()
        if self.texts[self.at] == "=":
            what = "default values on `struct` fields aren't supported"
            self.error(what, help="give the value where the struct is made")
            self.at += 1
            self.expression()
        return ast.FieldDecl(self.span(start), attributes, visibility, ident, ty)

    def _missing_field_comma(self) -> None:
        if self.texts[self.at] == ";":
            self.error("struct fields are separated by `,`", help="replace `;` with `,`")
            self.at += 1
        elif self.on_new_line():
            self.report(self.fault(f"expected `,`, or `}}`, found {self.spelling()}", self.gap()))
        else:
            fault = self.unexpected("`,`, or `}`")
            self.report(fault)
            self.skip_to(_FIELD_ENDS)
            self.accept(",")

    # "(" (attribute* visibility? type ("," ...)* ","?)? ")"
    def _tuple_fields(self) -> tuple[ast.FieldDecl, ...]:
        self.at += 1
        fields: list[ast.FieldDecl] = []
        going = self.texts[self.at] != ")"
        while going:
            start = self.at
            attributes = self.attributes()
            visibility = self.visibility()
            ty = self.type_()
            fields.append(ast.FieldDecl(self.span(start), attributes, visibility, None, ty))
            going = self.next_or_close("(")
        self.at += 1
        return tuple(fields)

    # enum = "enum" name generics where "{" (variant ("," variant)* ","?)? "}"
    def enum(self, start: int, attributes: _Attributes, visibility: _Visibility) -> ast.Item:
        """Parse an enum."""
        self.at += 1
        ident = self.ident()
        generics = self.generics_of(self.generic_params())
        self.expect("{")
        variants: list[ast.Variant] = []
        while self.texts[self.at] != "}":
            begin = self.at
            try:
                found = self._variant()
                if found is not None:
                    variants.append(found)
            except Fault as fault:
                self.report(fault)
                self._leave_groups(begin)
                self.skip_to(_FIELD_ENDS)
                self.accept(",")
                continue
            if not self.accept(",") and self.texts[self.at] != "}":
                self._missing_variant_comma()
        self.at += 1
        return ast.EnumItem(
            self.span(start), attributes, visibility, ident, generics, tuple(variants)
        )

    def _missing_variant_comma(self) -> None:
        what = f"expected one of `(`, `,`, `=`, `{{`, or `}}`, found {self.spelling()}"
        self.report(self.fault(what))
        if not self.on_new_line():
            self.skip_to(_FIELD_ENDS)
            self.accept(",")

    # variant = attribute* visibility? name ("(" fields ")" | "{" fields "}")? ("=" expression)?
    def _variant(self) -> ast.Variant | None:
        start = self.at
        attributes = self.attributes()
        if attributes and self.texts[self.at] == "}":
            self.refuse_lost(attributes, "variant")
            return None
        visibility = self.visibility()
        if self.texts[self.at + 1] == "!" and self.kinds[self.at + 2] == Kind.OPEN:
            raise self.fault("macros cannot expand to enum variants")
        ident = self.ident()
        fields: tuple[ast.FieldDecl, ...] = ()
        shape = ast.Shape.UNIT
        if self.texts[self.at] == "(":
            fields, shape = self._tuple_fields(), ast.Shape.TUPLE
        elif self.texts[self.at] == "{":
            fields, shape = self._named_fields(), ast.Shape.NAMED
        discriminant = self.expression() if self.accept("=") else None
        return ast.Variant(
            self.span(start), attributes, visibility, ident, shape, fields, discriminant
        )

    # ------------------------------------------------------------------------------------- values

    # alias = "type" name generics (":" bounds)? where ("=" type)? where ";"
    def type_alias(
        self,
        start: int,
        attributes: _Attributes,
        visibility: _Visibility,
        *,
        is_default: bool = False,
    ) -> ast.TypeAlias:
        """Parse a type alias or associated type."""
        self.at += 1
        ident = self.ident()
        params = self.generic_params()
        bounds = self.bounds() if self.accept(":") else ()
        before = self.where()
        ty = self.type_() if self.accept("=") else None
        generics = ast.Generics(params[1], params[0], before + self.where())
        self.semicolon()
        return ast.TypeAlias(
            self.span(start), attributes, visibility, ident, generics, bounds, ty, is_default
        )

    # const = "const" (name | "_") ":" type ("=" expression)? ";"
    def const(
        self,
        start: int,
        attributes: _Attributes,
        visibility: _Visibility,
        *,
        is_default: bool = False,
    ) -> ast.Const:
        """Parse a constant."""
        self.at += 1
        if self.texts[self.at] == "mut":
            self.error("const globals cannot be mutable", help="you might want a static instead")
            self.at += 1
        ident = self.word() if self.texts[self.at] == "_" else self.ident()
        ty = self._value_type("constant")
        value = self.expression() if self.accept("=") else None
        self.semicolon()
        return ast.Const(self.span(start), attributes, visibility, ident, ty, value, is_default)

    # static = ("safe" | "unsafe")? "static" "mut"? name ":" type ("=" expression)? ";"
    def static(self, start: int, attributes: _Attributes, visibility: _Visibility) -> ast.Static:
        """Parse a static."""
        is_unsafe = self.accept("unsafe")
        is_safe = self.accept("safe")
        self.expect("static")
        mutable = self.accept("mut")
        ident = self.word() if self.texts[self.at] == "_" else self.ident()
        ty = self._value_type("static")
        value = self.expression() if self.accept("=") else None
        self.semicolon()
        return ast.Static(
            self.span(start), attributes, visibility, ident, mutable, ty, value, is_unsafe, is_safe
        )

    def _value_type(self, what: str) -> ast.TypeExpr:
        if self.texts[self.at] in ("=", ";"):
            self.error(f"missing type for `{what}` item", self.gap())
            return ast.ErrorType(self.gap())
        self.expect(":")
        return self.type_()

    # ------------------------------------------------------------------------------ traits, impls

    # trait = "unsafe"? "auto"? "trait" name generics (":" bounds)? where "{" associated* "}"
    def trait(self, start: int, attributes: _Attributes, visibility: _Visibility) -> ast.Item:
        """Parse a trait."""
        is_unsafe = self.accept("unsafe")
        is_auto = self.accept("auto")
        self.expect("trait")
        ident = self.ident()
        params = self.generic_params()
        bounds = self.bounds() if self.accept(":") else ()
        if self.texts[self.at] == "=":
            raise self.fault("trait aliases are experimental")
        generics = self.generics_of(params)
        inner, items = self._associated_items()
        attributes += inner
        return ast.Trait(
            self.span(start),
            attributes,
            visibility,
            ident,
            generics,
            is_unsafe,
            is_auto,
            bounds,
            items,
        )

    # impl = "unsafe"? "impl" generics? ("!"? type "for")? type where "{" associated* "}"
    def impl(
        self,
        start: int,
        attributes: _Attributes,
        visibility: _Visibility,
        *,
        is_default: bool = False,
    ) -> ast.Item:
        """Parse an impl."""
        is_unsafe = self.accept("unsafe")
        self.expect("impl")
        has_params = self.texts[self.at] == "<" and self._starts_params(self.at + 1)
        params = self.generic_params() if has_params else ((), self.gap())
        is_const = self.accept("const")
        negative = self.texts[self.at] == "!" and self.texts[self.at + 1] != "{"
        if negative:
            self.at += 1
        self_type = self.type_()
        trait = None
        if self.accept("for"):
            trait = self._trait_path(self_type)
            self_type = self.type_()
        head = self.span(start)
        generics = self.generics_of(params)
        inner, items = self._associated_items()
        attributes += inner
        return ast.Impl(
            self.span(start),
            attributes,
            visibility,
            generics,
            is_unsafe,
            is_default,
            is_const,
            negative,
            trait,
            self_type,
            items,
            head,
        )

    def _starts_params(self, at: int) -> bool:
        """Tell whether generic parameters, not a qualified type, follow `impl <`."""
        text, after = self.texts[at], self.texts[at + 1]
        if text in (">", "#", "const") or self.kinds[at] == Kind.LIFETIME:
            return True
        return self.kinds[at] == IDENT and after in (">", ",", ":", "=")

    def _trait_path(self, ty: ast.TypeExpr) -> ast.Path:
        match ty:
            case ast.PathType(path=path):
                return path
            case ast.TraitObjectType(bounds=(ast.TraitBound(path=path),)):
                return path
            case _:
                raise self.fault("expected a trait, found type", ty.span)

    def _associated_items(self) -> tuple[_Attributes, tuple[ast.AssocItem, ...]]:
        if self.texts[self.at] != "{":
            raise self.unexpected("one of `where` or `{`")
        self.at += 1
        attributes = self.inner_attributes()
        items = self.associated_items()
        self.expect("}")
        return attributes, items

    # associated = attribute* visibility? (function | const | alias | macro-call)
    def associated_items(self) -> tuple[ast.AssocItem, ...]:
        """Parse the items of a trait or impl."""
        items: list[ast.AssocItem] = []
        kinds = self.kinds
        while kinds[self.at] != Kind.CLOSE and kinds[self.at] != Kind.END:
            before = self.at, self.depth
            try:
                attributes = self.attributes()
                if kinds[self.at] == Kind.CLOSE or kinds[self.at] == Kind.END:
                    self.refuse_lost(attributes, "associated item")
                    break
                items.append(self._associated_item(attributes, before[0]))
            except Fault as fault:
                self._recover_item(fault, *before)
        return tuple(items)

    def _associated_item(self, attributes: _Attributes, start: int) -> ast.AssocItem:
        item = self.item(attributes, start)
        match item:
            case ast.Function() | ast.Const() | ast.TypeAlias() | ast.MacroItem():
                return item
            case _:
                what = "item kind is not supported in `trait`s or `impl`s"
                raise self.fault(what, item.span)

    def _recover_item(self, fault: Fault, start: int, depth: int) -> None:
        raise NotImplementedError


_FIELD_ENDS = frozenset((",",))
