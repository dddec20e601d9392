"""Exercises on where memory is given back.

In C a recorded run tells, in Rust what the compiler puts in.
"""

from functools import partial
from typing import TYPE_CHECKING

from freehold.api import Result, SourceError, View, cache_folder, view
from freehold.driver.cache import Cache
from freehold.execute.trace import ObjectKind
from freehold.learn.model import Grade, Grader, Point, Ungraded, tried
from freehold.picture.story import Frame, Story
from freehold.source import Source

if TYPE_CHECKING:
    from freehold.driver.ghosts import Ghost

_WHERE = "total_of_orders"
_EXPECTED = "rounding 72\ntotal: 70\n"


def grader(*, forbidden: str = "") -> Grader:
    """Return the grader of `orders`; `forbidden` is a call that the answer is to do without."""
    return partial(_grade, forbidden=forbidden)


def _grade(source: Source, *, forbidden: str) -> Grade:
    done = tried(source)
    if done.run is None:
        raise Ungraded(f"{source.name} does not compile", done.findings)
    points = [
        Point(_WHERE, "what is allocated is released", *_contained(done)),
        Point(_WHERE, "it is released once, and not used after that", *_without(done, "FH0")),
        Point(_WHERE, "it is released before finish is called", *_before(source)),
        Point("main", "the output is as it was", done.stdout == _EXPECTED, done.stdout),
    ]
    if forbidden:
        kept = f"{forbidden}(" not in "".join(_code(source))
        points.append(Point(_WHERE, f"{forbidden} is not called", kept))
    return Grade(tuple(points))


def _code(source: Source) -> list[str]:
    return [line.split("//")[0] for line in source.text.splitlines()]


def _contained(done: Result) -> tuple[bool, str]:
    assert done.run is not None
    lost = done.run.heap
    return done.run.contained, "" if lost is None else f"{lost.lost.bytes} bytes are lost"


def _without(done: Result, prefix: str) -> tuple[bool, str]:
    wrong = [
        one
        for one in done.faults
        if one.code.id.startswith(prefix) and not one.code.id.startswith("FH08")
    ]
    return not wrong, "; ".join(one.message for one in wrong)


def _before(source: Source) -> tuple[bool, str]:
    """Whether each block of `total_of_orders` is gone when `finish` begins."""
    if source.name.endswith(".rs"):
        return _dropped_before(source)
    try:
        seen = view(source, timeout=10.0)
    except SourceError as error:
        raise Ungraded(f"{source.name} does not compile", error.findings) from error
    return _gone_before(seen, "finish")


def _gone_before(seen: View, function: str) -> tuple[bool, str]:
    story = seen.stories[0]
    called = _call(story, function)
    if called is None:
        return False, f"{function} is not called"
    for block in story.objects:
        mine = block.kind is ObjectKind.HEAP and block.born < called.entered
        if mine and _in(story, block.born) and (block.died is None or block.died >= called.entered):
            line = "" if block.died_at is None else f", and until line {block.died_at.line}"
            return False, f"{block.size} bytes live when {function} is called{line}"
    return True, ""


def _dropped_before(source: Source) -> tuple[bool, str]:
    """Whether every owner in `total_of_orders` is dropped above the call of `finish`."""
    from freehold.driver.ghosts import Dropped

    lines = enumerate(_code(source), 1)
    called = next((n for n, line in lines if "finish(" in line and "fn finish" not in line), 0)
    for ghost in owners_of(source):
        mine = isinstance(ghost, Dropped) and ghost.owned.heap and ghost.spot.function == _WHERE
        if mine and ghost.spot.line >= called:
            return False, f"finish is called in line {called}, the drop is below {ghost.spot.line}"
    return True, ""


def owners_of(source: Source) -> "tuple[Ghost, ...]":
    """Return what the compiler puts into a Rust program."""
    from freehold.driver.owners import owners
    from freehold.driver.rust import analyse, load_std

    load_std(Cache(cache_folder()))
    return owners(analyse(source)).ghosts


def _in(story: Story, step: int) -> bool:
    """Whether a step is made by `total_of_orders`, or by what it calls."""
    number = story.steps[max(step, 0)].frame
    while number >= 0:
        frame = story.frames[number]
        if _is(frame, _WHERE):
            return True
        number = frame.caller
    return False


def _call(story: Story, function: str) -> Frame | None:
    return next((frame for frame in story.frames if _is(frame, function)), None)


def _is(frame: Frame, function: str) -> bool:
    return frame.function.rsplit("::", 1)[-1] == function
