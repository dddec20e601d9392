"""Finding, reading and lexing files; which of them need not be read again."""

import os
import stat
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path, PurePosixPath

from freehold.c.lex import lex
from freehold.c.token import Kind, Token
from freehold.diagnostics import Diagnostic
from freehold.records import dataclass, field
from freehold.source import Source

ReadFile = Callable[[str], str | None]


def read_from_disk(name: str) -> str | None:
    """Return the text of file `name`, or None if it cannot be read.

    Bytes that are no UTF-8 become surrogates, which literals turn back into those bytes.
    """
    try:
        if not stat.S_ISREG(os.stat(name).st_mode):  # noqa: PTH116  Path costs more than the call
            # Reading a device or a pipe may never end.
            return "" if name == os.devnull else None
        data = Path(name).read_bytes()
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return None
    return data.decode("utf-8", errors="surrogateescape")


def modified_on_disk(name: str) -> float | None:
    """Return when file `name` was last changed, in seconds since 1970, if that is known."""
    try:
        return os.stat(name).st_mtime  # noqa: PTH116
    except (OSError, ValueError):
        return None


@dataclass(frozen=True, slots=True, eq=False)
class Lexed:
    """A file's tokens. No one may change them: units share them.

    `hashes`: indices in `tokens` of each `#` that begins a directive, and of END.
    `guard`: the macro that, if defined, leaves nothing of the file.
    """

    source: Source
    tokens: list[Token]
    found: tuple[Diagnostic, ...]
    hashes: tuple[int, ...]
    guard: str | None


@lru_cache(maxsize=512)
def lexed(name: str, text: str, *, trigraphs: bool = False) -> Lexed:
    """Return the tokens of a file that is called `name` and holds `text`."""
    return lexed_source(Source(name, text), trigraphs=trigraphs)


def lexed_source(source: Source, *, trigraphs: bool = False) -> Lexed:
    """Return the tokens of `source`."""
    tokens, found = lex(source, trigraphs=trigraphs)
    hashes = [
        index
        for index, token in enumerate(tokens)
        if token.bol and (token.text == "#" or token.kind is Kind.END)
    ]
    return Lexed(source, tokens, tuple(found), tuple(hashes), _guard(tokens, hashes))


@dataclass(slots=True, eq=False)
class File:
    """A file as one unit knows it. `system`: it was found in a folder of system headers."""

    lexed: Lexed
    system: bool
    once: bool = False
    entered: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A file, and the number of the folder in which the search found it; -1 for none of them."""

    file: File
    where: int = -1


@dataclass(slots=True)
class Library:
    """The files that includes can reach.

    `folders` are searched in order: the first `quoted` of them for "..." alone, those from number
    `system` on hold system headers.
    """

    folders: tuple[str, ...]
    quoted: int
    system: int
    read: ReadFile
    trigraphs: bool
    files: dict[str, File | None] = field(default_factory=dict)
    _once: set[str] = field(default_factory=set)

    def load(self, name: str, *, system: bool = False) -> File | None:
        """Return file `name`, read once."""
        if name in self.files:
            return self.files[name]
        text = self.read(name)
        file = None
        if text is not None:
            file = File(lexed(name, text, trigraphs=self.trigraphs), system)
        self.files[name] = file
        return file

    def find(self, name: str, *, includer: str | None, after: int | None = None) -> Found | None:
        """Return what an include names. `includer`: the file that names it in quotes.

        `after`: only folders past this one are searched, as `#include_next` does.
        """
        if name.startswith("/"):
            file = self.load(name)
            return Found(file) if file else None
        start = self.quoted if includer is None else 0
        if after is not None:
            start = max(start, after + 1)
        elif includer is not None:
            file = self.load(_join(_folder(includer), name))
            if file is not None:
                return Found(file)
        for where in range(start, len(self.folders)):
            file = self.load(_join(self.folders[where], name), system=where >= self.system)
            if file is not None:
                return Found(file, where)
        return None

    def read_only_once(self, file: File) -> None:
        """Never enter `file` again (`#pragma once`), nor another copy of it."""
        file.once = True
        self._once.add(file.lexed.source.text)

    def is_done(self, file: File) -> bool:
        """Whether `file` says that it is to be read once, and was."""
        return file.once or (bool(self._once) and file.lexed.source.text in self._once)


def _join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder not in {"", "."} else name


def _folder(name: str) -> str:
    parent = str(PurePosixPath(name).parent)
    return "" if parent == "." else parent


def _guard(tokens: list[Token], hashes: list[int]) -> str | None:
    """Return X if the whole file stands between `#ifndef X` and its `#endif`."""
    if hashes[0] != 0 or len(hashes) < 3:
        return None
    line = 1
    while not tokens[line].bol:
        line += 1
    match [token.text for token in tokens[1 : min(line, 8)]]:
        case ["ifndef", name]:
            pass
        case ["if", "!", "defined", name] | ["if", "!", "defined", "(", name, ")"]:
            pass
        case _:
            return None
    depth = 0
    for position in hashes[:-1]:
        match tokens[position + 1].text:
            case "if" | "ifdef" | "ifndef":
                depth += 1
            case "else" | "elif" | "elifdef" | "elifndef" if depth == 1:
                return None
            case "endif":
                depth -= 1
                if depth == 0:
                    return name if position + 2 == hashes[-1] else None
            case _:
                pass
    return None
