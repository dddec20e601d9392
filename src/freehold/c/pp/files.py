"""Finding and reading included files; which of them need not be read again."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from freehold.c.lex import lex
from freehold.c.token import Token
from freehold.diagnostics import Diagnostic
from freehold.source import Source

ReadFile = Callable[[str], str | None]


def read_from_disk(name: str) -> str | None:
    """Return the text of file `name`, or None if it cannot be read."""
    try:
        data = Path(name).read_bytes()
    except OSError:
        return None
    return data.decode("utf-8", errors="replace")


@dataclass(slots=True, eq=False)
class File:
    """A file that was read: its tokens, and the macro that guards the whole of it, if any."""

    source: Source
    tokens: list[Token]
    found: list[Diagnostic]
    guard: str | None
    once: bool = False


@dataclass(slots=True)
class Library:
    """The files that includes can reach. `quote` folders are searched for "..." alone."""

    quote: tuple[str, ...]
    angled: tuple[str, ...]
    read: ReadFile
    files: dict[str, File | None] = field(default_factory=dict)

    def load(self, name: str) -> File | None:
        """Return file `name`, read and lexed once."""
        if name not in self.files:
            text = self.read(name)
            self.files[name] = None if text is None else _make(Source(name, text))
        return self.files[name]

    def find(self, name: str, *, includer: str, angled: bool, after: str | None) -> File | None:
        """Return what `#include` names. `after`: only folders past the one that holds this file."""
        if name.startswith("/"):
            return self.load(name)
        folders = list(self.angled)
        if not angled:
            folders[:0] = [_folder(includer), *self.quote]
        if after is not None:
            here = _folder(after)
            folders = folders[folders.index(here) + 1 :] if here in folders else folders
        for folder in folders:
            found = self.load(f"{folder}/{name}" if folder not in {"", "."} else name)
            if found is not None:
                return found
        return None


def _folder(name: str) -> str:
    parent = str(PurePosixPath(name).parent)
    return "" if parent == "." else parent


def _make(source: Source) -> File:
    tokens, found = lex(source)
    return File(source, tokens, found, _guard(tokens))


def _guard(tokens: list[Token]) -> str | None:
    """Return X if the file is `#ifndef X`, `#define X`, ..., `#endif` and nothing else."""
    head = [token.text for token in tokens[:6]]
    if len(head) < 6 or head[0:2] != ["#", "ifndef"] or head[3:5] != ["#", "define"]:
        return None
    if head[2] != head[5]:
        return None
    depth = 0
    for index, token in enumerate(tokens):
        if token.text != "#" or not token.bol:
            continue
        word = tokens[index + 1].text
        if word in {"if", "ifdef", "ifndef"}:
            depth += 1
        elif word in {"else", "elif"} and depth == 1:
            return None
        elif word == "endif":
            depth -= 1
            if depth == 0:
                return head[2] if index + 3 == len(tokens) else None
    return None
