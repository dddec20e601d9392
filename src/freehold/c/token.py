"""Tokens of C: what the lexer makes, the preprocessor rewrites and the parser reads."""

from enum import IntEnum

from freehold.source import Expansion, Source, Span


class Kind(IntEnum):
    """Preprocessing-token kinds (C11 6.4). Keywords are IDENT until the parser asks."""

    IDENT = 0
    NUMBER = 1  # pp-number
    CHAR = 2  # with its prefix and quotes
    STRING = 3  # with its prefix and quotes; adjacent ones are not joined yet
    PUNCT = 4  # digraphs are already spelt as what they mean
    OTHER = 5  # a stray character; an error past preprocessing
    END = 6  # end of the input, one at the end of every list
    PRAGMA = 7  # a `#pragma` line that the parser must see (pack...); text is the rest of the line


class Token:
    """One token. `text` is its spelling with line splices removed.

    `start..end` are offsets in `source.text`; `expansion` is set if a macro produced it.
    `bol`: first on its line. `space`: white space stands before it. `hideset`: the macros that may
    not expand it again, or None.
    """

    __slots__ = ("bol", "end", "expansion", "hideset", "kind", "source", "space", "start", "text")

    def __init__(  # noqa: PLR0913  one object a token: a dataclass costs twice the time
        self,
        kind: Kind,
        text: str,
        source: Source,
        start: int,
        end: int,
        *,
        bol: bool = False,
        space: bool = False,
        hideset: frozenset[str] | None = None,
        expansion: Expansion | None = None,
    ) -> None:
        self.kind = kind
        self.text = text
        self.source = source
        self.start = start
        self.end = end
        self.bol = bol
        self.space = space
        self.hideset = hideset
        self.expansion = expansion

    @property
    def span(self) -> Span:
        """The place of this token."""
        return Span(self.source, self.start, self.end, self.expansion)

    def __repr__(self) -> str:
        return f"{self.kind.name}:{self.text}"
