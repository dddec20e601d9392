"""Primary and postfix expressions (C11 6.5.1, 6.5.2), and builtins that take types."""

from collections.abc import Callable

from freehold.c import ast
from freehold.c.depth import NESTING
from freehold.c.parse.cursor import IDENT, STRING
from freehold.c.parse.grammar import Grammar
from freehold.c.parse.spans import join
from freehold.c.token import Kind

_NUMBER: int = Kind.NUMBER
_CHAR: int = Kind.CHAR
_POSTFIX = frozenset(("(", "[", ".", "->", "++", "--"))


class Primary(Grammar):
    """Expressions up to postfix operators."""

    __slots__ = ()

    # primary = identifier | constant | string+ | "(" expression ")" | "({" block "})" | builtin
    def primary(self) -> ast.Expr:
        """Parse a primary expression."""
        at = self.at
        kind = self.kinds[at]
        if kind == IDENT:
            name = self.texts[at]
            if self.types.get(name):
                what = f"expected an expression, found the type `{name}`"
                raise self.fault(self.here(), what)
            self.at = at + 1
            return ast.Identifier(self.span(at), name)
        if kind == _NUMBER:
            self.at = at + 1
            return ast.Number(self.span(at), self.texts[at])
        if kind == STRING:
            return self.string()
        if kind == _CHAR:
            self.at = at + 1
            return ast.Character(self.span(at), self.texts[at])
        rule = _RULES.get(self.texts[at])
        if rule is None:
            raise self.unexpected("an expression")
        return rule(self)

    # string = string-literal+
    def string(self) -> ast.String:
        """Parse adjacent string literals."""
        start = self.at
        while self.kinds[self.at] == STRING:
            self.at += 1
        if self.at == start:
            raise self.unexpected("a string literal")
        return ast.String(self.span(start), tuple(self.tokens[start : self.at]))

    def parenthesised(self) -> ast.Expr:
        """Parse `(expression)` or a statement expression."""
        start = self.at
        if self.texts[start + 1] == "{":
            return self._statement_expression()
        self.nest()
        self.at += 1
        inner = self.expression()
        if self.texts[self.at] != ")":
            raise self.unclosed(")", start)
        self.at += 1
        self.depth -= 1
        return ast.Paren(self.span(start), inner)

    # statement-expression = "(" compound ")"
    def _statement_expression(self) -> ast.Expr:
        start = self.at
        if not self.functions:
            what = "a statement expression has no place outside of a function"
            raise self.fault(self.here(), what)
        self.at += 1
        body = self.compound()
        self.close(")", start)
        return ast.StatementExpr(self.span(start), body)

    # postfix = primary ("[" expression "]" | "(" arguments? ")" | ("." | "->") identifier
    #         | "++" | "--")*
    def postfix(self, start: int, left: ast.Expr) -> ast.Expr:
        """Parse the postfix operators after `left`, which starts at token `start`."""
        texts = self.texts
        links = 0
        while (text := texts[self.at]) in _POSTFIX:
            links += 1
            if links > NESTING:
                self.too_deep()
            opener = self.at
            self.at += 1
            if text == "(":
                arguments = self.arguments(opener)
                left = ast.Call(self.span(start), left, arguments)
            elif text == "[":
                self.nest()
                index = self.expression()
                self.close("]", opener)
                self.depth -= 1
                left = ast.Subscript(self.span(start), left, index)
            elif text in (".", "->"):
                name = self.identifier("a member's name")
                place = self.span(opener + 1)
                left = ast.Member(join(left.span, place), left, name, text == "->", place)
            else:
                left = ast.Postfix(self.span(start), text, left)
        return left

    # arguments = assignment ("," assignment)*
    def arguments(self, opener: int) -> tuple[ast.Expr, ...]:
        """Parse the arguments of a call and the parenthesis that ends them."""
        if self.texts[self.at] == ")":
            self.at += 1
            return ()
        self.nest()
        found = [self.assignment()]
        while self.texts[self.at] == ",":
            self.at += 1
            found.append(self.assignment())
        if self.texts[self.at] != ")":
            raise self.unseparated(")", opener)
        self.at += 1
        self.depth -= 1
        return tuple(found)

    # generic = "_Generic" "(" assignment ("," (type-name | "default") ":" assignment)+ ")"
    def generic(self) -> ast.Expr:
        """Parse a generic selection."""
        start = self.at
        self.at += 1
        self.nest()
        self.expect("(", "`_Generic`")
        control = self.assignment()
        self.expect(",", "the controlling expression")
        arms = [self._association()]
        while self.accept(","):
            arms.append(self._association())
        self.close(")", start + 1)
        self.depth -= 1
        return ast.Generic(self.span(start), control, tuple(arms))

    def _association(self) -> ast.GenericAssociation:
        start = self.at
        ty = None if self.accept("default") else self.type_name()
        self.expect(":", "the association's type")
        value = self.assignment()
        return ast.GenericAssociation(self.span(start), ty, value)

    # va-arg = "__builtin_va_arg" "(" assignment "," type-name ")"
    def va_arg(self) -> ast.Expr:
        """Parse the builtin behind `va_arg`."""
        start = self.at
        self.at += 1
        self.expect("(", "`__builtin_va_arg`")
        arguments = self.assignment()
        self.expect(",", "the argument list")
        ty = self.type_name()
        self.close(")", start + 1)
        return ast.Builtin(self.span(start), "__builtin_va_arg", (arguments, ty))

    # offsetof = "__builtin_offsetof" "(" type-name "," identifier ("." identifier
    #          | "->" identifier | "[" expression "]")* ")"
    def offsetof(self) -> ast.Expr:
        """Parse the builtin behind `offsetof`; the designator becomes an expression."""
        start = self.at
        self.at += 1
        self.expect("(", "`__builtin_offsetof`")
        ty = self.type_name()
        self.expect(",", "the type")
        first = self.at
        name = self.identifier("a member's name")
        member: ast.Expr = ast.Identifier(self.span(first), name)
        while self.texts[self.at] in (".", "->", "["):
            opener = self.at
            self.at += 1
            if self.texts[opener] == "[":
                index = self.expression()
                self.close("]", opener)
                member = ast.Subscript(self.span(first), member, index)
            else:
                name = self.identifier("a member's name")
                arrow = self.texts[opener] == "->"
                member = ast.Member(self.span(first), member, name, arrow, self.span(opener + 1))
        self.close(")", start + 1)
        return ast.Builtin(self.span(start), "__builtin_offsetof", (ty, member))

    # types-compatible = "__builtin_types_compatible_p" "(" type-name "," type-name ")"
    def types_compatible(self) -> ast.Expr:
        """Parse the builtin that compares two types."""
        start = self.at
        self.at += 1
        self.expect("(", "`__builtin_types_compatible_p`")
        left = self.type_name()
        self.expect(",", "the first type")
        right = self.type_name()
        self.close(")", start + 1)
        return ast.Builtin(self.span(start), "__builtin_types_compatible_p", (left, right))

    # choose = "__builtin_choose_expr" "(" assignment "," assignment "," assignment ")"
    def choose(self) -> ast.Expr:
        """Parse the builtin that selects an operand at compile time."""
        start = self.at
        self.at += 1
        self.expect("(", "`__builtin_choose_expr`")
        arguments = self.arguments(start + 1)
        if len(arguments) != 3:
            what = "`__builtin_choose_expr` takes a condition and two expressions"
            raise self.fault(self.span(start), what)
        return ast.Builtin(self.span(start), "__builtin_choose_expr", arguments)

    def named_constant(self) -> ast.Expr:
        """Parse C23's `nullptr`, `true` or `false`: builtins without arguments."""
        start = self.at
        self.at += 1
        return ast.Builtin(self.span(start), self.tokens[start].text, ())


_RULES: dict[str, Callable[[Primary], ast.Expr]] = {
    "(": Primary.parenthesised,
    "_Generic": Primary.generic,
    "__builtin_va_arg": Primary.va_arg,
    "__builtin_offsetof": Primary.offsetof,
    "__builtin_types_compatible_p": Primary.types_compatible,
    "__builtin_choose_expr": Primary.choose,
    "__nullptr": Primary.named_constant,
    "__true": Primary.named_constant,
    "__false": Primary.named_constant,
}
