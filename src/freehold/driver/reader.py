"""Reading included files, and remembering which: what was made of them counts while they stay."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Protocol

from freehold.c.pp.files import read_from_disk
from freehold.records import dataclass, field

_MOMENT = ("__DATE__", "__TIME__", "__TIMESTAMP__")
_ABSENT = "-"  # the hash of what cannot be read


@dataclass(slots=True)
class Files:
    """The files of one run, each read once."""

    _known: dict[str, tuple[str, str | None]] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        """Return the text of a file, None if it cannot be read."""
        return self._read(name)[1]

    def hash(self, name: str) -> str:
        """Return the hash of a file's text."""
        return self._read(name)[0]

    def _read(self, name: str) -> tuple[str, str | None]:
        known = self._known.get(name)
        if known is None:
            text = read_from_disk(name)
            known = self._known[name] = (hash_of(text), text)
        return known


class Library(Protocol):
    """Where included files come from."""

    def text(self, name: str) -> str | None:
        """Return the text of a file, None if it cannot be read."""

    def hash(self, name: str) -> str:
        """Return the hash of that."""


@dataclass(slots=True, eq=False)
class Reader:
    """Reads included files, and remembers what it was asked for, with the hash of each."""

    files: Library = field(default_factory=Files)
    seen: dict[str, str] = field(default_factory=dict)
    _momentary: bool = False

    def __call__(self, name: str) -> str | None:
        """Return the text of a file, None if it cannot be read."""
        text = self.files.text(name)
        self.seen[name] = self.files.hash(name)
        self._momentary |= text is not None and _is_momentary(text)
        return text

    def momentary(self, texts: Sequence[str]) -> bool:
        """Whether what was read differs from moment to moment."""
        return self._momentary or any(map(_is_momentary, texts))


def hash_of(text: str | None) -> str:
    """Return the hash of a text; None is that of a file which is not there."""
    if text is None:
        return _ABSENT
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _is_momentary(text: str) -> bool:
    return any(word in text for word in _MOMENT)
