"""Tokens of Rust: what the lexer makes, macros match and transcribe, and the parser reads.

A token sequence is always flat: delimiters are tokens like any other, and they match. `Delimited`
is a view of one group with its trees, for those who match macros.
"""

from collections.abc import Sequence
from enum import IntEnum

from freehold.source import Expansion, Source, Span


class Kind(IntEnum):
    """Kinds of token. Keywords are IDENT; a raw identifier never is a keyword."""

    IDENT = 0
    RAW_IDENT = 1  # text is without its `r#`
    LIFETIME = 2  # or a label; text is with its quote
    PUNCT = 3  # the longest operator that fits: `>>=` is one token, which the parser may split
    OPEN = 4  # ( [ {
    CLOSE = 5  # ) ] }
    INT = 6  # with its suffix, as are all literals
    FLOAT = 7
    CHAR = 8
    BYTE = 9
    STR = 10
    RAW_STR = 11
    BYTE_STR = 12
    RAW_BYTE_STR = 13
    C_STR = 14
    RAW_C_STR = 15
    OUTER_DOC = 16  # text is what stands after `///`, or between `/**` and `*/`
    INNER_DOC = 17
    FRAGMENT = 18  # an already parsed piece that a macro has put in: a `ParsedFragment`
    OTHER = 19  # a character of no token: reported by the lexer, refused by the parser
    END = 20  # end of the input, one at the end of every sequence


LITERALS = frozenset(range(Kind.INT, Kind.RAW_C_STR + 1))


class Token:
    """One token. `text` is its spelling (see `Kind` for the exceptions).

    `start..end` are offsets in `source.text`; `expansion` is set if a macro produced it. `space`:
    white space or a comment stands before it. `mark` is its syntax context for hygiene: 0 is the
    file's own, other numbers are given out by macro expansion.
    """

    __slots__ = ("end", "expansion", "kind", "mark", "source", "space", "start", "text")

    def __init__(  # noqa: PLR0913  one object a token: a dataclass costs twice the time
        self,
        kind: Kind,
        text: str,
        source: Source,
        start: int,
        end: int,
        *,
        space: bool = False,
        expansion: Expansion | None = None,
        mark: int = 0,
    ) -> None:
        self.kind = kind
        self.text = text
        self.source = source
        self.start = start
        self.end = end
        self.space = space
        self.expansion = expansion
        self.mark = mark

    @property
    def span(self) -> Span:
        """The place of this token."""
        return Span(self.source, self.start, self.end, self.expansion)

    def marked(self, expansion: Expansion | None, mark: int) -> "Token":
        """Return this token as a macro's transcription makes it."""
        return Token(
            self.kind, self.text, self.source, self.start, self.end,
            space=self.space, expansion=expansion, mark=mark,
        )  # fmt: skip

    def __repr__(self) -> str:
        return f"{self.kind.name}:{self.text}"


class ParsedFragment(Token):
    """What a matcher such as `$e:expr` has parsed, as one token of a transcription.

    `fragment` is the matcher's word (`expr`, `ty`, `pat`, `stmt`, `block`, `item`, `path`, `meta`,
    `vis`, `literal`); `node` the tree, a node of `freehold.rust.ast` (a tuple of attributes is
    `meta`'s, None an empty `vis`). `tokens` are those it was parsed from: `stringify!`, and
    parsers that cannot use the tree, read them instead.
    """

    __slots__ = ("fragment", "node", "tokens")

    def __init__(self, fragment: str, node: object, tokens: Sequence[Token], span: Span) -> None:
        super().__init__(
            Kind.FRAGMENT, fragment, span.source, span.start, span.end,
            space=True, expansion=span.expansion,
        )  # fmt: skip
        self.fragment = fragment
        self.node = node
        self.tokens = tokens

    def marked(self, expansion: Expansion | None, mark: int) -> "Token":
        """Return this: a fragment keeps the context that it was parsed in."""
        return self


CLOSER = {"(": ")", "[": "]", "{": "}"}


class Delimited:
    """`( ... )`, `[ ... ]` or `{ ... }`: `tokens` are those between, `trees` the same, nested.

    `open` and `close` are the delimiters themselves.
    """

    __slots__ = ("_trees", "close", "open", "tokens")

    def __init__(self, open_: Token, tokens: tuple[Token, ...], close: Token) -> None:
        self.open = open_
        self.tokens = tokens
        self.close = close
        self._trees: tuple[TokenTree, ...] | None = None

    @property
    def delimiter(self) -> str:
        """The opening delimiter."""
        return self.open.text

    @property
    def span(self) -> Span:
        """From the opening to the closing delimiter."""
        return self.open.span.to(self.close.span)

    @property
    def trees(self) -> "tuple[TokenTree, ...]":
        """What stands between the delimiters, as token trees."""
        if self._trees is None:
            self._trees = trees(self.tokens)
        return self._trees

    def __repr__(self) -> str:
        return f"{self.open.text}{self.tokens!r}{self.close.text}"


TokenTree = Token | Delimited


def end_of_tree(tokens: Sequence[Token], at: int) -> int:
    """Return the index just past the token tree that starts at `at`; delimiters must match."""
    if tokens[at].kind is not Kind.OPEN:
        return at + 1
    depth = 0
    while True:
        kind = tokens[at].kind
        if kind is Kind.OPEN:
            depth += 1
        elif kind is Kind.CLOSE:
            depth -= 1
        at += 1
        if not depth:
            return at


def trees(tokens: Sequence[Token]) -> tuple[TokenTree, ...]:
    """Group a flat sequence, whose delimiters match, into trees."""
    result: list[TokenTree] = []
    at, last = 0, len(tokens)
    while at < last:
        token = tokens[at]
        end = end_of_tree(tokens, at)
        if token.kind is Kind.OPEN:
            result.append(Delimited(token, tuple(tokens[at + 1 : end - 1]), tokens[end - 1]))
        else:
            result.append(token)
        at = end
    return tuple(result)


def flatten(its: Sequence[TokenTree]) -> list[Token]:
    """Return the flat sequence of `its`: the inverse of `trees`."""
    result: list[Token] = []
    for tree in its:
        if isinstance(tree, Delimited):
            result += (tree.open, *tree.tokens, tree.close)
        else:
            result.append(tree)
    return result
