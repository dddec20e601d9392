"""Typed values in bytes: C's scalars and structs, little-endian, as on x86-64."""

import struct
from collections.abc import Iterator

from freehold.types.layout import field_offset, size_of
from freehold.types.model import (
    VOID,
    Adt,
    AdtKind,
    ArrayType,
    BoolType,
    Field,
    FloatKind,
    FloatType,
    IntType,
    PointerType,
    Type,
    Variant,
)

PTR = PointerType(VOID)
_FLOATS = {FloatKind.F32: "<f", FloatKind.F64: "<d"}


def record(name: str, /, **members: Type) -> Adt:
    """Return a struct type, laid out as C does: `record("node", value=I32, next=PTR)`."""
    fields = tuple(Field(member, ty) for member, ty in members.items())
    return Adt(AdtKind.STRUCT, name, (Variant(name, fields),), complete=True)


def member(ty: Type, name: str) -> tuple[int, Type]:
    """Return offset and type of a member; raises TypeError and KeyError."""
    if not isinstance(ty, Adt):
        raise TypeError(f"{name!r} is asked of what is no struct")
    for index, one in enumerate(ty.fields):
        if one.name == name:
            return field_offset(ty, index), one.type
    raise KeyError(name)


def name_of(ty: Type) -> str:
    """Return a type's name, in Rust's words."""
    match ty:
        case IntType(bits, signed):
            return f"{'i' if signed else 'u'}{bits}"
        case FloatType(kind):
            return kind.value
        case BoolType():
            return "bool"
        case PointerType():
            return "pointer"
        case Adt():
            return ty.name
        case ArrayType(element, length):
            return f"[{name_of(element)}; {length}]"
        case _:
            return type(ty).__name__


def encode(ty: Type, value: object) -> bytes:
    """Return the bytes of a scalar; integers wrap. Raises TypeError for what the type has not."""
    size = size_of(ty)
    match ty:
        case IntType() | BoolType() if isinstance(value, int):
            number = int(bool(value)) if isinstance(ty, BoolType) else value
            return (number & (1 << 8 * size) - 1).to_bytes(size, "little")
        case FloatType(kind) if kind in _FLOATS and isinstance(value, (int, float)):
            try:
                return struct.pack(_FLOATS[kind], value)
            except OverflowError:
                return struct.pack(_FLOATS[kind], float("inf") if value > 0 else float("-inf"))
        case _:
            raise TypeError(f"{value!r} is no {name_of(ty)}")


def decode(ty: Type, data: bytes) -> int | float | bool:
    """Return the value of a scalar; raises TypeError for a type that is none."""
    match ty:
        case IntType(_, signed):
            return int.from_bytes(data, "little", signed=signed)
        case BoolType():
            return bool(data[0])
        case FloatType(kind) if kind in _FLOATS:
            number: float = struct.unpack(_FLOATS[kind], data)[0]
            return number
        case _:
            raise TypeError(f"{name_of(ty)} cannot be read as one value")


def parts(ty: Type, start: int = 0) -> Iterator[tuple[int, Type]]:
    """Yield offset and type of each scalar in `ty`."""
    match ty:
        case Adt():
            for index, one in enumerate(ty.fields):
                yield from parts(one.type, start + field_offset(ty, index))
        case ArrayType(element, length):
            for index in range(length or 0):
                yield from parts(element, start + index * size_of(element))
        case _:
            yield start, ty
