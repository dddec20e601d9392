"""What the rest of a block surely accesses through a pointer: one check does for all of it.

The fast copy alone asks so much at once: where the check fails, the careful copy asks for each
access when it comes. What is known of an object ends where the block ends, where the pointer
changes, and where something may become uninitialised or begin to hold a pointer.
"""

from collections.abc import Iterator

from freehold.codegen.extents import Extent, extent_of
from freehold.codegen.lltypes import is_scalar
from freehold.codegen.plan import holds_pointers
from freehold.codegen.spot import Spot
from freehold.codegen.state import FunctionState
from freehold.codegen.sweeps import Group
from freehold.mir.operands import operands_of
from freehold.mir.statements import Assign, StorageDead, StorageLive
from freehold.mir.values import (
    Binary,
    BinOp,
    Cast,
    CastKind,
    Copy,
    Deref,
    Local,
    Move,
    Operand,
    Place,
    Rvalue,
    Use,
)
from freehold.records import dataclass
from freehold.types import PointerType, align_of, size_of


def follows_pointer(spot: Spot) -> bool:
    """Whether `spot` lies at a fixed distance from where a register local points to."""
    return spot.pointer is not None and spot.offset is not None and not spot.members


def is_settled(f: FunctionState, spot: Spot, size: int) -> bool:
    """Whether `size` bytes at `spot` are known to be live and initialised."""
    if not follows_pointer(spot) or spot.pointer not in f.settled:
        return False
    assert spot.offset is not None
    low, high = f.settled[spot.pointer]
    return low <= spot.offset and spot.offset + size <= high


def covering(f: FunctionState, spot: Spot, size: int, *, write: bool) -> Group | None:
    """Return with what `size` bytes at `spot` were asked for before the loop: see `widen`."""
    if not follows_pointer(spot):
        return None
    assert spot.offset is not None
    extent = spot.offset, spot.offset + size
    align = 1 if spot.packed else align_of(spot.type)
    return f.copies.covering(spot.pointer, extent, align, write=write)


def settle_ahead(f: FunctionState, spot: Spot, extent: Extent) -> None:
    """Note that this much is known to be: it and all between it and what was known before."""
    assert spot.pointer is not None
    low, high = f.settled.get(spot.pointer, extent)
    f.settled[spot.pointer] = min(low, extent[0]), max(high, extent[1])


def reads_ahead(f: FunctionState, spot: Spot, size: int) -> Extent:
    """Return what is surely read from here on through the pointer of `spot`, `size` bytes first."""
    assert spot.pointer is not None
    assert spot.offset is not None
    low, high = spot.offset, spot.offset + size
    written: list[Extent] = []
    for statement in _from_here(f, spot.pointer):
        for place in _read_by(statement):
            extent = extent_of(f.body, place, spot.pointer)
            # What is written on the way is perhaps not initialised yet.
            if extent is not None and not any(_overlap(extent, one) for one in written):
                low, high = min(low, extent[0]), max(high, extent[1])
        stored = extent_of(f.body, statement.place, spot.pointer)
        if stored is not None:
            written.append(stored)
    return low, high


def _overlap(one: Extent, other: Extent) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def writes_ahead(f: FunctionState, spot: Spot, size: int) -> Extent | None:
    """Return what is surely written; None: it may hold pointers, or this is all."""
    assert spot.pointer is not None
    assert spot.offset is not None
    ty = f.body.locals[spot.pointer].type
    if not isinstance(ty, PointerType) or holds_pointers(ty.pointee):
        return None
    first = low, high = spot.offset, spot.offset + size
    for statement in _from_here(f, spot.pointer):
        extent = extent_of(f.body, statement.place, spot.pointer)
        if extent is not None:
            low, high = min(low, extent[0]), max(high, extent[1])
    return None if (low, high) == first else (low, high)


def _from_here(f: FunctionState, pointer: int) -> Iterator[Assign]:
    """Yield the assignments of scalars from here on, up to that of `pointer`."""
    index, number = f.copies.at
    for statement in f.body.blocks[index].statements[number:]:
        if isinstance(statement, (StorageLive, StorageDead)):
            if f.plan.homes[statement.local].register and statement.local != pointer:
                continue
            return
        if not isinstance(statement, Assign) or not is_scalar(f.typer.place(statement.place)):
            return
        yield statement
        if statement.place == Place(Local(pointer)):
            return


def _read_by(statement: Assign) -> Iterator[Place]:
    for operand in operands_of(statement.rvalue):
        if isinstance(operand, (Copy, Move)):
            yield operand.place


# ------------------------------------------------------------------- pointers that are loaded


@dataclass(frozen=True, slots=True)
class Followed:
    """What is read through a pointer that is loaded: from `index` times `unit` bytes on.

    `align`: what the pointer is to be a multiple of; `at`: the statement that reads.
    """

    at: tuple[int, int]
    extent: Extent
    index: Local | None
    unit: int
    align: int


def follow(f: FunctionState) -> Followed | None:
    """Return what the block reads first through the pointer that this statement loads."""
    block, number = f.copies.at
    statements = f.body.blocks[block].statements
    if f.copies.turn == "w" or number >= len(statements):
        return None
    statement = statements[number]
    if not isinstance(statement, Assign) or statement.place.projections:
        return None
    target = statement.place.base
    if not isinstance(target, int) or not f.plan.homes[target].register:
        return None
    index: Local | None = None
    unit = 1
    match statement.rvalue:
        case Use(operand) | Cast(CastKind.POINTER, operand):
            pass
        case Binary(BinOp.OFFSET, operand, (Copy() | Move()) as right):
            base, ty = right.place.base, f.typer.operand(operand)
            if not isinstance(base, int) or right.place.projections:
                return None
            index = base
            if not f.plan.homes[index].register or f.plan.homes[index].tracked:
                return None
            assert isinstance(ty, PointerType)
            unit = size_of(ty.pointee)
        case _:
            return None
    return _first_read(f, target, index, unit) if _is_one_load(f, operand) else None


def _is_one_load(f: FunctionState, operand: Operand) -> bool:
    """Whether no other pointer is loaded on the way to what `operand` reads."""
    if not isinstance(operand, (Copy, Move)):
        return False
    base, steps = operand.place.base, operand.place.projections
    register = isinstance(base, int) and f.plan.homes[base].register
    return sum(isinstance(one, Deref) for one in steps) == register


def _first_read(f: FunctionState, target: Local, index: Local | None, unit: int) -> Followed | None:
    """Return what is read through `target`, or a copy of it, before anything else is."""
    block, number = f.copies.at
    names = {target}
    for later, statement in enumerate(f.body.blocks[block].statements[number + 1 :], number + 1):
        if not isinstance(statement, Assign) or not is_scalar(f.typer.place(statement.place)):
            return None
        for place in _read_by(statement):
            if place.base in names and place.projections:
                extent = extent_of(f.body, place, Local(place.base))
                align = align_of(f.typer.place(place))
                even = extent is not None and unit % align == 0 and extent[0] % align == 0
                if extent is None or not even or extent[1] - extent[0] != align or place.unaligned:
                    return None
                return Followed((block, later), extent, index, unit, align)
        place = statement.place
        if place.base in names and place.projections:
            return None
        if place.base in names:
            names.discard(place.base)
        copied = copied_by(statement.rvalue)
        if copied in names and isinstance(place.base, int) and not place.projections:
            names.add(Local(place.base))
    return None


def copied_by(rvalue: Rvalue) -> Local | None:
    """Return the register local that `rvalue` is a copy of, as a pointer."""
    match rvalue:
        case Use(operand) | Cast(CastKind.POINTER, operand):
            if not isinstance(operand, (Copy, Move)) or operand.place.projections:
                return None
            return operand.place.base if isinstance(operand.place.base, int) else None
        case _:
            return None


def pass_on(f: FunctionState, local: int, rvalue: Rvalue) -> None:
    """Note of the pointer in `local`, a register, what is known of what it was made of."""
    if f.copies.followed is not None:
        f.settled[local], f.even[local] = f.copies.followed
        f.copies.followed = None
        return
    source = copied_by(rvalue)
    if source is not None and source in f.settled and source != local:
        f.settled[local] = f.settled[source]
        if source in f.even:
            f.even[local] = f.even[source]
