"""Reading, writing and releasing symbolic memory, with what each of them must not meet."""

from freehold.effects.cells import Cells, Fill, Rest
from freehold.effects.events import Event
from freehold.effects.faults import Extent, Fault, Kind
from freehold.effects.job import Dead, Job
from freehold.effects.log import Access, Assume, Havoc, Log, Release, Require
from freehold.effects.overruns import farthest, overruns
from freehold.effects.state import State, Status
from freehold.effects.values import (
    UNINITIALISED,
    Condition,
    Linear,
    Number,
    RegionKind,
    Relation,
    Symbol,
    Value,
    add,
    form,
    fresh,
    is_tainted,
    is_visible,
    range_of,
    split,
    wrap,
)
from freehold.types import IntType, Type

LIVE = Status()
_PAGE = 4096
_ENDED = frozenset(("scope", "return"))
_OPAQUE = (RegionKind.FUNCTION, RegionKind.RESOURCE)
_UNFREEABLE = frozenset(
    (RegionKind.STACK, RegionKind.STATIC, RegionKind.LITERAL, RegionKind.FUNCTION)
)


def cells_of(job: Job, state: State, base: Symbol) -> Cells:
    """Return what the region of `base` holds."""
    cells = state.mem.get(base)
    if cells is None:
        cells = state.mem[base] = Cells(rest_of(job, base), tainted=base.tainted)
        state.owned.add(base)
    return cells


def rest_of(job: Job, base: Symbol) -> Rest:
    """Return what a region holds where a path has written nothing."""
    region = base.region
    if region is None:
        return Rest.GIVEN if base.visible else Rest.UNKNOWN
    match region.kind:
        case RegionKind.STACK:
            return Rest.GIVEN if base.visible else Rest.UNINITIALISED
        case RegionKind.HEAP:
            return Rest.UNINITIALISED
        case RegionKind.STATIC | RegionKind.LITERAL:
            return job.rest_of_static(base)
        case _:
            return Rest.UNKNOWN


# ---------------------------------------------------------------------------------------- checking


def locate(
    job: Job,
    state: State,
    address: Value,
    size: Number,
    event: Event,
    *,
    write: bool,
    checked: bool = True,
    ask: bool = True,
) -> tuple[Symbol, Number] | None:
    """Return region and offset of an access after checking it; None: nothing is known.

    Raises Dead where the path ends.
    """
    if address is UNINITIALISED:
        job.fault(state, Fault(Kind.UNINITIALISED, event, name=job.reading))
        return None
    base, offset = split(address)
    if base is None:
        if type(address) is int and 0 <= address < _PAGE:
            extent = Extent(0, size, write, None)
            job.fault(state, Fault(Kind.NULL, event, name=job.reading, extent=extent))
            raise Dead
        return None
    region = base.region
    if region is None or region.nullable:
        _check_null(job, state, base, size, event, write=write)
    status = state.status.get(base)
    if status is not None and status.how:
        if region is not None and region.size is not None and status.how in _ENDED:
            inside(job, state, base, offset, size, event, write=write)
        _dead(job, state, base, status, Extent(offset, size, write, region), event)
        return base, offset
    if region is None:
        if base.visible and ask:
            demand(job, state, base, offset, size, event, write=write, checked=checked)
    else:
        if region.size is not None:
            inside(job, state, base, offset, size, event, write=write)
        if write and region.kind is RegionKind.LITERAL:
            extent = Extent(offset, size, write, region)
            job.fault(state, Fault(Kind.READ_ONLY, event, extent=extent))
    return base, offset


def _check_null(
    job: Job, state: State, base: Symbol, size: Number, event: Event, *, write: bool
) -> None:
    pointer = form(base)
    facts = state.facts
    low, high = facts.interval(pointer)
    if low > 0:
        return
    region = base.region
    if high == 0:
        if base in state.doubts:
            raise Dead
        if base.visible and _hangs_on_more(state, base):
            state.log = Log(state.log, Access(base, 0, size, write, False, event))
            job.latent.append(state)
            raise Dead
        if state.merged and region is None:
            raise Dead  # what goes with the null is not known any more
        events = (region.event,) if region is not None and region.event is not None else ()
        extent = Extent(0, size, write, None)
        if region is not None and region.nullable and base.high == 0:
            made = Fault(Kind.UNCHECKED, event, False, job.reading, None, events, region.family)
            job.fault(state, made)
            raise Dead
        job.fault(state, Fault(Kind.NULL, event, name=job.reading, extent=extent, events=events))
        raise Dead
    if region is not None and facts.may_be(pointer, 0):
        events = (region.event,) if region.event is not None else ()
        job.fault(
            state,
            Fault(Kind.UNCHECKED, event, False, job.reading, events=events, by=region.family),
        )
    facts.assume(Condition(Relation.NE, pointer))
    if event.inside is None:
        state.seen.add(("used", base))
        job.used.setdefault(base, event)


def _hangs_on_more(state: State, base: Symbol) -> bool:
    """Whether a flag or tag of the caller's was asked since a pointer was found to be null.

    The two may never come together: who calls with both is to be told.
    """
    if state.merged:
        return True  # what was asked is not known any more
    log = state.log
    asked = False
    while log is not None:
        entry = log.entry
        if isinstance(entry, Assume):
            relation, value = entry.condition
            if any(symbol is base for symbol, _ in value.terms):
                return asked
            if relation is not Relation.LE and not any(s.pointer for s, _ in value.terms):
                asked = True
        log = log.before
    return False


def _dead(
    job: Job, state: State, base: Symbol, status: Status, extent: Extent, event: Event
) -> None:
    if base in job.told(state):
        return
    stack = status.how in _ENDED
    kind = Kind.DEAD_USE if stack else Kind.FREED_USE
    region = base.region
    events = tuple(
        e for e in (region.event if region is not None else None, status.event) if e is not None
    )
    name = region.name if region is not None else ""
    job.fault(
        state, Fault(kind, event, name=name, extent=extent, events=events, by=status.how), base
    )


def inside(
    job: Job,
    state: State,
    base: Symbol,
    offset: Number,
    size: Number,
    event: Event,
    *,
    write: bool,
) -> None:
    """Check that `size` bytes at `offset` lie inside the region of `base`."""
    region = base.region
    assert region is not None
    assert region.size is not None
    if type(offset) is int and type(size) is int and type(region.size) is int:
        if offset >= 0 and offset + size <= region.size:
            return
        if size == 0 or base in job.told(state):
            return
        if base in state.tagged:
            raise Dead  # what it was found to hold is not what an object of its size holds
    extent = Extent(offset, size, write, region)
    events = (region.event,) if region.event is not None else ()
    name = region.name
    low = Fault(Kind.BELOW, event, name=name, extent=extent, events=events)
    high = Fault(Kind.BOUNDS, event, name=name, extent=extent, events=events)
    below = add(0, offset, -1)  # -offset <= 0
    beyond = add(add(offset, size), region.size, -1)  # offset + size - extent <= 0
    _require(job, state, below, low, base)
    _require(job, state, beyond, high, base)


def _require(
    job: Job, state: State, excess: Number, fault: Fault, base: Symbol | None = None
) -> None:
    """Fault unless `excess` is at most 0; where the caller decides that, ask it."""
    low, high = state.facts.interval(excess)
    if high <= 0:
        return
    if low > 0:
        if type(excess) is Linear and _is_guessed(state, excess):
            raise Dead
        if base is None or base not in job.told(state):
            job.fault(state, fault, base)
        return
    assert isinstance(excess, Linear)
    condition = Condition(Relation.LE, excess)
    if (is_tainted(excess) and job.tainted_unbounded(state, excess)) or overruns(
        job, state, excess
    ):
        maybe = Fault(fault.kind, fault.at, False, fault.name, fault.extent, fault.events, fault.by)
        job.fault(state, maybe, base)
    elif is_visible(excess):
        key = ("require", condition)
        if key not in state.seen:
            state.seen.add(key)
            state.log = Log(state.log, Require(condition, fault, base))
    state.facts.assume(condition)


def _is_guessed(state: State, excess: Linear) -> bool:
    """Whether it is too much only because a callee's condition was taken to hold."""
    if not any(symbol in state.guesses for symbol, _ in excess.terms):
        return False
    least = excess.constant
    for symbol, k in excess.terms:
        least += k * (symbol.low if k > 0 else symbol.high)
    return least <= 0


def require(job: Job, state: State, excess: Number, fault: Fault) -> None:
    """Fault unless `excess` is at most 0; where the caller decides that, ask it."""
    _require(job, state, excess, fault)


def ask_read(
    job: Job,
    state: State,
    base: Symbol,
    offset: Number,
    size: Number,
    event: Event,
    *,
    checked: bool,
) -> bool:
    """Ask the caller for what is read, if it was the caller who gave it; return if it did not."""
    if not base.visible or base.region is not None or base in state.told:
        return True
    cells = state.mem.get(base)
    own = cells is not None and (
        cells.written is None or (bool(cells.written) and _touches(cells.written, offset))
    )
    demand(job, state, base, offset, size, event, write=False, checked=checked and not own)
    return own


def _touches(written: set[int], offset: Number) -> bool:
    return type(offset) is not int or offset in written


def demand(
    job: Job,
    state: State,
    base: Symbol,
    offset: Number,
    size: Number,
    event: Event,
    *,
    write: bool,
    checked: bool,
) -> None:
    """Ask the caller for `size` bytes at `offset` of what it passed."""
    key = (base, offset, size, write, checked)
    last = farthest(job, state, offset) if key not in state.seen else None
    if last is not None and ("last", base, last) not in state.seen:
        state.seen.add(("last", base, last))
        state.log = Log(state.log, Access(base, last, size, write, False, event, sure=False))
    if key in state.seen or not (is_visible(offset) and is_visible(size)):
        key = (base, 0, 1, write, checked)
        offset, size = 0, 1
        if key in state.seen or state.mem.get(base) is not None:
            return
        # What it asks for is not known, but that there must be something is.
        anything = (base, "any")
        if anything in state.seen:
            return
        state.seen.add(anything)
        state.log = Log(state.log, Access(base, 0, 0, write, False, event))
        return
    state.seen.add(key)
    state.log = Log(state.log, Access(base, offset, size, write, checked, event))


def reach(
    job: Job, state: State, address: Value, size: Number, event: Event, *, write: bool
) -> None:
    """Tell of an access that may come, if it lies beyond its object; where it is given, ask."""
    base, offset = split(address)
    if base is None or base in state.told:
        return
    region = base.region
    if region is None:
        if base.visible and is_visible(offset) and is_visible(size):
            state.log = Log(state.log, Access(base, offset, size, write, False, event, sure=False))
        return
    if region.size is None or state.facts.interval(form(base))[1] == 0:
        return
    beyond = add(add(offset, size), region.size, -1)
    if state.facts.interval(beyond)[0] > 0:
        extent = Extent(offset, size, write, region)
        events = (region.event,) if region.event is not None else ()
        fault = Fault(Kind.BOUNDS, event, False, region.name, extent, events)
        job.fault(state, fault, base)


# ----------------------------------------------------------------------------------------- reading


def read(
    job: Job,
    state: State,
    base: Symbol,
    offset: Number,
    size: int,
    ty: Type | None,
    event: Event,
    *,
    checked: bool = False,
    soft: bool = False,
) -> Value:
    """Return what stands at `offset` of a region; no check, but where the caller is asked.

    A `soft` read need not happen.
    """
    cells = cells_of(job, state, base)
    if type(offset) is not int:
        known = state.facts.known(offset)
        if type(known) is not int:
            return _read_somewhere(job, state, base, cells, offset, size, ty, event, soft=soft)
        offset = known
    found = cells.get(offset, size)
    if found is None:
        return fresh(ty, tainted=cells.tainted)
    if isinstance(found, Fill):
        return _of_fill(found, size, ty)
    if not isinstance(found, Rest):
        return _as_type(job, state, found, ty)
    match found:
        case Rest.UNINITIALISED:
            return UNINITIALISED
        case Rest.ZERO:
            return 0
        case Rest.DATA:
            return job.datum(base, offset, size, ty)
        case Rest.UNKNOWN:
            made = fresh(ty, tainted=cells.tainted)
            made.terms[0][0].into = base.into
            job.read_from[made.terms[0][0]] = base
        case _:
            # What the caller left there is the same on all paths.
            made = job.given_at(base, offset, size, ty)
            soft = soft or base in state.told
            symbol = made.terms[0][0]
            entry = Access(base, offset, size, False, checked, event, symbol, ty, soft)
            state.log = Log(state.log, entry)
            if not soft:
                state.seen.add((base, offset, size, False, checked))
    state.own(base).put(offset, size, made, found=True)
    return made


def is_unset(job: Job, state: State, base: Symbol, offset: Number, size: int) -> bool:
    """Whether a scalar was never written, as far as that is known."""
    known = state.facts.known(offset)
    if type(known) is not int:
        return False
    found = cells_of(job, state, base).get(known, size)
    return found is Rest.UNINITIALISED or found is UNINITIALISED


def _of_fill(fill: Fill, size: int, ty: Type | None) -> Value:
    if fill.byte >= 0:
        value = int.from_bytes(bytes([fill.byte]) * size, "little")
        return wrap(value, ty)
    return fresh(ty)


def _as_type(job: Job, state: State, value: Value, ty: Type | None) -> Value:
    if type(value) is int:
        return wrap(value, ty)
    if type(value) is Linear and type(ty) is IntType:
        symbol, k = value.terms[0]
        if len(value.terms) == 1 and k == 1 and not value.constant:
            low, high = range_of(ty)
            if low <= symbol.low and symbol.high <= high:
                return value
        return job.arithmetic.cast_int(state.facts, value, ty)
    return value


def _read_somewhere(
    job: Job,
    state: State,
    base: Symbol,
    cells: Cells,
    offset: Number,
    size: int,
    ty: Type | None,
    event: Event,
    *,
    soft: bool,
) -> Value:
    if not cells.at:
        if cells.rest is Rest.UNINITIALISED:
            return UNINITIALISED
        if cells.rest is Rest.ZERO:
            return 0
    given = cells.rest is Rest.GIVEN and cells.written == set() and is_visible(offset)
    key = (base, offset, size, cells.version)
    made = job.reads.get(key)
    if made is None:
        made = job.reads[key] = fresh(ty, tainted=cells.tainted, visible=given)
    if given and ("read", key) not in state.seen:
        state.seen.add(("read", key))
        entry = Access(base, offset, size, False, False, event, made.terms[0][0], ty, soft)
        state.log = Log(state.log, entry)
    return made


# ----------------------------------------------------------------------------------------- writing


def store(job: Job, state: State, address: Value, size: int, value: Value, event: Event) -> None:
    """Write `value` at `address`, checked."""
    found = locate(job, state, address, size, event, write=True)
    if found is None:
        return
    write(job, state, found[0], found[1], size, value)


def write(job: Job, state: State, base: Symbol, offset: Number, size: int, value: Value) -> None:
    """Write `value` at `offset` of a region; no check."""
    cells_of(job, state, base)
    if type(offset) is not int:
        known = state.facts.known(offset)
        if type(known) is not int:
            keep(job, state, value)
            forget(job, state, base)
            return
        offset = known
    state.own(base).put(offset, size, value)


def fill(job: Job, state: State, base: Symbol, offset: Number, size: Number, byte: int) -> None:
    """Write `size` bytes `byte` (one that is not zero, if -1) at `offset`."""
    cells = cells_of(job, state, base)
    offset_known, size_known = state.facts.known(offset), state.facts.known(size)
    if type(offset_known) is int and type(size_known) is int and size_known >= 0:
        if size_known:
            region = base.region
            room = region.size if region is not None else None
            if type(room) is int:
                size_known = min(size_known, max(room - offset_known, 1))
            state.own(base).put(offset_known, size_known, Fill(byte))
        return
    region = base.region
    if byte == 0 and offset_known == 0 and region is not None and region.size == size:
        own = state.own(base)
        own.forget(Rest.ZERO)
        return
    if cells.rest is not Rest.UNKNOWN or cells.at:
        forget(job, state, base)


def forget(job: Job, state: State, base: Symbol, *, tainted: bool = False) -> None:
    """Let a region hold anything; what it held is not lost to a leak check."""
    cells = cells_of(job, state, base)
    for cell in cells.at.values():
        if type(cell.value) is Linear:
            keep(job, state, cell.value)
    if base.visible and cells.written is not None:
        state.log = Log(state.log, Havoc(base, tainted))
    state.own(base).forget(tainted=tainted)


def keep(job: Job, state: State, value: Value) -> None:
    """Take what `value` points to as kept somewhere: it is no leak from here on."""
    base, _ = split(value)
    if base is None or base.region is None or base.region.kind is RegionKind.FUNCTION:
        return
    status = state.status.get(base, LIVE)
    if not status.escaped:
        state.status[base] = status._replace(escaped=True)


def escape(job: Job, state: State, value: Value, *, tainted: bool = False) -> None:
    """Let everything that `value` leads to be kept and changed by code that is not known."""
    pending = [value]
    done: set[Symbol] = set()
    while pending:
        base, _ = split(pending.pop())
        if base is None or base in done:
            continue
        done.add(base)
        region = base.region
        if region is not None and region.kind in _OPAQUE:
            continue
        keep(job, state, form(base))
        cells = state.mem.get(base)
        if cells is not None:
            pending.extend(c.value for c in cells.at.values() if type(c.value) is Linear)
        if region is None or region.kind is not RegionKind.LITERAL:
            forget(job, state, base, tainted=tainted)


# --------------------------------------------------------------------------------------- releasing


def release(job: Job, state: State, value: Value, by: str, family: str, event: Event) -> None:
    """Release what `value` points to, which `family` must have made; null is silent."""
    if value is UNINITIALISED:
        job.fault(state, Fault(Kind.UNINITIALISED, event, name=job.reading, by=by))
        return
    base, offset = split(value)
    if base is None:
        return
    facts = state.facts
    if facts.known(form(base)) == 0:
        return
    region = base.region
    if region is None:
        _release_given(job, state, base, offset, by, family, event)
        return
    at = (region.event,) if region.event is not None else ()
    status = state.status.get(base, LIVE)
    extent = Extent(offset, 0, False, region)
    if region.kind in _UNFREEABLE or region.family == "alloca":
        made = Fault(Kind.NON_HEAP_FREE, event, name=region.name, extent=extent, by=by)
        job.fault(state, made, base)
        return
    if status.how:
        events = (*at, status.event) if status.event is not None else at
        job.fault(state, Fault(Kind.DOUBLE_FREE, event, extent=extent, events=events, by=by), base)
        return
    low, high = facts.interval(offset)
    if low > 0 or high < 0:
        job.fault(state, Fault(Kind.INTERIOR_FREE, event, extent=extent, events=at, by=by), base)
    elif family and region.family and family != region.family:
        made = Fault(Kind.MISMATCH, event, name=region.family, extent=extent, events=at, by=by)
        job.fault(state, made, base)
    how = "closed" if region.kind is RegionKind.RESOURCE else "freed"
    state.status[base] = Status(how, event, status.escaped)


def _release_given(
    job: Job, state: State, base: Symbol, offset: Number, by: str, family: str, event: Event
) -> None:
    status = state.status.get(base, LIVE)
    if status.how:
        events = (status.event,) if status.event is not None else ()
        job.fault(state, Fault(Kind.DOUBLE_FREE, event, events=events, by=by), base)
        return
    if base.visible:
        state.log = Log(state.log, Release(add(form(base), offset), by, family, event))
    elif base.into is not None and base.into.visible:
        # One of many was released, on the way from what the caller gave.
        seen = ("escapes", base.into)
        if seen not in state.seen:
            state.seen.add(seen)
            state.log = Log(state.log, Havoc(base.into, escapes=True))
    if offset == 0:
        state.status[base] = Status("freed", event, status.escaped)
