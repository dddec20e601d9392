"""What the rest of a block surely accesses through a pointer: one check does for all of it.

The fast copy alone asks so much at once: where the check fails, the careful copy asks for each
access when it comes. What is known of an object ends where the block ends, where the pointer
changes, and where something may become uninitialised or begin to hold a pointer.
"""

from collections.abc import Iterator

from freehold.codegen.lltypes import is_scalar, value_bytes
from freehold.codegen.plan import holds_pointers
from freehold.codegen.spot import Spot
from freehold.codegen.state import FunctionState
from freehold.mir.operands import operands_of
from freehold.mir.statements import Assign, StorageDead, StorageLive
from freehold.mir.values import ConstantIndex, Copy, Deref, FieldOf, Local, Move, Place
from freehold.types import Adt, AdtKind, ArrayType, PointerType, layout_of, size_of

Extent = tuple[int, int]  # from where to where, in bytes from what the pointer points to


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
            extent = _extent_of(f, place, spot.pointer)
            # What is written on the way is perhaps not initialised yet.
            if extent is not None and not any(_overlap(extent, one) for one in written):
                low, high = min(low, extent[0]), max(high, extent[1])
        stored = _extent_of(f, statement.place, spot.pointer)
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
        extent = _extent_of(f, statement.place, spot.pointer)
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


def _extent_of(f: FunctionState, place: Place, base: int) -> Extent | None:
    """Return where a scalar lies that is reached through `base`, if that is known."""
    pointer, steps = f.body.locals[base].type, place.projections
    if place.base != base or not steps or not isinstance(steps[0], Deref):
        return None
    assert isinstance(pointer, PointerType)
    ty, at = pointer.pointee, 0
    for step in steps[1:]:
        if isinstance(step, FieldOf) and isinstance(ty, Adt) and _is_plain(ty, step.index):
            at += layout_of(ty).slots[step.index].offset
            ty = ty.fields[step.index].type
        elif isinstance(step, ConstantIndex) and isinstance(ty, ArrayType) and not step.from_end:
            at += step.offset * size_of(ty.element)
            ty = ty.element
        else:
            return None
    return (at, at + value_bytes(ty)) if is_scalar(ty) else None


def _is_plain(ty: Adt, index: int) -> bool:
    return ty.kind is not AdtKind.ENUM and ty.fields[index].bits is None
