"""Calls of the C library: by the table of its effects, and closer where contents matter."""

from collections.abc import Callable
from typing import Any, NamedTuple

from freehold.effects.allocation import ALLOCATORS, allocate
from freehold.effects.cells import Rest
from freehold.effects.copying import COPIES, at_most, check_initialised, check_range
from freehold.effects.events import Event
from freehold.effects.faults import Fault, Kind
from freehold.effects.formats import FORMATS, formatted
from freehold.effects.job import Dead, Job
from freehold.effects.memory import (
    cells_of,
    escape,
    forget,
    keep,
    locate,
    release,
    write,
)
from freehold.effects.state import State
from freehold.effects.strings import read_text
from freehold.effects.values import (
    UNINITIALISED,
    Linear,
    Number,
    Region,
    RegionKind,
    Symbol,
    Value,
    form,
    fresh,
    scale,
    split,
)
from freehold.mir.statements import Call
from freehold.runtime.libc import LIBC
from freehold.runtime.libc.model import (
    Allocates,
    Borrows,
    Closes,
    Count,
    Ends,
    Extent,
    Formats,
    Frees,
    Function,
    Keeps,
    Numeral,
    Opens,
    Parameter,
    Points,
    Reads,
    Resource,
    Returns,
    Text,
    Unknown,
    Updates,
    Uses,
    Vector,
    Whole,
    Writes,
)
from freehold.types import PointerType, Type, VoidType, size_of

Results = list[tuple[State, Value]]

# Their result is decided outside of the program.
_TAINTED = frozenset(
    (
        "rand", "random", "rand_r", "lrand48", "mrand48", "atoi", "atol", "atoll", "strtol",
        "strtoul", "strtoll", "strtoull", "wcstol", "wcstoul", "_wtoi", "arc4random",
    )
)  # fmt: skip
_NATURAL = frozenset(("rand", "random", "rand_r", "lrand48"))  # from 0 to 2^31 - 1
# What they write comes from outside.
_INPUT = frozenset(("fgets", "fgetws", "fread", "read", "recv", "gets", "getline", "pread"))
# They write through the pointers that they are given in memory.
_THROUGH_VECTORS = frozenset(("readv", "preadv", "recvmsg", "recvmmsg"))
_TAINTED_TEXT = frozenset(("getenv", "secure_getenv"))
# Their result is no other descriptor, mapping than one that is there.
_SAME = frozenset(("dup2", "dup3", "mremap"))
_MINUS_ONE = frozenset(("close", "mmap"))  # what these release was not to be had where it is -1
_STREAMS = {Resource.STREAM: "fopen", Resource.DIRECTORY: "opendir"}


class Scope(NamedTuple):
    """A call with its function's record and arguments by name."""

    job: Job
    state: State
    function: Function
    arguments: dict[Parameter, Value]
    event: Event

    def number(self, parameter: Parameter | int) -> Number:
        """Return an argument as a number."""
        if type(parameter) is int:
            return parameter
        value = self.arguments.get(Parameter(str(parameter)), 0)
        return self.job.arithmetic.number(value, None) if value is not UNINITIALISED else 0


def known(name: str) -> bool:
    """Whether the effects of a function are known."""
    return name in LIBC


def call_libc(job: Job, state: State, name: str, call: Call, arguments: list[Value]) -> Results:
    """Return the states after a call of libc's `name`; none if it does not return."""
    function = LIBC[name]
    scope = Scope(
        job,
        state,
        function,
        dict(zip(function.parameters, arguments, strict=False)),
        Event(f"in `{name}`", job.span),
    )
    special = _SPECIAL.get(function.symbol)
    try:
        if special is not None:
            return special(scope, arguments)
        return _by_table(scope, arguments)
    except Dead:
        job.end(state, died=True)
        return []


def _by_table(scope: Scope, arguments: list[Value]) -> Results:
    job, state = scope.job, scope.state
    result: Value = fresh(
        scope.function.signature.result, tainted=scope.function.symbol in _TAINTED
    )
    if scope.function.symbol in _NATURAL:
        result = form(Symbol(0, (1 << 31) - 1, tainted=True))
    for effect in scope.function.effects:
        made = _EFFECT[type(effect)](scope, effect)
        if made is not None:
            result = made
        if isinstance(effect, Ends):
            job.leave(state)
            return []
        if isinstance(effect, Formats):
            formatted(job, state, scope.function, arguments, scope.event)
    return [*_failures(scope, result), (state, result)]


def _failures(scope: Scope, result: Value) -> Results:
    """Return the ways on which a descriptor or mapping was not to be had: the result is -1."""
    base, _ = split(result)
    region = base.region if base is not None else None
    if base is None or region is None or region.family not in _MINUS_ONE:
        return []
    opened = scope.job.made_at.get(base) == scope.job.point and base in scope.state.mem
    if not opened or scope.function.symbol in _SAME:
        return []
    failed = scope.state.fork()
    failed.forks += 1
    scope.state.forks += 1
    del failed.mem[base]
    failed.status.pop(base, None)
    return [(failed, -1 if region.family == "close" else (1 << 64) - 1)]


# ----------------------------------------------------------------------------------------- effects


def _bytes(scope: Scope, parameter: Parameter, extent: Extent) -> Number | None:
    """Return the number of bytes of an extent; None for what is not a number of bytes."""
    match extent:
        case Count(factors):
            return _product(scope, factors)
        case Whole(count):
            width = _pointee(scope, parameter)
            if not width:
                return None
            return _product(scope, (count, width))
        case _:
            return None


def _product(scope: Scope, factors: tuple[Parameter | int, ...]) -> Number:
    total: Number = 1
    for factor in factors:
        value = scope.job.arithmetic.number(scope.state.facts.known(scope.number(factor)), None)
        if type(total) is int:
            total = scale(value, total)
        elif type(value) is int:
            total = scale(total, value)
        else:
            total = _times(scope, total, value)
    return total


def _times(scope: Scope, one: Number, other: Number) -> Number:
    low, high = scope.state.facts.interval(one)
    least, most = scope.state.facts.interval(other)
    made = scope.job.arithmetic.derived("mul", one, other, None, low * least, high * most)
    assert isinstance(made, Linear)
    return made


def _pointee(scope: Scope, parameter: Parameter) -> int:
    index = scope.function.parameters.index(parameter)
    ty: Type = scope.function.signature.parameters[index]
    if isinstance(ty, PointerType) and not isinstance(ty.pointee, VoidType):
        return size_of(ty.pointee)
    # Of a struct only its header knows the size.
    return int(scope.function.spellings[index].startswith("void"))


def _absent(scope: Scope, parameter: Parameter) -> bool:
    """Whether an optional pointer is null for sure; one that may be is not looked at."""
    value = scope.arguments.get(parameter, 0)
    if value is UNINITIALISED:
        return False
    return scope.state.facts.interval(value)[0] <= 0 and type(value) is int


def _reads(scope: Scope, effect: Reads) -> None:
    address = scope.arguments.get(effect.parameter, 0)
    if effect.optional and _absent(scope, effect.parameter):
        return
    job, state = scope.job, scope.state
    match effect.extent:
        case Text(unit, limit):
            bound = scope.number(limit) if limit is not None else None
            read_text(job, state, address, unit, scope.event, bound)
        case Numeral(unit):
            locate(job, state, address, unit, scope.event, write=False)
        case Vector() | Unknown():
            locate(job, state, address, 1, scope.event, write=False, checked=False)
        case _:
            size = _bytes(scope, effect.parameter, effect.extent)
            if size is None:
                locate(job, state, address, 1, scope.event, write=False, checked=False)
                if scope.function.symbol in _THROUGH_VECTORS:
                    escape(job, state, address)
                return
            found = check_range(job, state, address, size, scope.event, write=False)
            if scope.function.symbol in _THROUGH_VECTORS:
                escape(job, state, address)
            elif found is not None and not effect.copies:
                check_initialised(job, state, found, size, scope.event)


def _writes(scope: Scope, effect: Writes | Updates) -> None:
    address = scope.arguments.get(effect.parameter, 0)
    if effect.optional and _absent(scope, effect.parameter):
        return
    job, state = scope.job, scope.state
    size = _bytes(scope, effect.parameter, effect.extent)
    tainted = scope.function.symbol in _INPUT
    if size is None:
        found = locate(job, state, address, 1, scope.event, write=True)
    else:
        room = at_most(state, size) if tainted else size
        found = check_range(job, state, address, room, scope.event, write=True)
    if found is None:
        return
    base, offset = found
    known = state.facts.known(offset)
    width = state.facts.known(size) if size is not None else None
    if type(known) is int and type(width) is int and 0 < width <= 8:
        pointee = scope.function.signature.parameters[
            scope.function.parameters.index(effect.parameter)
        ]
        ty = pointee.pointee if isinstance(pointee, PointerType) else None
        write(job, state, base, known, width, fresh(ty, tainted=tainted))
        return
    forget(job, state, base, tainted=tainted)


def _frees(scope: Scope, effect: Frees) -> None:
    value = scope.arguments.get(effect.parameter, 0)
    release(scope.job, scope.state, value, scope.function.name, "malloc", scope.event)


def _returns(scope: Scope, effect: Returns) -> Value:
    value = scope.arguments.get(effect.parameter, 0)
    if scope.function.symbol in _ALWAYS:
        return value
    base, _ = split(value)
    if base is not None:
        keep(scope.job, scope.state, value)
    return form(Symbol(0, (1 << 64) - 1, pointer=True, into=base))


# They return what they were given, not merely something in it.
_ALWAYS = frozenset(("memset", "strcat", "strncat", "wcscat", "wcsncat", "strerror_r", "memfrob"))


def _allocates(scope: Scope, effect: Allocates) -> Value | None:
    size: Number | None = None
    if isinstance(effect.extent, Count):
        size = _product(scope, effect.extent.factors)
    job, state = scope.job, scope.state
    rest = Rest.ZERO if effect.zeroed else Rest.UNKNOWN
    made = allocate(job, state, size, scope.function.name, rest)
    if effect.through is None:
        return made
    target = scope.arguments.get(effect.through, 0)
    base, offset = split(target)
    if base is not None:
        write(job, state, base, offset, 8, made)
    return None


def _borrows(scope: Scope, effect: Borrows) -> Value:
    size = effect.extent.factors[0] if isinstance(effect.extent, Count) else None
    known = size if type(size) is int else None
    region = Region(RegionKind.LIBRARY, known, scope.function.name)
    tainted = scope.function.symbol in _TAINTED_TEXT
    low = 0 if tainted else 1
    return form(Symbol(low, 1 << 47, pointer=True, tainted=tainted, region=region))


def _keeps(scope: Scope, effect: Keeps) -> None:
    keep(scope.job, scope.state, scope.arguments.get(effect.parameter, 0))


def _uses(scope: Scope, effect: Uses) -> None:
    value = scope.arguments.get(effect.parameter, 0)
    base, _ = split(value)
    if effect.resource not in _STREAMS and (base is None or base.region is None):
        return
    locate(scope.job, scope.state, value, 0, scope.event, write=False, checked=False)


def _opens(scope: Scope, effect: Opens) -> Value | None:
    for value in scope.arguments.values():
        base, _ = split(value)
        if base is not None and base.region is not None and base.region.family == "close":
            keep(scope.job, scope.state, value)  # the stream has the descriptor now
    if scope.function.symbol in _SAME:
        return fresh(scope.function.signature.result)
    if effect.resource is Resource.DESCRIPTOR:
        return _descriptor(scope)
    if effect.resource is Resource.MAPPING:
        return _mapping(scope)
    return allocate(
        scope.job,
        scope.state,
        None,
        scope.function.name,
        Rest.UNKNOWN,
        kind=RegionKind.RESOURCE,
        family=_STREAMS[effect.resource],
    )


def _descriptor(scope: Scope) -> Value:
    job, state = scope.job, scope.state
    opened = Event("opened here", job.span)
    region = Region(RegionKind.RESOURCE, None, "file descriptor", opened, "close")
    symbol = Symbol(0, (1 << 31) - 1, pointer=True, region=region)
    job.made_at[symbol] = job.point
    cells_of(job, state, symbol).rest = Rest.UNKNOWN
    return form(symbol)


def _mapping(scope: Scope) -> Value:
    job, state = scope.job, scope.state
    size = _mapped(scope)
    known = size if type(size) is int and size > 0 else None
    made = allocate(
        job, state, known, scope.function.name, Rest.UNKNOWN, family="mmap", nullable=False
    )
    keep(job, state, made)  # it lasts until the program ends: no leak
    return made


def _mapped(scope: Scope) -> Number | None:
    """Return how many bytes are mapped; None where a segment knows its own size."""
    return scope.number(Parameter("n")) if "n" in scope.function.parameters else None


def _closes(scope: Scope, effect: Closes) -> None:
    value = scope.arguments.get(effect.parameter, 0)
    family = _STREAMS.get(effect.resource)
    if family is None:
        _give_back(scope, effect, value)
        return
    locate_only_null(scope, value)
    release(scope.job, scope.state, value, scope.function.name, family, scope.event)


def _give_back(scope: Scope, effect: Closes, value: Value) -> None:
    """Close a descriptor, or unmap a whole mapping."""
    base, offset = split(value)
    if base is None or base.region is None:
        return
    if effect.resource is Resource.MAPPING:
        if scope.function.symbol in _SAME:
            return  # where it fails the old one is there still
        size = _mapped(scope)
        whole = size is None or size == base.region.size
        if offset != 0 or base.region.family != "mmap" or not whole:
            return
        release(scope.job, scope.state, value, scope.function.name, "mmap", scope.event)
    elif base.region.family == "close":
        release(scope.job, scope.state, value, scope.function.name, "close", scope.event)


def locate_only_null(scope: Scope, value: Value) -> None:
    """Closing null is a fault, unlike freeing it."""
    base, _ = split(value)
    if base is None:
        if value == 0:
            scope.job.fault(scope.state, Fault(Kind.NULL, scope.event, name=scope.job.reading))
            raise Dead
        return
    status = scope.state.status.get(base)
    if status is None or not status.how:
        locate(scope.job, scope.state, value, 0, scope.event, write=False, checked=False)


def _points(scope: Scope, effect: Points) -> None:
    target = scope.arguments.get(effect.parameter, 0)
    if effect.into is not None:
        keep(scope.job, scope.state, scope.arguments.get(effect.into, 0))
    base, offset = split(target)
    if base is not None:
        cells_of(scope.job, scope.state, base)
        write(scope.job, scope.state, base, offset, 8, fresh(PointerType(VoidType())))


def _calls(scope: Scope, effect: object) -> None:
    for value in scope.arguments.values():
        escape(scope.job, scope.state, value)


def _nothing(scope: Scope, effect: object) -> None:
    return


class _Effects(dict[type, Callable[[Scope, Any], Value | None]]):
    def __missing__(self, key: type) -> Callable[[Scope, Any], Value | None]:
        return _calls


_EFFECT = _Effects(
    {
        Reads: _reads,
        Writes: _writes,
        Updates: _writes,
        Frees: _frees,
        Allocates: _allocates,
        Returns: _returns,
        Borrows: _borrows,
        Points: _points,
        Keeps: _keeps,
        Uses: _uses,
        Opens: _opens,
        Closes: _closes,
        Ends: _nothing,
        Formats: _nothing,
    }
)

Special = Callable[[Scope, list[Value]], Results]


def _plain(handle: Callable[[Job, State, str, list[Value], Event], Results]) -> Special:
    def special(scope: Scope, arguments: list[Value]) -> Results:
        return handle(scope.job, scope.state, scope.function.symbol, arguments, scope.event)

    return special


def _get_line(scope: Scope, arguments: list[Value]) -> Results:
    """`getline` puts a block where there is none, else makes the one there as large as it needs."""
    job, state = scope.job, scope.state
    base, offset = split(arguments[0])
    start = state.facts.known(offset)
    if base is None or type(start) is not int:
        return _by_table(scope, arguments)
    held = cells_of(job, state, base).get(start, 8)
    results = _by_table(scope, arguments)
    line: Value | None = None
    if held == 0 or held is Rest.ZERO:
        line = allocate(job, state, None, scope.function.name, Rest.UNKNOWN, nullable=False)
    elif type(held) is Linear:
        old = split(held)[0]
        if old is not None and old.region is not None and old.region.size is not None:
            keep(job, state, held)  # of what takes its place the size is not known
        else:
            line = held
    if line is not None:
        block = split(line)[0]
        if block is not None:
            forget(job, state, block, tainted=True)
        write(job, state, base, start, 8, line)
    return results


_SPECIAL: dict[str, Special] = {
    **{name: _plain(handle) for name, handle in ALLOCATORS.items()},
    **{name: _plain(handle) for name, handle in COPIES.items()},
    **{name: _plain(handle) for name, handle in FORMATS.items()},
    **dict.fromkeys(("getline", "getdelim"), _get_line),
}
