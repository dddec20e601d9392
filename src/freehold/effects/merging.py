"""Making one path of several that differ, where there is no room for all.

What they do not share is unknown from there on: no number, no fault. A block that only some of them
have come by is taken as kept somewhere.
"""

from collections.abc import Iterator, Sequence

from freehold.effects.cells import Cell, Cells, Fill, Rest
from freehold.effects.facts import hull_of
from freehold.effects.job import Job
from freehold.effects.log import Havoc, Log, shared
from freehold.effects.memory import keep, rest_of
from freehold.effects.state import Loop, State, Status, is_held
from freehold.effects.values import (
    UNINITIALISED,
    Linear,
    RegionKind,
    Symbol,
    Value,
    add,
    form,
    fresh,
    is_tainted,
    range_of,
    split,
)
from freehold.types import IntType, PointerType, Type

_KEPT = Status(escaped=True)
_ANY_POINTER = PointerType(IntType(8, signed=True))
_OWN = frozenset((RegionKind.HEAP, RegionKind.RESOURCE))
_WIDE = 16  # bytes of the widest number


def merge(job: Job, states: Sequence[State]) -> State:
    """Return one path for all of `states`, which stay as they are."""
    return _Merge(job, states).done() if len(states) > 1 else states[0].fork()


def parted(states: Sequence[State], room: int) -> list[list[State]]:
    """Return at most `room` groups: apart are paths whose pointers are null, live or released."""
    groups: dict[object, list[State]] = {}
    for one in states:
        key: object = tuple(_look(one)) if room > 1 else None
        if key not in groups and len(groups) == room:
            key = next(reversed(groups))
        groups.setdefault(key, []).append(one)
    return list(groups.values())


def _look(state: State) -> Iterator[tuple[int, str]]:
    """Yield what is known of the pointers in registers."""
    for local, value in state.env.items():
        base = split(value)[0]
        if base is None or base.region is None or base.region.kind not in _OWN:
            continue
        if state.facts.bounds(base)[1] == 0:
            yield local, "null"
        else:
            status = state.status.get(base)
            yield local, status.how if status is not None else ""


class _Merge:
    def __init__(self, job: Job, states: Sequence[State]) -> None:
        self._job = job
        self._states = states
        self._made = states[0].fork()

    def done(self) -> State:
        """Return what holds on all."""
        states, made = self._states, self._made
        made.facts = hull_of([one.facts for one in states])
        gone = self._status()
        logs = [one.log for one in states]
        made.log = shared(logs, made.facts, gone)
        made.seen = set.intersection(*(one.seen for one in states))
        for one in states:
            made.seen.update(filter(is_held, one.seen))
            made.visited |= one.visited
            made.told |= one.told
            made.doubts |= one.doubts
            made.guesses |= one.guesses
            made.tagged |= one.tagged
        made.forks = max(one.forks for one in states)
        made.faults = frozenset(
            fault
            for fault in frozenset().union(*(one.faults for one in states))
            if all(fault in s.faults or not s.visited >> fault[0].block & 1 for s in states)
        )
        made.blind = made.merged = True
        self._registers()
        self._memory()
        self._loops()
        return made

    def _status(self) -> set[Symbol]:
        """Let regions be what all paths say; return those that are gone on all."""
        made: dict[Symbol, Status] = {}
        gone: set[Symbol] = set()
        for base in dict.fromkeys(base for one in self._states for base in one.status):
            said = [one.status.get(base, Status()) for one in self._states]
            how = said[0].how
            if any(one.how != how for one in said):
                made[base] = _KEPT
                continue
            made[base] = said[0]._replace(escaped=any(one.escaped for one in said))
            if how:
                gone.add(base)
        self._made.status = made
        return gone

    # ------------------------------------------------------------------------------------ values

    def _either(self, values: Sequence[Value], ty: Type | None) -> Value:
        """Return a value that may be any of `values`, one for each path."""
        first = values[0]
        if all(value is first or value == first for value in values):
            return first
        for value in values:
            keep(self._job, self._made, value)
        if any(value is UNINITIALISED for value in values):
            return fresh(ty)
        base, _ = split(first)
        if base is not None and all(split(value)[0] is base for value in values):
            return add(form(base), self._between([split(value)[1] for value in values], None))
        return self._between(values, ty)

    def _between(self, values: Sequence[Value], ty: Type | None) -> Linear:
        bounds = [
            one.facts.interval(value) for one, value in zip(self._states, values, strict=True)
        ]
        made = fresh(ty)
        symbol = made.terms[0][0]
        symbol.low = max(symbol.low, min(low for low, _ in bounds))
        symbol.high = min(symbol.high, max(high for _, high in bounds))
        if symbol.low > symbol.high:
            symbol.low, symbol.high = range_of(ty)
        symbol.tainted = all(map(is_tainted, values))
        return made

    def _registers(self) -> None:
        envs = [one.env for one in self._states]
        made = self._made.env
        for local in dict.fromkeys(local for env in envs for local in env):
            values = [env.get(local, UNINITIALISED) for env in envs]
            made[local] = self._either(values, self._job.body.locals[local].type)

    # ------------------------------------------------------------------------------------ memory

    def _memory(self) -> None:
        made = self._made
        made.mem = {}
        made.owned = set()
        for base in dict.fromkeys(base for one in self._states for base in one.mem):
            found = [one.mem.get(base) for one in self._states]
            first = found[0]
            if first is not None and all(one is first for one in found):
                made.mem[base] = first
            elif any(one is None for one in found) and _is_own(base):
                self._keep_cells([one for one in found if one is not None])
                made.status.pop(base, None)  # the other paths have no such block
            else:
                made.mem[base] = self._cells(base, found)
                made.owned.add(base)

    def _keep_cells(self, found: Sequence[Cells]) -> None:
        for cells in found:
            for cell in cells.at.values():
                if type(cell.value) is Linear:
                    keep(self._job, self._made, cell.value)

    def _cells(self, base: Symbol, found: Sequence[Cells | None]) -> Cells:
        default = Cells(rest_of(self._job, base), tainted=base.tainted)
        every = [default if one is None else one for one in found]
        made = self._common(every)
        if made is None:
            self._keep_cells(every)
            tainted = any(one.tainted for one in every)
            made = Cells(Rest.UNKNOWN)
            made.forget(tainted=tainted)
            if base.visible:
                self._made.log = Log(self._made.log, Havoc(base, tainted))
        return made

    def _common(self, every: Sequence[Cells]) -> Cells | None:
        """Return what all say of a region; None: they have too little in common."""
        first = every[0]
        if any(one.rest is not first.rest for one in every):
            return None
        made = Cells(first.rest, tainted=any(one.tainted for one in every))
        made.unit = first.unit if all(one.unit == first.unit for one in every) else 0
        made.written = set()
        for one in every:
            if one.written is None or made.written is None:
                made.written = None
            else:
                made.written |= one.written
        for at in dict.fromkeys(at for one in every for at in one.at):
            cells = [one.at.get(at) for one in every]
            first_cell = cells[0]
            if first_cell is not None and all(
                one is first_cell or one == first_cell for one in cells
            ):
                made.at[at] = first_cell
            elif made.written is None or at in made.written:
                cell = self._cell(at, every, cells)
                if cell is None:
                    return None
                made.at[at] = cell
            # What was only looked at on some is there to be looked at again.
        return made

    def _cell(self, at: int, every: Sequence[Cells], cells: Sequence[Cell | None]) -> Cell | None:
        sizes = {cell.size for cell in cells if cell is not None}
        if len(sizes) != 1:
            return None
        (size,) = sizes
        values: list[Value] = []
        for one, cell in zip(every, cells, strict=True):
            if cell is None:
                if one.overlaps(at, size):
                    return None
                values.append(UNINITIALISED)
            elif isinstance(cell.value, Fill):
                return None
            else:
                values.append(cell.value)
        if size == _ANY_POINTER_SIZE and any(split(value)[0] is not None for value in values):
            return Cell(size, self._either(values, _ANY_POINTER))
        return Cell(size, self._either(values, IntType(min(size, _WIDE) * 8, signed=True)))

    # ------------------------------------------------------------------------------------- loops

    def _loops(self) -> None:
        made = self._made.loops
        for one in self._states[1:]:
            for head, mine in one.loops.items():
                its = made.get(head)
                if its is None:
                    made[head] = mine
                elif mine is not its:
                    made[head] = Loop(
                        max(mine.rounds, its.rounds),
                        max(mine.forked, its.forked),
                        max(mine.forks, its.forks),
                        mine.widened or its.widened,
                        mine.last and its.last,
                        its.env,
                        its.mem,
                    )


_ANY_POINTER_SIZE = 8


def _is_own(base: Symbol) -> bool:
    """Whether a region is one that a path has come by: others have none such."""
    region = base.region
    return not base.visible and (region is None or region.kind in _OWN)
