"""Source text, spans with their macro-expansion chain, line maps.

Knows nothing of any language. Offsets are indices into `Source.text` (code points, 0-based);
lines and columns are 1-based.
"""

from bisect import bisect_right
from pathlib import Path
from typing import NamedTuple

from freehold.records import dataclass, field


@dataclass(slots=True, eq=False)
class Source:
    """One file of source text, as it was read; identity is the object itself."""

    name: str
    text: str
    _lines: list[int] = field(init=False, repr=False, default_factory=list)

    @property
    def _starts(self) -> list[int]:
        """The offsets at which lines start; made when they are first asked for."""
        if self._lines:
            return self._lines
        starts = self._lines
        starts.append(0)
        find = self.text.find
        at = find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        return starts

    def line_of(self, offset: int) -> int:
        """Return the 1-based line that holds `offset`."""
        return bisect_right(self._starts, offset)

    def column_of(self, offset: int) -> int:
        """Return the 1-based column of `offset` in its line."""
        return offset - self._starts[self.line_of(offset) - 1] + 1

    def line_text(self, line: int) -> str:
        """Return line number `line` without its line end; "" past the end."""
        if not 1 <= line <= len(self._starts):
            return ""
        start = self._starts[line - 1]
        end = self._starts[line] - 1 if line < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r")

    def line_start(self, line: int) -> int:
        """Return the offset at which line number `line` starts."""
        return self._starts[line - 1]


STD = "std/"  # what the names of the sources of our Rust std begin with


def read(name: str) -> Source:
    """Return the file `name`; raises OSError."""
    return Source(name, decoded(Path(name).read_bytes()))


def decoded(data: bytes) -> str:
    """Return the text of a source: bytes that are no UTF-8 reach its literals as they are."""
    return data.decode("utf-8", "surrogateescape")


class Span(NamedTuple):
    """A half-open range `start..end` of one source.

    A span of a token that a macro produced points at the token's spelling (in the macro's body or
    in an argument); `expansion` says which macro produced it, and where that macro was invoked.
    """

    source: Source
    start: int
    end: int
    expansion: "Expansion | None" = None

    @property
    def line(self) -> int:
        """1-based line of the first character."""
        return self.source.line_of(self.start)

    @property
    def column(self) -> int:
        """1-based column of the first character."""
        return self.source.column_of(self.start)

    @property
    def in_std(self) -> bool:
        """Whether it is in our Rust std, or a macro that is called there produced it."""
        return self.outermost().source.name.startswith(STD)

    def to(self, end: "Span") -> "Span":
        """Return the span from this start to the end of `end`, when they share a file."""
        if self.source is not end.source or end.end < self.start:
            return self
        return Span(self.source, self.start, end.end, self.expansion)

    def outermost(self) -> "Span":
        """Return the place in a file that no macro produced: the outermost invocation."""
        span = self
        while span.expansion is not None:
            span = span.expansion.call
        return span


class Expansion(NamedTuple):
    """One step of macro expansion: `macro` was invoked at `call`."""

    macro: str
    call: Span
