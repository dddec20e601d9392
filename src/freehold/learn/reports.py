"""An exercise on reading reports: the answers are compared with what our own run shows."""

import re

from freehold.api import Result
from freehold.diagnostics import Diagnostic
from freehold.learn.model import Grade, Point, Ungraded, tried
from freehold.source import Source

_ANSWER = re.compile(r"answer (\d+):[ \t]*([^\n*]*)")
_NUMBER = re.compile(r"\d[\d,]*")


def grade(source: Source) -> Grade:
    """Grade the answers in the comment of the file, against the run of that same file."""
    done = tried(source)
    if done.run is None or done.run.heap is None:
        raise Ungraded(f"{source.name} does not run to its end", done.findings)
    given = {int(one[1]): one[2].strip() for one in _ANSWER.finditer(source.text)}
    points = [
        _point(number, title, wanted, given.get(number, ""))
        for number, (title, wanted) in enumerate(_facts(done), 1)
    ]
    return Grade(tuple(points))


def _facts(done: Result) -> list[tuple[str, int | None]]:
    assert done.run is not None
    assert done.run.heap is not None
    past, unset = _first(done, "FH0101"), _first(done, "FH0401")
    lost = done.run.heap.definite
    size = None if past is None else _block(past)
    return [
        ("bytes definitely lost", lost.bytes),
        ("blocks definitely lost", lost.blocks),
        ("the line that writes past the end", _line(past)),
        ("the bytes of that block", size),
        ("the line that reads what was never written", _line(unset)),
    ]


def _first(done: Result, code: str) -> Diagnostic | None:
    return next((one for one in done.faults if one.code.id == code), None)


def _line(found: Diagnostic | None) -> int | None:
    return None if found is None or found.at is None else found.at.outermost().line


def _block(found: Diagnostic) -> int | None:
    """Return the size of the block that a fault missed, as its own message says it."""
    match = re.search(r"block of ([\d,]+) bytes", found.message)
    return None if match is None else int(match[1].replace(",", ""))


def _point(number: int, title: str, wanted: int | None, answer: str) -> Point:
    numbers = [int(one.replace(",", "")) for one in _NUMBER.findall(answer)]
    if not numbers:
        return Point(f"answer {number}", title, held=False, says="not answered")
    held = wanted is not None and numbers[:1] == [wanted]
    return Point(f"answer {number}", title, held, "" if held else f"not {numbers[0]:,}")
