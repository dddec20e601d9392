"""What macro calls expanded to, parsed as the place of the call demands."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from freehold.diagnostics import Diagnostic
from freehold.rust import ast
from freehold.rust.depth import deep_recursion
from freehold.rust.parse.faults import Fault, Hopeless
from freehold.rust.parse.items import Items
from freehold.rust.token import Kind, Token
from freehold.source import Span

_T = TypeVar("_T")


def parse_items(
    tokens: Sequence[Token], call: Span
) -> tuple[tuple[ast.Item, ...], list[Diagnostic]]:
    """Parse what the macro call at `call` in item position expanded to."""
    return _parse(tokens, call, Items.items, ())


def parse_assoc_items(
    tokens: Sequence[Token], call: Span
) -> tuple[tuple[ast.AssocItem, ...], list[Diagnostic]]:
    """Parse what a macro call in a trait or impl expanded to."""
    return _parse(tokens, call, Items.associated_items, ())


def parse_foreign_items(
    tokens: Sequence[Token], call: Span
) -> tuple[tuple[ast.ForeignItem, ...], list[Diagnostic]]:
    """Parse what a macro call in an extern block expanded to."""
    return _parse(tokens, call, Items.foreign_items, ())


def parse_statements(
    tokens: Sequence[Token], call: Span
) -> tuple[tuple[tuple[ast.Statement, ...], ast.Expr | None], list[Diagnostic]]:
    """Parse what a macro call in statement position expanded to: statements and a result."""
    return _parse(tokens, call, Items.statements, ((), None))


def parse_expr(tokens: Sequence[Token], call: Span) -> tuple[ast.Expr | None, list[Diagnostic]]:
    """Parse what a macro call in an expression expanded to; a `;` may end it, as rustc allows."""

    def expression(parser: Items) -> ast.Expr:
        expr = parser.expression()
        parser.accept(";")
        return expr

    return _parse(tokens, call, expression, None)


def parse_pattern(
    tokens: Sequence[Token], call: Span
) -> tuple[ast.Pattern | None, list[Diagnostic]]:
    """Parse what a macro call in a pattern expanded to."""
    return _parse(tokens, call, Items.pattern, None)


def parse_type(tokens: Sequence[Token], call: Span) -> tuple[ast.TypeExpr | None, list[Diagnostic]]:
    """Parse what a macro call in a type expanded to."""

    def ty(parser: Items) -> ast.TypeExpr:
        return parser.type_()

    return _parse(tokens, call, ty, None)


def _parse(
    tokens: Sequence[Token], call: Span, rule: Callable[[Items], _T], otherwise: _T
) -> tuple[_T, list[Diagnostic]]:
    """Parse all of `tokens` (END may be missing) by `rule`; `otherwise` if that fails."""
    parser = Items(with_end(tokens, call))
    node = otherwise
    with deep_recursion():
        try:
            node = rule(parser)
            if parser.kinds[parser.at] != Kind.END:
                raise parser.fault(f"macro expansion ignores {parser.spelling()}")
        except Fault as fault:
            parser.found.append(fault.diagnostic)
        except Hopeless:
            pass
    return node, parser.found


def with_end(tokens: Sequence[Token], call: Span) -> Sequence[Token]:
    """Return the tokens with an END: at the last of them, else at the end of `call`."""
    if tokens and tokens[-1].kind is Kind.END:
        return tokens
    source, _, at, expansion = tokens[-1].span if tokens else call
    return [*tokens, Token(Kind.END, "", source, at, at, expansion=expansion)]
