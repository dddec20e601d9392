"""Where each local of a body lives, and what has to be known about it at run time.

A *register* local is a scalar whose address nobody takes: an alloca that LLVM promotes, with a
companion for a pointer's handle and, where it may hold uninitialised bytes, one for that. All
others live in the side stack's frame; those with a *descriptor* can be pointed to, or are indexed
by values that only a run knows. In Rust's bodies, small aggregates that nothing points to are
*private*: allocas too, with a companion for their shadow and one for the handles in them.
"""

import re
from collections.abc import Iterator

from freehold.codegen.lltypes import is_scalar
from freehold.mir.body import Body, LocalDecl, LocalKind
from freehold.mir.cfg import targets_of
from freehold.mir.operands import operands_of
from freehold.mir.statements import (
    Assign,
    Call,
    IndirectGoto,
    Intrinsic,
    Return,
    SetDiscriminant,
    StorageDead,
    StorageLive,
    Switch,
)
from freehold.mir.values import (
    Cast,
    CastKind,
    ConstantIndex,
    Copy,
    Deref,
    Discriminant,
    Index,
    Len,
    Local,
    Move,
    Operand,
    Place,
    RawPointer,
    Ref,
    Rvalue,
    Symbol,
    UninitConst,
    Use,
)
from freehold.records import dataclass, field
from freehold.types import (
    Adt,
    ArrayType,
    PointerType,
    TupleType,
    Type,
    align_of,
    is_wide,
    size_of,
)
from freehold.types.signature import is_nothing


@dataclass(slots=True)
class Home:
    """The home of one local. `offset` counts from the frame's start (memory locals alone)."""

    register: bool
    described: bool = False
    dynamic: bool = False
    offset: int = 0
    size: int = 0
    tracked: bool = False
    scoped: bool = False  # has StorageLive and StorageDead statements
    pointer: bool = False
    wide: bool = False
    private: bool = False
    handles: bool = False  # private or native: it may hold pointers
    native: bool = False  # an alloca without companions: nothing is checked


_LINE = 16  # what the side stack's top is a multiple of


@dataclass(slots=True)
class Plan:
    """The homes of a body's locals and its frame in the side stack, of `frame` bytes."""

    homes: list[Home]
    frame: int = 0
    align: int = _LINE
    uses_dynamic: bool = False
    setjmp: bool = False
    temporaries: dict[int, int] = field(default_factory=dict)
    scopes: list[int] | None = None  # see `ends.variables`
    shown: set[Local] = field(default_factory=set)  # what the log of a recorded run tells of

    def reserve(self, size: int, align: int = _LINE, rest: int = 0) -> int:
        """Return the frame offset of `size` more bytes: a multiple of `align`, and `rest` more."""
        at = -((rest - self.frame) // align) * align + rest
        self.frame = at + max(size, 1)
        self.align = max(self.align, align)
        return at

    def reserve_exactly(self, size: int, align: int) -> int:
        """Return the offset of `size` more bytes at a multiple of `align`, not of twice that."""
        return self.reserve(size, max(2 * align, _LINE), align)


# Larger aggregates would only fill the native stack.
_PRIVATE = 256
_NATIVE = 4096


def plan_unchecked(body: Body) -> Plan:
    """Decide the home of every local of a body of Rust's in which nothing is checked."""
    indirect, _ = _in_memory(body)
    plan = Plan([])
    for number, declared in enumerate(body.locals):
        ty, local = declared.type, Local(number)
        register = _is_register(ty, local, indirect, rust=True)
        home = Home(register, pointer=isinstance(ty, PointerType), wide=is_wide(ty))
        if not register:
            home.size, home.handles = size_of(ty), holds_pointers(ty)
            home.native = home.size <= _NATIVE
            if not home.native:
                home.offset = plan.reserve(home.size, max(align_of(ty), 16))
        plan.homes.append(home)
    return plan


@dataclass(frozen=True, slots=True)
class Wants:
    """What the program asks of the homes of a body's locals.

    `ends`: the program may end in what the body calls; the leak check then looks into the variables
    that have a descriptor. All variables of a `recorded` body have one. `exact`: they are aligned
    as their types are, and no better.
    """

    ends: bool = False
    recorded: bool = False
    exact: bool = False


def plan_body(body: Body, wants: Wants) -> Plan:
    """Decide the home of every local of `body`."""
    rust = is_rust(body)
    indirect, addressed = _in_memory(body)
    described = addressed if rust else _described(body)
    shown = variables_shown(body) if wants.recorded else set()
    indirect, addressed, described = indirect | shown, addressed | shown, described | shown
    transmuted = _transmuted(body) if rust else frozenset()
    plan = Plan([], shown=shown)
    plan.setjmp = "returns_twice" in body.attributes
    scoped = {
        statement.local
        for block in body.blocks
        for statement in block.statements
        if isinstance(statement, (StorageLive, StorageDead))
    }
    dynamic = {
        statement.local
        for block in body.blocks
        for statement in block.statements
        if isinstance(statement, StorageLive) and statement.size is not None
    }
    for number, declared in enumerate(body.locals):
        local = Local(number)
        ty = declared.type
        home = Home(
            register=_is_register(ty, local, indirect, rust=rust),
            scoped=local in scoped,
            pointer=isinstance(ty, PointerType),
            wide=is_wide(ty),
        )
        if rust and not home.register and local not in addressed and _may_be_private(ty):
            home.private, home.size = True, size_of(ty)
            home.handles = holds_pointers(ty) or local in transmuted
        elif not home.register:
            home.dynamic = local in dynamic
            kept = wants.ends and declared.kind is LocalKind.VARIABLE and holds_pointers(ty)
            home.described = (local in described or kept) and not home.dynamic
            home.size = size_of(ty)
            if not home.dynamic:
                home.offset = _offset(plan, home, declared, exact=wants.exact and rust)
        plan.homes.append(home)
    plan.uses_dynamic = bool(dynamic) or any(
        isinstance(block.terminator, Call) and block.terminator.callee is Intrinsic.ALLOCA
        for block in body.blocks
    )
    _track(body, plan)
    return plan


def _offset(plan: Plan, home: Home, declared: LocalDecl, *, exact: bool) -> int:
    align = max(align_of(declared.type), declared.align)
    if exact and home.described:
        return plan.reserve_exactly(home.size, align)
    return plan.reserve(home.size, max(_LINE, align) if home.described else align)


def variables_shown(body: Body) -> set[Local]:
    """Return the locals that a reader of the source knows: with the function's result."""
    return {
        Local(number)
        for number, one in enumerate(body.locals)
        if one.kind in _SHOWN and not is_nothing(one.type) and _is_written(body, one)
    }


def _is_written(body: Body, one: LocalDecl) -> bool:
    """Whether a variable stands in the source: the iterator of a `for`, say, does not."""
    if one.kind is LocalKind.RETURN or not one.name or not is_rust(body):
        return one.kind is LocalKind.RETURN or bool(one.name)
    at = one.span.outermost()
    declared = _DECLARED.match(at.source.text, at.start, at.end)
    return declared is not None and declared[1] == one.name


# `mut x`, `ref x`, `&'a mut self`, `x @ 1..`; not `x.iter()`.
_DECLARED = re.compile(r"(?:ref\b|mut\b|&|'\w+|\s)*(?:r#)?(\w+)(?!\s*[.(\[!])")
_SHOWN = (LocalKind.ARGUMENT, LocalKind.VARIABLE, LocalKind.RETURN)


def is_rust(body: Body) -> bool:
    """Whether `body` comes from Rust."""
    return "rust" in body.attributes


def _is_register(ty: Type, local: Local, indirect: set[Local], *, rust: bool) -> bool:
    if is_nothing(ty):
        return not rust or local not in indirect
    return is_scalar(ty) and local not in indirect


def _may_be_private(ty: Type) -> bool:
    return size_of(ty) <= _PRIVATE and (align_of(ty) % 8 == 0 or not holds_pointers(ty))


def holds_pointers(ty: Type) -> bool:
    """Whether a value of `ty` may hold pointers."""
    match ty:
        case ArrayType(element):
            return holds_pointers(element)
        case TupleType(elements):
            return any(map(holds_pointers, elements))
        case Adt():
            return any(holds_pointers(one.type) for body in ty.variants for one in body.fields)
        case _:
            return isinstance(ty, PointerType)


def _places(body: Body) -> Iterator[tuple[Place, bool]]:
    """Yield every place, and whether its address is what is taken."""
    for block in body.blocks:
        for statement in block.statements:
            if isinstance(statement, Assign):
                yield statement.place, False
                yield from _in_rvalue(statement.rvalue)
            elif isinstance(statement, SetDiscriminant):
                yield statement.place, False
        terminator = block.terminator
        operands: tuple[Operand, ...] = ()
        if isinstance(terminator, Call):
            if terminator.destination is not None:
                yield terminator.destination, False
            operands = terminator.arguments
        elif isinstance(terminator, Switch):
            operands = (terminator.operand,)
        for operand in operands:
            if isinstance(operand, (Copy, Move)):
                yield operand.place, False


def _in_rvalue(rvalue: Rvalue) -> Iterator[tuple[Place, bool]]:
    if isinstance(rvalue, (RawPointer, Ref)):
        yield rvalue.place, True
    elif isinstance(rvalue, (Len, Discriminant)):
        yield rvalue.place, False
    for operand in operands_of(rvalue):
        if isinstance(operand, (Copy, Move)):
            yield operand.place, False


def _transmuted(body: Body) -> frozenset[Local | Symbol]:
    """Return the bases of what may hold pointers though its type does not say so.

    It is made of bytes of another type, or something else of its bytes; or it is a copy of such.
    """
    found: set[Local | Symbol] = set()
    copies: list[tuple[Local | Symbol, Local | Symbol]] = []
    for block in body.blocks:
        for one in block.statements:
            if not isinstance(one, Assign) or isinstance(one.rvalue, (Ref, RawPointer)):
                continue
            bases = [o.place.base for o in operands_of(one.rvalue) if isinstance(o, (Copy, Move))]
            copies += [(one.place.base, base) for base in bases]
            if isinstance(one.rvalue, Cast) and one.rvalue.kind is CastKind.TRANSMUTE:
                found.update((one.place.base, *bases))
    changed = bool(found)
    while changed:
        before = len(found)
        for pair in copies:
            if not found.isdisjoint(pair):
                found.update(pair)
        changed = len(found) > before
    return frozenset(found)


def _in_memory(body: Body) -> tuple[set[Local], set[Local]]:
    """Return the locals of which parts, or the address, are taken; and the latter alone."""
    found: set[Local] = set()
    addressed: set[Local] = set()
    for place, address in _places(body):
        if not isinstance(place.base, int):
            continue
        first = place.projections[0] if place.projections else None
        if isinstance(first, Deref):
            continue
        if address or first is not None:
            found.add(place.base)
        if address and not any(isinstance(p, Deref) for p in place.projections):
            addressed.add(place.base)
    return found, addressed


def _described(body: Body) -> set[Local]:
    """Locals that are pointed to, or indexed by a value that only a run knows."""
    found: set[Local] = set()
    for place, address in _places(body):
        if not isinstance(place.base, int) or any(isinstance(p, Deref) for p in place.projections):
            continue
        ty = body.locals[place.base].type
        indexed = any(isinstance(p, Index) for p in place.projections)
        outside = any(
            isinstance(p, ConstantIndex)
            and not (isinstance(ty, ArrayType) and p.offset < (ty.length or 0))
            for p in place.projections
        )
        if address or indexed or outside:
            found.add(place.base)
    return found


# --------------------------------------------------------------------------------- initialisation


def _track(body: Body, plan: Plan) -> None:
    """Mark the register locals that may hold uninitialised bytes when they are used."""
    unsure = _maybe_unset(body, plan)
    changed = True
    while changed:
        changed = False
        for block in body.blocks:
            for statement in block.statements:
                if not isinstance(statement, Assign) or statement.place.projections:
                    continue
                base = statement.place.base
                if not isinstance(base, int) or base in unsure or not plan.homes[base].register:
                    continue
                if _carries(statement.rvalue, unsure, plan):
                    unsure.add(base)
                    changed = True
    unsure.discard(Local(0))  # a result is read where it is assigned
    for local in unsure:
        known = plan.homes[local].register and is_scalar(body.locals[local].type)
        plan.homes[local].tracked = known


_MOVES = frozenset((CastKind.INT, CastKind.POINTER, CastKind.TRANSMUTE))


def _carries(rvalue: Rvalue, unsure: set[Local], plan: Plan) -> bool:
    """Whether the value may be uninitialised: it is moved, not computed."""
    if isinstance(rvalue, Cast):
        if rvalue.kind not in _MOVES:
            return False
        operand = rvalue.operand
    elif isinstance(rvalue, Use):
        operand = rvalue.operand
    else:
        return False
    if isinstance(operand, UninitConst):
        return True
    if not isinstance(operand, (Copy, Move)):
        return False
    place = operand.place
    if not isinstance(place.base, int) or place.projections:
        return True
    home = plan.homes[place.base]
    return place.base in unsure if home.register else True


def _maybe_unset(body: Body, plan: Plan) -> set[Local]:
    """Register locals that some path reads before any assignment (a forward may-analysis)."""
    count = len(body.blocks)
    every = (1 << len(body.locals)) - 1
    arguments = ((1 << body.argument_count) - 1) << 1
    entry: list[int | None] = [None] * count
    entry[0] = every & ~arguments
    found = 0
    work = [0]
    while work:
        index = work.pop()
        state = entry[index]
        assert state is not None
        block = body.blocks[index]
        for statement in block.statements:
            if isinstance(statement, Assign):
                for local in _read_by(statement.rvalue, statement.place):
                    found |= state & (1 << local)
                if isinstance(statement.place.base, int) and not statement.place.projections:
                    state &= ~(1 << statement.place.base)
            elif isinstance(statement, StorageLive):
                state |= 1 << statement.local
        for local in _read_at_end(body, index):
            found |= state & (1 << local)
        terminator = block.terminator
        if isinstance(terminator, Call) and terminator.destination is not None:
            place = terminator.destination
            if isinstance(place.base, int) and not place.projections:
                state &= ~(1 << place.base)
        for target in targets_of(terminator):
            before = entry[target]
            after = state if before is None else before | state
            if after != before:
                entry[target] = after
                work.append(target)
    return {
        Local(number)
        for number in range(len(body.locals))
        if found >> number & 1 and plan.homes[number].register
    }


def _locals_of(place: Place, *, read: bool) -> Iterator[Local]:
    projected = bool(place.projections)
    if isinstance(place.base, int) and (read or projected):
        yield place.base
    for projection in place.projections:
        if isinstance(projection, Index):
            yield projection.local


def _read_by(rvalue: Rvalue, target: Place) -> Iterator[Local]:
    yield from _locals_of(target, read=False)
    if isinstance(rvalue, (RawPointer, Ref)):
        yield from _locals_of(rvalue.place, read=False)
    for operand in operands_of(rvalue):
        if isinstance(operand, (Copy, Move)):
            yield from _locals_of(operand.place, read=True)


def _read_at_end(body: Body, index: int) -> Iterator[Local]:
    terminator = body.blocks[index].terminator
    operands: tuple[Operand, ...] = ()
    if isinstance(terminator, (Switch, IndirectGoto)):
        operands = (terminator.operand,)
    elif isinstance(terminator, Call):
        operands = terminator.arguments
        if isinstance(terminator.callee, (Copy, Move)):
            operands = (*operands, terminator.callee)
        if terminator.destination is not None:
            yield from _locals_of(terminator.destination, read=False)
    elif isinstance(terminator, Return):
        yield Local(0)
    for operand in operands:
        if isinstance(operand, (Copy, Move)):
            yield from _locals_of(operand.place, read=True)


def named(body: Body, local: Local) -> str:
    """Return what to call `local` in a report."""
    declared = body.locals[local]
    if declared.name:
        return declared.name
    return "a compound literal" if declared.kind is LocalKind.VARIABLE else "a temporary"
