"""Storage that a function replaces by larger storage: who still points into the old, who frees it.

A function *replaces* what a member of its argument points to when it stores a block of its own
there, and what stood there before is not kept in what it leaves behind.
"""

from collections.abc import Iterator, Set
from typing import NamedTuple

from freehold.effects.events import Event
from freehold.effects.faults import Extent, Fault, Finding, Kind
from freehold.effects.flow import Slot, slot_at
from freehold.effects.job import Job
from freehold.effects.log import Access, Assume, Entry, Release
from freehold.effects.state import State
from freehold.effects.summary import Disjunct, Summary
from freehold.effects.values import Linear, Region, RegionKind, Relation, Symbol, Value, split
from freehold.mir.body import Body, LocalKind
from freehold.mir.statements import Call
from freehold.mir.values import Local
from freehold.types import PointerType


class Replaced(NamedTuple):
    """Argument `parameter` had `old` at `offset`; `event` is the store of another block there."""

    parameter: Symbol
    offset: int
    old: Symbol
    event: Event
    released: bool
    used: bool


def replaced(disjunct: Disjunct, parameters: tuple[Symbol, ...]) -> Iterator[Replaced]:
    """Yield the members that one way through a function gives other storage."""
    made = {one.symbol for one in disjunct.made if one.symbol.region is not None}
    news = {
        (store.base, store.offset): store
        for store in disjunct.stores
        if store.base in parameters and split_base(store.value) in made
    }
    if not news:
        return
    kept = _kept(disjunct) | _linked(disjunct, made)
    released = {split(e.value)[0] for e in disjunct.log if isinstance(e, Release)}
    used = {e.base for e in disjunct.log if isinstance(e, Access) and not e.soft}
    writes = {
        (e.base, e.offset): e.event for e in disjunct.log if isinstance(e, Access) and e.write
    }
    for entry in disjunct.log:
        if not isinstance(entry, Access) or entry.result is None or type(entry.offset) is not int:
            continue
        key = (entry.base, entry.offset)
        old = entry.result
        if key in news and old.pointer and old not in kept and key in writes:
            yield Replaced(entry.base, entry.offset, old, writes[key], old in released, old in used)


def split_base(value: object) -> Symbol | None:
    """Return the base of a stored pointer."""
    return split(value)[0] if type(value) is Linear else None


def _kept(disjunct: Disjunct) -> set[Symbol]:
    values: list[object] = [disjunct.value, *(store.value for store in disjunct.stores)]
    for made in disjunct.made:
        values.extend(cell.value for cell in made.cells.at.values())
    return {s for value in values if type(value) is Linear for s, _ in value.terms}


def _linked(disjunct: Disjunct, made: set[Symbol]) -> set[Symbol]:
    """Return what a new block was stored in: a list goes on there, nothing was moved."""
    return {store.base for store in disjunct.stores if split_base(store.value) in made}


def look_for_lost(job: Job, summary: Summary) -> None:
    """Tell of blocks that are used, replaced and not released: nothing points to them any more."""
    for disjunct in summary.disjuncts:
        for one in replaced(disjunct, summary.parameters):
            if one.used and not one.released and one.event.inside is None:
                region = Region(RegionKind.HEAP, None)
                fault = Fault(
                    Kind.REPLACED, one.event, certain=False, extent=Extent(0, 0, False, region)
                )
                job.faults.setdefault((job.point, f"replaced {one.event.span.start}"), fault)


def look_for_zero_growth(job: Job, summary: Summary) -> None:
    """Tell of a member that is multiplied to grow: `is_told` knows whether it is ever 0."""
    parameters = summary.parameters
    for disjunct in summary.disjuncts:
        read = {
            entry.result: (entry.base, entry.offset)
            for entry in disjunct.log
            if isinstance(entry, Access) and entry.result is not None
        }
        sizes = [one.symbol.region.size for one in disjunct.made if one.symbol.region is not None]
        for store in disjunct.stores:
            old = _multiplied(store.value)
            if old is None or read.get(old) != (store.base, store.offset):
                continue
            if store.base not in parameters or not any(_is_multiple(size, old) for size in sizes):
                continue
            may_be_zero = all(old not in _excludes_zero(entry) for entry in disjunct.log)
            slot = _member(job, parameters.index(store.base), store.offset)
            if may_be_zero and slot is not None:
                event = _writes(disjunct, store.base, store.offset)
                owner, name = str(slot[1]), str(slot[2])
                fault = Fault(Kind.ZERO_GROWTH, event, certain=False, name=name, by=owner)
                job.faults.setdefault((job.point, f"zero growth {store.offset}"), fault)


def is_told(finding: Finding, zeroed: Set[Slot], owning: Set[Slot]) -> bool:
    """Whether a finding holds in a program where `zeroed` are set to 0, and `owning` own."""
    fault = finding.fault
    member = ("field", fault.by, fault.name)
    if fault.kind is Kind.MEMBER_LOST:
        return member in owning
    return fault.kind is not Kind.ZERO_GROWTH or member in zeroed


def _multiplied(value: object) -> Symbol | None:
    """Return what a stored value is a multiple of."""
    if type(value) is not Linear or len(value.terms) != 1 or value.constant:
        return None
    symbol, factor = value.terms[0]
    return symbol if factor > 1 else None


def _is_multiple(size: object, old: Symbol) -> bool:
    """Whether a block has so many bytes for each of `old`, and none besides."""
    if type(size) is not Linear or size.constant or len(size.terms) != 1:
        return False
    symbol = size.terms[0][0]
    how = symbol.definition
    if how is not None and how.operation == "cast":
        return _is_multiple(how.left, old)
    return symbol is old


def _excludes_zero(entry: Entry) -> tuple[Symbol, ...]:
    """Return the symbol that a condition of the path says is not 0."""
    if not isinstance(entry, Assume) or len(entry.condition.form.terms) != 1:
        return ()
    relation, value = entry.condition
    ((symbol, factor),) = value.terms
    zero = value.constant == 0 if relation is not Relation.LE else value.constant <= 0
    holds_at_zero = zero != (relation is Relation.NE)
    return () if holds_at_zero or not factor else (symbol,)


def _member(job: Job, parameter: int, offset: int) -> Slot | None:
    ty = job.body.locals[Local(parameter + 1)].type
    return slot_at(ty.pointee, offset) if isinstance(ty, PointerType) else None


def _writes(disjunct: Disjunct, base: Symbol, offset: int) -> Event:
    """Return the last access of a member: the write, where that is known."""
    found = [
        entry
        for entry in disjunct.log
        if isinstance(entry, Access) and entry.base is base and entry.offset == offset
    ]
    return max(found, key=lambda entry: entry.write).event


def replaces(summary: Summary) -> frozenset[tuple[int, int]]:
    """Return the arguments and offsets where a call may put other storage."""
    return frozenset(
        (summary.parameters.index(one.parameter), one.offset)
        for disjunct in summary.disjuncts
        for one in replaced(disjunct, summary.parameters)
    )


def mark_stale(
    job: Job, state: State, call: Call, summary: Summary, arguments: list[Value]
) -> None:
    """Note which variables point into what a call may replace."""
    for number, offset in sorted(summary.replaces):
        if number >= len(arguments):
            continue
        base, start = split(arguments[number])
        cells = state.mem.get(base) if base is not None else None
        if cells is None or type(start) is not int:
            continue
        cell = cells.at.get(start + offset)
        old = split_base(cell.value) if cell is not None else None
        if old is None:
            continue
        for local, value in state.env.items():
            if _is_variable(job.body, local) and split_base(value) is old:
                state.seen.add(("stale", local, value))
                job.stale[local] = Event("may be moved by this call", call.span)


def _is_variable(body: Body, local: Local) -> bool:
    return body.locals[local].kind is LocalKind.VARIABLE


def check_stale(job: Job, state: State, local: Local, value: Value) -> None:
    """Tell of a use of a variable that points into what may have been replaced."""
    if ("stale", local, value) in state.seen:
        state.seen.discard(("stale", local, value))
        name = job.body.locals[local].name
        at = Event("", job.span)
        job.fault(
            state, Fault(Kind.STALE, at, certain=False, name=name, events=(job.stale[local],))
        )
