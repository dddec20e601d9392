"""Constants, signatures and the calling convention, against facts of the ABI."""

import math
import struct

import pytest

from freehold.codegen.abi import Passing, passing
from freehold.codegen.lltypes import signature_id, vararg_type
from freehold.codegen.values import float_text
from freehold.types import (
    F32,
    F64,
    F80,
    F128,
    I8,
    I32,
    I64,
    U32,
    VOID,
    Adt,
    AdtKind,
    ArrayType,
    Field,
    FunctionType,
    PointerType,
    Type,
    Variant,
)
from freehold.types.signature import signature_text


def struct_of(*types: Type) -> Adt:
    fields = tuple(Field(f"m{n}", ty) for n, ty in enumerate(types))
    return Adt(AdtKind.STRUCT, "s", (Variant("s", fields),), complete=True)


@pytest.mark.parametrize("number", [0.0, 1.0, -2.5, 0.1, 1e300, 5e-324, math.inf, -math.inf])
def test_doubles_keep_their_bits(number: float) -> None:
    bits = struct.unpack("<Q", struct.pack("<d", number))[0]
    assert float_text(number.hex(), F64) == f"0x{bits:016X}"


def test_floats_are_rounded_once() -> None:
    assert float_text("0x1.99999ap-4", F32) == "0x3FB99999A0000000"
    assert float_text("0x1p+200", F32) == "0x7FF0000000000000"


def test_long_doubles_have_their_leading_bit() -> None:
    assert float_text("0x1p+0", F80) == "0xK3FFF8000000000000000"
    assert float_text("-0x1.8p+1", F80) == "0xKC000C000000000000000"
    assert float_text("inf", F80) == "0xK7FFF8000000000000000"
    assert float_text("0x1p-16445", F80) == "0xK00000000000000000001"


def test_quad_has_its_low_word_first() -> None:
    assert float_text("0x1p+0", F128) == "0xL00000000000000003FFF000000000000"


def test_signatures_are_register_classes() -> None:
    compare = FunctionType((PointerType(I8), PointerType(I64)), I32)
    assert signature_text(compare) == "i(pp)"
    assert signature_text(FunctionType((U32, F64), VOID, variadic=True)) == "v(id...)"
    assert signature_id(compare) == signature_id(FunctionType((PointerType(VOID),) * 2, U32))
    assert signature_id(compare) != signature_id(FunctionType((I64, I64), I32))


def test_variadic_arguments_say_what_they_are() -> None:
    assert vararg_type(I32) == 1 | 32 << 8 | 1 << 16
    assert vararg_type(F64) == 2 | 64 << 8
    assert vararg_type(PointerType(I8)) == 3 | 64 << 8 | 2 << 24


def test_small_structures_travel_in_registers() -> None:
    assert passing(struct_of(I32, I32)) == Passing(("i64",))
    assert passing(struct_of(I64, F64)) == Passing(("i64", "double"))
    assert passing(struct_of(F32, F32, F32)) == Passing(("double", "float"))
    assert passing(struct_of(F32, I32)) == Passing(("i64",))
    assert passing(struct_of(ArrayType(I8, 3))) == Passing(("i24",))


def test_large_ones_and_long_doubles_travel_in_memory() -> None:
    assert passing(struct_of(I64, I64, I8)).memory
    assert passing(struct_of(F80)).memory
