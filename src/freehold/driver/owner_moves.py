"""The moves of a body out of what the user named, and where the values go."""

import re
from collections.abc import Iterator

from freehold.dataflow.points import Point
from freehold.driver.ghosts import Moved, Way
from freehold.driver.owner_places import Describer
from freehold.mir.statements import Assign, Call, CallSource
from freehold.mir.values import RETURN, Aggregate, ItemConst, Local, Place
from freehold.ownership.check import Analysed
from freehold.types.generic import ClosureType, Definition, FnDefType

_PATH = re.compile(r"[\w:]+(?=\s*(::\s*<[^()]*>)?\s*\()")
_FREEING = frozenset(("std::mem::drop",))
_FORGETTING = frozenset(("forget", "leak", "into_raw"))
_STEPS = 16
_Goal = tuple[Way, str]


def moves_of(describer: Describer, analysed: Analysed) -> Iterator[Moved]:
    """Return the moves of a body, in the order of its points."""
    run = _Moves(describer, analysed)
    for move in analysed.data.moves:
        if move.ends or not analysed.uninitialised.reached(move.point):
            continue
        place = analysed.data.paths[move.path].place
        name = describer.name(place)
        spot = describer.below(analysed.graph.at(move.point).span)
        if name is None or spot is None:
            continue
        way, target = run.goal(move.point, place)
        if target != name:
            yield Moved(spot, name, describer.owned(place), way, target)


class _Moves:
    def __init__(self, describer: Describer, analysed: Analysed) -> None:
        self._describer = describer
        self._analysed = analysed

    def goal(self, point: Point, place: Place) -> _Goal:
        """Return where what is moved at `point` goes, through temporaries."""
        within = False
        for _ in range(_STEPS):
            at = self._analysed.graph.at(point)
            if isinstance(at, Call):
                return self._call(at)
            if not isinstance(at, Assign) or not isinstance(at.place.base, int):
                break
            if isinstance(at.rvalue, Aggregate):
                if isinstance(at.rvalue.type, ClosureType):
                    return Way.CLOSURE, ""
                within = True
            named = self._describer.name(at.place)
            if named is not None:
                return (Way.PART if within or at.place.projections else Way.VARIABLE), named
            if at.place.base == RETURN:
                return Way.CALLER, ""
            further = self._next(Local(at.place.base))
            if further is None:
                break
            point = further
        return Way.PART, self._describer.places.show(self._describer.places.type(Place(place.base)))

    def _next(self, local: Local) -> Point | None:
        """Return where a temporary is moved on."""
        data = self._analysed.data
        moves = (data.moves[move] for move in data.moves_of.get(data.paths.root(local), ()))
        return next((move.point for move in moves if not move.ends), None)

    def _call(self, call: Call) -> _Goal:
        if call.source is CallSource.FOR:
            return Way.LOOP, ""
        callee = _callee(call)
        if callee is None:
            return Way.CALL, self._written(call) or "a function"
        if callee.path in _FREEING:
            return Way.DROP, "drop"
        written = self._written(call) or callee.name
        return (Way.FORGET if callee.name in _FORGETTING else Way.CALL), written

    def _written(self, call: Call) -> str:
        """Return the path of the function as it is written, "" of a method call."""
        at = call.span.outermost()
        match = _PATH.match(at.source.text, at.start, at.end)
        return match[0] if match is not None else ""


def _callee(call: Call) -> Definition | None:
    callee = call.callee
    if isinstance(callee, ItemConst) and isinstance(callee.type, FnDefType):
        return callee.type.definition
    return None
