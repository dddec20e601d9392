"""Changing a source text, and saying each change at its place in the text as it was."""

from collections.abc import Iterable
from typing import Self

from freehold.diagnostics.codes import REPAIRED
from freehold.diagnostics.model import Diagnostic
from freehold.records import dataclass
from freehold.source import Source, Span


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` in the place of `start..end`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """A source, perhaps changed, and a note for each change."""

    source: Source
    repairs: tuple[Diagnostic, ...] = ()


class Draft:
    """A text under change. Offsets are those of the text as it is now."""

    __slots__ = ("_origins", "original", "repairs", "text")

    def __init__(self, source: Source) -> None:
        self.original = source
        self.text = source.text
        self.repairs: list[Diagnostic] = []
        # Where each character, and the end, comes from in the original.
        self._origins = list(range(len(source.text) + 1))

    @property
    def source(self) -> Source:
        """The text as it is now, under the original's name."""
        return Source(self.original.name, self.text)

    def copy(self) -> Self:
        """Return a draft that can be changed without changing this one."""
        other = type(self)(self.original)
        other.text, other.repairs = self.text, list(self.repairs)
        other._origins = list(self._origins)
        return other

    def take(self, other: Self) -> None:
        """Become as `other` is."""
        self.text, self.repairs, self._origins = other.text, other.repairs, other._origins

    def apply(self, edits: Iterable[Edit]) -> None:
        """Carry out edits that do not overlap, given in any order."""
        pieces: list[str] = []
        origins: list[int] = []
        last = 0
        for edit in sorted(edits, key=lambda its: (its.start, its.end)):
            pieces += (self.text[last : edit.start], edit.text)
            origins += self._origins[last : edit.start]
            origins += [self._origins[edit.start]] * len(edit.text)
            last = edit.end
        pieces.append(self.text[last:])
        origins += self._origins[last:]
        self.text = "".join(pieces)
        self._origins = origins

    def say(self, what: str, start: int, end: int | None = None) -> None:
        """Note a change at `start..end` of the text as it is now: call it before `apply`."""
        first = self._origins[start]
        last = first if end is None else self._origins[end]
        span = Span(self.original, first, max(first, last))
        self.repairs.append(Diagnostic(REPAIRED, span, {"what": what}))

    def done(self) -> Repaired:
        """Return what has become of the source."""
        if not self.repairs:
            return Repaired(self.original)
        return Repaired(self.source, tuple(self.repairs))
