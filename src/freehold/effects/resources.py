"""Functions that a project has declared to take and give back a resource.

What such a function does besides is its own affair: even if its body is there it is not looked at.
A resource is a region of which its value is the address: a pointer, or a number such as that of an
interrupt. One that is tied to an object (`failure` is `nonzero`, and the first argument is no
pointer to a pointer) is found again by the object's address.
"""

from freehold.effects.allocation import allocate
from freehold.effects.cells import Rest
from freehold.effects.events import Event
from freehold.effects.faults import Fault, Kind
from freehold.effects.job import Job
from freehold.effects.memory import cells_of, escape, release, write
from freehold.effects.pairs import Pair
from freehold.effects.state import State
from freehold.effects.values import (
    Condition,
    Linear,
    Region,
    RegionKind,
    Relation,
    Symbol,
    Value,
    form,
    number_of,
    split,
)
from freehold.mir.statements import Call
from freehold.mir.values import Symbol as Name
from freehold.types import PointerType

Results = list[tuple[State, Value]]
_MOST = (1 << 31) - 1


def call_declared(
    job: Job, state: State, name: Name, call: Call, arguments: list[Value]
) -> Results | None:
    """Return the states after a call of a function of a pair, None for another function."""
    for pair in job.whole.pairs:
        if name == pair.acquire:
            return _acquire(job, state, pair, call, arguments)
        if name == pair.release:
            return _release(job, state, pair, arguments)
    return None


def _acquire(job: Job, state: State, pair: Pair, call: Call, arguments: list[Value]) -> Results:
    for value in arguments[1:]:
        escape(job, state, value)  # a handler's argument, say
    if pair.failure == "null":
        return [(state, _made(job, state, pair, nullable=True))]
    failed = state.fork()
    failed.forks += 1
    state.forks += 1
    if pair.failure == "negative":
        made = _number(job, state, pair)
        return [(failed, form(Symbol(-4095, -1))), (state, made)]
    made = _made(job, state, pair, nullable=False)
    target = arguments[0] if arguments else 0
    base, offset = split(target)
    first = call.type.parameters[0] if call.type.parameters else None
    if base is not None and isinstance(first, PointerType):
        if isinstance(first.pointee, PointerType):
            write(job, state, base, offset, 8, made)
        else:
            state.seen.add(("holds", pair.release, target, made))
            job.tied.add((base, made.terms[0][0]))
    code = Symbol(-_MOST, _MOST)
    failed.facts.assume(Condition(Relation.NE, form(code)))
    return [(failed, form(code)), (state, 0)]


def _made(job: Job, state: State, pair: Pair, *, nullable: bool) -> Linear:
    made = allocate(
        job,
        state,
        None,
        pair.acquire,
        Rest.UNKNOWN,
        kind=RegionKind.RESOURCE,
        family=pair.release,
        nullable=nullable,
    )
    region = made.terms[0][0].region
    assert region is not None
    region.name = pair.name
    region.event = Event("acquired here", job.span)
    return made


def _number(job: Job, state: State, pair: Pair) -> Linear:
    """Return a resource that is known by a number."""
    event = Event("acquired here", job.span)
    region = Region(RegionKind.RESOURCE, None, pair.name, event, pair.release)
    symbol = Symbol(0, _MOST, pointer=True, region=region)
    job.made_at[symbol] = job.point
    cells_of(job, state, symbol).rest = Rest.UNKNOWN
    return form(symbol)


def _release(job: Job, state: State, pair: Pair, arguments: list[Value]) -> Results:
    event = Event(f"in `{pair.release}`", job.span)
    for value in arguments:
        base, _ = split(value)
        if base is not None and base.region is not None and base.region.family == pair.release:
            _check_order(job, state, base, event)
            release(job, state, value, pair.release, pair.release, event)
            return [(state, 0)]
    for held in sorted((one for one in state.seen if _is_held(one, pair)), key=_number_of):
        assert isinstance(held, tuple)
        if held[2] in arguments:
            base = held[3].terms[0][0]
            _check_order(job, state, base, event)
            release(job, state, held[3], pair.release, pair.release, event)
            return [(state, 0)]
    if arguments:
        release(job, state, arguments[-1], pair.release, pair.release, event)
    return [(state, 0)]


def _check_order(job: Job, state: State, base: Symbol, event: Event) -> None:
    """Look for a resource of another kind that was held when `base` was acquired, and is gone.

    What was acquired later may depend on it.
    """
    status = state.status.get(base)
    if status is not None and status.how:
        return
    for other in sorted(state.status, key=number_of):
        before = state.status[other]
        if ("outlived", other, base) in state.seen and before.event is not None:
            assert other.region is not None
            assert base.region is not None
            events = tuple(
                one for one in (other.region.event, base.region.event, before.event) if one
            )
            names = (other.region.name, base.region.name)
            job.fault(state, Fault(Kind.ORDER, event, False, names[0], None, events, names[1]))
    for other in list(state.mem):
        if _is_later(job, state, base, other):
            state.seen.add(("outlived", base, other))


def _is_later(job: Job, state: State, base: Symbol, other: Symbol) -> bool:
    """Whether `other` is a resource of another kind that was acquired after `base`, and is held."""
    later, earlier = other.region, base.region
    if later is None or earlier is None or later.kind is not RegionKind.RESOURCE:
        return False
    if other.number <= base.number or later.family == earlier.family or other not in job.made_at:
        return False
    status = state.status.get(other)
    held = status is None or not status.how
    return held and any(later.family == one.release for one in job.whole.pairs)


def _is_held(one: object, pair: Pair) -> bool:
    return isinstance(one, tuple) and one[:2] == ("holds", pair.release)


def _number_of(held: object) -> int:
    assert isinstance(held, tuple)
    number: int = held[3].terms[0][0].number
    return number
