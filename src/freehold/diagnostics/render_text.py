"""Findings as a person reads them in a terminal: rustc's form, and call stacks under each event.

error[FH0201]: use after free: read of 4 bytes, 0 bytes into a freed block of 16 bytes
  --> vector.c:42:20
   |
42 |     printf("%d\\n", *first);
   |                    ^^^^^^ read here
   |
   = in main at vector.c:42
note: freed here
  --> vector.c:25:9
   ...
   = help: ...
"""

from collections.abc import Iterator, Sequence

from freehold.diagnostics.ansi import SEVERITY_ROLE, Palette, Role
from freehold.diagnostics.model import Diagnostic, Event, Frame, Label, Severity
from freehold.diagnostics.snippet import Mark, draw, printable
from freehold.records import dataclass
from freehold.source import Source, Span

_FRAMES = 12  # frames shown of a stack; the middle of a longer one is folded
_CYCLE = 8  # longest recursion cycle that is recognised
_EXPANSIONS = 6  # macro expansions shown of one place


def render(found: Diagnostic, palette: Palette) -> str:
    """Return the text of one finding, without a blank line at its end."""
    text = _Text(palette, _gutter(found))
    lines = list(text.finding(found))
    # The bar below a snippet leads to what follows it: at the end it leads nowhere.
    if lines[-1] == text.bar():
        lines.pop()
    return "\n".join(lines)


def heading(severity: Severity) -> str:
    """Return the word that a finding of `severity` starts with."""
    return "error" if severity is Severity.UNSUPPORTED else severity.value


def _gutter(found: Diagnostic) -> int:
    spans = [found.at, *(label.span for label in found.labels)]
    spans += [event.stack[0].span for event in found.events if event.stack]
    lines = [1]
    for span in spans:
        step = span
        while step is not None:
            lines.append(step.source.line_of(max(step.end - 1, step.start)))
            step = step.expansion.call if step.expansion else None
    return len(str(max(lines)))


@dataclass(frozen=True, slots=True)
class _Text:
    palette: Palette
    gutter: int

    def finding(self, found: Diagnostic) -> Iterator[str]:
        role = SEVERITY_ROLE[found.severity]
        head = self.palette.paint(f"{heading(found.severity)}[{found.code.id}]", role)
        times = f" (seen {found.count:,} times)" if found.count > 1 else ""
        yield head + self.palette.paint(f": {printable(found.message)}{times}", Role.STRONG)
        if found.at is not None:
            yield from self._place(found.at, found.primary, role, found.labels)
        yield from self._stack(found.stack)
        yield from self._tail("note", found.notes, Role.STRONG)
        if found.at is not None:
            yield from self._expansions(found.at)
        for event in found.events:
            yield from self._event(event)
        yield from self._tail("help", found.help, Role.HELP)

    def _tail(self, word: str, texts: Sequence[str], role: Role) -> Iterator[str]:
        for text in texts:
            first, *rest = [printable(line) for line in text.splitlines()] or [""]
            yield f"{self.bar('=')} {self.palette.paint(word, role)}: {first}"
            yield from (f"{'':>{self.gutter + len(word) + 5}}{line}" for line in rest)

    def bar(self, sign: str = "|") -> str:
        """Return the frame's left edge, alone on its line."""
        return self.palette.paint(f"{'':>{self.gutter}} {sign}", Role.FRAME)

    def _arrow(self, sign: str, span: Span) -> str:
        arrow = self.palette.paint(f"{'':>{self.gutter}}{sign}", Role.FRAME)
        return f"{arrow} {span.source.name}:{span.line}:{span.column}"

    def _place(
        self, at: Span, text: str, role: Role, labels: Sequence[Label] = ()
    ) -> Iterator[str]:
        shown = at.outermost()
        marks: dict[Source, list[Mark]] = {
            shown.source: [Mark(shown.start, shown.end, printable(text), primary=True, role=role)]
        }
        for label in labels:
            span = label.span.outermost()
            mark = Mark(span.start, span.end, printable(label.text))
            marks.setdefault(span.source, []).append(mark)
        for source, its in marks.items():
            if source is shown.source:
                yield self._arrow("-->", shown)
            else:
                first = min(its, key=lambda mark: mark.start)
                yield self._arrow(":::", Span(source, first.start, first.end))
            lines = list(draw(source, its, self.gutter, self.palette))
            if lines:
                yield self.bar()
                yield from lines
        yield self.bar()

    def _expansions(self, at: Span) -> Iterator[str]:
        """Say which macros the place came through, outermost first."""
        chain: list[tuple[str, Span]] = []
        span = at
        while span.expansion is not None:
            chain.append((span.expansion.macro, span))
            span = span.expansion.call
        hidden = max(len(chain) - _EXPANSIONS, 0)
        above = span
        for macro, spelling in reversed(chain[hidden:]):
            text = f"in expansion of macro `{macro}`"
            same = spelling.source is above.source and spelling.line == above.line
            above = spelling
            if same:
                yield from self._tail("note", (text,), Role.STRONG)
                continue
            bare = Span(spelling.source, spelling.start, spelling.end)
            yield f"{self.palette.paint('note', Role.NOTE)}: {text}"
            yield from self._place(bare, "", Role.NOTE)
        if hidden:
            yield from self._tail("note", (f"and {hidden} more expansions",), Role.STRONG)

    def _event(self, event: Event) -> Iterator[str]:
        yield f"{self.palette.paint('note', Role.NOTE)}: {printable(event.text)}"
        at = next((frame.span for frame in event.stack if frame.span is not None), None)
        if at is not None:
            yield from self._place(at, "", Role.NOTE)
        yield from self._stack(event.stack)

    def _stack(self, stack: Sequence[Frame]) -> Iterator[str]:
        for line in fold(stack):
            yield f"{self.bar('=')} {line}"


def fold(stack: Sequence[Frame]) -> Iterator[str]:
    """Yield a line for each frame, innermost first; a recursion cycle is folded, said so."""
    lines = [_frame(frame) for frame in stack]
    at = 0
    shown = 0
    while at < len(lines):
        period, repeats = _cycle(lines, at)
        if repeats > 1:
            yield from lines[at : at + period]
            what = "this frame repeats" if period == 1 else f"these {period} frames repeat"
            yield f"({what} {repeats:,} times)"
            at += period * repeats
            shown += period
            continue
        if shown >= _FRAMES and len(lines) - at > 2:
            yield f"({len(lines) - at - 1} more frames)"
            at = len(lines) - 1
        yield lines[at]
        at += 1
        shown += 1


def _frame(frame: Frame) -> str:
    if frame.span is None:
        return f"in {frame.function}"
    span = frame.span.outermost()
    return f"in {frame.function} at {span.source.name}:{span.line}"


def _cycle(lines: Sequence[str], at: int) -> tuple[int, int]:
    """Return the period and the number of repetitions of what starts at `at`; (1, 1) for none."""
    for period in range(1, _CYCLE + 1):
        repeats = 1
        unit = lines[at : at + period]
        while lines[at + period * repeats : at + period * (repeats + 1)] == unit:
            repeats += 1
        if repeats > 2:
            return period, repeats
    return 1, 1
