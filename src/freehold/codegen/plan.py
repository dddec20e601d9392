"""Where each local of a body lives, and what has to be known about it at run time.

A *register* local is a scalar whose address nobody takes: an alloca that LLVM promotes, with a
companion for a pointer's handle and, where it may hold uninitialised bytes, one for that. All
others live in the side stack's frame; those with a *descriptor* can be pointed to, or are indexed
by values that only a run knows.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from freehold.codegen.lltypes import is_nothing, is_scalar
from freehold.mir.body import (
    Aggregate,
    Assign,
    Binary,
    Body,
    Call,
    Cast,
    CastKind,
    ConstantIndex,
    Copy,
    Deref,
    Index,
    IndirectGoto,
    Intrinsic,
    Local,
    LocalKind,
    Move,
    Operand,
    Place,
    RawPointer,
    Ref,
    Repeat,
    Return,
    Rvalue,
    StorageDead,
    StorageLive,
    Switch,
    Unary,
    UninitConst,
    Use,
)
from freehold.mir.cfg import targets_of
from freehold.types import Adt, ArrayType, PointerType, Type, align_of, size_of


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


@dataclass(slots=True)
class Plan:
    """The homes of a body's locals and its frame in the side stack."""

    homes: list[Home]
    frame: int = 0
    uses_dynamic: bool = False
    setjmp: bool = False
    temporaries: dict[int, int] = field(default_factory=dict)
    scopes: list[int] | None = None  # see `ends.variables`

    def reserve(self, size: int, align: int = 16) -> int:
        """Return the frame offset of `size` more bytes."""
        at = -(-self.frame // align) * align
        self.frame = at + max(size, 1)
        return at


def operands_of(rvalue: Rvalue) -> tuple[Operand, ...]:
    """Return the operands of an rvalue."""
    match rvalue:
        case Use(operand) | Unary(operand=operand) | Cast(operand=operand):
            return (operand,)
        case Repeat(operand):
            return (operand,)
        case Binary(_, left, right):
            return (left, right)
        case Aggregate(_, operands):
            return operands
        case _:
            return ()


def plan_body(body: Body, *, ends: bool = False) -> Plan:
    """Decide the home of every local of `body`; `ends`: the program may end in what it calls.

    The leak check then looks into the variables that have a descriptor.
    """
    indirect = _in_memory(body)
    described = _described(body)
    plan = Plan([])
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
            register=is_nothing(ty) or (is_scalar(ty) and local not in indirect),
            scoped=local in scoped,
            pointer=isinstance(ty, PointerType),
        )
        if not home.register:
            home.dynamic = local in dynamic
            kept = ends and declared.kind is LocalKind.VARIABLE and _holds_pointers(ty)
            home.described = (local in described or kept) and not home.dynamic
            home.size = size_of(ty)
            if not home.dynamic:
                align = max(16 if home.described else 1, align_of(ty), declared.align)
                home.offset = plan.reserve(home.size, align)
        plan.homes.append(home)
    plan.uses_dynamic = bool(dynamic) or any(
        isinstance(block.terminator, Call) and block.terminator.callee is Intrinsic.ALLOCA
        for block in body.blocks
    )
    _track(body, plan)
    return plan


def _holds_pointers(ty: Type) -> bool:
    if isinstance(ty, ArrayType):
        return _holds_pointers(ty.element)
    if isinstance(ty, Adt):
        return any(_holds_pointers(one.type) for one in ty.fields)
    return isinstance(ty, PointerType)


def _places(body: Body) -> Iterator[tuple[Place, bool]]:
    """Yield every place, and whether its address is what is taken."""
    for block in body.blocks:
        for statement in block.statements:
            if isinstance(statement, Assign):
                yield statement.place, False
                if isinstance(statement.rvalue, (RawPointer, Ref)):
                    yield statement.rvalue.place, True
                for operand in operands_of(statement.rvalue):
                    if isinstance(operand, (Copy, Move)):
                        yield operand.place, False
        terminator = block.terminator
        if isinstance(terminator, Call):
            if terminator.destination is not None:
                yield terminator.destination, False
            for operand in terminator.arguments:
                if isinstance(operand, (Copy, Move)):
                    yield operand.place, False


def _in_memory(body: Body) -> set[Local]:
    found: set[Local] = set()
    for place, address in _places(body):
        if not isinstance(place.base, int):
            continue
        first = place.projections[0] if place.projections else None
        if isinstance(first, Deref):
            continue
        if address or first is not None:
            found.add(place.base)
    return found


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
        plan.homes[local].tracked = plan.homes[local].register


def _carries(rvalue: Rvalue, unsure: set[Local], plan: Plan) -> bool:
    """Whether the value may be uninitialised: it is moved, not computed."""
    if isinstance(rvalue, Cast):
        if rvalue.kind not in {CastKind.INT, CastKind.POINTER}:
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
