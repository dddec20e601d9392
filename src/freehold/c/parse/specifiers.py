"""Declaration specifiers, records, enumerations and type names (C11 6.7.1 to 6.7.5, 6.7.7)."""

from collections.abc import Callable

from freehold.c import ast
from freehold.c.parse.cursor import END, IDENT, KEYWORD
from freehold.c.parse.declarators import Declarators
from freehold.c.parse.faults import Fault
from freehold.c.parse.grammar import Specified
from freehold.c.parse.suggest import help_for_type
from freehold.c.parse.words import COMPOUND, SPECIFIERS, STORAGE, TYPE_WORDS, is_c23
from freehold.diagnostics.codes import CPLUSPLUS
from freehold.source import Span

Found = list[ast.Specifier]


class Specifiers(Declarators):
    """What stands before the declarators."""

    __slots__ = ()

    # specifiers = (keyword | typedef-name | record | enum | typeof | atomic | alignas
    #            | attributes)*
    #
    # A typedef's name is a specifier only as long as no other type was named (6.7.8p3). A type
    # after the definition of another is none: a semicolon is missing between them.
    def specifiers(self, *, storage: bool) -> Specified:
        """Parse declaration specifiers; a member's and a type name's have no `storage`."""
        texts, kinds, types = self.texts, self.kinds, self.types
        start = self.at
        found: Found = []
        is_typedef = typed = False
        while True:
            at = self.at
            kind, text = kinds[at], texts[at]
            if kind == KEYWORD:
                name = SPECIFIERS.get(text)
                if name is None or (text == "_Atomic" and texts[at + 1] == "("):
                    rule = _RULES.get(text)
                    if rule is None:
                        break
                    if text in COMPOUND and _is_definition(found):
                        break
                    rule(self, found)
                    typed |= text not in _UNTYPED
                    continue
                if text in STORAGE:
                    if not storage:
                        break
                    is_typedef |= text == "typedef"
                elif text in TYPE_WORDS:
                    if typed and _is_definition(found):
                        break
                    typed = True
                self.at = at + 1
                found.append(ast.Keyword(self.span(at), name))
            elif kind == IDENT and not typed and types.get(text):
                typed = True
                self.at = at + 1
                found.append(ast.TypedefName(self.span(at), text))
            elif text == "[" and texts[at + 1] == "[":
                found += self.attributes()
            else:
                break
        place = self.span(start)
        return Specified(ast.Specifiers(place, tuple(found)), is_typedef, typed)

    def after_definition(self, specifiers: ast.Specifiers) -> None:
        """Fault if a semicolon is missing after the record that `specifiers` end with."""
        at = self.at
        at_type = self.kinds[at] in (KEYWORD, END)
        if self.starts_type(at) and not at_type:
            # The name of a typedef may be declared anew here; then no declarator follows it.
            at_type = self.kinds[at + 1] == IDENT or self.texts[at + 1] == "*"
        if at_type and _is_definition(list(specifiers.items)):
            raise self.missing(";", "the definition of a type")

    # type-name = specifiers abstract-declarator
    def type_name(self) -> ast.TypeName:
        """Parse a type name."""
        start = self.at
        self._know_type(start)
        specifiers = self.specifiers(storage=False).specifiers
        if not specifiers.items:
            raise self.unexpected("a type")
        declarator = self.abstract_declarator()
        return ast.TypeName(self.span(start), specifiers, declarator)

    def _know_type(self, index: int) -> None:
        """Report an identifier that stands where a type must, and take it for one from here on."""
        if self.kinds[index] == IDENT and not self.types.get(self.texts[index]):
            self.unknown_type(index)

    def unknown_type(self, index: int) -> None:
        """Report that token `index` names no type, and take it for one from here on."""
        name = self.texts[index]
        before, self.at = self.at, index
        remedy = help_for_type(
            name, self.tags, [known for known in self.types if self.types[known]]
        )
        fault = self.fault(self.here(), f"no type is called `{name}`", help=remedy)
        if fault.diagnostic.code is CPLUSPLUS:
            raise fault
        self.report(fault)
        self.at = before
        self.declare(name, is_type=True)

    # typeof = "typeof" "(" (type-name | expression) ")"
    def _typeof(self, found: Found) -> None:
        start = self.at
        self.at += 1
        self.nest()
        self.expect("(", "`typeof`")
        operand = self.type_name() if self.starts_type(self.at) else self.expression()
        self.close(")", start + 1)
        self.depth -= 1
        unqualified = self.texts[start] == "__typeof_unqual__"
        found.append(ast.TypeOf(self.span(start), operand, unqualified))

    # atomic = "_Atomic" "(" type-name ")"
    def _atomic(self, found: Found) -> None:
        start = self.at
        self.at += 2
        self.nest()
        ty = self.type_name()
        self.close(")", start + 1)
        self.depth -= 1
        found.append(ast.AtomicType(self.span(start), ty))

    # alignas = "_Alignas" "(" (type-name | conditional) ")"
    def _alignas(self, found: Found) -> None:
        start = self.at
        self.at += 1
        self.expect("(", "`_Alignas`")
        operand = self.type_name() if self.starts_type(self.at) else self.conditional()
        self.close(")", start + 1)
        found.append(ast.AlignAs(self.span(start), operand))

    def _attribute_specifiers(self, found: Found) -> None:
        found += self.attributes()

    def _extension_specifier(self, found: Found) -> None:
        self.at += 1
        found.append(ast.Keyword(self.span(self.at - 1), "__extension__"))

    # record = ("struct" | "union") attributes identifier? ("{" member* "}")? attributes
    def _record(self, found: Found) -> None:
        start = self.at
        keyword = self.texts[start]
        self.at += 1
        attributes = self.attributes()
        tag = self._tag(self.texts[start])
        members: tuple[ast.Declaration | ast.StaticAssert, ...] | None = None
        pack = 0
        if self.texts[self.at] == "{":
            members = self._members()
            pack = self.pack_at(self.at) if self.packs else 0
            place = self.span(start)
            attributes += self.attributes()
        elif tag is None:
            raise self.unexpected(f"a tag or `{{` after `{keyword}`")
        else:
            place = self.span(start)
        found.append(ast.Record(place, keyword, tag, members, attributes, pack))

    def _tag(self, keyword: str) -> str | None:
        if self.kinds[self.at] != IDENT:
            return None
        self.at += 1
        tag = self.texts[self.at - 1]
        self.tags[tag] = keyword
        return tag

    # member* = (member ";" | ";")*
    def _members(self) -> tuple[ast.Declaration | ast.StaticAssert, ...]:
        opener = self.at
        self.at += 1
        self.nest()
        found: list[ast.Declaration | ast.StaticAssert] = []
        while self.texts[self.at] != "}":
            if self.texts[self.at] == ";":
                self.pedantic(self.here(), "extra semicolon in a struct or union")
                self.at += 1
            elif self.texts[self.at] == "_Static_assert":
                found.append(self.static_assert())
            else:
                self._member_or_fault(found, opener)
        self.at += 1
        self.depth -= 1
        return tuple(found)

    def _member_or_fault(
        self, found: list[ast.Declaration | ast.StaticAssert], opener: int
    ) -> None:
        start, depth, scopes, extension = self.at, self.depth, len(self.undo), self.extension
        try:
            found.append(self._member(opener))
        except Fault as fault:
            if self.kinds[self.at] == END:
                raise
            self.report(fault)
            self.extension = extension
            self.recover(start, depth, scopes)

    # member = specifiers (member-declarator ("," member-declarator)*)? ";"
    def _member(self, opener: int) -> ast.Declaration:
        start = self.at
        extension = self.extension
        self.extension += self.texts[start] == "__extension__"
        if self.names_no_type(start, star=True):
            self.unknown_type(start)
        specified = self.specifiers(storage=False)
        if not specified.specifiers.items:
            at_end = self.kinds[start] == END
            raise self.unclosed("}", opener) if at_end else self.unexpected("a member")
        declarators = []
        self.after_definition(specified.specifiers)
        if self.texts[self.at] not in (";", "}"):
            declarators.append(self._member_declarator(specified))
            while self.accept(","):
                declarators.append(self._member_declarator(specified))
        self._end_member()
        self.extension = extension
        return ast.Declaration(self.span(start), specified.specifiers, tuple(declarators))

    def _end_member(self) -> None:
        if self.texts[self.at] == "}":
            self.pedwarn(self.gap(), "no semicolon after the last member")
        else:
            self.expect(";", "the member")

    # member-declarator = attributes (declarator (":" conditional)? | ":" conditional) attributes
    def _member_declarator(self, specified: Specified) -> ast.InitDeclarator:
        start = self.at
        attributes = self.attributes()
        if self.texts[self.at] == ":":
            declarator: ast.Declarator = ast.NameDeclarator(self.here(), None)
        else:
            declarator = self.declarator(typed=specified.has_type)
        width = self.conditional() if self.accept(":") else None
        attributes += self.attributes() + self.take_loose()
        return ast.InitDeclarator(self.span(start), declarator, width=width, attributes=attributes)

    # enum = "enum" attributes identifier? (":" type-name)? ("{" enumerator-list "}")? attributes
    def _enum(self, found: Found) -> None:
        start = self.at
        self.at += 1
        attributes = self.attributes()
        tag = self._tag(self.texts[start])
        underlying = None
        if self.texts[self.at] == ":" and self._has_underlying():
            self.at += 1
            underlying = self.type_name()
        enumerators: tuple[ast.Enumerator, ...] | None = None
        place: Span
        if self.texts[self.at] == "{":
            enumerators = self._enumerators()
            place = self.span(start)
            attributes += self.attributes()
        elif tag is None:
            raise self.unexpected("a tag or `{` after `enum`")
        else:
            place = self.span(start)
        found.append(ast.Enum(place, tag, enumerators, attributes, underlying))

    def _has_underlying(self) -> bool:
        """Tell `enum E : type` from a bit-field `enum E : width`."""
        return is_c23(self.options.std) and self.starts_type(self.at + 1)

    # enumerator-list = enumerator ("," enumerator)* ","?
    def _enumerators(self) -> tuple[ast.Enumerator, ...]:
        opener = self.at
        self.at += 1
        found: list[ast.Enumerator] = []
        while self.texts[self.at] != "}" or not found:
            found.append(self._enumerator())
            if self.texts[self.at] != "}" and not self.accept(","):
                raise self.unseparated("}", opener)
        self.at += 1
        return tuple(found)

    # enumerator = identifier attributes ("=" conditional)?
    def _enumerator(self) -> ast.Enumerator:
        start = self.at
        name = self.identifier("an enumerator")
        self.attributes()
        value = self.conditional() if self.accept("=") else None
        self.declare(name, is_type=False)
        return ast.Enumerator(self.span(start), name, value)


def _is_definition(found: Found) -> bool:
    """Tell whether the last specifier defines a record or an enumeration."""
    match found[-1] if found else None:
        case ast.Record(members=body) | ast.Enum(enumerators=body):
            return body is not None
        case _:
            return False


# Rules whose specifier is no type.
_UNTYPED = frozenset(("_Alignas", "__attribute__", "__extension__"))

_RULES: dict[str, Callable[[Specifiers, Found], None]] = {
    "struct": Specifiers._record,
    "union": Specifiers._record,
    "enum": Specifiers._enum,
    "__typeof__": Specifiers._typeof,
    "__typeof_unqual__": Specifiers._typeof,
    "_Atomic": Specifiers._atomic,
    "_Alignas": Specifiers._alignas,
    "__attribute__": Specifiers._attribute_specifiers,
    "__extension__": Specifiers._extension_specifier,
}
