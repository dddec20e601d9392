"""Operations on the scalars of constants."""

import math
from collections.abc import Callable

from freehold.mir.values import BinOp, CastKind
from freehold.rust.mono.interpret.memory import (
    EvaluationError,
    Pointer,
    Value,
    Wide,
    decode,
    encode,
    wrap,
)
from freehold.types import FloatKind, FloatType, IntType, PointerType, Type, size_of

_COMPARE: dict[BinOp, Callable[[object, object], bool]] = {
    BinOp.EQ: lambda a, b: a == b,
    BinOp.NE: lambda a, b: a != b,
    BinOp.LT: lambda a, b: a < b,  # type: ignore[operator]
    BinOp.LE: lambda a, b: a <= b,  # type: ignore[operator]
    BinOp.GT: lambda a, b: a > b,  # type: ignore[operator]
    BinOp.GE: lambda a, b: a >= b,  # type: ignore[operator]
}
_EXACT: dict[BinOp, Callable[[int, int], int]] = {
    BinOp.ADD: lambda a, b: a + b,
    BinOp.SUB: lambda a, b: a - b,
    BinOp.MUL: lambda a, b: a * b,
    BinOp.AND: lambda a, b: a & b,
    BinOp.OR: lambda a, b: a | b,
    BinOp.XOR: lambda a, b: a ^ b,
}


def exact(op: BinOp, left: Value, right: Value, ty: Type) -> int | float:
    """Return the result of an operation on numbers, before it is wrapped."""
    if isinstance(ty, FloatType):
        assert isinstance(left, int | float)
        assert isinstance(right, int | float)
        return _floating(op, float(left), float(right), ty)
    if not isinstance(left, int) or not isinstance(right, int):
        raise EvaluationError("arithmetic on a pointer", unsupported=True)
    if op in _EXACT:
        return _EXACT[op](left, right)
    bits = size_of(ty) * 8
    match op:
        case BinOp.SHL:
            return left << (right % bits)
        case BinOp.SHR:
            return left >> (right % bits)
        case BinOp.DIV | BinOp.REM:
            return _divide(op, left, right)
        case _:
            raise AssertionError(op)


def _divide(op: BinOp, left: int, right: int) -> int:
    if right == 0:
        raise EvaluationError("division by zero")
    quotient = abs(left) // abs(right)
    quotient = -quotient if (left < 0) != (right < 0) else quotient
    return quotient if op is BinOp.DIV else left - quotient * right


def _floating(op: BinOp, left: float, right: float, ty: FloatType) -> float:
    match op:
        case BinOp.ADD:
            made = left + right
        case BinOp.SUB:
            made = left - right
        case BinOp.MUL:
            made = left * right
        case BinOp.DIV:
            made = _quotient(left, right)
        case BinOp.REM:
            made = math.fmod(left, right) if right and not math.isinf(left) else math.nan
        case _:
            raise AssertionError(op)
    return _rounded(made, ty)


def _rounded(value: float, ty: FloatType) -> float:
    if ty.kind is not FloatKind.F32:
        return value
    try:
        return float(decode(encode(value, ty), ty))
    except OverflowError:
        return math.copysign(math.inf, value)


def _quotient(left: float, right: float) -> float:
    if right != 0 or math.isnan(right):
        return left / right
    if left == 0 or math.isnan(left):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1, right)


def compare(op: BinOp, left: Value, right: Value) -> int:
    """Return whether a comparison holds."""
    if isinstance(left, Pointer) and isinstance(right, Pointer):
        return _compare_pointers(op, left, right)
    if isinstance(left, Wide) and isinstance(right, Wide):
        same = _compare_pointers(BinOp.EQ, left.pointer, right.pointer)
        same = int(bool(same) and left.meta == right.meta)
        return same if op is BinOp.EQ else 1 - same
    return int(_COMPARE[op](left, right))


def _compare_pointers(op: BinOp, left: Pointer, right: Pointer) -> int:
    if left.allocation is right.allocation:
        return int(_COMPARE[op](left.offset, right.offset))
    if op in {BinOp.EQ, BinOp.NE}:
        return int(op is BinOp.NE)  # two objects: 0 and dangling addresses among them
    raise EvaluationError("the order of two objects", unsupported=True)


def convert(  # noqa: PLR0911 (a case a line)
    kind: CastKind, value: Value, source: Type, ty: Type
) -> Value:
    """Return `value`, of type `source`, converted to `ty`."""
    match kind:
        case CastKind.INT | CastKind.BOOL:
            assert isinstance(value, int)
            return wrap(value, ty)
        case CastKind.INT_TO_FLOAT:
            assert isinstance(value, int)
            assert isinstance(ty, FloatType)
            return _rounded(float(value), ty)
        case CastKind.FLOAT:
            assert isinstance(ty, FloatType)
            assert isinstance(value, int | float)
            return _rounded(float(value), ty)
        case CastKind.SATURATE | CastKind.FLOAT_TO_INT:
            assert isinstance(value, int | float)
            return _saturated(float(value), ty)
        case CastKind.POINTER:
            thin = isinstance(value, Wide) and size_of(ty) == 8
            return value.pointer if thin and isinstance(value, Wide) else value
        case CastKind.EXPOSE:
            if isinstance(value, Pointer) and value.allocation is None:
                return value.offset
            return value  # an address: as long as nobody computes with it
        case CastKind.WITH_EXPOSED:
            return Pointer(None, value) if isinstance(value, int) else value
        case CastKind.TRANSMUTE:
            return _transmuted(value, source, ty)
        case _:
            raise AssertionError(kind)


def _saturated(value: float, ty: Type) -> int:
    assert isinstance(ty, IntType)
    low = -(1 << (ty.bits - 1)) if ty.signed else 0
    high = (1 << (ty.bits - ty.signed)) - 1
    if math.isnan(value):
        return 0
    if math.isinf(value):
        return high if value > 0 else low
    return max(low, min(high, int(value)))


def _transmuted(value: Value, source: Type, ty: Type) -> Value:
    if isinstance(value, int | float):
        number = encode(value, source)
        if isinstance(ty, PointerType):
            return Pointer(None, int.from_bytes(number, "little"))
        return decode(number, ty)
    if isinstance(value, Pointer) and not isinstance(ty, PointerType):
        return value.offset if value.allocation is None else value
    return value
