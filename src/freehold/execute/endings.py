"""How a run ended, and what was left: diagnostics for endings, leaks and open files."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from freehold.diagnostics import Code, Diagnostic, Event, codes
from freehold.execute import words
from freehold.execute.records import Cause, Ending, Kind, Loss, Record, Stop
from freehold.execute.stacks import Stacks

_DIVISIONS = ("division by zero", "remainder by zero", "division overflows")
_LOSS_CODES = {
    Loss.DEFINITE: codes.DEFINITELY_LOST,
    Loss.INDIRECT: codes.INDIRECTLY_LOST,
    Loss.POSSIBLE: codes.POSSIBLY_LOST,
    Loss.REACHABLE: codes.STILL_REACHABLE,
}
_ADDRESSED = frozenset({7, 11})  # SIGBUS, SIGSEGV
_LARGEST = 3  # frames and variables that a stack overflow lists


# --------------------------------------------------------------------------------------- endings


def ending(
    record: Record, stacks: Stacks, frames: Sequence[Record], holders: Sequence[Record]
) -> Diagnostic | None:
    """Return the diagnostic of an ENDING record, None for an end that is no finding.

    `frames` and `holders` are the FRAME and HOLDER records that came before it.
    """
    try:
        kind = Ending(record.code)
    except ValueError:
        return None
    match kind:
        case Ending.STACK_OVERFLOW:
            return stack_overflow(record, stacks, frames)
        case Ending.EXHAUSTED:
            return exhausted(record, stacks, holders)
        case Ending.STOPPED | Ending.EXIT | Ending.FAULTS:
            return None
        case _:
            return _ENDINGS[kind](record, stacks)


def _made(record: Record, stacks: Stacks, code: Code, facts: dict[str, object]) -> Diagnostic:
    trace = stacks.trace(record.access, record.site)
    site = stacks.site(record.site)
    at = trace.at if site is None or site.span.in_std else site.span
    return Diagnostic(code, at, facts, stack=trace.all)


def _signal(record: Record, stacks: Stacks) -> Diagnostic:
    number, address, _, cause = record.value[:4]
    made = _made(record, stacks, codes.KILLED, {"signal": words.signal_name(number)})
    if number in _ADDRESSED and 0 < cause < 1 << 31:
        note = f"at address {address:#x}, through a pointer that native code made"
        return replace(made, notes=(note,))
    return made


def _abort(record: Record, stacks: Stacks) -> Diagnostic:
    why = f": {record.words[0]}" if record.words else ""
    return _made(record, stacks, codes.ABORTED, {"what": why})


def _arithmetic(record: Record, stacks: Stacks) -> Diagnostic:
    kind, left, right = record.value[:3]
    sign = "%" if kind == 1 else "/"
    words_ = _DIVISIONS[kind] if kind < len(_DIVISIONS) else "division"
    what = f"{words_}: {_signed(left)} {sign} {_signed(right)}"
    return _made(record, stacks, codes.ARITHMETIC, {"what": what})


def _unreachable(record: Record, stacks: Stacks) -> Diagnostic:
    return _made(record, stacks, codes.UNREACHABLE_REACHED, {})


def _trap(record: Record, stacks: Stacks) -> Diagnostic:
    return _made(record, stacks, codes.ABORTED, {"what": ": a trap was executed"})


_ENDINGS: dict[Ending, Callable[[Record, Stacks], Diagnostic]] = {
    Ending.SIGNAL: _signal,
    Ending.ABORT: _abort,
    Ending.ARITHMETIC: _arithmetic,
    Ending.UNREACHABLE: _unreachable,
    Ending.TRAP: _trap,
}


def _signed(word: int) -> int:
    return word - (1 << 64) if word >> 63 else word


def stopped(reason: Stop, seconds: float, output: int, limit: int) -> Diagnostic:
    """Return the diagnostic of a run that we stopped; times in seconds, the rest in bytes."""
    match reason:
        case Stop.TIMEOUT:
            return Diagnostic(codes.TIMED_OUT, None, {"seconds": f"{seconds:g}"})
        case Stop.OUTPUT:
            return Diagnostic(codes.OUTPUT_LIMIT, None, {"size": words.size(output)})
        case Stop.MEMORY:
            what = f"more than {words.size(limit)} resident"
            return Diagnostic(codes.OUT_OF_MEMORY, None, {"what": what})
        case _:
            return Diagnostic(codes.KILLED, None, {"signal": "SIGINT"})


# -------------------------------------------------------------------------------- stack overflow


def stack_overflow(record: Record, stacks: Stacks, frames: Sequence[Record]) -> Diagnostic:
    """Say how deep the calls were, which functions call each other, and what takes the room."""
    depth, period, native, wanted, side = record.value[:5]
    cycle = [stacks.function_of(one.address) for one in frames if one.code == 0]
    notes = []
    what = f": {depth:,} calls deep"
    if period and cycle:
        what += f", {_cycle(_turn(cycle[:period]))}"
    elif wanted:
        what = f": a frame needs {words.size(wanted)} for its variables"
    notes.append(f"the stack held {words.size(native + side)}")
    notes.extend(_large_frames(stacks, frames))
    made = _made(record, stacks, codes.STACK_OVERFLOW, {"what": what})
    return replace(made, notes=tuple(notes))


def _turn(names: list[str]) -> list[str]:
    """Leave out the repeats of a short cycle, as in a b a b."""
    for period in range(1, len(names) // 2 + 1):
        if names[period:] == names[:-period] and len(names) % period == 0:
            return names[:period]
    return names


def _cycle(chain: list[str]) -> str:
    if len(chain) == 1:
        return f"`{chain[0]}` calls itself"
    return " calls ".join(f"`{name}`" for name in [*reversed(chain), chain[-1]])


def _large_frames(stacks: Stacks, frames: Sequence[Record]) -> list[str]:
    sizes: dict[str, int] = {}
    for one in frames:
        if one.code == 0:
            name = f"the frame of `{stacks.function_of(one.address)}`"
        else:
            site = stacks.site(one.site)
            name = f"`{site.name}` in `{site.function}`" if site is not None else "a local"
        sizes[name] = max(sizes.get(name, 0), one.length)
    largest = sorted(sizes.items(), key=lambda item: -item[1])[:_LARGEST]
    return [f"{name} takes {words.size(n)}" for name, n in largest]


def exhausted(record: Record, stacks: Stacks, holders: Sequence[Record]) -> Diagnostic:
    """Say what was asked for, and who holds the memory."""
    asked, live, limit = record.value[:3]
    what = f"{words.size(asked)} asked for, {words.size(live)} in use, limit {words.size(limit)}"
    made = _made(record, stacks, codes.OUT_OF_MEMORY, {"what": what})
    events = tuple(
        Event(
            f"{words.size(one.value[0])} in {words.blocks(one.value[1])} allocated here",
            stacks.trace(one.alloc).all,
        )
        for one in holders
    )
    return replace(made, events=events)


# ----------------------------------------------------------------------------------------- leaks


def loss(record: Record, stacks: Stacks) -> Diagnostic | None:
    """Return the diagnostic of one allocation stack's lost blocks."""
    try:
        kind = Loss(record.code)
    except ValueError:
        return None
    trace = stacks.trace(record.alloc)
    direct, count, below = record.value[:3]
    figures = f"{direct:,}"
    if below:
        figures = f"{direct + below:,} ({direct:,} direct, {below:,} indirect)"
    made = Diagnostic(
        _LOSS_CODES[kind],
        trace.at,
        {"bytes": figures, "blocks": f"{count:,}"},
        primary="allocated here",
        stack=trace.all,
        count=1,
    )
    return _with_cause(made, record, stacks)


def _with_cause(found: Diagnostic, record: Record, stacks: Stacks) -> Diagnostic:
    """Say why the blocks are lost, if the run time knows."""
    cause, offset = record.value[3:5]
    where = stacks.trace(record.release)
    if cause == Cause.GIVEN_UP:
        given = Event("given up here: nothing drops it from then on", where.all)
        return replace(found, events=(*found.events, given))
    if cause == Cause.CYCLE:
        facts = {**found.facts, "cause": "cycle", "offset": offset}
        closing = Event("made here: it points back to that, a cycle", where.all)
        return replace(found, facts=facts, events=(*found.events, closing))
    return found


def never_closed(record: Record, stacks: Stacks) -> Diagnostic:
    """Return the diagnostic of a FILE, DIR or descriptor that is open at the end."""
    trace = stacks.trace(record.alloc)
    name = record.words[0] if record.words else ""
    if record.code == Kind.FILE:
        what = "a FILE"
    elif record.code == Kind.DIR:
        what = "a DIR"
    else:
        what = f"a file descriptor for `{name}`" if name else "a file descriptor"
    return Diagnostic(
        codes.UNCLOSED_FILE, trace.at, {"what": what}, primary="opened here", stack=trace.all
    )
