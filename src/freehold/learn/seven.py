"""The seven bugs of the growing array, each graded by itself: one may hide another.

Bug by bug, the function that it is in runs among sound ones. A vector that is used after it is gone
(the first bug) still shows what was written to it, so that the others can be told.
"""

from functools import cache
from pathlib import Path

from freehold.diagnostics import Diagnostic
from freehold.driver.options import CompileOptions
from freehold.learn.graft import Ran, compiled, grafted, ran
from freehold.learn.model import Grade, Point, Ungraded, tried
from freehold.mir.body import Program
from freehold.mir.values import Symbol
from freehold.records import dataclass
from freehold.source import Source
from freehold.types import Adt, FunctionType, PointerType, Type, VoidType, field_offset
from freehold.types.layout import size_of

_REFERENCE = Path(__file__).parent / "references" / "vector.c"
_EXPECTED = b"107\n"
_NEW, _PUSH, _FREE, _MAIN = "vector_new", "vector_push", "vector_free", "main"
_DEAD = {"FH0203", "FH0204", "FH0301", "FH0302", "FH0303"}
_BOUNDS = {f"FH010{digit}" for digit in range(1, 10)}
_LOST = {"FH0801", "FH0802", "FH0803"}
_STALE = {"FH0201"}
_TWICE = {"FH0202", "FH0301", "FH0302", "FH0303"}


def grade(source: Source) -> Grade:
    """Grade an answer: a point for each bug; what the program does as a whole is said besides."""
    return Grade(points_of(source), _whole(source))


def points_of(source: Source) -> tuple[Point, ...]:
    """Return a point for each bug."""
    answer = compiled(source)
    probes = _Probes(answer, _returns_value(answer))
    new = probes.run(_NEW)
    pushed = probes.run(_PUSH)
    freed = probes.run(_FREE)
    main = probes.run(_MAIN)
    return (
        _point(_NEW, "the vector lives on when vector_new returns", new, _DEAD),
        _room(new, probes),
        _point(_PUSH, "malloc is asked for bytes", pushed, _BOUNDS),
        _point(_PUSH, "the items of before are released", pushed, _LOST),
        _point(_FREE, "the items go before what points to them", freed, _DEAD | _STALE | _LOST),
        _point(_MAIN, "the items are released once", main, _TWICE | _LOST),
        _point(_MAIN, "no pointer into the items is kept across a push", main, _STALE),
    )


def _point(where: str, title: str, shown: Ran, against: set[str]) -> Point:
    found = tuple(one for one in shown.findings if one.code.id in against)
    says = "" if shown.ended else "the program did not come to its end"
    return Point(where, title, shown.ended and not found, says, found)


def _room(new: Ran, probes: "_Probes") -> Point:
    """Either vector_new makes room for an item, or vector_push copes with none."""
    title = "there is room for a first item"
    before, _ = _rooms(new)
    if before > 0:
        return Point(_NEW, title, held=True)
    shown = probes.run(_PUSH, room=0)
    _, after = _rooms(shown)
    says = f"vector_new makes room for {before} items, and the first push leaves {after}"
    return Point(_NEW, title, after > 0, "" if after > 0 else says, shown.findings)


def _rooms(shown: Ran) -> tuple[int, int]:
    """Return the room before and after a first push, 0 of what did not get so far."""
    words = shown.stdout.split()
    if len(words) != 2 or not all(word.lstrip(b"-").isdigit() for word in words):
        return 0, 0
    return int(words[0]), int(words[1])


def _whole(source: Source) -> tuple[str, ...]:
    """Return what is to be said of the program as it is."""
    done = tried(source)
    faults = list(done.faults)
    said = "no fault" if not faults else _places(faults)
    printed = done.run is not None and done.run.stdout == _EXPECTED
    output = "107" if printed else f"{done.stdout.strip()[:60]!r}, not 107"
    return (f"the program as a whole: {said}; it prints {output}",)


def _places(found: list[Diagnostic]) -> str:
    return ", ".join(
        one.code.id if one.at is None else f"{one.code.id} in line {one.at.outermost().line}"
        for one in found
    )


@dataclass(frozen=True, slots=True)
class _Probes:
    """Runs functions of the answer among the sound ones. `value`: no pointer is passed around."""

    answer: Program
    value: bool

    def run(self, name: str, *, room: int = 1) -> Ran:
        """Run with one function of the answer's own; the vector starts with `room`."""
        return ran(grafted(self.answer, {name}, _reference(room, value=self.value)))


@cache
def _reference(room: int, *, value: bool) -> Program:
    defines = (("ROOM", str(room)), *((("VALUE", "1"),) if value else ()))
    text = _REFERENCE.read_text(encoding="utf-8")
    return compiled(Source("a sound vector.c", text), CompileOptions(defines=defines))


def _returns_value(answer: Program) -> bool:
    """Whether vector_new returns a Vector; raises Ungraded if a function is not as it was."""
    types = {name: _function(answer, name) for name in (_NEW, _PUSH, _FREE, _MAIN)}
    vector = types[_PUSH].parameters[:1]
    if len(vector) != 1 or not isinstance(vector[0], PointerType):
        raise Ungraded("vector_push takes a pointer to a Vector, then an int")
    if types[_FREE].parameters != vector or not isinstance(types[_FREE].result, VoidType):
        raise Ungraded("vector_free takes a pointer to a Vector, and returns nothing")
    if types[_NEW].result not in (vector[0], vector[0].pointee):
        raise Ungraded("vector_new returns a Vector, or a pointer to one")
    if _members(vector[0].pointee) != [("items", 0, 8), ("count", 8, 4), ("room", 12, 4)]:
        raise Ungraded("leave the struct as it was: items, count and room")
    return types[_NEW].result == vector[0].pointee


def _function(answer: Program, name: str) -> FunctionType:
    body = answer.bodies.get(Symbol(name))
    if body is None:
        raise Ungraded(f"there is no function {name}")
    assert isinstance(body.type, FunctionType)
    return body.type


def _members(ty: Type) -> list[tuple[str, int, int]]:
    """Return name, offset and size of each member of a struct."""
    if not isinstance(ty, Adt):
        return []
    return [
        (one.name, field_offset(ty, index), size_of(one.type))
        for index, one in enumerate(ty.fields)
    ]
