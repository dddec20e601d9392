"""Lines of source with marks under them, as rustc draws them.

Knows nothing of diagnostics: a mark is a range of one source, a few words, and whether it is the
one that matters. Layout of one line, labels hung from right to left:

    12 |     copy(to, from, count);
       |     ^^^^     ----  ----- so many
       |     |        |
       |     |        from here
       |     copied here
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from unicodedata import category, combining, east_asian_width

from freehold.diagnostics.ansi import Palette, Role
from freehold.records import dataclass
from freehold.source import Source

_TAB = "    "
_CLIP = 160  # a longer line is cut to a window around its marks
_LEAD = 40  # how much of it stays in front of the first mark
_GAP = 2  # lines between two marks that are still shown rather than elided


@dataclass(frozen=True, slots=True)
class Mark:
    """A range of offsets to underline; `role` colours it."""

    start: int
    end: int
    text: str = ""
    primary: bool = False
    role: Role = Role.FRAME

    @property
    def sign(self) -> str:
        """The character that underlines it."""
        return "^" if self.primary else "-"


class _Row:
    """A line under construction: characters put at columns, each with a role."""

    __slots__ = ("_cells",)

    def __init__(self) -> None:
        self._cells: list[tuple[str, Role]] = []

    def put(self, column: int, text: str, role: Role) -> None:
        missing = column + len(text) - len(self._cells)
        self._cells.extend([(" ", Role.PLAIN)] * missing)
        for offset, character in enumerate(text, column):
            self._cells[offset] = (character, role)

    def render(self, palette: Palette) -> str:
        pieces: list[str] = []
        run, role = "", Role.PLAIN
        for character, its in [*self._cells, ("", Role.STRONG)]:
            if its is role and character:
                run += character
                continue
            pieces.append(palette.paint(run, role))
            run, role = character, its
        return "".join(pieces).rstrip()


def _shown(character: str) -> str:
    if character == "\t":
        return _TAB
    if " " <= character < "\x7f":
        return character
    if character < " ":
        return chr(0x2400 + ord(character))
    # Cf holds the marks that reorder text; Cs are bytes that were no UTF-8.
    return "\N{REPLACEMENT CHARACTER}" if category(character) in {"Cc", "Cf", "Cs"} else character


def printable(text: str) -> str:
    """Return `text` with whatever would steer a terminal replaced."""
    return text if text.isascii() and text.isprintable() else "".join(map(_shown, text))


def _width(shown: str) -> int:
    if shown.isascii():
        return len(shown)
    if combining(shown):
        return 0
    return 2 if east_asian_width(shown) in "WF" else 1


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as it is shown: its text, and the display column of each of its offsets."""

    number: int
    start: int
    text: str
    columns: tuple[int, ...]
    blank: int  # characters of indentation

    def column(self, offset: int) -> int:
        return self.columns[min(max(offset - self.start, 0), len(self.columns) - 1)]


def _line(source: Source, number: int, marks: Sequence[Mark]) -> _Line:
    raw = source.line_text(number)
    start = source.line_start(number)
    blank = len(raw) - len(raw.lstrip())
    first, last, lead, tail = 0, len(raw), "", ""
    if len(raw) > _CLIP:
        inside = [m.start - start for m in marks if 0 <= m.start - start <= len(raw)]
        first = max(0, min(inside, default=0) - _LEAD)
        last = min(len(raw), first + _CLIP)
        lead = "..." if first else ""
        tail = "..." if last < len(raw) else ""
    shown = [_shown(character) for character in raw[first:last]]
    columns = [len(lead)] * (first + 1)
    for piece in shown:
        columns.append(columns[-1] + _width(piece))
    columns += [columns[-1]] * (len(raw) - last)
    return _Line(number, start, lead + "".join(shown) + tail, tuple(columns), blank)


class _Drawing:
    """The state of drawing one group of marks of one source."""

    __slots__ = ("block", "gutter", "line_marks", "long", "palette", "rails", "source")

    def __init__(
        self, source: Source, marks: Sequence[Mark], gutter: int, palette: Palette
    ) -> None:
        self.source, self.gutter, self.palette = source, gutter, palette
        self.block: list[str] = []
        self.line_marks: dict[int, list[Mark]] = {}
        self.long: list[tuple[int, int, Mark]] = []  # first line, last line
        for mark in marks:
            first, last = lines_of(source, mark)
            if first == last:
                self.line_marks.setdefault(first, []).append(mark)
            else:
                self.long.append((first, last, mark))
        self.long.sort(key=lambda item: (item[0], -item[1]))
        self.rails = len(self.long) + 1 if self.long else 0

    def draw(self) -> list[str]:
        shown = self._lines()
        previous = None
        for number in shown:
            if previous is not None and number > previous + 1:
                self._elide(previous)
            self._draw_line(number)
            previous = number
        return self.block

    def _lines(self) -> list[int]:
        ends = {line for first, last, _ in self.long for line in (first, last)}
        marked = sorted(ends | set(self.line_marks))
        shown = set(marked)
        for before, after in pairwise(marked):
            if after - before <= _GAP + 1:
                shown.update(range(before, after))
        return sorted(shown)

    def _elide(self, after: int) -> None:
        row = _Row()
        self._draw_rails(row, after + 1)
        rails = row.render(self.palette)
        dots = self.palette.paint("...", Role.FRAME)
        self.block.append(f"{dots}{' ' * self.gutter}{rails}" if rails.strip() else dots)

    def _draw_line(self, number: int) -> None:
        here = self.line_marks.get(number, [])
        around = [m for first, last, m in self.long if number in (first, last)]
        line = _line(self.source, number, [*here, *around])
        row = _Row()
        self._draw_rails(row, number)
        for rail, (first, _, mark) in enumerate(self.long):
            if first == number and self._at_indent(line, mark):
                row.put(rail, "/", mark.role)
        head = self.palette.paint(f"{number:>{self.gutter}} |", Role.FRAME)
        rails = row.render(self.palette)
        if self.rails:
            rails += " " * (self.rails - self._plain_length(number, line))
        self.block.append(f"{head} {rails}{line.text}".rstrip())
        self._draw_marks(line, sorted(here, key=lambda m: (m.start, m.end)))
        self._draw_ends(line)

    def _plain_length(self, number: int, line: _Line) -> int:
        """How many cells of the rails are drawn on this line."""
        used = 0
        for rail, (first, last, mark) in enumerate(self.long):
            opens = first == number and self._at_indent(line, mark)
            if first < number <= last or opens:
                used = rail + 1
        return used

    @staticmethod
    def _at_indent(line: _Line, mark: Mark) -> bool:
        return mark.start - line.start <= line.blank

    def _draw_rails(self, row: _Row, number: int) -> None:
        """Draw the rails of the marks that began before line `number` and reach it."""
        for rail, (first, last, mark) in enumerate(self.long):
            if first < number <= last:
                row.put(rail, "|", mark.role)

    def _row(self, line: _Line, *, after_ends: int = 0) -> _Row:
        """Return a row below `line` with the rails that go on there."""
        row = _Row()
        for rail, (first, last, mark) in enumerate(self.long):
            begun = first < line.number or (first == line.number and self._at_indent(line, mark))
            if begun and (last > line.number or (last == line.number and rail >= after_ends)):
                row.put(rail, "|", mark.role)
        return row

    def _emit(self, row: _Row) -> None:
        head = self.palette.paint(f"{'':>{self.gutter}} |", Role.FRAME)
        self.block.append(f"{head} {row.render(self.palette)}".rstrip())

    def _draw_marks(self, line: _Line, marks: list[Mark]) -> None:
        if not marks:
            return
        row = self._row(line)
        extents = [(m, *self._extent(line, m)) for m in marks]
        for mark, left, right in sorted(extents, key=lambda e: e[0].primary):
            row.put(left, mark.sign * (right - left), mark.role)
        hanging = [(m, left) for m, left, _ in extents if m.text]
        last, last_left, last_right = extents[-1]
        free = all(right <= last_left for _, _, right in extents[:-1])
        if last.text and free:
            row.put(last_right + 1, last.text, last.role)
            hanging.pop()
        self._emit(row)
        self._hang(line, hanging)

    def _hang(self, line: _Line, hanging: list[tuple[Mark, int]]) -> None:
        if hanging:
            self._emit(self._stems(line, hanging))
        while hanging:
            mark, left = hanging.pop()
            row = self._stems(line, hanging)
            row.put(left, mark.text, mark.role)
            self._emit(row)

    def _stems(self, line: _Line, hanging: Sequence[tuple[Mark, int]]) -> _Row:
        row = self._row(line)
        for mark, left in hanging:
            row.put(left, "|", mark.role)
        return row

    def _extent(self, line: _Line, mark: Mark) -> tuple[int, int]:
        left = line.column(mark.start)
        return self.rails + left, self.rails + max(line.column(mark.end), left + 1)

    def _draw_ends(self, line: _Line) -> None:
        """Draw where a mark of several lines begins and ends: a rail that bends to the text."""
        for rail, (first, last, mark) in enumerate(self.long):
            if first == line.number and not self._at_indent(line, mark):
                row = self._row(line)
                column = self.rails + line.column(mark.start)
                row.put(rail + 1, "_" * (column - rail - 1), mark.role)
                row.put(column, mark.sign, mark.role)
                self._emit(row)
            if last == line.number:
                row = self._row(line, after_ends=rail)
                column = self.rails + max(line.column(mark.end) - 1, 0)
                row.put(rail, "|" + "_" * (column - rail - 1), mark.role)
                row.put(column, f"{mark.sign} {mark.text}".rstrip(), mark.role)
                self._emit(row)


def lines_of(source: Source, mark: Mark) -> tuple[int, int]:
    """Return the first and the last line that `mark` touches."""
    return source.line_of(mark.start), source.line_of(max(mark.start, mark.end - 1))


def draw(source: Source, marks: Sequence[Mark], gutter: int, palette: Palette) -> Iterator[str]:
    """Yield the lines that show `marks` in `source`; `gutter` is the width of line numbers."""
    if source.text:
        yield from _Drawing(source, marks, gutter, palette).draw()
