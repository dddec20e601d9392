"""The end of a path: what nothing points to any more is lost, the rest goes to the caller."""

from freehold.effects.cells import Cells, Fill, Rest
from freehold.effects.events import Event
from freehold.effects.facts import Interval
from freehold.effects.faults import Extent, Fault, Kind
from freehold.effects.job import Job
from freehold.effects.log import Access, Assume, Entry, Havoc, Release, entries, needed, use
from freehold.effects.memory import LIVE
from freehold.effects.state import State, Status
from freehold.effects.summary import Disjunct, Made, Store
from freehold.effects.values import (
    Condition,
    Linear,
    RegionKind,
    Symbol,
    Terms,
    Value,
    form,
    fresh,
    split,
)

OWNED = frozenset((RegionKind.HEAP, RegionKind.RESOURCE))
Told = tuple[tuple[Terms, Interval], ...]


def reachable(state: State, roots: list[Value]) -> set[Symbol]:
    """Return the regions that `roots` lead to."""
    found: set[Symbol] = set()
    pending = list(roots)
    while pending:
        value = pending.pop()
        if type(value) is Condition:
            value = value.form
        if type(value) is not Linear:
            continue
        for base, _ in value.terms:
            if base in found:
                continue
            found.add(base)
            cells = state.mem.get(base)
            if cells is not None:
                pending.extend(c.value for c in cells.at.values() if type(c.value) is Linear)
            if base.definition is not None:
                pending.extend((base.definition.left, base.definition.right))
    return found


def _roots(state: State) -> list[Value]:
    """Return what the caller can reach, or anybody else."""
    roots: list[Value] = []
    for base in state.mem:
        region = base.region
        if region is None or (base.visible and region.kind is not RegionKind.STACK):
            roots.append(form(base))
    roots.extend(form(base) for base, status in state.status.items() if status.escaped)
    return roots


def finish(job: Job, state: State, value: Value) -> None:
    """End a path at a return with `value`: look for leaks."""
    result_symbol, _ = split(value)
    region = result_symbol.region if result_symbol is not None else None
    local = region is not None and region.kind is RegionKind.STACK
    by_value = result_symbol is not None and result_symbol is job.result
    own = result_symbol in job.own or (region is not None and region.family == "alloca")
    if local and own and not by_value and region is not None:
        events = (region.event,) if region.event is not None else ()
        fault = Fault(Kind.LOCAL_RETURNED, Event("", job.span), name=region.name, events=events)
        job.fault(state, fault)
    _look_for_left(job, state)
    _look_for_leaks(job, state, _reached(job, state, value))
    job.end(state)


def _reached(job: Job, state: State, value: Value) -> set[Symbol]:
    """Return what is not lost at the end of a path."""
    reached = reachable(state, [*_roots(state), value])
    return reached | {held for owner, held in job.tied if owner.visible or owner in reached}


def _look_for_left(job: Job, state: State) -> None:
    """Tell of globals that still hold the address of a local."""
    if job.entry:
        return  # nobody looks at them any more
    for base, cells in state.mem.items():
        region = base.region
        if region is None or region.kind is not RegionKind.STATIC:
            continue
        for at in cells.written or ():
            cell = cells.at.get(at)
            held = split(cell.value)[0] if cell is not None and type(cell.value) is Linear else None
            local = held.region if held is not None and held in job.own else None
            if local is None or held is job.result:
                continue
            events = (local.event,) if local.event is not None else ()
            end = Event("", job.span)
            kept = Fault(Kind.LOCAL_RETURNED, end, name=local.name, events=events, by=region.name)
            job.fault(state, kept)


def _look_for_leaks(job: Job, state: State, reached: set[Symbol]) -> None:
    for base in state.mem:
        region = base.region
        if region is None or region.kind not in OWNED or base not in job.made_at:
            continue
        point = job.made_at[base]
        key = (point, Kind.LEAK.value)
        low, high = state.facts.interval(form(base))
        status = state.status.get(base, LIVE)
        if high == 0:
            state.faults |= {key}  # there was nothing to lose on this path
            continue
        if base in reached or status.how or status.escaped:
            continue
        assert region.event is not None
        # A file that was never looked at may not have been there, used or not.
        looked = low > 0 and ("used", base) not in state.seen
        sure = looked or region.kind is not RegionKind.RESOURCE or not region.nullable
        lost = Event("the last pointer to it is gone here", job.span)
        here = job.point
        job.point = point
        extent = Extent(0, region.size if region.size is not None else fresh(None), False, region)
        job.fault(
            state,
            Fault(Kind.LEAK, region.event, sure, "", extent, (lost,), region.family),
        )
        job.point = here


def disjunct_of(job: Job, state: State, value: Value, *, ends: bool = False) -> Disjunct:
    """Return what callers are to know of a path that returned `value`, or that never returns."""
    reached = _reached(job, state, value)
    stores: list[Store] = []
    for base, cells in state.mem.items():
        if base.visible and base not in job.own and not job.is_private(base):
            stores.extend(_stores(base, cells))
    wanted = reachable(state, [value, *(s.value for s in stores if not isinstance(s.value, Fill))])
    # What only unknown objects lead to stays with them: no caller can lose it.
    handed = reached & (wanted | {held for _, held in job.tied})
    unknown: list[Value] = [form(b) for b in state.mem if b.region is None and not b.visible]
    beyond = reachable(state, unknown)  # what is kept by objects that callers are not told of
    made: list[Made] = []
    for base in sorted(handed, key=lambda symbol: symbol.number):
        if not base.visible and (base.region is not None or base not in state.mem):
            status = _status(job, state, base)
            if base in beyond and base.region is not None:
                status = status._replace(escaped=True)
            if base in state.mem:
                made.append(Made(base, state.mem[base], status))
            elif status.how:
                made.append(Made(base, Cells(Rest.UNKNOWN), status))
    facts = tuple((terms, bounds) for terms, bounds in state.facts.all() if _tells(terms, wanted))
    log = _needed(_useful(entries(state.log)), [value, *(one.value for one in stores)], made, facts)
    failed = any(_failed(state, base) for base in state.mem)
    return Disjunct(
        log,
        tuple(stores),
        tuple(made),
        value,
        facts,
        ends=ends,
        failed=failed,
        blind=state.blind,
        merged=state.merged,
    )


def _failed(state: State, base: Symbol) -> bool:
    region = base.region
    return region is not None and region.nullable and state.facts.interval(form(base))[1] == 0


def _tells(terms: Terms, wanted: set[Symbol]) -> bool:
    return any(not s.visible for s, _ in terms) and all(s in wanted for s, _ in terms)


def _needed(
    log: list[Entry], values: list[Value | Fill], made: list[Made], facts: Told
) -> tuple[Entry, ...]:
    """Leave out the reads that nothing is made of: they are there for their results alone."""
    used: set[Symbol] = set()
    for value in values:
        use(value, used)
    for one in made:
        region = one.symbol.region
        if region is not None and region.size is not None:
            use(region.size, used)
        for cell in one.cells.at.values():
            use(cell.value, used)
    for terms, _ in facts:
        use(Linear(terms), used)
    return tuple(needed(log, lambda entry: entry.result in used, used))


_LONG = 120  # entries of a log; what is merely accessed is left out beyond


def _useful(found: list[Entry]) -> list[Entry]:
    """Leave out what says nothing new: of the plain accesses of one pointer only the farthest."""
    farthest: dict[tuple[Symbol, bool], int] = {}
    for entry in found:
        if isinstance(entry, Access) and _is_plain(entry):
            key = (entry.base, entry.write)
            farthest[key] = max(farthest.get(key, 0), _end_of(entry))
    seen: set[object] = set()
    gone: set[Symbol] = set()  # of which nothing is known, since the last that was read
    made: list[Entry] = []
    for entry in found:
        if isinstance(entry, Access):
            gone = gone if entry.result is None else set()
            if _is_said(entry, seen, farthest, many=len(made) > _LONG):
                continue
        elif isinstance(entry, Assume):
            if entry.condition in seen:
                continue
            seen.add(entry.condition)
        elif isinstance(entry, Havoc):
            if entry.base in gone and not entry.tainted:
                continue
            gone.update((entry.base,) if entry.escapes else ())
        elif isinstance(entry, Release):
            seen = {one for one in seen if isinstance(one, Condition)}
        made.append(entry)
    return made


def _is_said(
    entry: Access, seen: set[object], farthest: dict[tuple[Symbol, bool], int], *, many: bool
) -> bool:
    """Whether an access asks for nothing that was not asked for before."""
    key = (entry.base, entry.write)
    exact = (*key, entry.offset, entry.size, entry.checked, entry.sure)
    known, first = exact in seen, key not in seen
    if not entry.soft:
        seen.add(exact)
    if entry.result is not None:
        return False
    if entry.soft:
        return known
    seen.add(key)
    far = not _is_plain(entry) or _end_of(entry) == farthest[key]
    return known or not (first or far) or (many and not first)


def _is_plain(entry: Access) -> bool:
    return type(entry.offset) is int and type(entry.size) is int and entry.result is None


def _end_of(entry: Access) -> int:
    assert isinstance(entry.offset, int)
    assert isinstance(entry.size, int)
    return entry.offset + entry.size


def _stores(base: Symbol, cells: Cells) -> list[Store]:
    if cells.written is not None:
        keys = sorted(cells.written)
        return [
            Store(base, at, cells.at[at].size, cells.at[at].value) for at in keys if at in cells.at
        ]
    return [Store(base, at, cell.size, cell.value) for at, cell in sorted(cells.at.items())]


def _status(job: Job, state: State, base: Symbol) -> Status:
    status = state.status.get(base, LIVE)
    if base in job.own and base is not job.result:
        return Status("return", Event("it ends when its function returns", job.span))
    return status
