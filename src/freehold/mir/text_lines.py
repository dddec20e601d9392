"""The lines of MIR text: tokens with a cursor, and the place that each line ends with."""

import json
import re
from collections.abc import Callable
from typing import TypeVar

from freehold.mir.values import Block, Local, Scope, Symbol
from freehold.records import dataclass
from freehold.source import Source, Span

_TOKEN = re.compile(
    r'\s*("(?:[^"\\]|\\.)*"|->|\.\.\.|-?\d+|[A-Za-z_$][\w$]*'
    r"|@\d+:\d+:\d+|'[\w?]*(?:[#!^]\d+(?:\.\d+)?)?|\S)"
)
_SPOT = re.compile(r"@(\d+):(\d+):(\d+)\b")
_PLACE = re.compile(r"(?:  \$(\d+))?  // (\d+):(\d+):(\d+)$")
_SOURCE = re.compile(r'source (\d+) (".*")$')
Item = TypeVar("Item")


class TextError(Exception):
    """The text is not MIR. The message says in which line."""


@dataclass(slots=True)
class Line:
    """One line: a cursor over its tokens, and the place and scope that it ends with."""

    number: int
    tokens: list[str]
    span: Span | None
    scope: Scope
    sources: dict[int, Source]
    at: int = 0

    def fail(self, what: str) -> TextError:
        """Return an error in this line."""
        return TextError(f"line {self.number}: {what}")

    def peek(self) -> str:
        """Return the next token, "" at the end."""
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def next(self) -> str:
        """Take the next token."""
        token = self.peek()
        if not token:
            raise self.fail("it ends too early")
        self.at += 1
        return token

    def accept(self, *tokens: str) -> bool:
        """Take `tokens`, if they all come next."""
        if tuple(self.tokens[self.at : self.at + len(tokens)]) != tokens:
            return False
        self.at += len(tokens)
        return True

    def expect(self, *tokens: str) -> None:
        """Take `tokens`."""
        if not self.accept(*tokens):
            raise self.fail(f"expected `{' '.join(tokens)}` before `{self.peek()}`")

    def integer(self) -> int:
        """Take an integer."""
        return self._int(self.next())

    def _int(self, token: str) -> int:
        try:
            return int(token)
        except ValueError:
            raise self.fail(f"expected a number, not `{token}`") from None

    def string(self) -> str:
        """Take a string."""
        token = self.next()
        if not token.startswith('"'):
            raise self.fail(f"expected a string, not `{token}`")
        return str(json.loads(token))

    def symbol(self) -> Symbol:
        """Take a symbol: a word, or a string if it is none."""
        return Symbol(self.string() if self.peek().startswith('"') else self.next())

    def local(self) -> Local:
        """Take a local, `_n`."""
        return Local(self._numbered("_"))

    def block(self) -> Block:
        """Take a block, `bbn`."""
        return Block(self._numbered("bb"))

    def _numbered(self, prefix: str) -> int:
        token = self.next()
        if not token.startswith(prefix):
            raise self.fail(f"expected {prefix} and a number, not `{token}`")
        return self._int(token[len(prefix) :])

    def many(self, end: str, item: Callable[[], Item]) -> tuple[Item, ...]:
        """Take items with commas between them, up to `end`."""
        items: list[Item] = []
        while not self.accept(end):
            items.append(item())
            self.accept(",")
        return tuple(items)

    def flag(self, word: str) -> bool:
        """Take `word`, if it comes next."""
        return self.accept(word)

    def number_after(self, word: str, default: int = 0) -> int:
        """Take `word` and a number, if they come next."""
        return self.integer() if self.accept(word) else default

    def spot(self) -> Span:
        """Take a place inside a line, `@source:line:column`."""
        found = _SPOT.fullmatch(self.next())
        if found is None:
            raise self.fail("expected a place")
        return _span(self.sources, found)

    def spot_after(self, word: str) -> Span | None:
        """Take `word` and a place, if they come next."""
        return self.spot() if self.accept(word) else None

    def where(self) -> Span:
        """Return the place of this line."""
        if self.span is None:
            raise self.fail("no place after `//`")
        return self.span


def read_lines(text: str) -> list[Line]:
    """Return the lines of `text` that say something, but for those that declare sources."""
    raw = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    names: dict[int, str] = {}
    columns: dict[int, dict[int, int]] = {}
    for _, line in raw:
        if source := _SOURCE.match(line):
            names[int(source[1])] = json.loads(source[2])
        else:
            places = [(p[2], p[3], p[4]) for p in [_PLACE.search(line)] if p]
            for place in places + _SPOT.findall(line):
                file, at, column = map(int, place)
                widths = columns.setdefault(file, {})
                widths[at] = max(widths.get(at, 0), column)
    sources = {n: _blank(names.get(n, ""), widths) for n, widths in columns.items()}
    return [_line(n, line, sources) for n, line in raw if not _SOURCE.match(line)]


def _blank(name: str, columns: dict[int, int]) -> Source:
    """Return a source with as many blanks as the places in it need."""
    lines = range(1, max(columns) + 1)
    return Source(name, "\n".join(" " * columns.get(line, 0) for line in lines))


def _line(number: int, text: str, sources: dict[int, Source]) -> Line:
    span, scope = None, Scope(0)
    place = _PLACE.search(text)
    if place is not None:
        span = _span(sources, place, 2)
        scope = Scope(int(place[1] or 0))
        text = text[: place.start()]
    return Line(number, _TOKEN.findall(text), span, scope, sources)


def _span(sources: dict[int, Source], place: re.Match[str], group: int = 1) -> Span:
    """Return the place that `group` and the two groups after it say."""
    source = sources[int(place[group])]
    start = source.line_start(int(place[group + 1])) + int(place[group + 2]) - 1
    return Span(source, start, start)
