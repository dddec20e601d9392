"""What the user's unsafe code promises, as checks in his bodies: more than that accesses are good.

Pointer arithmetic stays in its object, or goes just past it; so does a path to a field. A reference
exists only to a value. Our std keeps these promises: its bodies are not asked.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from freehold.mir.statements import Intrinsic
from freehold.mir.typing import project
from freehold.mir.values import (
    Binary,
    BinOp,
    BorrowKind,
    Cast,
    CastKind,
    ConstantIndex,
    Copy,
    Deref,
    Downcast,
    FieldOf,
    IntConst,
    Move,
    Operand,
    Place,
    Projection,
    Ref,
)
from freehold.rust.items import Function
from freehold.rust.mono.keys import Arguments
from freehold.rust.mono.writer import field, pointer_path
from freehold.types import (
    I64,
    VOID,
    Adt,
    AdtKind,
    ArrayType,
    FunctionType,
    PointerKind,
    PointerType,
    TupleType,
    Type,
    is_wide,
    layout_of,
    size_of,
)
from freehold.types.generic import type_argument

if TYPE_CHECKING:
    from freehold.rust.mono.calls import Caller

RAW = frozenset((PointerKind.RAW_CONST, PointerKind.RAW_MUT))
REFERENCES = frozenset((PointerKind.REF, PointerKind.REF_MUT))


def before_call(
    caller: "Caller", definition: Function, arguments: Arguments, given: Sequence[Operand]
) -> None:
    """Hold the caller to where the pointer that it gives may lead."""
    if not any(one.name == "in_bounds" for one in definition.attributes):
        return
    pointer, count = map(_again, given)
    name = definition.name
    size = 1
    if not name.startswith("byte_"):
        size = size_of(caller.mono.types.plain(type_argument(arguments, 0)))
    if size:
        moved = _scaled(caller, count, -size if name.endswith("sub") else size)
        in_bounds(caller, _thin(caller, pointer), moved)


def _again(operand: Operand) -> Operand:
    return Copy(operand.place) if isinstance(operand, Move) else operand


def _thin(caller: "Caller", operand: Operand) -> Operand:
    """Return the pointer in a `NonNull`, or the pointer itself."""
    if not isinstance(operand, Copy):
        return operand
    ty = caller.writer.type_of(operand.place)
    return Copy(field(operand.place, *pointer_path(ty))) if isinstance(ty, Adt) else operand


def _scaled(caller: "Caller", count: Operand, size: int) -> Operand:
    if isinstance(count, IntConst):
        return IntConst(count.value * size, I64)
    writer = caller.writer
    number = writer.let(I64, Cast(CastKind.INT, count, I64))
    return writer.let(I64, Binary(BinOp.MUL, number, IntConst(size, I64))) if size != 1 else number


def in_bounds(caller: "Caller", pointer: Operand, moved: Operand) -> None:
    """Ask whether all that `pointer` passes over, on so many bytes, is in its object."""
    writer = caller.writer
    assert isinstance(pointer, Copy) or not isinstance(pointer, Move)
    ty = writer.type_of(pointer.place) if isinstance(pointer, Copy) else pointer.type
    after = writer.block()
    writer.call(
        Intrinsic.IN_BOUNDS, FunctionType((ty, I64), VOID), [pointer, moved], None, after, None
    )
    writer.start(after)


# ---------------------------------------------------------------------------------------- places


def projected(caller: "Caller", place: Place) -> None:
    """Hold a path to a field that nothing reads: from a raw pointer it stays in the object."""
    last = _last_deref(place)
    if last is None:
        return
    held = Place(place.base, place.projections[:last])
    ty = caller.writer.type_of(held)
    if not isinstance(ty, PointerType) or ty.kind not in RAW or is_wide(ty):
        return
    offset = _offset(ty.pointee, place.projections[last + 1 :])
    if offset:
        in_bounds(caller, Copy(held), IntConst(offset, I64))


def _last_deref(place: Place) -> int | None:
    found = [at for at, one in enumerate(place.projections) if isinstance(one, Deref)]
    return found[-1] if found else None


def _offset(ty: Type, path: Sequence[Projection]) -> int:
    """Return how far the place lies from the pointer, as far as that is known without a run."""
    offset, variant = 0, None
    for step in path:
        match step:
            case FieldOf(index) if isinstance(ty, (Adt, TupleType)):
                layout = layout_of(ty)
                is_enum = isinstance(ty, Adt) and ty.kind is AdtKind.ENUM
                slots = layout.variants[variant or 0].slots if is_enum else layout.slots
                offset += slots[index].offset
                ty = _part(ty, variant, step)
                variant = None
            case ConstantIndex(index, False) if isinstance(ty, ArrayType):
                offset += index * size_of(ty.element)
                ty = ty.element
            case Downcast(number):
                variant = number
            case _:
                break
    return offset


def _part(ty: Adt | TupleType, variant: int | None, step: FieldOf) -> Type:
    if isinstance(ty, Adt) and variant is not None:
        return ty.variants[variant].fields[step.index].type
    found = project(ty, step)
    assert isinstance(found, Type)
    return found


# ------------------------------------------------------------------------------------ references


def loaded(caller: "Caller", place: Place, boxes: Collection[Place]) -> None:
    """Hold the references on the way to `place` that came from where types promise nothing.

    `boxes` are the places of the pointers in boxes, which are as good as references.
    """
    for held in tuple(_loaded(caller, place, boxes)):
        exists(caller, held)


def _loaded(caller: "Caller", place: Place, boxes: Collection[Place]) -> Iterator[Place]:
    unsure = False
    for at, step in enumerate(place.projections):
        here = Place(place.base, place.projections[:at])
        ty = caller.writer.type_of(here) if not _is_variant(here) else None
        if isinstance(ty, PointerType) and isinstance(step, Deref):
            if unsure and (ty.kind in REFERENCES or here in boxes):
                yield here
            unsure |= ty.kind in RAW
        elif isinstance(ty, Adt) and ty.kind is AdtKind.UNION:
            unsure = True


def _is_variant(place: Place) -> bool:
    return bool(place.projections) and isinstance(place.projections[-1], Downcast)


def is_unsure(caller: "Caller", place: Place) -> bool:
    """Whether `place` is reached by a raw pointer or in a union."""
    for at, step in enumerate(place.projections):
        here = Place(place.base, place.projections[:at])
        ty = caller.writer.type_of(here) if not _is_variant(here) else None
        if isinstance(ty, PointerType) and isinstance(step, Deref) and ty.kind in RAW:
            return True
        if isinstance(ty, Adt) and ty.kind is AdtKind.UNION:
            return True
    return False


def exists(caller: "Caller", place: Place) -> None:
    """Ask whether the reference at `place` is one: made again of its address, it would be asked."""
    writer = caller.writer
    ty = writer.type_of(place)
    assert isinstance(ty, PointerType)
    if is_wide(ty) or isinstance(ty.pointee, FunctionType):
        return
    raw = PointerType(ty.pointee, PointerKind.RAW_MUT)
    local = writer.local(raw)
    writer.assign(Place(local), Cast(CastKind.POINTER, Copy(place), raw))
    made = writer.local(PointerType(ty.pointee, PointerKind.REF))
    writer.assign(Place(made), Ref(BorrowKind.SHARED, Place(local, (Deref(),))))


def pointee_exists(caller: "Caller", pointer: Operand) -> None:
    """Ask whether there may be a reference to what `pointer`, a raw one, points to."""
    writer = caller.writer
    held = _again(pointer)
    if not isinstance(held, Copy):
        return
    ty = writer.type_of(held.place)
    assert isinstance(ty, PointerType)
    if not is_wide(ty):
        made = writer.local(PointerType(ty.pointee, PointerKind.REF_MUT))
        there = field(held.place, Deref())
        writer.assign(Place(made), Ref(BorrowKind.MUT, there))


def is_set(caller: "Caller", place: Place) -> None:
    """Ask whether the value at `place` is initialised."""
    writer = caller.writer
    ty = writer.type_of(place)
    if size_of(ty):
        after = writer.block()
        kind = FunctionType((ty,), VOID)
        writer.call(Intrinsic.INITIALISED, kind, [Copy(place)], None, after, None)
        writer.start(after)


def is_reference(ty: Type) -> bool:
    """Whether a value of type `ty` is a reference."""
    return isinstance(ty, PointerType) and ty.kind in REFERENCES
