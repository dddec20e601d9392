"""From a fault record to a diagnostic: the code, the facts, the chain of events."""

from collections.abc import Callable

from freehold.diagnostics import Code, Diagnostic, Event, Label, codes
from freehold.execute import words
from freehold.execute.records import Fault, Flag, Kind, Record, State
from freehold.execute.stacks import Site, Stacks, Trace
from freehold.records import dataclass

STREAMS = frozenset({Kind.FILE, Kind.DIR})
LOCALS = frozenset({Kind.STACK, Kind.VLA, Kind.ALLOCA})
_OVER = {
    (Kind.HEAP, True): codes.HEAP_WRITE,
    (Kind.HEAP, False): codes.HEAP_READ,
    (Kind.STACK, True): codes.STACK_WRITE,
    (Kind.STACK, False): codes.STACK_READ,
    (Kind.VLA, True): codes.STACK_WRITE,
    (Kind.VLA, False): codes.STACK_READ,
    (Kind.ALLOCA, True): codes.STACK_WRITE,
    (Kind.ALLOCA, False): codes.STACK_READ,
}


@dataclass(frozen=True, slots=True)
class _Case:
    """A record with what was looked up for it."""

    record: Record
    stacks: Stacks
    trace: Trace
    site: Site | None
    owner: Site | None

    @property
    def object(self) -> str:
        """What the object is, in words."""
        return _object(self.record.object_kind, self.record.size, self.owner)

    @property
    def size(self) -> str:
        return words.size(self.record.length)

    @property
    def access(self) -> str:
        return words.access(self.record)


Made = tuple[Code, dict[str, object]]


def diagnose(record: Record, stacks: Stacks) -> Diagnostic | None:
    """Return the diagnostic of a FAULT record; None for a code that is not known."""
    try:
        fault = Fault(record.code)
    except ValueError:
        return None
    site = stacks.site(record.site)
    trace = stacks.trace(record.access, record.site)
    case = _Case(record, stacks, trace, site, stacks.site(record.object_site))
    code, facts = _MAKERS[fault](case)
    return Diagnostic(
        code,
        site.span if site is not None else trace.at,
        facts,
        primary=_primary(case, fault),
        labels=_labels(case),
        stack=trace.all,
        events=_events(case),
        notes=_notes(case),
        count=record.count,
    )


# ------------------------------------------------------------------------------------- objects


def _object(kind: Kind, size: int, owner: Site | None) -> str:
    name, function = (owner.name, owner.function) if owner is not None else ("", "")
    return words.kind_of_object(kind, size, name, function)


def _labels(case: _Case) -> tuple[Label, ...]:
    owner = case.owner
    if owner is None or not owner.name:
        return ()
    literal = case.record.object_kind is Kind.LITERAL
    what = "the literal" if literal else f"`{owner.name}` is declared here"
    return (Label(owner.span, what),)


def _released(trace: Trace, kind: Kind) -> str:
    if trace.wrapper in {"realloc", "reallocarray"}:
        return "moved by realloc here"
    return "closed here" if kind in STREAMS else "freed here"


def _events(case: _Case) -> tuple[Event, ...]:
    record, found = case.record, []
    if record.alloc:
        trace = case.stacks.trace(record.alloc)
        made = "opened here" if record.object_kind in STREAMS else "allocated here"
        sized = f"{words.size(record.size)} {made}" if record.object_kind is Kind.HEAP else made
        found.append(Event(sized, trace.all))
    if record.release:
        trace = case.stacks.trace(record.release)
        found.append(Event(_released(trace, record.object_kind), trace.all))
    if record.occupant and record.state is not State.LIVE:
        lives = _object(record.occupant_kind, record.occupant_size, None)
        found.append(
            Event(
                f"these bytes now belong to {lives}, allocated here",
                case.stacks.trace(record.occupant).all,
            )
        )
    # What the system made (what a signal's handler is told) has no place in the program.
    return tuple(event for event in found if event.stack)


def _notes(case: _Case) -> tuple[str, ...]:
    record, notes = case.record, []
    if record.state is State.FORGOTTEN:
        notes.append("more than a million blocks have died since: who made this one is forgotten")
    occupied = record.occupant_kind not in {Kind.NULL, Kind.HEAP}
    if occupied and record.state is not State.LIVE:
        site = case.stacks.site(record.occupant_site)
        lives = _object(record.occupant_kind, record.occupant_size, site)
        notes.append(f"these bytes now belong to {lives}")
    return tuple(notes)


_RELEASES = frozenset(
    (Fault.DOUBLE_FREE, Fault.FREE_INTERIOR, Fault.FREE_NON_HEAP, Fault.MISMATCH, Fault.LAYOUT)
)


def _primary(case: _Case, fault: Fault) -> str:
    wrapper = case.trace.wrapper
    if fault in _RELEASES:
        return "released here"
    if fault in {Fault.UNINIT, Fault.UNINIT_VALUE}:
        return f"read by `{wrapper}` here" if wrapper else "read here"
    if case.record.object_kind in STREAMS:
        return f"used by `{wrapper}` here" if wrapper else "used here"
    if case.record.length:
        by = f"`{wrapper}`: " if wrapper else ""
        return f"{by}{case.access} of {case.size} here"
    return ""


# --------------------------------------------------------------------------------------- makers


def _access_facts(case: _Case) -> dict[str, object]:
    return {"access": case.access, "size": case.size}


def _null(case: _Case) -> Made:
    return codes.NULL_DEREFERENCE, _access_facts(case)


def _wild(case: _Case) -> Made:
    return codes.WILD_DEREFERENCE, _access_facts(case)


def _bounds(case: _Case) -> Made:
    record = case.record
    write = bool(record.flags & Flag.WRITE)
    if record.offset < 0:
        code = codes.UNDERFLOW_WRITE if write else codes.UNDERFLOW_READ
    else:
        other = codes.GLOBAL_WRITE if write else codes.GLOBAL_READ
        code = _OVER.get((record.object_kind, write), other)
    return code, {"size": case.size, "where": words.where(record, case.object)}


def _dead(case: _Case) -> Made:
    record = case.record
    if record.object_kind in STREAMS:
        facts = {"access": "use", "size": case.object, "where": "which was closed"}
        return codes.USE_AFTER_FREE, {**facts}
    if record.object_kind not in LOCALS:
        place = words.where(record, f"a freed block of {words.size(record.size)}")
        if record.state is State.FORGOTTEN:
            place = "of a block that died long ago"
        return codes.USE_AFTER_FREE, {**_access_facts(case), "where": place}
    owner = case.owner
    running = owner is not None and any(f.function == owner.function for f in case.trace.frames)
    in_scope = running and bool(record.flags & Flag.FRAME_LIVE)
    code = codes.USE_AFTER_SCOPE if in_scope else codes.USE_AFTER_RETURN
    name = owner.name if owner is not None and owner.name else "a local"
    return code, {**_access_facts(case), "object": name}


def _member(case: _Case) -> Made:
    name = case.site.name if case.site is not None else ""
    if not name and case.owner is not None:
        name = case.owner.name
    return codes.MEMBER_OVERFLOW, {**_access_facts(case), "member": name or "an array"}


def _uninitialised(case: _Case) -> Made:
    record = case.record
    if record.state is State.NONE:
        return codes.UNINITIALISED_READ, {"what": f"memory ({case.size})"}
    owner = case.owner
    if owner is not None and owner.name and record.size <= record.length:
        return codes.UNINITIALISED_READ, {"what": f"`{owner.name}`"}
    start = record.address - record.base
    inside = f"byte {start:,} of {case.object}"
    return codes.UNINITIALISED_READ, {"what": inside}


def _uninitialised_value(case: _Case) -> Made:
    name = case.site.name if case.site is not None else ""
    return codes.UNINITIALISED_READ, {"what": f"`{name}`" if name else "value"}


def _align(case: _Case) -> Made:
    return codes.MISALIGNED, {**_access_facts(case), "align": case.record.value[0]}


def _read_only(case: _Case) -> Made:
    return codes.READ_ONLY_WRITE, {"what": case.object}


def _double_free(case: _Case) -> Made:
    return codes.DOUBLE_FREE, {"block": words.block(case.record)}


def _free_interior(case: _Case) -> Made:
    return codes.INVALID_FREE, {"what": f"pointer {words.where(case.record, case.object)}"}


def _free_non_heap(case: _Case) -> Made:
    record = case.record
    if record.state is State.NONE:
        return codes.INVALID_FREE, {"what": "pointer to no known object"}
    return codes.FREE_NON_HEAP, {"what": case.object}


def _mismatch(case: _Case) -> Made:
    maker = words.HEAP_MAKERS.get(case.record.object_kind, "?")
    return codes.MISMATCHED_FREE, {"by": maker, "with_": case.trace.wrapper or "free"}


def _layout(case: _Case) -> Made:
    size, align, own = case.record.value[:3]
    given = f"a Layout of {words.size(size)} aligned to {align}"
    asked = f"a Layout of {words.size(case.record.size)} aligned to {own}"
    return codes.MISMATCHED_FREE, {"by": asked if own else "malloc", "with_": given}


def _call_signature(case: _Case) -> Made:
    name = f"`{case.owner.name}`" if case.owner is not None else "a function"
    return codes.CALL_MISMATCH, {"what": f"{name} has another type"}


def _call_target(case: _Case) -> Made:
    record = case.record
    if record.state is State.NONE:
        null = record.address < 65536
        what = "a null pointer" if null else "a pointer to no known function"
    else:
        what = f"{case.object}, which is no function"
        if record.object_kind is Kind.FUNCTION:
            what = f"an address inside {case.object}"
    return codes.BAD_CALL_TARGET, {"what": what}


def _out_of_object(case: _Case) -> Made:
    record = case.record
    if record.state is State.NONE:
        where = "begins at no object"
    elif record.state is not State.LIVE and record.object_kind in LOCALS:
        owner = case.owner
        name = f"`{owner.name}`" if owner is not None and owner.name else "a local"
        where = f"on a pointer to {name}, which is gone"
    elif record.state is not State.LIVE:
        where = f"on a pointer to {words.block(record)}, which was freed"
    elif 0 <= record.offset <= record.size:
        where = f"begins outside of {case.object}"
    else:
        where = f"leads {words.where(record, case.object)}"
    return codes.OUT_OF_OBJECT, {"where": where}


def _bad_size(case: _Case) -> Made:
    asked = case.record.value[0]
    signed = asked - (1 << 64) if asked >> 63 else asked
    function = case.record.words[0] if case.record.words else "allocation"
    if case.trace.wrapper:
        function = case.trace.wrapper
    size = f"size {signed:,}" if signed >= 0 else f"negative size {signed:,}"
    if function == "calloc":
        size = "a product of sizes that overflows"
    return codes.BAD_SIZE, {"function": function, "what": size}


def _longjmp(_: _Case) -> Made:
    what = "to a function that has returned, or to no place that setjmp set"
    return codes.BAD_ARGUMENT, {"function": "longjmp", "what": what}


def _vararg_count(case: _Case) -> Made:
    wanted, passed = case.record.value[:2]
    plural = "argument" if passed == 1 else "arguments"
    return codes.VARARG_MISMATCH, {"what": f"argument {wanted} of {passed} variable {plural}"}


def _vararg_type(case: _Case) -> Made:
    wanted, passed = (words.vararg_type(value) for value in case.record.value[:2])
    return codes.VARARG_MISMATCH, {"what": f"asked for {wanted}, {passed} was passed"}


def _vararg_list(_: _Case) -> Made:
    return codes.VARARG_MISMATCH, {"what": "the va_list was not started, or has ended"}


_MAKERS: dict[Fault, Callable[[_Case], Made]] = {
    Fault.NULL: _null,
    Fault.WILD: _wild,
    Fault.BOUNDS: _bounds,
    Fault.DEAD: _dead,
    Fault.MEMBER: _member,
    Fault.UNINIT: _uninitialised,
    Fault.UNINIT_VALUE: _uninitialised_value,
    Fault.ALIGN: _align,
    Fault.READ_ONLY: _read_only,
    Fault.DOUBLE_FREE: _double_free,
    Fault.FREE_INTERIOR: _free_interior,
    Fault.FREE_NON_HEAP: _free_non_heap,
    Fault.MISMATCH: _mismatch,
    Fault.CALL_SIGNATURE: _call_signature,
    Fault.CALL_TARGET: _call_target,
    Fault.BAD_SIZE: _bad_size,
    Fault.LONGJMP: _longjmp,
    Fault.VARARG_COUNT: _vararg_count,
    Fault.VARARG_TYPE: _vararg_type,
    Fault.VARARG_LIST: _vararg_list,
    Fault.LAYOUT: _layout,
    Fault.OFFSET: _out_of_object,
}
