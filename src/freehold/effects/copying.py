"""memcpy, memset, strcpy and their kin: ranges checked, contents carried over."""

from collections.abc import Callable

from freehold.effects.cells import Cells, Fill, Rest
from freehold.effects.evaluate import copy_bytes
from freehold.effects.events import Event
from freehold.effects.faults import Extent, Fault, Kind
from freehold.effects.job import Dead, Job
from freehold.effects.memory import cells_of, fill, forget, locate
from freehold.effects.state import State
from freehold.effects.strings import read_text
from freehold.effects.values import (
    UNINITIALISED,
    Linear,
    Number,
    Symbol,
    Value,
    add,
    form,
    scale,
)

Results = list[tuple[State, Value]]
Found = tuple[Symbol, Number]
_LONG = 1 << 12


def check_range(
    job: Job, state: State, address: Value, size: Number, event: Event, *, write: bool
) -> Found | None:
    """Check that `size` bytes can be accessed; none of them is always right."""
    low, high = state.facts.interval(size)
    if high <= 0 or (low <= 0 and state.facts.known(address) == 0):
        return None
    if low >= 1 << 63:
        extent = Extent(0, size, write, None)
        by = event.text.removeprefix("in ").strip("`")
        job.fault(state, Fault(Kind.BAD_SIZE, event, extent=extent, by=by))
        raise Dead
    room = job.rooms.get(address) if write else None
    if room is not None and type(size) is int and size > room[0]:
        extent = Extent(0, size, True, None)
        job.fault(state, Fault(Kind.MEMBER, event, name=room[1], extent=extent))
    return locate(job, state, address, size, event, write=write, checked=False)


def at_most(state: State, size: Number, least: int = 1) -> Number:
    """Return how much is written where the world outside decides how much of `size` that is."""
    known = state.facts.known(size)
    if type(known) is int and known > least:
        return form(Symbol(least, known, tainted=True))
    return size


def check_initialised(job: Job, state: State, found: Found, size: Number, event: Event) -> None:
    """Check that the bytes were written, as far as they are known."""
    base, offset = found
    start, width = state.facts.known(offset), state.facts.known(size)
    if type(start) is not int or type(width) is not int or width > _LONG or base in state.told:
        return
    cells = cells_of(job, state, base)
    if cells.rest is not Rest.UNINITIALISED:
        return
    # Of a struct whose members are set the padding need not be.
    if not _any_set(cells, start, width):
        name = base.region.name if base.region is not None else ""
        job.fault(state, Fault(Kind.UNINITIALISED, event, name=name), base)


def _any_set(cells: Cells, start: int, width: int) -> bool:
    return any(
        at < start + width and at + cell.size > start and cell.value is not UNINITIALISED
        for at, cell in cells.at.items()
    )


def copy_prefix(job: Job, state: State, source: Symbol, cells: Cells, to: Symbol) -> None:
    """Give a block that realloc made what the old one held."""
    own = state.own(to)
    room = to.region.size if to.region is not None else None
    if cells.rest is not Rest.UNINITIALISED:
        own.rest = Rest.UNKNOWN
    for at, cell in cells.at.items():
        if type(room) is not int or at + cell.size <= room:
            own.put(at, cell.size, cell.value)


def _argument(args: list[Value], index: int) -> Value:
    return args[index] if index < len(args) else 0


def _size(job: Job, state: State, args: list[Value], index: int, unit: int = 1) -> Number:
    value = _argument(args, index)
    if value is UNINITIALISED:
        job.fault(state, Fault(Kind.UNINITIALISED, Event("", job.span), name=job.reading))
        return 0
    return scale(job.arithmetic.number(state.facts.known(value), None), unit)


def _memory_copy(job: Job, state: State, name: str, args: list[Value], event: Event) -> Results:
    unit = 4 if name.startswith("w") else 1
    to, source = _argument(args, 0), _argument(args, 1)
    size = _size(job, state, args, 2, unit)
    goal = check_range(job, state, to, size, event, write=True)
    origin = check_range(job, state, source, size, event, write=False)
    if name in {"memcpy", "wmemcpy", "mempcpy"}:
        _check_overlap(job, state, goal, origin, size, event)
    if goal is not None:
        _carry(job, state, origin, goal, size)
    if name in {"mempcpy", "wmempcpy"}:
        return [(state, add(job.arithmetic.number(to, None), size))]
    return [(state, to)]


def _check_overlap(
    job: Job, state: State, to: Found | None, source: Found | None, size: Number, event: Event
) -> None:
    if to is None or source is None or to[0] is not source[0]:
        return
    distance = add(to[1], source[1], -1)
    width = state.facts.known(size)
    if type(distance) is int and type(width) is int and 0 < abs(distance) < width:
        extent = Extent(0, width, True, None)
        job.fault(state, Fault(Kind.OVERLAP, event, extent=extent, by=event.text))


def _carry(job: Job, state: State, source: Found | None, to: Found, size: Number) -> None:
    width = state.facts.known(size)
    start = state.facts.known(source[1]) if source is not None else None
    goal = state.facts.known(to[1])
    if source is not None and source[0] in state.told:
        source = None  # what was read outside of it is nothing that is known
    if source is None or type(width) is not int or type(start) is not int or type(goal) is not int:
        forget(job, state, to[0], tainted=source is not None and _tainted(job, state, source))
        return
    cells = cells_of(job, state, source[0])
    room = source[0].region.size if source[0].region is not None else None
    if type(room) is int:
        width = min(width, max(room - start, 0))
    goal_room = to[0].region.size if to[0].region is not None else None
    if type(goal_room) is int:
        width = min(width, max(goal_room - goal, 0))
    if cells.rest is Rest.DATA and width <= _LONG:
        own = _own(job, state, to[0])
        data = [job.datum(source[0], start + i, 1, None) for i in range(width)]
        if any(type(byte) is not int for byte in data) or _has_addresses(job, source[0]):
            forget(job, state, to[0])
            return
        for i, byte in enumerate(data):
            assert type(byte) is int
            own.put(goal + i, 1, Fill(byte))
        return
    copy_bytes(job, state, (source[0], start), (to[0], goal), width)


def _has_addresses(job: Job, base: Symbol) -> bool:
    data = job.whole.data_of(base)
    return data is None or bool(data.relocations)


def _own(job: Job, state: State, base: Symbol) -> Cells:
    cells_of(job, state, base)
    return state.own(base)


def _tainted(job: Job, state: State, source: Found) -> bool:
    return cells_of(job, state, source[0]).tainted


def _memory_set(job: Job, state: State, name: str, args: list[Value], event: Event) -> Results:
    wide = name == "wmemset"
    to = _argument(args, 0)
    if name in {"bzero", "explicit_bzero"}:
        byte: Value = 0
        size = _size(job, state, args, 1)
    else:
        byte = state.facts.known(_argument(args, 1))
        size = _size(job, state, args, 2, 4 if wide else 1)
    goal = check_range(job, state, to, size, event, write=True)
    if goal is not None:
        number = byte if type(byte) is int else -2
        if wide and number:
            _fill_wide(job, state, goal, size, number)
        else:
            fill(job, state, goal[0], goal[1], size, number & 255 if number >= 0 else -2)
    return [(state, to)]


def _fill_wide(job: Job, state: State, goal: Found, size: Number, number: int) -> None:
    # Every character is the same one that is not zero: its bytes are not told apart.
    fill(job, state, goal[0], goal[1], size, -1 if number > 0 else -2)


# ----------------------------------------------------------------------------------------- strings


def _unit(name: str) -> int:
    return 4 if name.startswith("w") else 1


def _string_copy(job: Job, state: State, name: str, args: list[Value], event: Event) -> Results:
    unit = _unit(name)
    to, source = _argument(args, 0), _argument(args, 1)
    length = read_text(job, state, source, unit, event)
    size = scale(add(length, 1), unit)
    goal = check_range(job, state, to, size, event, write=True)
    origin = locate(job, state, source, unit, event, write=False, checked=False)
    _check_overlap(job, state, goal, origin, size, event)
    if goal is not None:
        _carry(job, state, origin, goal, size)
        _ends_at(job, state, to, goal[0], length)
    if name in {"stpcpy", "wcpcpy"}:
        return [(state, add(job.arithmetic.number(to, None), scale(length, unit)))]
    return [(state, to)]


def _string_copy_n(job: Job, state: State, name: str, args: list[Value], event: Event) -> Results:
    unit = _unit(name)
    to, source = _argument(args, 0), _argument(args, 1)
    limit = _size(job, state, args, 2)
    length = read_text(job, state, source, unit, event, limit)
    size = scale(limit, unit)
    goal = check_range(job, state, to, size, event, write=True)
    if goal is None:
        return [(state, to)]
    room, copied = state.facts.known(limit), state.facts.known(length)
    if type(room) is int and type(copied) is int and type(goal[1]) is int and room <= _LONG:
        found = locate(job, state, source, unit, event, write=False, checked=False)
        _carry(job, state, found, goal, copied * unit)
        if room > copied:
            fill(job, state, goal[0], goal[1] + copied * unit, (room - copied) * unit, 0)
    else:
        forget(job, state, goal[0])
    return [(state, to)]


def _string_append(job: Job, state: State, name: str, args: list[Value], event: Event) -> Results:
    unit = _unit(name)
    to, source = _argument(args, 0), _argument(args, 1)
    limit = _size(job, state, args, 2) if name in {"strncat", "wcsncat"} else None
    before = read_text(job, state, to, unit, event)
    length = read_text(job, state, source, unit, event, limit)
    start = (
        add(job.arithmetic.number(to, None), scale(before, unit)) if to is not UNINITIALISED else 0
    )
    size = scale(add(length, 1), unit)
    goal = check_range(job, state, start, size, event, write=True)
    if goal is None:
        return [(state, to)]
    origin = locate(job, state, source, unit, event, write=False, checked=False)
    if type(state.facts.known(goal[1])) is int and type(state.facts.known(length)) is int:
        _carry(job, state, origin, goal, scale(length, unit))
        fill(job, state, goal[0], add(goal[1], scale(length, unit)), unit, 0)
    else:
        forget(job, state, goal[0])
        _ends_at(job, state, to, goal[0], add(before, length))
    return [(state, to)]


def _ends_at(job: Job, state: State, address: Value, base: Symbol, length: Number) -> None:
    """Remember how long the string is that was written to `address`."""
    if type(length) is Linear and address is not UNINITIALISED:
        job.lengths[(address, cells_of(job, state, base).version)] = length


def _string_length(job: Job, state: State, name: str, args: list[Value], event: Event) -> Results:
    unit = _unit(name)
    limit = _size(job, state, args, 1) if name.endswith("nlen") else None
    return [(state, read_text(job, state, _argument(args, 0), unit, event, limit))]


Handle = Callable[[Job, State, str, list[Value], Event], Results]
COPIES: dict[str, Handle] = {
    **dict.fromkeys(
        ("memcpy", "mempcpy", "memmove", "wmemcpy", "wmempcpy", "wmemmove"), _memory_copy
    ),
    **dict.fromkeys(("memset", "bzero", "explicit_bzero", "wmemset"), _memory_set),
    **dict.fromkeys(("strcpy", "stpcpy", "wcscpy", "wcpcpy"), _string_copy),
    **dict.fromkeys(("strncpy", "wcsncpy", "stpncpy", "wcpncpy"), _string_copy_n),
    **dict.fromkeys(("strcat", "strncat", "wcscat", "wcsncat"), _string_append),
    **dict.fromkeys(("strlen", "strnlen", "wcslen", "wcsnlen"), _string_length),
}
