"""Fragments of macro calls, `$e:expr` and its like: parsed out of the middle of their tokens."""

from collections.abc import Callable, Sequence

from freehold.rust import ast
from freehold.rust.depth import deep_recursion
from freehold.rust.parse.faults import Fault, Hopeless
from freehold.rust.parse.items import Items
from freehold.rust.parse.sequences import with_end
from freehold.rust.token import Token


def parse_fragment(fragment: str, tokens: Sequence[Token], at: int) -> tuple[object, int] | None:
    """Parse a `fragment` of `tokens` that begins at index `at`.

    Returns the tree (None for an empty `vis`) and the index past it, or None if it does not parse.
    """
    rule = _RULES.get(fragment)
    if rule is None or at >= len(tokens):
        return (None, at) if fragment == "vis" else None
    parser = Items(with_end(tokens[at:], tokens[at].span))
    count = len(parser.tokens)
    with deep_recursion():
        try:
            node = rule(parser)
        except (Fault, Hopeless):
            return None
    # A token that was split counts once; if only its first half was taken, it cannot be said.
    past = at + parser.at - (len(parser.tokens) - count)
    if parser.found or (past < len(tokens) and parser.tokens[parser.at].end != tokens[past].end):
        return None
    return node, past


def _expression(parser: Items) -> object:
    return parser.expression()


def _type(parser: Items) -> object:
    return parser.type_()


def _block(parser: Items) -> object:
    return parser.block()


def _statement(parser: Items) -> object:
    return parser.bare_statement()


def _item(parser: Items) -> ast.Item:
    start = parser.at
    return parser.item(parser.attributes(), start)


_RULES: dict[str, Callable[[Items], object]] = {
    "expr": _expression,
    "expr_2021": _expression,
    "ty": _type,
    "pat": Items.pattern,
    "pat_param": Items.simple_pattern,
    "path": Items.type_path,
    "meta": Items.meta,
    "vis": Items.visibility,
    "block": _block,
    "stmt": _statement,
    "item": _item,
}
