"""Calls: of functions with a summary, of the C library, of what is not known."""

from freehold.effects.allocation import ALLOCATORS
from freehold.effects.apply import apply, holds
from freehold.effects.evaluate import (
    address_of,
    ask_held,
    copy_typed,
    operand,
    store_place,
    type_of,
)
from freehold.effects.events import Event
from freehold.effects.faults import Fault, Kind
from freehold.effects.growth import mark_stale
from freehold.effects.job import Dead, Job
from freehold.effects.libc import call_libc, known
from freehold.effects.log import Havoc, Log
from freehold.effects.memory import escape, forget, locate, write
from freehold.effects.resources import call_declared
from freehold.effects.state import State
from freehold.effects.values import (
    UNINITIALISED,
    Condition,
    Linear,
    RegionKind,
    Relation,
    Value,
    add,
    form,
    fresh,
    number_of,
    split,
)
from freehold.mir.statements import Call, Intrinsic
from freehold.mir.values import Copy, Move, Operand, Place
from freehold.mir.values import Symbol as Name
from freehold.types import Adt, ArrayType, ComplexType, Type, size_of
from freehold.types.signature import signature_text

Results = list[tuple[State, Value]]
# A handler may run before they return, and change what it can reach.
_SIGNALS = frozenset(("raise", "kill", "pthread_kill", "sigqueue", "sigsuspend", "pause"))
_AGGREGATES = (Adt, ArrayType, ComplexType)


def execute_call(job: Job, state: State, call: Call) -> list[State]:
    """Return the states after a call, its result stored."""
    job.place = None
    job.call = call
    callee = call.callee
    if isinstance(callee, Intrinsic):
        results = _intrinsic(job, state, callee, call)
    else:
        arguments = [_argument(job, state, one) for one in call.arguments]
        results = []
        for one, name in _targets(job, state, call, callee):
            results += _direct(job, one, name, call, arguments)
    after: list[State] = []
    for one, value in results:
        if call.target is None:
            job.leave(one)
            continue
        try:
            if call.destination is not None:
                _result(job, one, call.destination, value)
        except Dead:
            job.end(one, died=True)
            continue
        after.append(one)
    return after


def _argument(job: Job, state: State, one: Operand) -> Value:
    """Return an argument's value; of an aggregate the address."""
    if isinstance(one, (Copy, Move)) and isinstance(type_of(job, one), _AGGREGATES):
        return address_of(job, state, one.place, job.path(one.place))
    job.held = True  # the callee decides whether it is used
    return operand(job, state, one, used=False)


def _targets(
    job: Job, state: State, call: Call, callee: Name | Operand
) -> list[tuple[State, Name | None]]:
    """Return what is called, each with its state; None where that is not known."""
    if isinstance(callee, str):
        return [(state, callee)]
    value = operand(job, state, callee)
    base, offset = split(value)
    if value == 0:
        job.fault(state, Fault(Kind.CALL_TARGET, Event("", job.span), name=job.reading))
        raise Dead
    if base is not None and base.region is not None:
        known = base.region.kind is RegionKind.FUNCTION and offset == 0
        if known:
            _check_type(job, state, call, Name(base.name))
        return [(state, Name(base.name) if known else None)]
    possible = job.whole.targets.of(job.body, callee, call.type)
    if len(possible) < 2 or type(value) is not Linear:
        return [(state, possible[0] if possible else None)]
    found: list[tuple[State, Name | None]] = []
    for name in possible:
        here = state.fork()
        same = add(value, job.whole.address(name), -1)
        if type(same) is Linear and holds(job, here, Condition(Relation.EQ, same)):
            here.forks += 1
            found.append((here, name))
    return found or [(state, None)]


def _check_type(job: Job, state: State, call: Call, name: Name) -> None:
    """Look for a call through a pointer of another type than the function has."""
    body = job.whole.program.bodies.get(name)
    if body is None or not (body.type.prototype and call.type.prototype):
        return
    if signature_text(body.type) != signature_text(call.type):
        job.fault(state, Fault(Kind.CALL_TYPE, Event("", job.span), name=body.display))
        raise Dead


def _direct(
    job: Job, state: State, name: Name | None, call: Call, arguments: list[Value]
) -> Results:
    if name is not None:
        declared = call_declared(job, state, name, call, arguments)
        if declared is not None:
            return declared
        summary = job.whole.summary(name)
        if summary is None and name in job.whole.endless:
            job.leave(state)
            return []
        if summary is not None and summary.disjuncts:
            _check_used(job, state, call, arguments, summary.used)
            if summary.replaces:
                mark_stale(job, state, call, summary, arguments)
            results = apply(job, state.fork() if summary.partial else state, summary, arguments)
            if summary.partial and name not in job.whole.endless:
                results += _unknown(job, state, call, arguments)
            return results
        if summary is not None and (not summary.partial or name in job.whole.endless):
            job.leave(state)
            return []
        if summary is None and not job.whole.defines(name) and known(name):
            every = frozenset(range(len(arguments)))
            _check_used(job, state, call, arguments, every)
            rooms = zip(arguments, map(job.room_of, call.arguments), strict=True)
            job.rooms = {value: room for value, room in rooms if room is not None}
            results = call_libc(job, state, name, call, arguments)
            if name in _SIGNALS:
                for one, _ in results:
                    _forget_globals(job, one)
            return results
    return _unknown(job, state, call, arguments)


def _check_used(
    job: Job, state: State, call: Call, arguments: list[Value], used: frozenset[int]
) -> None:
    for i, value in enumerate(arguments):
        if type(value) is Linear and i in used:
            ask_held(job, state, value)
        if value is UNINITIALISED and i in used:
            one = call.arguments[i]
            job.place = one.place if isinstance(one, (Copy, Move)) else None
            job.fault(state, Fault(Kind.UNINITIALISED, Event("", job.span), name=job.reading))
            arguments[i] = fresh(type_of(job, one))


def _unknown(job: Job, state: State, call: Call, arguments: list[Value]) -> Results:
    """Anything may happen to what the arguments lead to."""
    for one, value in zip(call.arguments, arguments, strict=True):
        if isinstance(type_of(job, one), _AGGREGATES):
            _escape_parts(job, state, value)
            continue
        base, _ = split(value)
        if base is not None and base.visible and base.region is None:
            state.log = Log(state.log, Havoc(base, escapes=True))
        escape(job, state, value)
    _forget_globals(job, state)
    return [(state, fresh(call.type.result))]


def _forget_globals(job: Job, state: State) -> None:
    job.pristine = False
    for base in list(state.mem):
        region = base.region
        if region is None or region.kind is not RegionKind.STATIC:
            continue
        data = job.whole.data_of(base)
        if data is not None and data.name not in job.whole.constants:
            forget(job, state, base)


def _escape_parts(job: Job, state: State, value: Value) -> None:
    base, _ = split(value)
    if base is not None and base in state.mem:
        for cell in list(state.mem[base].at.values()):
            if type(cell.value) is Linear:
                escape(job, state, cell.value)


def _result(job: Job, state: State, place: Place, value: Value) -> None:
    path = job.path(place)
    if not path.aggregate:
        store_place(job, state, place, value)
        return
    address = address_of(job, state, place, path)
    found = locate(job, state, address, path.size, Event("", job.span), write=True)
    if found is None:
        return
    source, offset = split(value)
    if source is not None and source.region is not None and offset == 0:
        status = state.status.pop(source, None)
        copy_typed(job, state, (source, 0), found, path.type)
        if status is not None:
            state.status[source] = status
    else:
        forget(job, state, found[0])


# -------------------------------------------------------------------------------------- intrinsics


def _intrinsic(job: Job, state: State, which: Intrinsic, call: Call) -> Results:
    result = call.type.result
    match which:
        case Intrinsic.TRAP | Intrinsic.UNREACHABLE | Intrinsic.LONGJMP:
            job.leave(state)
            return []
        case Intrinsic.ALLOCA:
            size = operand(job, state, call.arguments[0])
            return ALLOCATORS["alloca"](job, state, "alloca", [size], Event("", job.span))
        case Intrinsic.SETJMP:
            return _setjmp(job, state, result)
        case Intrinsic.VA_START | Intrinsic.VA_END | Intrinsic.VA_COPY | Intrinsic.FENCE:
            for one in call.arguments:
                value = operand(job, state, one, used=False)
                base, _ = split(value)
                if base is not None:
                    forget(job, state, base)
            return [(state, 0)]
        case Intrinsic.VA_ARG:
            operand(job, state, call.arguments[0], used=False)
            ty = job.path(call.destination).type if call.destination is not None else result
            return [(state, fresh(ty))]
        case Intrinsic.ATOMIC_LOAD:
            return [(state, _atomic(job, state, call, result, stored=False))]
        case _:
            for one in call.arguments:
                escape(job, state, operand(job, state, one, used=False))
            if which.value.startswith("atomic"):
                _atomic(job, state, call, result, stored=True)
            return [(state, fresh(result))]


def _setjmp(job: Job, state: State, result: Type) -> Results:
    """It returns twice; the second time anything may stand in memory."""
    later = state.fork()
    for base in job.given_pointers:
        later.log = Log(later.log, Havoc(base, escapes=True))
        escape(job, later, form(base))
    for base in list(later.mem):
        forget(job, later, base)
    for symbol in sorted(job.own, key=number_of):
        forget(job, later, symbol)
    value = fresh(result)
    later.facts.assume(Condition(Relation.NE, value))
    return [(state, 0), (later, value)]


def _atomic(job: Job, state: State, call: Call, ty: Type, *, stored: bool) -> Value:
    address = operand(job, state, call.arguments[0])
    event = Event("", job.span)
    size = max(size_of(ty), 1)
    found = locate(job, state, address, size, event, write=stored, checked=False)
    if stored and found is not None:
        write(job, state, found[0], found[1], size, fresh(ty))
    return fresh(ty)
