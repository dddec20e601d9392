"""`#include` and its kin: which file a line names, and entering it."""

from freehold.c.pp.files import Found, Library
from freehold.c.pp.macro import Macro
from freehold.c.pp.report import Report
from freehold.c.pp.stream import Stream
from freehold.c.pp.substitute import Expand
from freehold.c.token import Kind, Token
from freehold.diagnostics.codes import INCLUDE_NOT_FOUND
from freehold.source import Span


class Includes:
    """Enters the files that a unit includes."""

    def __init__(
        self,
        macros: dict[str, Macro],
        library: Library,
        stream: Stream,
        report: Report,
        expand: Expand,
    ) -> None:
        self._macros = macros
        self._library = library
        self._stream = stream
        self._report = report
        self._expand = expand

    def include(self, name: Token, line: list[Token]) -> None:
        """Carry out `#include`, `#include_next` or `#import`."""
        forward = name.text == "include_next"
        header = self._header(name, line)
        if header is None:
            return
        text, angled, rest = header
        if rest:
            self._report.pedwarn(rest[0], f"extra tokens at the end of #{name.text}")
        found = self._find(text, angled=angled, forward=forward)
        if found is None:
            self._report.add(INCLUDE_NOT_FOUND, line[0].span, name=text)
            return
        file = found.file
        guard = file.lexed.guard
        if self._library.is_done(file) or (guard is not None and guard in self._macros):
            return
        if name.text == "import":
            self._library.read_only_once(file)
        self._stream.enter(file.lexed, line[0].span, file, found.where)

    def force(self, text: str, at: Span) -> None:
        """Carry out `-include`: the working folder is searched first."""
        file = self._library.load(text)
        found = Found(file) if file else self._library.find(text, includer="")
        if found is None:
            self._report.add(INCLUDE_NOT_FOUND, at, name=text)
        else:
            self._stream.enter(found.file.lexed, at, found.file, found.where)

    def can_include(self, at: Token, operand: list[Token], forward: bool) -> bool:  # noqa: FBT001
        """Answer `__has_include`."""
        header = self._header(at, operand)
        return header is not None and (
            self._find(header[0], angled=header[1], forward=forward) is not None
        )

    # header = "<" anything ">" | string
    def _header(self, at: Token, line: list[Token]) -> tuple[str, bool, list[Token]] | None:
        """Return the name in a line, whether it stands in <>, and what follows it."""
        if line and line[0].kind is not Kind.STRING and line[0].text != "<":
            line = self._expand(line)
        if line and line[0].kind is Kind.STRING and line[0].text[0] == '"':
            return line[0].text[1:-1], False, line[1:]
        if line and line[0].text[0] == "<":
            texts = [token.text for token in line]
            if ">" in texts:
                close = texts.index(">")
                return _angled(line[: close + 1]), True, line[close + 1 :]
        what = "includes nothing" if not line else 'names no file: write "name" or <name>'
        self._report.error(line[0] if line else at, f"#{at.text} {what}")
        return None

    def _find(self, text: str, *, angled: bool, forward: bool) -> Found | None:
        frame = self._stream.frames[-1]
        # In the main file there is no folder to go on from.
        after = frame.where if forward and frame.file is not None else None
        includer = None if angled else frame.lexed.source.name
        return self._library.find(text, includer=includer, after=after)


def _angled(line: list[Token]) -> str:
    first, last = line[0], line[-1]
    if first.source is last.source and first.expansion is None and last.expansion is None:
        return first.source.text[first.end : last.start]
    # A name that macros made: white space in it counts.
    parts = [(" " if token.space else "") + token.text for token in line[1:-1]]
    return "".join(parts).removeprefix(" ")
