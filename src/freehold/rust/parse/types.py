"""Types."""

from collections.abc import Callable

from freehold.rust import ast
from freehold.rust.parse.cursor import FRAGMENT, IDENT, LIFETIME
from freehold.rust.parse.paths import Paths
from freehold.rust.parse.words import PATH_WORDS
from freehold.rust.token import Kind


class Types(Paths):
    """Types."""

    __slots__ = ()

    # type = path-type | "(" ... ")" | "!" | "&" ... | "*" ... | "[" ... "]" | "_" | fn-pointer
    #      | "impl" bounds | "dyn" bounds | bounds
    def type_(self, *, plus: bool = True) -> ast.TypeExpr:
        """Parse a type; `plus`: bounds without parentheses may follow `dyn` and `impl`."""
        self.nest()
        before, self.plus = self.plus, plus
        text = self.texts[self.at]
        rule = _TYPES.get(text)
        if rule is not None:
            ty = rule(self)
        elif self.kinds[self.at] == IDENT or text in PATH_WORDS:
            ty = self._path_type()
        else:
            ty = self._other()
        self.plus = before
        self.depth -= 1
        return ty

    def _other(self) -> ast.TypeExpr:
        kind = self.kinds[self.at]
        if kind == FRAGMENT:
            return self._fragment_type()
        if kind == LIFETIME and self.texts[self.at + 1] == "+":
            return self._bare_object(self.at, ())
        raise self.unexpected("type")

    def _fragment_type(self) -> ast.TypeExpr:
        known = self.fragment("ty")
        if known is not None and self.texts[self.at + 1] != "::":
            self.at += 1
            return known.node  # type: ignore[return-value]  # a `ty` fragment holds a type
        if known is not None or self.starts_path():
            return self._path_type()
        raise self.unexpected("type")

    # path-type = type-path ("!" delimited | ("+" bound)*)
    def _path_type(self) -> ast.TypeExpr:
        start = self.at
        path = self.type_path()
        text = self.texts[self.at]
        if text == "!" and self.kinds[self.at + 1] == Kind.OPEN:
            call = self.macro_call(path, start)
            return ast.MacroType(call.span, call)
        if text == "+" and self.plus:
            return self._bare_object(start, (ast.TraitBound(path.span, (), "", path),))
        return ast.PathType(path.span, path)

    # bare-object = bound ("+" bound)*
    def _bare_object(self, start: int, first: tuple[ast.Bound, ...]) -> ast.TypeExpr:
        bounds = first
        if first:
            self.expect("+")
        if not first and not self.plus:
            bounds = (self.bound(),)
        else:
            bounds += self.bounds()
        return ast.TraitObjectType(self.span(start), bounds, is_bare=True)

    # "(" ")" | "(" type ")" | "(" type ("," type)* ","? ")"
    def _paren_type(self) -> ast.TypeExpr:
        start = self.at
        self.at += 1
        elements: list[ast.TypeExpr] = []
        comma = True
        going = self.texts[self.at] != ")"
        while going:
            elements.append(self.type_())
            comma = self.texts[self.at] == ","
            going = self.next_or_close("(")
        self.at += 1
        span = self.span(start)
        if len(elements) != 1 or comma:
            return ast.TupleType(span, tuple(elements))
        inner = elements[0]
        if self.texts[self.at] == "+" and self.plus and isinstance(inner, ast.PathType):
            return self._bare_object(start, (ast.TraitBound(inner.span, (), "", inner.path),))
        return ast.ParenType(span, inner)

    def _never_type(self) -> ast.TypeExpr:
        self.at += 1
        return ast.NeverType(self.span(self.at - 1))

    def _infer_type(self) -> ast.TypeExpr:
        self.at += 1
        return ast.InferType(self.span(self.at - 1))

    # "&" lifetime? "mut"? type
    def _reference_type(self) -> ast.TypeExpr:
        self.split("&")
        start = self.at
        self.at += 1
        lifetime = self.lifetime() if self.kinds[self.at] == LIFETIME else None
        mutable = self.accept("mut")
        inner = self.type_(plus=False)
        span = self.span(start)
        if self.plus and self.texts[self.at] == "+":
            self.error("ambiguous `+` in a type", span, "put parentheses around the bounds")
            self.at += 1
            self.bounds()
        return ast.RefType(span, lifetime, mutable, inner)

    # "*" ("const" | "mut") type
    def _pointer_type(self) -> ast.TypeExpr:
        start = self.at
        self.at += 1
        mutable = self.accept("mut")
        if not mutable and not self.accept("const"):
            help = "a raw pointer is `*const T` or `*mut T`"
            what = "expected `mut` or `const` keyword in raw pointer type"
            raise self.fault(what, help=help)
        inner = self.type_(plus=False)
        return ast.PointerType(self.span(start), mutable, inner)

    # "[" type "]" | "[" type ";" expression "]"
    def _bracket_type(self) -> ast.TypeExpr:
        start = self.at
        self.at += 1
        element = self.type_()
        if self.accept(";"):
            no_struct, self.no_struct = self.no_struct, False
            length = self.expression()
            self.no_struct = no_struct
            self.expect("]")
            return ast.ArrayType(self.span(start), element, length)
        if self.texts[self.at] != "]":
            raise self.unexpected("one of `;` or `]`")
        self.at += 1
        return ast.SliceType(self.span(start), element)

    # "impl" bounds
    def _impl_type(self) -> ast.TypeExpr:
        start = self.at
        self.at += 1
        bounds = self._some_bounds()
        return ast.ImplTraitType(self.span(start), bounds)

    # "dyn" bounds
    def _dyn_type(self) -> ast.TypeExpr:
        start = self.at
        self.at += 1
        bounds = self._some_bounds()
        return ast.TraitObjectType(self.span(start), bounds)

    def _some_bounds(self) -> tuple[ast.Bound, ...]:
        if self.plus:
            bounds = self.bounds()
            if not bounds:
                self.error("at least one trait must be specified", self.gap())
            return bounds
        return (self.bound(),)

    def _bound_type(self) -> ast.TypeExpr:
        return self._bare_object(self.at, ())

    # "for" "<" ... ">" (fn-pointer | bounds)
    def _for_type(self) -> ast.TypeExpr:
        start = self.at
        after = self._past_angles(start + 1)
        if self.texts[after] in ("fn", "unsafe", "extern"):
            lifetimes = self.lifetime_params()
            return self._fn_pointer_of(start, lifetimes)
        return self._bare_object(start, ())

    def _past_angles(self, index: int) -> int:
        """Return the number of the token after the `<...>` of lifetimes at `index`."""
        while self.texts[index] not in (">", "", "{", ";"):
            index += 1
        return index + 1

    def _fn_pointer(self) -> ast.TypeExpr:
        return self._fn_pointer_of(self.at, ())

    # fn-pointer = ("for" ...)? "unsafe"? ("extern" string?)? "fn" "(" params ")" ("->" type)?
    def _fn_pointer_of(
        self, start: int, lifetimes: tuple[ast.LifetimeParam, ...]
    ) -> ast.FnPointerType:
        is_unsafe = self.accept("unsafe")
        abi = self.abi() if self.accept("extern") else None
        self.expect("fn")
        self.expect("(")
        parameters: list[ast.FnPointerParam] = []
        variadic = False
        going = self.texts[self.at] != ")"
        while going:
            attributes = self.attributes()
            if self.accept("..."):
                variadic = True
            else:
                parameters.append(self._fn_pointer_param(attributes))
            going = self.next_or_close("(")
        self.at += 1
        output = self.type_(plus=False) if self.accept("->") else None
        return ast.FnPointerType(
            self.span(start), lifetimes, is_unsafe, abi, tuple(parameters), variadic, output
        )

    # fn-pointer-param = ((name | "_") ":")? type
    def _fn_pointer_param(self, attributes: tuple[ast.Attribute, ...]) -> ast.FnPointerParam:
        start = self.at
        ident = None
        if self.texts[start + 1] == ":" and (
            self.kinds[start] == IDENT or self.texts[start] == "_"
        ):
            ident = self.word()
            self.at += 1
        ty = self.type_()
        return ast.FnPointerParam(self.span(start), attributes, ident, ty)

    # abi = string?
    def abi(self) -> str:
        """Parse what may follow `extern`; nothing is "C"."""
        raise NotImplementedError


_TYPES: dict[str, Callable[[Types], ast.TypeExpr]] = {
    "(": Types._paren_type,
    "!": Types._never_type,
    "_": Types._infer_type,
    "&": Types._reference_type,
    "&&": Types._reference_type,
    "*": Types._pointer_type,
    "[": Types._bracket_type,
    "impl": Types._impl_type,
    "dyn": Types._dyn_type,
    "for": Types._for_type,
    "fn": Types._fn_pointer,
    "unsafe": Types._fn_pointer,
    "extern": Types._fn_pointer,
    "<": Types._path_type,
    "<<": Types._path_type,
    "::": Types._path_type,
    "?": Types._bound_type,
}
