"""An exercise without a program: requests in an order that a small heap can serve."""

from freehold.events import Alloc, Free, Log, read_script
from freehold.heap import replay
from freehold.heap.words import failure_words
from freehold.learn.model import Grade, Point, Ungraded
from freehold.source import Source

_SIZE = 10
_ASKED = {"A": 5, "B": 1, "C": 2, "D": 5}


def grade(source: Source) -> Grade:
    """Grade an order of the requests."""
    lines = [line for line in source.text.splitlines()[1:] if not line.startswith("#")]
    log, problems = read_script(Source(source.name, " ".join(" ".join(lines).split())))
    if problems:
        raise Ungraded(f"{source.name}: the requests make no sense", tuple(problems))
    asked = {one.name: one.size for one in log.events if isinstance(one, Alloc)}
    done = replay(log, size=_SIZE)
    at = [_label(log, one) for one in log.events]
    in_time = "free A" in at and "D" in at and at.index("free A") < at.index("D")
    live = [name for name in at if name in _ASKED and f"free {name}" not in at]
    points = (
        Point("requests", "A, B, C and D, with the sizes they had", asked == _ASKED),
        Point("requests", "A is released before D is asked for", in_time),
        Point("requests", "B, C and D live at the end", sorted(live) == ["B", "C", "D"]),
        Point(
            "heap",
            "all are served in 10 bytes, first fit",
            done.served,
            "; ".join(failure_words(done, one) for one in done.failures),
        ),
    )
    return Grade(points)


def _label(log: Log, event: object) -> str:
    names = {one.block: one.name for one in log.events if isinstance(one, Alloc)}
    match event:
        case Alloc(name=name):
            return name
        case Free(block=block):
            return f"free {names[block]}"
        case _:
            return ""
