"""Closing braces that got lost from a text whose indentation still says where blocks end."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from freehold.diagnostics.edits import Edit
from freehold.records import dataclass, field
from freehold.source import Source

_CLOSER = {"(": ")", "[": "]", "{": "}"}


class Word(NamedTuple):
    """A token of any language; `text` "" is the end of the text."""

    text: str
    start: int
    end: int


class _Open(NamedTuple):
    """A delimiter that is open, and the first word of its line."""

    word: Word
    first: Word


@dataclass(slots=True)
class _Reading:
    source: Source
    end_of: Callable[[str], str]
    edits: list[Edit] = field(default_factory=list)
    opened: list[_Open] = field(default_factory=list)

    def indent(self, word: Word) -> int:
        return self.source.column_of(word.start) - 1 if word.text else 0

    def new_line(self, word: Word, before: Word) -> None:
        """Close the blocks whose own line is indented no less than the line of `word`."""
        closings = ""
        while self.opened and self.opened[-1].word.text == "{":
            opener, first = self.opened[-1]
            if self.indent(first) < self.indent(word):
                break
            del self.opened[-1]
            closings += f" }}{self.end_of(self.source.text[first.start : opener.start])}"
        if closings:
            self.edits.append(Edit(before.end, before.end, closings))

    def close(self, word: Word, before: Word | None) -> None:
        """Close what the delimiter `word` closes, and what was left open inside of it."""
        fitting = [i for i, one in enumerate(self.opened) if _CLOSER[one.word.text] == word.text]
        if not fitting:
            return
        # A brace ends the block whose first line is indented alike.
        alike = [i for i in fitting if self.indent(self.opened[i].first) == self.indent(word)]
        at = alike[-1] if alike and word.text == "}" else fitting[-1]
        missing = "".join(_CLOSER[one.word.text] for one in reversed(self.opened[at + 1 :]))
        if missing and before is not None:
            self.edits.append(Edit(before.end, before.end, f" {missing}"))
        del self.opened[at:]


def closings(source: Source, words: Iterable[Word], end_of: Callable[[str], str]) -> list[Edit]:
    """Return the braces to put in, at the ends of lines; `words` end with an empty one.

    `end_of` says what follows the brace of a block, given the text of its line in front of it.
    """
    reading = _Reading(source, end_of)
    before = first = None
    for word in words:
        if before is None or first is None or "\n" in source.text[before.end : word.start]:
            first = word
            if before is not None and word.text not in (")", "]", "}"):
                reading.new_line(word, before)
        if word.text in _CLOSER:
            reading.opened.append(_Open(word, first))
        elif word.text in (")", "]", "}"):
            reading.close(word, before)
        before = word
    return reading.edits
