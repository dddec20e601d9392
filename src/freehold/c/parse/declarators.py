"""Declarators, abstract ones, and parameters (C11 6.7.6)."""

from enum import Enum

from freehold.c import ast
from freehold.c.depth import NESTING
from freehold.c.parse.attributes import Attributes
from freehold.c.parse.cursor import END, IDENT, KEYWORD
from freehold.c.parse.words import QUALIFIERS, is_c23
from freehold.diagnostics import Diagnostic
from freehold.diagnostics.codes import UNSUPPORTED


class Flavour(Enum):
    """Which name a declarator has."""

    NAMED = "a name, not a typedef's"
    TYPED = "a name, which may hide a typedef's, since a type was given"
    ABSTRACT = "none"
    PARAMETER = "either"


def own_function(declarator: ast.Declarator) -> ast.FunctionDeclarator | None:
    """Return the parameter list that belongs to the declared name itself, if it is a function."""
    found = None
    while not isinstance(declarator, ast.NameDeclarator):
        found = declarator if isinstance(declarator, ast.FunctionDeclarator) else None
        declarator = declarator.inner
    return found


def declared_name(declarator: ast.Declarator) -> str | None:
    """Return the name that a declarator declares."""
    while not isinstance(declarator, ast.NameDeclarator):
        declarator = declarator.inner
    return declarator.name


class Declarators(Attributes):
    """Declarators."""

    __slots__ = ()

    def declarator(self, *, typed: bool) -> ast.Declarator:
        """Parse a declarator with a name; a typedef's name can be redeclared if `typed`."""
        return self._declarator(Flavour.TYPED if typed else Flavour.NAMED)

    def abstract_declarator(self) -> ast.Declarator:
        """Parse the declarator of a type name."""
        return self._declarator(Flavour.ABSTRACT)

    def take_loose(self) -> tuple[ast.Attribute, ...]:
        """Return the attributes that stood inside the declarator just parsed."""
        if not self.loose:
            return ()
        found = tuple(self.loose)
        self.loose.clear()
        return found

    # declarator = ("*" qualifiers)* direct
    def _declarator(self, flavour: Flavour) -> ast.Declarator:
        if self.texts[self.at] != "*":
            return self._direct(flavour)
        start = self.at
        stars: list[tuple[int, tuple[ast.Keyword, ...], tuple[ast.Attribute, ...]]] = []
        depth = self.depth
        while self.texts[self.at] == "*":
            self.nest()
            star = self.at
            self.at += 1
            stars.append((star, *self._qualifiers()))
        declarator = self._direct(flavour)
        self.depth = depth
        for star, qualifiers, attributes in reversed(stars):
            place = self.span(max(star, start))
            declarator = ast.PointerDeclarator(place, declarator, qualifiers, attributes)
        return declarator

    # qualifiers = (qualifier | attributes)*
    def _qualifiers(self) -> tuple[tuple[ast.Keyword, ...], tuple[ast.Attribute, ...]]:
        qualifiers: list[ast.Keyword] = []
        attributes: tuple[ast.Attribute, ...] = ()
        while self.kinds[self.at] == KEYWORD:
            name = QUALIFIERS.get(self.texts[self.at])
            if name is not None:
                self.at += 1
                qualifiers.append(ast.Keyword(self.span(self.at - 1), name))
            elif self.texts[self.at] == "__attribute__":
                attributes += self.attributes()
            else:
                break
        return tuple(qualifiers), attributes

    # direct = (identifier | "(" attributes declarator ")" | ) suffix*
    def _direct(self, flavour: Flavour) -> ast.Declarator:
        start = self.at
        declarator: ast.Declarator
        if self._has_name(flavour):
            self.at += 1
            declarator = ast.NameDeclarator(self.span(start), self.texts[start])
        elif self.texts[start] == "(" and self._opens_declarator(flavour):
            self.nest()
            self.at += 1
            self.loose += self.attributes()
            declarator = self._declarator(flavour)
            self.close(")", start)
            self.depth -= 1
        elif flavour in (Flavour.ABSTRACT, Flavour.PARAMETER):
            declarator = ast.NameDeclarator(self.gap(), None)
        else:
            raise self.unexpected("a name to declare")
        return self._suffixes(start, declarator)

    def _has_name(self, flavour: Flavour) -> bool:
        if self.kinds[self.at] != IDENT or flavour is Flavour.ABSTRACT:
            return False
        return flavour is not Flavour.NAMED or not self.types.get(self.texts[self.at])

    def _opens_declarator(self, flavour: Flavour) -> bool:
        """Tell a parenthesised declarator from the parameters of an unnamed function."""
        if flavour in (Flavour.NAMED, Flavour.TYPED):
            return True
        index = self.at + 1
        while self.texts[index] == "__attribute__":
            index = self.past_parentheses(index + 1)
        return self.texts[index] not in (")", "...") and not self.starts_parameter(index)

    def starts_parameter(self, index: int) -> bool:
        """Tell whether a parameter declaration can start at token `index`."""
        return self.starts_declaration(index) and self.texts[index] != "_Static_assert"

    # suffix = array | parameters
    def _suffixes(self, start: int, declarator: ast.Declarator) -> ast.Declarator:
        count = 0
        while True:
            text = self.texts[self.at]
            if text == "(":
                declarator = self._function(start, declarator)
            elif text == "[" and self.texts[self.at + 1] != "[":
                declarator = self._array(start, declarator)
            else:
                return declarator
            count += 1
            if count > NESTING:
                self.too_deep()

    # array = "[" ("static" | qualifier)* ("*" | assignment)? "]"
    def _array(self, start: int, inner: ast.Declarator) -> ast.Declarator:
        opener = self.at
        self.at += 1
        self.nest()
        qualifiers, _ = self._qualifiers()
        static = self.accept("static")
        qualifiers += self._qualifiers()[0]
        star = self.texts[self.at] == "*" and self.texts[self.at + 1] == "]"
        size = None
        if star:
            self.at += 1
        elif self.texts[self.at] != "]":
            size = self.assignment()
        elif static:
            raise self.unexpected("an array's size")
        self.close("]", opener)
        self.depth -= 1
        return ast.ArrayDeclarator(self.span(start), inner, size, qualifiers, static, star)

    # parameters = "(" (names | parameter ("," parameter)* ("," "...")?)? ")"
    def _function(self, start: int, inner: ast.Declarator) -> ast.Declarator:
        opener = self.at
        self.at += 1
        self.nest()
        names: tuple[ast.NameDeclarator, ...] = ()
        parameters: list[ast.Parameter] = []
        variadic = False
        prototype = self.texts[self.at] != ")" or is_c23(self.options.std)
        if self._starts_names():
            names = self._names(opener)
            prototype = False
        elif self.texts[self.at] != ")":
            outer, self.loose = self.loose, []
            self.enter()
            variadic = self._parameters(parameters)
            self.leave()
            self.loose = outer
        if self.texts[self.at] != ")":
            raise self.unseparated(")", opener)
        self.at += 1
        self.depth -= 1
        if len(parameters) == 1 and not variadic and _is_void(parameters[0]):
            parameters.clear()
        return ast.FunctionDeclarator(
            self.span(start), inner, tuple(parameters), variadic, prototype, names
        )

    def _starts_names(self) -> bool:
        """Tell whether a list of old-style parameter names starts here."""
        at = self.at
        return (
            self.kinds[at] == IDENT
            and not self.types.get(self.texts[at])
            and self.texts[at + 1] in (",", ")")
        )

    # names = identifier ("," identifier)*
    def _names(self, opener: int) -> tuple[ast.NameDeclarator, ...]:
        found = []
        while True:
            at = self.at
            if self.kinds[at] != IDENT or self.types.get(self.texts[at]):
                raise self.unexpected("a parameter's name")
            self.at += 1
            found.append(ast.NameDeclarator(self.span(at), self.texts[at]))
            if not self.accept(","):
                return tuple(found)
            if self.kinds[self.at] == END:
                raise self.unclosed(")", opener)

    def _parameters(self, found: list[ast.Parameter]) -> bool:
        """Parse parameters into `found`; return whether `...` ends them."""
        while True:
            if self.texts[self.at] == "...":
                if not found and not is_c23(self.options.std):
                    raise self.fault(self.here(), "`...` needs a named parameter before it")
                self.at += 1
                return True
            found.append(self._parameter())
            if self.texts[self.at] == ";":
                facts = {"what": "forward declaration of parameters"}
                self.found.append(Diagnostic(UNSUPPORTED, self.here(), facts))
                self.errors += 1
                self.at += 1
            elif not self.accept(","):
                return False

    # parameter = specifiers declarator? attributes
    def _parameter(self) -> ast.Parameter:
        start = self.at
        if not self.starts_parameter(start):
            if self.kinds[start] != IDENT:
                raise self.unexpected("a parameter")
            self.unknown_type(start)
        specified = self.specifiers(storage=True)
        declarator = self._declarator(Flavour.PARAMETER)
        self.declare(declared_name(declarator), is_type=False)
        attributes = self.attributes() + self.take_loose()
        return ast.Parameter(self.span(start), specified.specifiers, declarator, attributes)


def _is_void(parameter: ast.Parameter) -> bool:
    """Tell whether a parameter is the lone `void` that stands for none."""
    items = parameter.specifiers.items
    if len(items) != 1 or not isinstance(parameter.declarator, ast.NameDeclarator):
        return False
    item = items[0]
    return (
        parameter.declarator.name is None and isinstance(item, ast.Keyword) and item.name == "void"
    )
