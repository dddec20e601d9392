"""Allocating: malloc and its kin, which may give null; realloc, which moves a block."""

import re
from collections.abc import Callable

from freehold.effects.cells import Rest
from freehold.effects.copying import copy_prefix
from freehold.effects.events import Event
from freehold.effects.faults import Extent, Fault, Kind
from freehold.effects.job import Job
from freehold.effects.log import Log, Require
from freehold.effects.memory import cells_of, release, write
from freehold.effects.paths import place_name
from freehold.effects.state import State
from freehold.effects.strings import read_text
from freehold.effects.values import (
    UNINITIALISED,
    Condition,
    Linear,
    Number,
    Region,
    RegionKind,
    Relation,
    Symbol,
    Value,
    add,
    form,
    is_tainted,
    is_visible,
    scale,
    split,
)
from freehold.mir.statements import Assign
from freehold.mir.values import Cast, Copy
from freehold.types import Adt, FloatType, IntType, PointerType, size_of

Results = list[tuple[State, Value]]
_TOP = 1 << 47
_LARGEST = 1 << 62


def allocate(
    job: Job,
    state: State,
    size: Number | None,
    by: str,
    rest: Rest,
    *,
    kind: RegionKind = RegionKind.HEAP,
    family: str = "malloc",
    nullable: bool = True,
) -> Linear:
    """Return the address of a new region, 0 if there is no room for it."""
    if size is not None:
        _check_size(job, state, size, by)
        known = _meant(state, state.facts.known(size))
        size = known if type(known) is int or type(known) is Linear else None
        if type(size) is int and not 0 <= size < _LARGEST:
            size = None
    what = "opened here" if kind is RegionKind.RESOURCE else "allocated here"
    region = Region(kind, size, "", Event(what, job.span), family, nullable)
    base = Symbol(0 if nullable else 1, _TOP, pointer=True, region=region)
    job.made_at[base] = job.point
    cells = cells_of(job, state, base)
    cells.rest = rest
    return form(base)


def _meant(state: State, size: Value) -> Value:
    """Return a size before its conversion: for one that was negative there is no room."""
    plain = _before_cast(size)
    if plain is size or is_tainted(size) or type(plain) is not Linear:
        return size
    terms = tuple((symbol, -k) for symbol, k in plain.terms)
    natural = Condition(Relation.LE, Linear(terms, -plain.constant))
    return plain if state.facts.assume(natural) else size


def _check_size(job: Job, state: State, size: Number, by: str) -> None:
    low, high = state.facts.interval(size)
    event = Event(f"in `{by}`", job.span)
    extent = Extent(0, size, False, None)
    if type(size) is Linear and is_visible(size):
        kind = Kind.SIZE_OVERFLOW if any(k > 1 for _, k in size.terms) else Kind.BAD_SIZE
        fault = Fault(kind, event, extent=extent, by=by)
        excess = Linear(size.terms, size.constant - _LARGEST)
        key = ("size", size)
        if key not in state.seen:
            state.seen.add(key)
            state.log = Log(state.log, Require(Condition(Relation.LE, excess), fault))
    if low >= _LARGEST << 1 or high < 0:
        job.fault(state, Fault(Kind.BAD_SIZE, event, extent=extent, by=by))
    elif type(size) is Linear and is_tainted(size):
        for symbol, _ in size.terms:
            how = symbol.definition
            if not symbol.tainted or how is None:
                continue
            if how.operation == "mul":
                job.fault(state, Fault(Kind.SIZE_OVERFLOW, event, False, extent=extent, by=by))
                return
            if how.operation == "cast" and state.facts.interval(how.left)[0] < 0:
                job.fault(state, Fault(Kind.BAD_SIZE, event, False, extent=extent, by=by))
                return


def _malloc(job: Job, state: State, name: str, args: list[Value], event: Event) -> Results:
    size = _used(job, state, args, 1 if name == "aligned_alloc" else 0)
    _check_meant(job, state, size)
    return [(state, allocate(job, state, size, name, Rest.UNINITIALISED))]


# `sizeof p`, `sizeof(p)` and nothing more of the operand.
_SIZEOF = re.compile(r"\bsizeof\s*(?:\(\s*([A-Za-z_]\w*)\s*\)|([A-Za-z_]\w*)(?!\s*(?:->|[\[.])))")


def _check_meant(job: Job, state: State, size: Number) -> None:
    """Look for the size of a pointer where that of its pointee is meant."""
    goal = job.wanted
    if isinstance(goal, PointerType) and isinstance(goal.pointee, _SCALARS):
        _check_whole(job, state, size, size_of(goal.pointee))
    text = job.span.source.text[job.span.start : job.span.end]
    found = _SIZEOF.search(text)
    if found is None or job.span.expansion is not None:
        return
    name = found[1] or found[2]
    types = {one.type for one in job.body.locals if one.name == name}
    if len(types) != 1:
        return
    (ty,) = types
    # A block of pointers is a block of pointers.
    if isinstance(ty, PointerType) and goal == ty and not isinstance(ty.pointee, PointerType):
        extent = Extent(size_of(ty.pointee), size, False, None)
        made = Fault(
            Kind.POINTER_SIZE, Event("", job.span), certain=False, name=f"`{name}`", extent=extent
        )
        job.fault(state, made)


_SCALARS = (IntType, FloatType, PointerType)


def _before_cast(size: Value) -> Value:
    """Return a size as it was before it was converted to size_t."""
    if type(size) is Linear and len(size.terms) == 1 and not size.constant:
        how = size.terms[0][0].definition
        if how is not None and how.operation == "cast" and type(how.left) is Linear:
            return scale(how.left, size.terms[0][1])
    return size


def _check_whole(job: Job, state: State, size: Number, each: int) -> None:
    """Look for a count of elements where their size in bytes is meant."""
    known = _before_cast(state.facts.known(size))
    if type(known) is int:
        odd = known % each != 0
    else:
        assert isinstance(known, Linear), known
        # A size that was computed elsewhere may well be in bytes: a bare name is not told.
        odd = known.constant % each != 0 or any(k % each for _, k in known.terms if k != 1)
        odd = odd and all(symbol.definition is None for symbol, _ in known.terms)
    if odd:
        extent = Extent(each, size, False, None)
        made = Fault(Kind.ODD_SIZE, Event("", job.span), certain=False, extent=extent)
        job.fault(state, made)


def _used(job: Job, state: State, args: list[Value], index: int) -> Number:
    value = args[index] if index < len(args) else 0
    if value is UNINITIALISED:
        return 0
    return job.arithmetic.number(state.facts.known(value), None)


def _realloc(job: Job, state: State, name: str, args: list[Value], event: Event) -> Results:
    old = args[0] if args else 0
    _check_kept(job, state)
    size = _used(job, state, args, 1)
    if name == "reallocarray":
        count = _used(job, state, args, 2)
        size = scale(size, count) if type(count) is int else size
    if old is UNINITIALISED:
        job.fault(state, Fault(Kind.UNINITIALISED, event, name=job.reading))
        old = 0
    if state.facts.known(old) == 0:
        return [(state, allocate(job, state, size, name, Rest.UNINITIALISED))]
    if size == 0:
        release(job, state, old, name, "malloc", event)
        return [(state, 0)]
    failed = state.fork()
    failed.forks += 1
    state.forks += 1
    event_of = Event("allocated here", job.span)
    none = Region(RegionKind.HEAP, None, "", event_of, "malloc", nullable=True)
    results: Results = [(failed, form(Symbol(0, 0, pointer=True, region=none)))]
    base, _ = split(old)
    contents = state.mem.get(base) if base is not None else None
    release(job, state, old, name, "malloc", event)
    if base is not None and (status := state.status.get(base)) is not None and status.how:
        moved = Event("moved by realloc here", job.span)
        state.status[base] = status._replace(event=moved)
    made = allocate(job, state, size, name, Rest.UNINITIALISED, nullable=False)
    if contents is not None and base is not None:
        copy_prefix(job, state, base, contents, made.terms[0][0])
    else:
        cells_of(job, state, made.terms[0][0]).rest = Rest.UNKNOWN
    results.append((state, made))
    return results


def _check_kept(job: Job, state: State) -> None:
    """Look for `p = realloc(p, n)`: when it fails, nothing points to the block any more."""
    call = job.call
    if call is None or not call.arguments or call.destination is None or call.target is None:
        return
    source = job.origin(call.arguments[0])
    goal = call.destination
    for statement in job.body.blocks[call.target].statements[:2]:
        if isinstance(statement, Assign) and isinstance(statement.rvalue, Cast):
            cast = statement.rvalue.operand
            if isinstance(cast, Copy) and cast.place == goal:
                goal = statement.place
                break  # what comes then reads it
    if source is not None and source == goal:
        name = place_name(source, job.body, job.program)
        job.fault(state, Fault(Kind.LOST_REALLOC, Event("", job.span), certain=False, name=name))


def _free(job: Job, state: State, name: str, args: list[Value], event: Event) -> Results:
    value = args[0] if args else 0
    base, offset = split(value)
    if base is not None and base.region is None and offset == 0:
        _note_members(job)
    release(job, state, value, name, "malloc", event)
    return [(state, 0)]


def _note_members(job: Job) -> None:
    """Note the members of a struct that was given and is released: some may own a block."""
    call = job.call
    place = job.origin(call.arguments[0]) if call is not None and call.arguments else None
    ty = job.path(place).type if place is not None else None
    owner = ty.pointee if isinstance(ty, PointerType) else None
    if not isinstance(owner, Adt):
        return
    for one in owner.fields:
        if isinstance(one.type, PointerType):
            at = Event("", job.span)
            fault = Fault(Kind.MEMBER_LOST, at, certain=False, name=one.name, by=owner.name)
            job.faults.setdefault((job.point, f"member {one.name}"), fault)


def _calloc(job: Job, state: State, name: str, args: list[Value], event: Event) -> Results:
    count, width = _used(job, state, args, 0), _used(job, state, args, 1)
    size: Number | None
    if type(count) is int:
        size = scale(width, count)
    elif type(width) is int:
        size = scale(count, width)
    else:
        size = None
    return [(state, allocate(job, state, size, name, Rest.ZERO))]


def _alloca(job: Job, state: State, name: str, args: list[Value], event: Event) -> Results:
    size = _used(job, state, args, 0)
    made = allocate(
        job,
        state,
        size,
        name,
        Rest.UNINITIALISED,
        kind=RegionKind.STACK,
        family="alloca",
        nullable=False,
    )
    region = made.terms[0][0].region
    assert region is not None
    region.name = "memory from alloca"
    return [(state, made)]


def _strdup(job: Job, state: State, name: str, args: list[Value], event: Event) -> Results:
    unit = 4 if name == "wcsdup" else 1
    limit = _used(job, state, args, 1) if name == "strndup" else None
    length = read_text(job, state, args[0] if args else 0, unit, event, limit)
    size = scale(add(length, 1), unit)
    return [(state, allocate(job, state, size, name, Rest.UNKNOWN))]


def _memalign(job: Job, state: State, name: str, args: list[Value], event: Event) -> Results:
    failed = state.fork()
    failed.forks += 1
    made = allocate(
        job, state, _used(job, state, args, 2), name, Rest.UNINITIALISED, nullable=False
    )
    base, offset = split(args[0])
    if base is not None:
        write(job, state, base, offset, 8, made)
    code = Symbol(1, 200)
    failed.facts.assume(Condition(Relation.NE, form(code)))
    return [(failed, form(code)), (state, 0)]


ALLOCATORS: dict[str, Callable[[Job, State, str, list[Value], Event], Results]] = {
    "malloc": _malloc,
    "valloc": _malloc,
    "aligned_alloc": _malloc,
    "calloc": _calloc,
    "realloc": _realloc,
    "reallocarray": _realloc,
    "free": _free,
    "alloca": _alloca,
    "strdup": _strdup,
    "strndup": _strdup,
    "wcsdup": _strdup,
    "posix_memalign": _memalign,
}
