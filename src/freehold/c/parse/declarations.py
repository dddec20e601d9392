"""Declarations and function definitions (C11 6.7, 6.9)."""

from freehold.c import ast
from freehold.c.parse.declarators import declared_name, own_function
from freehold.c.parse.grammar import Specified
from freehold.c.parse.initializers import Initializers
from freehold.c.parse.words import is_c23


class Declarations(Initializers):
    """Declarations."""

    __slots__ = ()

    # declaration = static-assert | specifiers ";" | specifiers init-declarators ";"
    #             | specifiers declarator old-style-declaration* compound
    def declaration(self) -> ast.Declaration | ast.StaticAssert | ast.FunctionDefinition:
        """Parse a declaration or a function definition."""
        start = self.at
        extension = self.extension
        self.extension += self.texts[start] == "__extension__"
        found = self._declaration(start)
        self.extension = extension
        return found

    def _declaration(
        self, start: int
    ) -> ast.Declaration | ast.StaticAssert | ast.FunctionDefinition:
        if self.names_no_type(start, star=True):
            self.unknown_type(start)
        specified = self.specifiers(storage=True)
        text = self.texts[self.at]
        if text == ";":
            self.at += 1
            return ast.Declaration(self.span(start), specified.specifiers, ())
        if text == "_Static_assert" and not _says_anything(specified):
            return self.static_assert()
        first = self.at
        if not specified.has_type and self.names_no_type(first, star=False):
            self.unknown_type(first)
            specified = self._with_type(start, specified)
            first = self.at
        self.after_definition(specified.specifiers)
        attributes = self.attributes()
        declarator = self.declarator(typed=specified.has_type)
        attributes += self.take_loose()
        function = own_function(declarator)
        if function is not None and (
            self.texts[self.at] == "{" or (not function.prototype and self._starts_old_style())
        ):
            return self._definition(start, specified, declarator, attributes)
        declarators = self._declarators(first, specified, declarator, attributes)
        self._end_declaration(declarators[-1])
        return ast.Declaration(self.span(start), specified.specifiers, tuple(declarators))

    def _with_type(self, start: int, before: Specified) -> Specified:
        """Read on after specifiers that turned out to have an unknown type among them."""
        after = self.specifiers(storage=True)
        items = before.specifiers.items + after.specifiers.items
        place = self.span(start)
        is_typedef = before.is_typedef or after.is_typedef
        return Specified(ast.Specifiers(place, items), is_typedef, has_type=True)

    def _starts_old_style(self) -> bool:
        text = self.texts[self.at]
        return text not in ("__attribute__", "_Static_assert") and self.starts_declaration(self.at)

    def _end_declaration(self, last: ast.InitDeclarator) -> None:
        if self.texts[self.at] != ";":
            has_value = last.initializer is not None
            raise self.missing(";", "the initializer" if has_value else "the declaration")
        self.at += 1

    # init-declarators = init-declarator ("," attributes init-declarator)*
    def _declarators(
        self,
        start: int,
        specified: Specified,
        declarator: ast.Declarator,
        attributes: tuple[ast.Attribute, ...],
    ) -> list[ast.InitDeclarator]:
        found = [self._init_declarator(start, specified, declarator, attributes)]
        while self.texts[self.at] == ",":
            self.at += 1
            start = self.at
            attributes = self.attributes()
            declarator = self.declarator(typed=specified.has_type)
            attributes += self.take_loose()
            found.append(self._init_declarator(start, specified, declarator, attributes))
        return found

    # init-declarator = declarator asm-label? attributes ("=" initializer)?
    #
    # The name is in scope in its own initializer.
    def _init_declarator(
        self,
        start: int,
        specified: Specified,
        declarator: ast.Declarator,
        attributes: tuple[ast.Attribute, ...],
    ) -> ast.InitDeclarator:
        asm_label = self.asm_label()
        attributes += self.attributes()
        self.declare(declared_name(declarator), is_type=specified.is_typedef)
        initializer = None
        if self.texts[self.at] == "=":
            self.at += 1
            initializer = self.initializer()
        place = self.span(start)
        return ast.InitDeclarator(place, declarator, initializer, None, asm_label, attributes)

    # definition = specifiers declarator old-style-declaration* compound
    def _definition(
        self,
        start: int,
        specified: Specified,
        declarator: ast.Declarator,
        attributes: tuple[ast.Attribute, ...],
    ) -> ast.FunctionDefinition:
        self.declare(declared_name(declarator), is_type=False)
        extension, self.extension = self.extension, 0
        self.enter()
        self._declare_parameters(declarator)
        old_style = []
        while self.texts[self.at] != "{":
            if not self._starts_old_style():
                raise self.unexpected("the function's body")
            declared = self.declaration()
            if isinstance(declared, ast.Declaration):
                old_style.append(declared)
        self.functions += 1
        body = self.compound()
        self.functions -= 1
        self.leave()
        self.extension = extension
        return ast.FunctionDefinition(
            self.span(start), specified.specifiers, declarator, tuple(old_style), body, attributes
        )

    def _declare_parameters(self, declarator: ast.Declarator) -> None:
        function = own_function(declarator)
        if function is None:
            return
        for parameter in function.parameters:
            self.declare(declared_name(parameter.declarator), is_type=False)
        for name in function.names:
            self.declare(name.name, is_type=False)

    # static-assert = "_Static_assert" "(" conditional ("," string)? ")" ";"
    def static_assert(self) -> ast.StaticAssert:
        """Parse a static assertion."""
        start = self.at
        self.at += 1
        opener = self.at
        self.expect("(", "`_Static_assert`")
        condition = self.conditional()
        message = None
        if self.accept(","):
            message = self.string()
        elif not is_c23(self.options.std):
            self.pedantic(self.here(), "ISO C11 wants a message in `_Static_assert`")
        self.close(")", opener)
        self.expect(";", "the static assertion")
        return ast.StaticAssert(self.span(start), condition, message)


def _says_anything(specified: Specified) -> bool:
    return any(
        not (isinstance(item, ast.Keyword) and item.name == "__extension__")
        for item in specified.specifiers.items
    )
