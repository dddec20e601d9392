"""Fragments of macro calls, `$e:expr` and its like: parsed out of the middle of their tokens."""

from collections.abc import Callable, Sequence

from freehold.rust import ast
from freehold.rust.depth import deep_recursion
from freehold.rust.parse.faults import Fault, Hopeless
from freehold.rust.parse.items import Items
from freehold.rust.parse.sequences import with_end
from freehold.rust.token import Token


class HalfToken(Exception):
    """A fragment ends in the middle of token number `at`: split it (`split_token`), and retry."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


class FragmentParser:
    """Parses fragments of one token sequence, for which it is set up once."""

    __slots__ = ("_parser", "_tokens")

    def __init__(self) -> None:
        self._tokens: Sequence[Token] = ()
        self._parser: Items | None = None

    def __call__(
        self, fragment: str, tokens: Sequence[Token], at: int
    ) -> tuple[object, int] | None:
        """Parse a `fragment` of `tokens` that begins at index `at`.

        Returns the tree (None for an empty `vis`) and the index past it, or None if it does not
        parse. Raises HalfToken.
        """
        rule = _RULES.get(fragment)
        if rule is None or at >= len(tokens):
            return (None, at) if fragment == "vis" else None
        parser = self._ready(tokens, at)
        count = len(parser.tokens)
        with deep_recursion():
            try:
                node = rule(parser)
            except (Fault, Hopeless):
                node = None
                parser.errors += 1
        split = len(parser.tokens) - count
        past = parser.at - split
        if split or parser.errors:
            self._parser = None  # it has other tokens now, or is in the middle of something
        if parser.errors:
            return None
        if split and past < len(tokens) and parser.tokens[parser.at].start != tokens[past].start:
            raise HalfToken(past)
        return node, past

    def _ready(self, tokens: Sequence[Token], at: int) -> Items:
        """Return a parser that stands at index `at` of `tokens`."""
        parser = self._parser
        if parser is None or self._tokens is not tokens:
            parser = Items(with_end(tokens, tokens[at].span))
            self._tokens, self._parser = tokens, parser
        parser.at = at
        return parser


def parse_fragment(fragment: str, tokens: Sequence[Token], at: int) -> tuple[object, int] | None:
    """Parse one fragment, as FragmentParser does."""
    return FragmentParser()(fragment, tokens, at)


def split_token(tokens: Sequence[Token], at: int) -> list[Token]:
    """Return `tokens` with the first character of number `at` as a token of its own."""
    parser = Items(tokens)
    parser.at = at
    parser.split(tokens[at].text[0])
    return parser.tokens


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
