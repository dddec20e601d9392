"""MIR's intrinsics, as the machine of constants does them."""

from typing import TYPE_CHECKING

from freehold.mir.statements import Call, Intrinsic
from freehold.rust.mono.interpret.memory import (
    EvaluationError,
    Pointer,
    check,
    copy,
    load,
    load_word,
    store,
    store_bytes,
    wrap,
)
from freehold.types import IntType, PointerType, Type, size_of

if TYPE_CHECKING:
    from freehold.rust.mono.interpret.machine import Frame, Located, Machine


def built_in(machine: "Machine", frame: "Frame", call: Call, result: "Located | None") -> None:
    """Do what an intrinsic does."""
    which = call.callee
    assert isinstance(which, Intrinsic)
    if which in {Intrinsic.COPY, Intrinsic.COPY_APART}:
        to, source, size = call.arguments[:3]
        length = machine.number(frame, size)
        if length:
            copy(_pointer(machine, frame, to), _pointer(machine, frame, source), length)
        return
    if which in {Intrinsic.IN_BOUNDS, Intrinsic.INITIALISED}:
        return  # whoever goes there, or computes with it, is asked
    if which is Intrinsic.FILL:
        _fill(machine, frame, call)
        return
    if which is Intrinsic.VTABLE_WORD:
        assert result is not None
        table = machine.value(frame, call.arguments[0])
        assert isinstance(table, Pointer)
        assert table.allocation is not None
        word = load_word(table.allocation, 8 * machine.number(frame, call.arguments[1]))
        store(result.at, result.type, word)
        return
    if which is Intrinsic.ATOMIC_LOAD:
        assert result is not None
        ty = machine.type_of(frame, call.arguments[0])
        assert isinstance(ty, PointerType)
        at = _pointer(machine, frame, call.arguments[0])
        store(result.at, result.type, load(at, ty.pointee))
        return
    if which not in _NUMBERS:
        raise EvaluationError("this operation is not for constants", unsupported=True)
    assert result is not None
    numbers = [machine.number(frame, one) for one in call.arguments]
    ty = machine.type_of(frame, call.arguments[0])
    assert isinstance(ty, IntType)
    store(result.at, result.type, _number(which, numbers, ty, result.type))


def _pointer(machine: "Machine", frame: "Frame", operand: object) -> Pointer:
    value = machine.value(frame, operand)  # type: ignore[arg-type]
    assert isinstance(value, Pointer)
    return value


def _fill(machine: "Machine", frame: "Frame", call: Call) -> None:
    to = _pointer(machine, frame, call.arguments[0])
    byte, size = (machine.number(frame, one) for one in call.arguments[1:3])
    if size:
        store_bytes(check(to.allocation, to.offset, size), to.offset, bytes([byte & 255]) * size)


_NUMBERS = frozenset(
    (
        Intrinsic.CLZ,
        Intrinsic.CTZ,
        Intrinsic.POPCOUNT,
        Intrinsic.BSWAP,
        Intrinsic.BITREVERSE,
        Intrinsic.ROTATE_LEFT,
        Intrinsic.ROTATE_RIGHT,
        Intrinsic.SATURATING_ADD,
        Intrinsic.SATURATING_SUB,
    )
)


def _number(which: Intrinsic, given: list[int], ty: IntType, result: Type) -> int:
    bits = ty.bits
    mask = (1 << bits) - 1
    value = given[0] & mask
    match which:
        case Intrinsic.CLZ:
            made = bits - value.bit_length()
        case Intrinsic.CTZ:
            made = (value & -value).bit_length() - 1 if value else bits
        case Intrinsic.POPCOUNT:
            made = value.bit_count()
        case Intrinsic.BSWAP:
            made = int.from_bytes(value.to_bytes(size_of(ty), "little"), "big")
        case Intrinsic.BITREVERSE:
            made = int(f"{value:0{bits}b}"[::-1], 2)
        case Intrinsic.ROTATE_LEFT | Intrinsic.ROTATE_RIGHT:
            by = given[1] % bits
            by = by if which is Intrinsic.ROTATE_LEFT else (bits - by) % bits
            made = value << by | value >> (bits - by)
        case _:
            made = _saturated(which, given, ty)
    return wrap(made, result)


def _saturated(which: Intrinsic, given: list[int], ty: IntType) -> int:
    left, right = given
    low = -(1 << (ty.bits - 1)) if ty.signed else 0
    high = (1 << (ty.bits - ty.signed)) - 1
    whole = left + right if which is Intrinsic.SATURATING_ADD else left - right
    return max(low, min(high, whole))
