"""The picture of time and address as text: a line for each step, a column for each byte or more.

A=5     AAAAA.....
B=1     AAAAAB....
free:A  .....B....
"""

from collections.abc import Iterator

from freehold.diagnostics.snippet import printable
from freehold.events import Alloc, Free, Reset, Resize
from freehold.heap.areas import Areas, areas, shown_steps, stays_at
from freehold.heap.replay import Replay
from freehold.heap.words import bytes_, failure_words

_COLUMNS = 64
_LINES = 48
_HEAD = 28


def draw(result: Replay) -> Iterator[str]:
    """Yield the lines of the picture."""
    where = areas(result)
    steps = shown_steps(result, _LINES, _changing(result))
    if not where.size or not steps:
        return
    scale = -(-where.size // _COLUMNS)
    numbered = steps[-1] - steps[0] >= len(steps) and len(steps) >= _LINES
    heads = [printable(_head(result, step, numbered=numbered)) for step in steps]
    width = max(map(len, heads))
    failed = {failure.step: failure for failure in result.failures}
    if scale > 1:
        yield f"{'':>{width}}  one column is {bytes_(scale)}: # all used, + partly, . free"
    for step, head, there in zip(steps, heads, stays_at(result, steps), strict=True):
        line = _row(result, where, scale, step, there)
        failure = failed.get(step)
        tail = f"   {failure_words(result, failure)}" if failure is not None else ""
        yield f"{head:<{width}}  {line}{tail}".rstrip()


def _changing(result: Replay) -> list[int]:
    """Return the steps that ask something of the heap: calls and pointers change nothing in it."""
    asked = (Alloc, Free, Reset, Resize)
    events = result.log.events[: result.steps]
    return [step for step, event in enumerate(events) if isinstance(event, asked)]


def _head(result: Replay, step: int, *, numbered: bool) -> str:
    text = result.log.text(step)
    if numbered:
        text = f"{step + 1:,}: {text}"
    return text if len(text) <= _HEAD else text[: _HEAD - 1] + "…"


def _row(result: Replay, where: Areas, scale: int, step: int, there: list[int]) -> str:
    cells = -(-where.size // scale)
    used = [0] * cells
    letters: list[str] = [""] * cells
    stays = result.stays
    names = result.names() if scale == 1 else {}
    for index in there:
        start = where.place(stays.heaps[index], stays.addresses[index])
        _paint(used, start, start + stays.sizes[index], scale)
        if scale == 1:
            letter = (printable(names.get(stays.blocks[index], "")) or "#")[0]
            for cell in range(start, start + stays.sizes[index]):
                letters[cell] = letter
    present = [0] * cells
    for added in result.added:
        if added.step <= step:
            start = where.place(added.heap, added.start)
            _paint(present, start, start + added.size, scale)
    marks = [
        letters[cell] or _mark(used[cell], present[cell], min(scale, where.size - cell * scale))
        for cell in range(cells)
    ]
    for area in reversed(where.areas[1:]):
        if scale == 1:
            marks.insert(area.at, "|" if present[area.at] else " ")
    return "".join(marks)


def _mark(used: int, present: int, whole: int) -> str:
    if not present:
        return " "
    if used >= min(present, whole):
        return "#"
    return "+" if used else "."


def _paint(cells: list[int], start: int, end: int, scale: int) -> None:
    first, last = start // scale, (end - 1) // scale
    if first == last:
        cells[first] += end - start
        return
    cells[first] += (first + 1) * scale - start
    for cell in range(first + 1, last):
        cells[cell] += scale
    cells[last] += end - last * scale
