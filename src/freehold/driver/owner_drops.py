"""The drops that were put in: each where control leaves the scope of what is dropped.

A chain of drops follows the last thing that is done in a scope. If that is a `return`, `break` or
`?`, its drops are shown there, by what is known on that way; else where the scopes end.
"""

import re
from collections.abc import Iterable, Iterator

from freehold.dataflow.points import Point
from freehold.driver.ghosts import Dropped, Exit, Spot
from freehold.driver.owner_places import Describer
from freehold.mir.cfg import targets_of
from freehold.mir.statements import (
    Call,
    Drop,
    Goto,
    Statement,
    StorageDead,
    StorageLive,
    Terminator,
)
from freehold.mir.typing import Projected, VariantType, field_types, is_box
from freehold.mir.values import (
    Block,
    ConstantIndex,
    Downcast,
    FieldOf,
    ItemConst,
    Place,
    Projection,
)
from freehold.ownership import DropStates, Style, drop_states
from freehold.ownership.ladders import State
from freehold.ownership.paths import PathId
from freehold.records import dataclass, field
from freehold.source import Span
from freehold.types import ArrayType, TupleType
from freehold.types.generic import AdtType, ClosureType, FnDefType

_KEYWORD = re.compile(r"\b(return|break|continue)(\s+'\w+)?\s*$")
_AHEAD = re.compile(r"[\s;{]*(continue)\b(\s+'\w+)?")  # it has no statement of its own
_AT_START = re.compile(r"(return|break|continue)\b(\s+'\w+)?")


@dataclass(slots=True)
class _Found:
    """The drops by spot and place, in order; not certain if one way says so."""

    ghosts: dict[tuple[Spot, Place, Exit], Dropped] = field(default_factory=dict)

    def add(self, place: Place, ghost: Dropped) -> None:
        key = ghost.spot, place, ghost.exit
        known = self.ghosts.get(key)
        if known is None or (known.certain and not ghost.certain):
            self.ghosts[key] = ghost


@dataclass(frozen=True, slots=True)
class _Leaving:
    """What a chain starts with: how and where it leaves; `label` of a loop."""

    exit: Exit
    span: Span
    label: str = ""


def drops_of(describer: Describer) -> Iterator[Dropped]:
    """Return the drops of a body, in the order in which they happen."""
    run = _Drops(describer, drop_states(describer.body))
    run.run()
    yield from run.found.ghosts.values()


class _Drops:
    def __init__(self, describer: Describer, states: DropStates) -> None:
        self._describer = describer
        self._states = states
        self._graph = states.graph
        self.found = _Found()

    def run(self) -> None:
        for number in range(len(self._states.body.blocks)):
            block = Block(number)
            if block in self._states.cleanup or not self._states.live.reached(
                self._graph.start(block)
            ):
                continue
            last = self._last_real(block)
            if last is not None or not self._graph.before[block]:
                self._chain(block, self._leaving(last))

    # ------------------------------------------------------------------------------- chains

    def _last_real(self, block: Block) -> Statement | Terminator | None:
        its = self._states.body.blocks[block]
        if not isinstance(its.terminator, Goto | Drop):
            return its.terminator
        real = (s for s in reversed(its.statements) if not isinstance(s, StorageDead | StorageLive))
        return next(real, None)

    def _leaving(self, last: Statement | Terminator | None) -> _Leaving | None:
        if last is None:
            return None
        at = last.span.outermost()
        if at.source is not self._describer.source:
            return None
        text = at.source.text
        if isinstance(last, Call) and _callee(last) == "from_residual":
            return _Leaving(Exit.QUESTION, at)
        if isinstance(last, Call) and last.target is None:
            return None
        match = _AT_START.match(text, at.start, at.end) or _KEYWORD.search(text, 0, at.start)
        if match is None:
            match = _AHEAD.match(text, at.end)
            at = at if match is None else Span(at.source, match.start(1), match.end())
        return None if match is None else _Leaving(Exit(match[1]), at, (match[2] or "").strip())

    def _chain(self, start: Block, leaving: _Leaving | None) -> None:
        """Enter the drops from the end of `start` on, until something else is done."""
        its = self._states.body.blocks[start]
        if isinstance(its.terminator, Goto | Drop):
            self._follow(start, leaving, self._states.at(self._graph.end(start)))
            return
        for target in targets_of(its.terminator):
            if target not in self._states.cleanup and self._is_quiet(target):
                self._follow(target, leaving, self._states.at(self._graph.start(target)))

    def _follow(self, block: Block, leaving: _Leaving | None, state: State) -> None:
        seen: set[Block] = set()
        while block not in seen:
            seen.add(block)
            terminator = self._states.body.blocks[block].terminator
            if isinstance(terminator, Drop):
                self._drop(terminator, self._graph.end(block), leaving, state)
            elif not isinstance(terminator, Goto):
                return
            block = terminator.target
            if not self._is_quiet(block):
                return

    def _is_quiet(self, block: Block) -> bool:
        return self._last_real(block) is None

    # ------------------------------------------------------------------------------- drops

    def _drop(self, drop: Drop, point: Point, leaving: _Leaving | None, state: State) -> None:
        if leaving is None or not self._leaves(drop, leaving):
            spot, leaves = self._spot(drop), Exit.SCOPE
            state = self._states.at(point)
        else:
            spot, leaves = self._describer.below(leaving.span), leaving.exit
        if drop.replace:
            leaves = Exit.ASSIGNED
        if spot is None:
            return
        for place, certain in self._left(drop.place, state):
            if self._describer.needs_drop(place):
                name, owned = self._describer.value(place), self._describer.owned(place)
                line = self._describer.declared(place)
                self.found.add(place, Dropped(spot, name, line, owned, certain, leaves))

    def _leaves(self, drop: Drop, leaving: _Leaving) -> bool:
        """Say whether the drop is due to the `return` or `break`: not to what follows the loop."""
        at = drop.span.outermost()
        if at.start < leaving.span.start or at.end <= leaving.span.end:
            return False  # a temporary of the expression itself
        if leaving.exit not in (Exit.BREAK, Exit.CONTINUE):
            return True
        loop = self._describer.blocks.loop_of(leaving.span.start, leaving.label)
        return loop is not None and at.end <= loop.end

    def _spot(self, drop: Drop) -> Spot | None:
        if drop.replace:
            return self._describer.below(drop.span)
        spot = self._describer.end_of_scope(drop.span)
        assert isinstance(drop.place.base, int)
        its = self._describer.body.locals[drop.place.base]
        if spot is None or its.name != "iter":
            return spot
        # The iterator of a `for` loop is dropped after it; its span is in the loop's head.
        head = its.span.outermost().end
        after = (g for g in self._describer.blocks.groups if g.loop and g.start >= head)
        loop = min(after, key=lambda group: group.start, default=None)
        if loop is None:
            return spot
        return Spot(self._describer.source.line_of(loop.end - 1), spot.function)

    def _left(self, place: Place, state: State) -> Iterator[tuple[Place, bool]]:
        """Return the parts of `place` that are left to drop, and whether they surely are."""
        path = self._states.data.paths.exact(place)
        style = Style.STATIC if path is None else state.deep(path)
        match style:
            case Style.DEAD:
                return
            case Style.STATIC | Style.CONDITIONAL:
                yield place, style is Style.STATIC
            case Style.OPEN:
                assert path is not None
                yield from self._open(place, path, state)

    def _open(self, place: Place, path: PathId, state: State) -> Iterator[tuple[Place, bool]]:
        """Return what is left of a place that parts were moved out of."""
        match self._describer.places.type(place):
            case ty if is_box(ty):  # the box itself is freed
                if state.live >> path & 1:
                    yield place, not state.dead >> path & 1
            case ArrayType(_, length) if length is not None:
                steps: Iterable[Projection] = map(ConstantIndex, range(length))
                if any(True for _ in self._parts(steps, place, path, state)):
                    yield place, False
            case AdtType(definition, arguments) if len(definition.variants) != 1:
                for number, variant in enumerate(definition.variants):
                    within = Place(place.base, (*place.projections, Downcast(number)))
                    its = _fields(VariantType(variant, arguments))
                    if any(True for _ in self._parts(its, within, path, state)):
                        yield place, False
                        return
            case AdtType() | TupleType() | ClosureType() as ty:
                yield from self._parts(_fields(ty), place, path, state)
            case _:
                yield place, False

    def _parts(
        self, steps: Iterable[Projection], place: Place, path: PathId, state: State
    ) -> Iterator[tuple[Place, bool]]:
        """Return what is left of parts of `place`; of those never moved alone, `path` tells."""
        for step in steps:
            part = Place(place.base, (*place.projections, step))
            if not self._describer.needs_drop(part):
                continue
            if self._states.data.paths.exact(part) is not None:
                yield from self._left(part, state)
            elif state.live >> path & 1:
                yield part, not state.dead >> path & 1


def _fields(ty: Projected) -> Iterator[Projection]:
    return map(FieldOf, range(len(field_types(ty))))


def _callee(call: Call) -> str:
    callee = call.callee
    if isinstance(callee, ItemConst) and isinstance(callee.type, FnDefType):
        return callee.type.definition.name
    return ""
