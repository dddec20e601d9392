"""Expressions above the postfix ones (C11 6.5.3 to 6.6).

Chains of binary operators, of `?:`, of assignments and of commas are loops: their length is no
nesting.
"""

from collections.abc import Callable

from freehold.c import ast
from freehold.c.parse.cplusplus import STREAMS, stream_help
from freehold.c.parse.faults import Fault
from freehold.c.parse.primary import Primary
from freehold.c.parse.spans import join
from freehold.diagnostics import Diagnostic
from freehold.diagnostics.codes import CPLUSPLUS
from freehold.source import Span

# How tightly each binary operator binds.
_LEVELS = {
    "||": 1,
    "&&": 2,
    "|": 3,
    "^": 4,
    "&": 5,
    "==": 6,
    "!=": 6,
    "<": 7,
    ">": 7,
    "<=": 7,
    ">=": 7,
    "<<": 8,
    ">>": 8,
    "+": 9,
    "-": 9,
    "*": 10,
    "/": 10,
    "%": 10,
}
_SHIFT = _LEVELS["<<"]
_ASSIGN = frozenset(("=", "+=", "-=", "*=", "/=", "%=", "<<=", ">>=", "&=", "^=", "|="))


class Expressions(Primary):
    """Expressions."""

    __slots__ = ()

    # expression = assignment ("," assignment)*
    def expression(self) -> ast.Expr:
        """Parse an expression, commas included."""
        left = self.assignment()
        while self.texts[self.at] == ",":
            self.at += 1
            right = self.assignment()
            left = ast.Comma(join(left.span, right.span), left, right)
        return left

    # assignment = conditional | unary assign-op assignment
    def assignment(self) -> ast.Expr:
        """Parse an assignment expression."""
        left = self.conditional()
        if self.texts[self.at] in _ASSIGN:
            return self._assignments(left)
        return left

    def _assignments(self, target: ast.Expr) -> ast.Expr:
        targets: list[tuple[ast.Expr, str, Span]] = []
        depth = self.depth
        while (op := self.texts[self.at]) in _ASSIGN:
            self.nest()
            targets.append((target, op, self.here()))
            self.at += 1
            target = self.conditional()
        self.depth = depth
        value = target
        for target, op, place in reversed(targets):
            value = ast.Assign(join(target.span, value.span), op, target, value, place)
        return value

    # conditional = binary ("?" expression? ":" conditional)?
    def conditional(self) -> ast.Expr:
        """Parse a conditional expression, which constant expressions are."""
        left = self.cast_expression()
        text = self.texts[self.at]
        if text in _LEVELS:
            left = self._binary(left, 0)
            text = self.texts[self.at]
        if text == "?":
            return self._choices(left)
        return left

    def _choices(self, condition: ast.Expr) -> ast.Expr:
        arms: list[tuple[ast.Expr, ast.Expr | None]] = []
        depth = self.depth
        while self.texts[self.at] == "?":
            self.nest()
            question = self.at
            self.at += 1
            then = None if self.texts[self.at] == ":" else self.expression()
            if self.texts[self.at] != ":":
                raise self.unclosed(":", question)
            self.at += 1
            arms.append((condition, then))
            condition = self._binary(self.cast_expression(), 0)
        self.depth = depth
        value = condition
        for condition, then in reversed(arms):
            value = ast.Conditional(join(condition.span, value.span), condition, then, value)
        return value

    # binary = cast (binary-op cast)*
    def _binary(self, left: ast.Expr, floor: int) -> ast.Expr:
        """Parse the operators after `left` that bind tighter than `floor`."""
        texts = self.texts
        while (level := _LEVELS.get(op := texts[self.at], 0)) > floor:
            token = self.tokens[self.at]
            self.at += 1
            right = self.cast_expression()
            if _LEVELS.get(texts[self.at], 0) > level:
                right = self._binary(right, level)
            if level == _SHIFT and isinstance(left, ast.Identifier):
                self._refuse_stream(left)
            place = Span(token.source, token.start, token.end, token.expansion)
            left = ast.Binary(join(left.span, right.span), op, left, right, place)
        return left

    def _refuse_stream(self, left: ast.Identifier) -> None:
        """Report `cout << x` by name: without a declaration of it, nobody means a shift."""
        if left.name in STREAMS and left.name not in self.types:
            facts = {"what": left.name}
            remedy = stream_help(left.name)
            self.report(Fault(Diagnostic(CPLUSPLUS, left.span, facts, help=(remedy,))))

    # cast = unary | "(" type-name ")" cast
    # unary = postfix | prefix-op cast | "sizeof" ... | "_Alignof" ... | "&&" identifier
    def cast_expression(self) -> ast.Expr:
        """Parse a cast expression: a unary one, or a cast of one."""
        start = self.at
        rule = _PREFIX.get(self.texts[start])
        if rule is not None:
            return rule(self)
        left = self.primary()
        return self.postfix(start, left)

    def _parenthesis(self) -> ast.Expr:
        """Parse what starts with "(": a cast, a compound literal, or a parenthesised expression."""
        start = self.at
        if not self.starts_type(start + 1):
            return self.postfix(start, self.parenthesised())
        self.at += 1
        ty = self.type_name()
        self.close(")", start)
        if self.texts[self.at] == "{":
            return self._compound_literal(start, ty)
        self.nest()
        operand = self.cast_expression()
        self.depth -= 1
        return ast.Cast(self.span(start), ty, operand)

    # compound-literal = "(" type-name ")" init-list
    def _compound_literal(self, start: int, ty: ast.TypeName) -> ast.Expr:
        initializer = self.init_list()
        return self.postfix(start, ast.CompoundLiteral(self.span(start), ty, initializer))

    def _prefix(self) -> ast.Expr:
        start = self.at
        op = self.texts[start]
        self.at += 1
        self.nest()
        operand = self.cast_expression()
        self.depth -= 1
        return ast.Unary(self.span(start), op, operand)

    def _extension(self) -> ast.Expr:
        self.extension += 1
        node = self._prefix()
        self.extension -= 1
        return node

    # label-address = "&&" identifier
    def _label_address(self) -> ast.Expr:
        start = self.at
        self.at += 1
        name = self.identifier("a label")
        return ast.LabelAddress(self.span(start), name)

    # sizeof = ("sizeof" | "_Alignof") (unary | "(" type-name ")")
    def _sizeof(self) -> ast.Expr:
        start = self.at
        self.at += 1
        self.nest()
        operand = self._sized()
        self.depth -= 1
        node = ast.SizeOf if self.texts[start] == "sizeof" else ast.AlignOf
        return node(self.span(start), operand)

    def _sized(self) -> ast.Expr | ast.TypeName:
        opener = self.at
        if self.texts[opener] != "(" or not self.starts_type(opener + 1):
            return self.cast_expression()
        self.at += 1
        ty = self.type_name()
        self.close(")", opener)
        if self.texts[self.at] == "{":
            return self._compound_literal(opener, ty)
        return ty


_PREFIX: dict[str, Callable[[Expressions], ast.Expr]] = {
    "(": Expressions._parenthesis,
    "sizeof": Expressions._sizeof,
    "_Alignof": Expressions._sizeof,
    "&&": Expressions._label_address,
    "__extension__": Expressions._extension,
    **dict.fromkeys(
        ("+", "-", "!", "~", "*", "&", "++", "--", "__real__", "__imag__"), Expressions._prefix
    ),
}
