"""The printf and scanf families: what their arguments are read and written for."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from freehold.effects.cells import Fill
from freehold.effects.copying import at_most, check_range
from freehold.effects.events import Event
from freehold.effects.faults import Fault, Kind
from freehold.effects.job import Job
from freehold.effects.memory import cells_of, escape, forget, locate, write
from freehold.effects.state import State
from freehold.effects.strings import read_text
from freehold.effects.values import (
    UNINITIALISED,
    Number,
    Symbol,
    Value,
    add,
    form,
    fresh,
    scale,
    split,
)
from freehold.runtime.libc import LIBC
from freehold.runtime.libc.model import Formats, Function
from freehold.types import F32, F64, I8, I16, I32, I64, U8, U16, U32, U64, Type

Results = list[tuple[State, Value]]
_LONGEST = 4096
_DIRECTIVE = re.compile(
    r"%(?P<flags>[-+ #0']*)(?P<width>\*|\d+)?(?:\.(?P<precision>\*|\d*))?"
    r"(?P<size>hh|h|ll|l|q|j|z|t|L)?(?P<letter>[a-zA-Z%]|\[\^?\]?[^]]*\])"
)


class Directive(NamedTuple):
    """One conversion, and the literal text before it."""

    before: int
    width: str | None
    precision: str | None
    size: str
    letter: str
    suppressed: bool


def directives(text: str) -> Iterator[Directive]:
    """Yield the conversions of a format."""
    here = 0
    for found in _DIRECTIVE.finditer(text):
        yield Directive(
            found.start() - here,
            found["width"],
            found["precision"],
            found["size"] or "",
            found["letter"],
            found["width"] == "*",
        )
        here = found.end()
    yield Directive(len(text) - here, None, None, "", "", suppressed=False)


def format_text(job: Job, state: State, value: Value, unit: int) -> str | None:
    """Return a format that stands in the program's text."""
    base, offset = split(value)
    if base is None or type(offset) is not int:
        return None
    data = job.whole.data_of(base)
    if data is None or data.data is None or not (data.literal or data.constant):
        return None
    raw = data.data[offset:]
    if unit == 1:
        return raw.split(b"\0", 1)[0].decode("latin-1")
    text = raw[: len(raw) // 4 * 4].decode("utf-32-le", "replace")
    return text.split("\0", 1)[0]


def formatted(
    job: Job, state: State, function: Function, arguments: list[Value], event: Event
) -> None:
    """Do what the format of a call asks of its other arguments."""
    spec = next(e for e in function.effects if isinstance(e, Formats))
    index = function.parameters.index(spec.parameter)
    more = arguments[index + 1 :]
    text = format_text(job, state, arguments[index], spec.unit) if index < len(arguments) else None
    if not function.signature.variadic:  # a va_list
        for value in more:
            escape(job, state, value)
        return
    if spec.family == "scanf":
        _scan(job, state, text, more, spec.unit, event)
    elif spec.family == "printf":
        _print(job, state, text, more, spec.unit, event)


def _print(
    job: Job, state: State, text: str | None, more: list[Value], unit: int, event: Event
) -> Number | None:
    """Return the number of characters that are printed; None: not known."""
    if text is None:
        return None
    pending = list(more)
    total: Number | None = 0

    def take() -> Value:
        value = pending.pop(0) if pending else 0
        if value is UNINITIALISED:
            job.fault(state, Fault(Kind.UNINITIALISED, event, name=job.reading))
            return fresh(None)
        return value

    for one in directives(text):
        total = add(total, one.before) if total is not None else None
        if one.width == "*":
            take()
        precision: Number | None = None
        if one.precision == "*":
            precision = job.arithmetic.number(take(), None)
        elif one.precision is not None:
            precision = int(one.precision or 0)
        length = _printed(job, state, one, precision, take, unit, event)
        if length is not None and one.width and one.width.isdigit():
            low, high = state.facts.interval(length)
            least = int(one.width)
            length = length if low >= least else (least if high <= least else None)
        total = add(total, length) if total is not None and length is not None else None
    return total


def _printed(
    job: Job,
    state: State,
    one: Directive,
    precision: Number | None,
    take: Callable[[], Value],
    unit: int,
    event: Event,
) -> Number | None:
    match one.letter:
        case "":
            return 0
        case "%":
            return 1
        case "s" | "S":
            wide = one.letter == "S" or one.size == "l"
            return read_text(job, state, take(), 4 if wide else 1, event, precision)
        case "c" | "C":
            take()
            return 1
        case "n":
            value = take()
            ty = _SIGNED.get(one.size, I32)
            found = locate(job, state, value, _SIZES[ty], event, write=True)
            if found is not None:
                write(job, state, found[0], found[1], _SIZES[ty], fresh(ty))
            return 0
        case "d" | "i" | "u" | "x" | "X" | "o":
            value = state.facts.known(take())
            if type(value) is int and one.letter in "diu":
                return len(str(value))
            return form(Symbol(1, 24))
        case _:
            take()
            return form(Symbol(1, _most(one.letter, precision)))


def _most(letter: str, precision: Number | None) -> int:
    """Return how many characters a pointer or floating number has at most."""
    if letter == "p":
        return 18
    if letter in "geGE" and (precision is None or type(precision) is int):
        # Digits, a sign, the point, and an exponent of up to four digits.
        return (6 if precision is None else precision) + 9
    return 400


_SIGNED: dict[str, Type] = {
    "hh": I8,
    "h": I16,
    "": I32,
    "l": I64,
    "ll": I64,
    "q": I64,
    "j": I64,
    "z": I64,
    "t": I64,
}
_UNSIGNED: dict[str, Type] = {
    "hh": U8,
    "h": U16,
    "": U32,
    "l": U64,
    "ll": U64,
    "q": U64,
    "j": U64,
    "z": U64,
    "t": U64,
}
_SIZES = {I8: 1, I16: 2, I32: 4, I64: 8, U8: 1, U16: 2, U32: 4, U64: 8, F32: 4, F64: 8}


def _scan(
    job: Job, state: State, text: str | None, more: list[Value], unit: int, event: Event
) -> None:
    if text is None:
        for value in more:
            escape(job, state, value, tainted=True)
        return
    pending = list(more)
    for one in directives(text):
        if one.suppressed or one.letter in {"", "%"}:
            continue
        value = pending.pop(0) if pending else 0
        ty = _scanned_type(one)
        if ty is not None:
            found = locate(job, state, value, _SIZES[ty], event, write=True)
            if found is not None:
                write(job, state, found[0], found[1], _SIZES[ty], fresh(ty, tainted=True))
            continue
        width = int(one.width) if one.width and one.width.isdigit() else 1
        wide = one.size == "l" or (unit == 4 and one.size != "h")
        each = 4 if wide else 1
        ends = 0 if one.letter == "c" else 1
        most = at_most(state, (width + ends) * each, (1 + ends) * each)
        found = check_range(job, state, value, most, event, write=True)
        if found is not None:
            forget(job, state, found[0], tainted=True)


def _scanned_type(one: Directive) -> Type | None:
    if one.letter in {"d", "i"}:
        return _SIGNED.get(one.size, I32)
    if one.letter in {"u", "x", "X", "o"}:
        return _UNSIGNED.get(one.size, U32)
    if one.letter in {"f", "e", "g", "a", "E", "G"}:
        return F64 if one.size in {"l", "L"} else F32
    return U64 if one.letter == "p" else (I32 if one.letter == "n" else None)


def _to_memory(job: Job, state: State, name: str, args: list[Value], event: Event) -> Results:
    """`sprintf` and its kin: what is printed must have room."""
    function = LIBC[name]
    spec = next(e for e in function.effects if isinstance(e, Formats))
    index = function.parameters.index(spec.parameter)
    limit: Number | None = None
    if "n" in function.parameters:
        value = args[function.parameters.index("n")]
        limit = job.arithmetic.number(value, None) if value is not UNINITIALISED else None
    length: Number | None = None
    if function.signature.variadic and index < len(args):
        text = format_text(job, state, args[index], spec.unit)
        length = _print(job, state, text, args[index + 1 :], spec.unit, event)
    else:
        for value in args[index + 1 :]:
            escape(job, state, value)
    size = _written(state, length, limit)
    to = args[0] if args else 0
    goal = None
    if limit != 0 and not (limit is not None and to == 0):
        wanted = scale(size, spec.unit) if size is not None else 1
        goal = check_range(job, state, to, wanted, event, write=True)
    if goal is not None:
        forget(job, state, goal[0], tainted=False)
        _end(job, state, goal, length, limit, spec.unit)
    low = -1 if length is None else 0
    result: Value = length if length is not None else form(Symbol(low, (1 << 31) - 1))
    return [(state, result)]


def _written(state: State, length: Number | None, limit: Number | None) -> Number | None:
    """Return how many characters are written, with the NUL."""
    if length is None:
        return limit if limit is not None and type(state.facts.known(limit)) is int else None
    size = add(length, 1)
    if limit is None:
        return size
    if state.facts.interval(add(size, limit, -1))[1] <= 0:
        return size
    # The end of the buffer may be reached.
    return at_most(state, limit, max(state.facts.interval(size)[0], 1))


def _end(
    job: Job,
    state: State,
    goal: tuple[Symbol, Number],
    length: Number | None,
    limit: Number | None,
    unit: int,
) -> None:
    known = state.facts.known(length) if length is not None else None
    if type(known) is not int or type(goal[1]) is not int or known > _LONGEST:
        return
    if limit is not None and state.facts.interval(add(known + 1, limit, -1))[1] > 0:
        return
    cells_of(job, state, goal[0])
    own = state.own(goal[0])
    if known:
        own.put(goal[1], known * unit, Fill(-1))
    own.put(goal[1] + known * unit, unit, Fill(0))


FORMATS: dict[str, Callable[[Job, State, str, list[Value], Event], Results]] = dict.fromkeys(
    ("sprintf", "snprintf", "vsprintf", "vsnprintf", "swprintf", "vswprintf"), _to_memory
)
