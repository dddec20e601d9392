"""What a type holds at an offset: leaves, pointers, the view of a block that is pointed to."""

from collections.abc import Iterator
from typing import NamedTuple

from freehold.types import (
    Adt,
    AdtKind,
    ArrayType,
    FunctionType,
    IntType,
    PointerType,
    SliceType,
    StrType,
    TupleType,
    Type,
    VoidType,
    layout_of,
    size_of,
)


class Part(NamedTuple):
    """A field or element: its name, its type and where it lies."""

    name: str
    type: Type
    offset: int
    bit: int = 0
    width: int | None = None


def parts_of(ty: Type) -> Iterator[Part]:
    """Yield the fields of a struct, union or tuple, the elements of an array."""
    match ty:
        case ArrayType(element, length):
            size = size_of(element)
            for number in range(length or 0):
                yield Part(f"[{number}]", element, number * size)
        case TupleType(elements):
            slots = layout_of(ty).slots
            for number, element in enumerate(elements):
                yield Part(str(number), element, slots[number].offset)
        case Adt() if ty.kind is not AdtKind.ENUM:
            slots = layout_of(ty).slots
            for member, slot in zip(ty.fields, slots, strict=False):
                if member.name or member.bits is None:
                    yield Part(member.name, member.type, slot.offset, slot.bit, slot.width)
        case _:
            return


def pointee_at(ty: Type, offset: int) -> Type | None:
    """Return what a pointer at `offset` in a value of `ty` points to, None if it is not known."""
    while True:
        if isinstance(ty, PointerType):
            return ty.pointee if offset == 0 and _is_telling(ty.pointee) else None
        if isinstance(ty, ArrayType):
            size = size_of(ty.element)
            if not size:
                return None
            ty, offset = ty.element, offset % size
            continue
        if isinstance(ty, Adt) and ty.kind is AdtKind.ENUM:
            return _in_enum(ty, offset)
        found = None
        for part in parts_of(ty):
            if part.offset <= offset < part.offset + size_of(part.type):
                found = part
                break
        if found is None:
            return None
        ty, offset = found.type, offset - found.offset


def _in_enum(ty: Adt, offset: int) -> Type | None:
    for variant, layout in zip(ty.variants, layout_of(ty).variants, strict=False):
        for member, slot in zip(variant.fields, layout.slots, strict=False):
            if slot.offset <= offset < slot.offset + size_of(member.type):
                found = pointee_at(member.type, offset - slot.offset)
                if found is not None:
                    return found
    return None


def _is_telling(ty: Type) -> bool:
    """Whether a pointer to `ty` says what lies there."""
    return not isinstance(ty, (VoidType, FunctionType))


def view_of(pointee: Type, size: int) -> Type | None:
    """Return the type of a block of `size` bytes that is pointed to as `pointee`.

    One byte is an array, too: it may be text.
    """
    if isinstance(pointee, SliceType):
        pointee = pointee.element
    elif isinstance(pointee, StrType):
        pointee = IntType(8, signed=False)
    unit = size_of(pointee)
    if not unit or unit > size:
        return None
    alone = size < 2 * unit and not (unit == 1 and isinstance(pointee, IntType))
    return pointee if alone else ArrayType(pointee, size // unit)
