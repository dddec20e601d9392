"""Strings in symbolic memory: where they end."""

from freehold.effects.cells import Cells, Fill, Rest
from freehold.effects.events import Event
from freehold.effects.faults import Extent, Fault, Kind
from freehold.effects.job import Job
from freehold.effects.log import Log, Text
from freehold.effects.memory import cells_of, locate
from freehold.effects.state import State
from freehold.effects.values import (
    UNINITIALISED,
    Linear,
    Number,
    Symbol,
    Value,
    form,
    is_visible,
)
from freehold.types import U8, U32

_FAR = 1 << 16
_LONGEST = (1 << 31) - 1


def read_text(
    job: Job,
    state: State,
    address: Value,
    unit: int,
    event: Event,
    limit: Number | None = None,
) -> Number:
    """Read a string, checked; return its length in characters, at most `limit` of them."""
    known_limit = state.facts.known(limit) if limit is not None else None
    if known_limit == 0:
        return 0
    found = locate(job, state, address, unit, event, write=False, checked=True)
    if found is None:
        return job.unknown_length(address, 0, tainted=False, most=_LONGEST)
    base, offset = found
    asked = _ask(job, state, base, address, unit, limit, event)
    if asked is not None:
        return asked
    cells = cells_of(job, state, base)
    known = state.facts.known(offset)
    if type(known) is not int or base in state.told:
        return job.unknown_length(address, cells.version, tainted=cells.tainted, most=_LONGEST)
    stop = known_limit if type(known_limit) is int else _FAR
    length = _scan(job, state, base, cells, known, unit, stop, event)
    if length is not None:
        return length
    most = _room(base, known, unit)
    return job.unknown_length(address, cells.version, tainted=cells.tainted, most=most)


def _ask(
    job: Job,
    state: State,
    base: Symbol,
    address: Value,
    unit: int,
    limit: Number | None,
    event: Event,
) -> Linear | None:
    """Ask the caller for a string that it gave; return its length."""
    given = base.visible and (base.region is None or cells_of(job, state, base).rest is Rest.GIVEN)
    if not given or not is_visible(address) or not (limit is None or is_visible(limit)):
        return None
    cells = cells_of(job, state, base)
    if cells.written is None or cells.written:
        return None
    key = (address, (unit, limit))
    known = job.lengths.get(key)
    if known is None:
        known = job.lengths[key] = form(Symbol(0, _LONGEST, visible=True, tainted=job.entry))
    seen = ("text", known)
    if seen not in state.seen:
        state.seen.add(seen)
        symbol = known.terms[0][0]
        state.log = Log(state.log, Text(address, unit, limit, event, symbol))
    return known


def _room(base: Symbol, offset: int, unit: int) -> int:
    size = base.region.size if base.region is not None else None
    return max((size - offset) // unit - 1, 0) if type(size) is int else _LONGEST


def _scan(
    job: Job,
    state: State,
    base: Symbol,
    cells: Cells,
    start: int,
    unit: int,
    stop: int,
    event: Event,
) -> int | None:
    """Return the number of characters before the NUL; None: not known."""
    size = base.region.size if base.region is not None else None
    end = size if type(size) is int else None
    here = start
    count = 0
    ty = U8 if unit == 1 else U32
    while count < stop:
        if end is not None and here + unit > end:
            extent = Extent(here, unit, False, base.region)
            event_of = base.region.event if base.region is not None else None
            events = (event_of,) if event_of is not None else ()
            name = base.region.name if base.region is not None else ""
            job.fault(
                state, Fault(Kind.BOUNDS, event, name=name, extent=extent, events=events), base
            )
            return count
        found = cells.get(here, unit)
        if found is Rest.DATA:
            found = job.datum(base, here, unit, ty)
        if found is Rest.ZERO or found == 0 or found == Fill(0):
            return count
        if found is Rest.UNINITIALISED or found is UNINITIALISED:
            if base not in state.told:
                name = base.region.name if base.region is not None else ""
                job.fault(state, Fault(Kind.UNINITIALISED, event, name=name), base)
            return None
        if isinstance(found, Fill):
            if found.byte < -1:
                return None
            step = _rest_of_fill(cells, here, unit)
            count += step
            here += step * unit
            continue
        if type(found) is not int and not (
            type(found) is Linear and not state.facts.may_be(found, 0)
        ):
            return None
        count += 1
        here += unit
    return stop if stop < _FAR else None


def _rest_of_fill(cells: Cells, here: int, unit: int) -> int:
    for at, cell in cells.at.items():
        if at <= here < at + cell.size:
            return max((at + cell.size - here) // unit, 1)
    return 1
