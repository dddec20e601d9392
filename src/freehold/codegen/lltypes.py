"""How MIR's types look in LLVM IR, and how values are passed.

A scalar is one LLVM value (a pointer: and its handle); everything else lives in memory only.
"""

from collections.abc import Sequence
from typing import NewType

from freehold.types import (
    Adt,
    ArrayType,
    BoolType,
    CharType,
    ComplexType,
    FloatKind,
    FloatType,
    FunctionType,
    IntType,
    PointerType,
    TupleType,
    Type,
    VoidType,
    is_wide,
    size_of,
)
from freehold.types.signature import signature_text

IrType = NewType("IrType", str)

PTR = IrType("ptr")
I64 = IrType("i64")
I32 = IrType("i32")
I8 = IrType("i8")
I1 = IrType("i1")

_FLOATS = {
    FloatKind.F32: IrType("float"),
    FloatKind.F64: IrType("double"),
    FloatKind.F80: IrType("x86_fp80"),
    FloatKind.F128: IrType("fp128"),
}
# Bytes of a value that count as its own: x87's sixteen hold ten.
_VALUE_BYTES = {FloatKind.F80: 10}


def is_scalar(ty: Type) -> bool:
    """Whether a value of `ty` is one LLVM value."""
    return isinstance(ty, (IntType, BoolType, CharType, FloatType, PointerType))


def is_aggregate(ty: Type) -> bool:
    """Whether a value of `ty` lives in memory only."""
    return isinstance(ty, (Adt, ArrayType, ComplexType)) or (
        isinstance(ty, TupleType) and ty.elements != ()
    )


def ir_type(ty: Type) -> IrType:
    """Return the LLVM type of a scalar."""
    match ty:
        case IntType(bits):
            return IrType(f"i{bits}")
        case BoolType():
            return I8
        case CharType():
            return I32
        case FloatType(kind):
            return _FLOATS[kind]
        case PointerType():
            return PTR
        case _:
            raise TypeError(f"{ty} is no scalar")


def value_bytes(ty: Type) -> int:
    """Return how many bytes a load or store of scalar `ty` touches."""
    if isinstance(ty, FloatType):
        return _VALUE_BYTES.get(ty.kind, size_of(ty))
    return size_of(ty)


def parts_of(ty: Type) -> tuple[IrType, ...]:
    """Return the LLVM types of what a scalar travels as; none for other types.

    A pointer goes with its handle and, if it is wide, its metadata.
    """
    if isinstance(ty, PointerType):
        return (PTR, I64, I64) if is_wide(ty) else (PTR, I64)
    return (ir_type(ty),) if is_scalar(ty) else ()


def result_type(ty: FunctionType) -> str:
    """Return the LLVM result type in the internal convention; the status, if any, comes last."""
    parts: tuple[str, ...] = parts_of(ty.result)
    if ty.unwinds:
        parts = (*parts, I1)
    return struct_of(parts)


def struct_of(parts: Sequence[str]) -> str:
    """Return the LLVM type of several values: itself if there is one, void if there is none."""
    if len(parts) < 2:
        return parts[0] if parts else "void"
    return "{ " + ", ".join(parts) + " }"


def is_signed(ty: Type) -> bool:
    """Whether an integer type is signed."""
    return isinstance(ty, IntType) and ty.signed


# ------------------------------------------------------------------------------------ signatures


def signature_id(ty: FunctionType) -> int:
    """Return FNV-1a (64 bits) of the signature's text: what a function's descriptor holds."""
    value = 0xCBF29CE484222325
    for byte in signature_text(ty).encode():
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


# ------------------------------------------------------------------------------------- varargs


_FLOAT_BITS = {FloatKind.F32: 32, FloatKind.F64: 64, FloatKind.F80: 80, FloatKind.F128: 128}


def vararg_type(ty: Type) -> int:
    """Return fh.h's word for an argument past the `...`: class, bits, sign and pointee."""
    match ty:
        case IntType(bits, signed):
            return 1 | bits << 8 | int(signed) << 16
        case BoolType():
            return 1 | 8 << 8
        case FloatType(kind):
            return 2 | _FLOAT_BITS[kind] << 8
        case PointerType(pointee):
            return 3 | 64 << 8 | _pointee(pointee) << 24
        case ComplexType():
            return 5
        case _:
            return 4


def _pointee(ty: Type) -> int:
    match ty:
        case VoidType():
            return 1
        case IntType(bits):
            return {8: 2, 16: 3, 32: 4, 64: 5}.get(bits, 0)
        case FloatType(kind):
            return {FloatKind.F32: 6, FloatKind.F64: 7, FloatKind.F80: 8}.get(kind, 0)
        case PointerType():
            return 9
        case FunctionType():
            return 10
        case BoolType():
            return 2
        case _:
            return 0
