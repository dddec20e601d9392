"""Operands and rvalues: arithmetic that LLVM cannot turn into undefined behaviour."""

import struct
from fractions import Fraction
from typing import assert_never

from freehold.codegen.ends import give_up
from freehold.codegen.lltypes import ir_type, is_aggregate, is_scalar, is_signed
from freehold.codegen.memory import (
    checked_address,
    clear_shadow,
    copy_aggregate,
    load_spot,
    must_be_set,
    store_spot,
    zero_aggregate,
)
from freehold.codegen.padding import expose_padding
from freehold.codegen.places import is_trailing, locate, project_spot
from freehold.codegen.spot import Spot
from freehold.codegen.state import FunctionState, Lent, Value
from freehold.mir.body import (
    RETURN,
    AddressConst,
    Aggregate,
    Assign,
    Binary,
    BinOp,
    Cast,
    CastKind,
    ConstantIndex,
    Copy,
    Discriminant,
    FieldOf,
    FloatConst,
    IntConst,
    ItemConst,
    LabelConst,
    Len,
    Move,
    NamedConst,
    NullConst,
    Operand,
    ParamConst,
    Place,
    RawPointer,
    Ref,
    Repeat,
    Rvalue,
    StringConst,
    Unary,
    UninitConst,
    UnOp,
    Use,
    ZeroConst,
)
from freehold.source import Span
from freehold.types import (
    Adt,
    ArrayType,
    BoolType,
    FloatKind,
    FloatType,
    IntType,
    PointerType,
    Type,
    size_of,
)

FOREIGN = "48"


def read(f: FunctionState, operand: Operand) -> Value:
    """Return a scalar operand's value; an uninitialised one is reported."""
    if not isinstance(operand, (Copy, Move)):
        return constant(f, operand)
    place, statement = operand.place, f.span
    f.span = span_of(operand) or statement
    if _is_register(f, place):
        assert isinstance(place.base, int)
        value = must_be_set(f, f.read_register(place.base), place.base)
    else:
        value = load_spot(f, locate(f, place), carry=False)
    f.span = statement
    return value


def carry(f: FunctionState, operand: Operand) -> Value:
    """Return a scalar operand's value, initialised or not: it only travels."""
    if not isinstance(operand, (Copy, Move)):
        return constant(f, operand)
    place, statement = operand.place, f.span
    if _is_register(f, place):
        assert isinstance(place.base, int)
        return f.read_register(place.base)
    f.span = span_of(operand) or statement
    value = load_spot(f, locate(f, place), carry=True)
    f.span = statement
    return value


def span_of(operand: Operand) -> Span | None:
    """Return the expression that an operand reads, if it is known."""
    return operand.span if isinstance(operand, Copy) else None


def _is_register(f: FunctionState, place: Place) -> bool:
    return (
        isinstance(place.base, int) and not place.projections and f.plan.homes[place.base].register
    )


# ----------------------------------------------------------------------------------- constants


def constant(f: FunctionState, operand: Operand) -> Value:
    """Return the value of a scalar constant."""
    match operand:
        case IntConst(value, ty):
            if isinstance(ty, PointerType):
                return Value("null" if value == 0 else f"inttoptr (i64 {value} to ptr)")
            return Value(str(value))
        case FloatConst(text, ty):
            return Value(float_text(text, ty))
        case NullConst():
            return Value("null")
        case AddressConst(symbol, offset, _):
            address = f.module.address(symbol)
            if offset:
                address = f"getelementptr (i8, ptr {address}, i64 {offset})"
            return Value(address, "0" if f.module.trusted else f.module.handle(symbol))
        case LabelConst(block, _):
            name = f.module.code(f.body.name)
            return Value(f"blockaddress({name}, %b{block})", FOREIGN)
        case ZeroConst(ty):
            return Value(_zero(ty))
        case UninitConst(ty):
            return Value(_zero(ty), "0", None if f.module.trusted else "false")
        case Copy() | Move() | ItemConst() | StringConst() | NamedConst() | ParamConst():
            raise AssertionError(operand)
        case _:
            assert_never(operand)


def _zero(ty: Type) -> str:
    if isinstance(ty, PointerType):
        return "null"
    if isinstance(ty, FloatType):
        return float_text("0x0p+0", ty)
    return "0"


def float_text(text: str, ty: Type) -> str:
    """Return LLVM's hexadecimal spelling of a floating constant."""
    assert isinstance(ty, FloatType)
    match ty.kind:
        case FloatKind.F32 | FloatKind.F64:
            number = _as_double(text)
            if ty.kind is FloatKind.F32:
                number = struct.unpack("<f", _float_bytes(number))[0]
            return f"0x{struct.unpack('<Q', struct.pack('<d', number))[0]:016X}"
        case FloatKind.F80:
            sign, exponent, mantissa = _parts(text, 64, 16383)
            return f"0xK{sign << 15 | exponent:04X}{mantissa:016X}"
        case FloatKind.F128:
            sign, exponent, mantissa = _parts(text, 113, 16383)
            bits = sign << 127 | exponent << 112 | mantissa & (1 << 112) - 1
            return f"0xL{bits & (1 << 64) - 1:016X}{bits >> 64:016X}"
        case _:
            assert_never(ty.kind)


def _as_double(text: str) -> float:
    if "0x" in text:
        try:
            return float.fromhex(text)
        except OverflowError:
            return float("-inf" if text.startswith("-") else "inf")
    return float(text)


def _float_bytes(number: float) -> bytes:
    try:
        return struct.pack("<f", number)
    except OverflowError:
        return struct.pack("<f", float("inf") if number > 0 else float("-inf"))


def _parts(text: str, precision: int, bias: int) -> tuple[int, int, int]:
    """Return sign, biased exponent and mantissa (its leading bit included), rounded to even."""
    sign = int(text.startswith("-"))
    body = text.lstrip("+-")
    if body in {"inf", "nan"}:
        quiet = 3 << (precision - 2) if body == "nan" else 1 << (precision - 1)
        return sign, 2 * bias + 1, quiet
    if body.startswith("0x"):
        digits, _, power = body[2:].partition("p")
        whole, _, part = digits.partition(".")
        exact = Fraction(int((whole + part) or "0", 16)) * Fraction(2) ** (
            int(power or "0") - 4 * len(part)
        )
    else:
        exact = Fraction(body)
    if exact == 0:
        return sign, 0, 0
    exponent = exact.numerator.bit_length() - exact.denominator.bit_length()
    if exact < Fraction(2) ** exponent:
        exponent -= 1
    exponent = max(exponent, 1 - bias)
    mantissa = round(exact / Fraction(2) ** (exponent - precision + 1))
    if mantissa >> precision:
        mantissa, exponent = mantissa >> 1, exponent + 1
    if exponent > bias:
        return sign, 2 * bias + 1, 1 << (precision - 1)
    if not mantissa >> (precision - 1):
        return sign, 0, mantissa
    return sign, exponent + bias, mantissa


# --------------------------------------------------------------------------------- assignment


def assign(f: FunctionState, statement: Assign) -> None:
    """Write one assignment."""
    place, rvalue = statement.place, statement.rvalue
    ty = f.typer.place(place)
    if is_scalar(ty):
        value = _returned(f, rvalue) if place == _RESULT else evaluate(f, rvalue)
        if _is_register(f, place):
            assert isinstance(place.base, int)
            f.write_register(place.base, value)
            if isinstance(rvalue, RawPointer):
                _lend(f, place.base, rvalue.place)
            elif isinstance(rvalue, Cast):
                _lend_on(f, place.base, rvalue.operand)
        else:
            store_spot(f, locate(f, place), value)
    elif is_aggregate(ty):
        _assign_aggregate(f, locate(f, place), rvalue)


def _lend(f: FunctionState, local: int, place: Place) -> None:
    """Remember that `local` is the start of an array member: libc is held to its bounds."""
    steps = place.projections
    if len(steps) < 2 or steps[-1] != ConstantIndex(0) or not isinstance(steps[-2], FieldOf):
        return
    array = f.typer.place(Place(place.base, steps[:-1]))
    owner = f.typer.place(Place(place.base, steps[:-2]))
    if (
        not isinstance(owner, Adt)
        or not isinstance(array, ArrayType)
        or is_trailing(owner, steps[-2].index)
    ):
        return
    f.lent[local] = Lent(size_of(array), owner.fields[steps[-2].index].name)


def _lend_on(f: FunctionState, local: int, operand: Operand) -> None:
    """Remember that a member's start, as a pointer of another type, is a member's start."""
    if isinstance(operand, (Copy, Move)) and _is_register(f, operand.place):
        lent = f.lent.get(operand.place.base) if isinstance(operand.place.base, int) else None
        if lent is not None:
            f.lent[local] = lent


_RESULT = Place(RETURN)


def _returned(f: FunctionState, rvalue: Rvalue) -> Value:
    """Return a result: it is read here; falling off the end leaves it unset without a report."""
    value = evaluate(f, rvalue)
    unset = isinstance(rvalue, Use) and isinstance(rvalue.operand, UninitConst)
    return Value(value.ir, value.handle) if unset else must_be_set(f, value)


def _assign_aggregate(f: FunctionState, to: Spot, rvalue: Rvalue) -> None:
    match rvalue:
        case Use(Copy(place) | Move(place)):
            copy_aggregate(f, to, locate(f, place))
        case Use(ZeroConst()):
            zero_aggregate(f, to)
        case Use(UninitConst()):
            address = checked_address(f, to, size_of(to.type), write=True)
            clear_shadow(f, address, size_of(to.type))
        case Aggregate(_, operands):
            for index, operand in enumerate(operands):
                _assign_part(f, to, index, operand)
        case Repeat(operand, int(length)):
            for index in range(length):
                _assign_part(f, to, index, operand)
        case _:
            raise AssertionError(rvalue)


def _assign_part(f: FunctionState, to: Spot, index: int, operand: Operand) -> None:
    step = ConstantIndex(index) if isinstance(to.type, ArrayType) else FieldOf(index)
    part = project_spot(f, to, step, whole=False)
    if is_scalar(part.type):
        store_spot(f, part, carry(f, operand))
    else:
        _assign_aggregate(f, part, Use(operand))


def evaluate(f: FunctionState, rvalue: Rvalue) -> Value:
    """Return the value of a scalar rvalue."""
    match rvalue:
        case Use(operand):
            return carry(f, operand)
        case RawPointer(place) | Ref(_, place):
            spot = locate(f, place)
            expose_padding(f, spot)
            return Value(spot.address, spot.handle)
        case Binary():
            return binary(f, rvalue)
        case Unary(op, operand):
            return _unary(f, op, operand)
        case Cast(kind, operand, ty):
            return _cast(f, kind, operand, ty)
        case Len() | Discriminant() | Aggregate() | Repeat():
            raise NotImplementedError(f"{rvalue}")
        case _:
            assert_never(rvalue)


# ---------------------------------------------------------------------------------- arithmetic

_PLAIN = {
    BinOp.ADD: "add", BinOp.SUB: "sub", BinOp.MUL: "mul",
    BinOp.AND: "and", BinOp.OR: "or", BinOp.XOR: "xor",
}  # fmt: skip
_FLOATING = {
    BinOp.ADD: "fadd", BinOp.SUB: "fsub", BinOp.MUL: "fmul", BinOp.DIV: "fdiv", BinOp.REM: "frem",
}  # fmt: skip
_COMPARE = {BinOp.EQ: "eq", BinOp.NE: "ne", BinOp.LT: "lt", BinOp.LE: "le", BinOp.GT: "gt",
            BinOp.GE: "ge"}  # fmt: skip


def binary(f: FunctionState, rvalue: Binary) -> Value:
    """Return `left op right`."""
    op = rvalue.op
    left = read(f, rvalue.left)
    right = read(f, rvalue.right)
    ty = f.typer.operand(rvalue.left)
    if op is BinOp.OFFSET:
        return _offset(f, ty, left, right, rvalue.right)
    if op is BinOp.PTR_DIFF:
        return _difference(f, ty, left, right)
    if op in _COMPARE:
        return _compare(f, op, ty, left, right)
    kind = ir_type(ty)
    if isinstance(ty, FloatType):
        return Value(f.let(f"{_FLOATING[op]} {kind} {left.ir}, {right.ir}"))
    if op in _PLAIN:
        return Value(f.let(f"{_PLAIN[op]} {kind} {left.ir}, {right.ir}"))
    if op in {BinOp.SHL, BinOp.SHR}:
        return _shift(f, op, ty, left, right, f.typer.operand(rvalue.right))
    return _divide(f, op, ty, left, right)


def _offset(f: FunctionState, ty: Type, pointer: Value, index: Value, operand: Operand) -> Value:
    assert isinstance(ty, PointerType)
    size = size_of(ty.pointee)
    count = index.ir
    index_type = f.typer.operand(operand)
    if isinstance(index_type, IntType) and index_type.bits < 64:
        word = "sext" if index_type.signed else "zext"
        count = f.let(f"{word} i{index_type.bits} {count} to i64")
    scaled = count if size == 1 else f.let(f"mul i64 {count}, {size}")
    return Value(f.let(f"getelementptr i8, ptr {pointer.ir}, i64 {scaled}"), pointer.handle)


def _difference(f: FunctionState, ty: Type, left: Value, right: Value) -> Value:
    assert isinstance(ty, PointerType)
    a = f.let(f"ptrtoint ptr {left.ir} to i64")
    b = f.let(f"ptrtoint ptr {right.ir} to i64")
    bytes_ = f.let(f"sub i64 {a}, {b}")
    size = size_of(ty.pointee)
    return Value(bytes_ if size <= 1 else f.let(f"sdiv i64 {bytes_}, {size}"))


def _compare(f: FunctionState, op: BinOp, ty: Type, left: Value, right: Value) -> Value:
    word = _COMPARE[op]
    kind = ir_type(ty)
    if isinstance(ty, FloatType):
        prefix = "u" if op is BinOp.NE else "o"
        bit = f.let(f"fcmp {prefix}{word} {kind} {left.ir}, {right.ir}")
    else:
        if op not in {BinOp.EQ, BinOp.NE}:
            word = ("s" if is_signed(ty) else "u") + word
        bit = f.let(f"icmp {word} {kind} {left.ir}, {right.ir}")
    return Value(f.let(f"zext i1 {bit} to i8"))


def _shift(
    f: FunctionState, op: BinOp, ty: Type, left: Value, right: Value, count_type: Type
) -> Value:
    # The machine takes the count modulo the width; LLVM would make it poison.
    assert isinstance(ty, IntType)
    count = right.ir
    bits = count_type.bits if isinstance(count_type, IntType) else 8
    if bits > ty.bits:
        count = f.let(f"trunc i{bits} {count} to i{ty.bits}")
    elif bits < ty.bits:
        count = f.let(f"zext i{bits} {count} to i{ty.bits}")
    masked = f.let(f"and i{ty.bits} {count}, {ty.bits - 1}")
    word = "shl" if op is BinOp.SHL else "ashr" if ty.signed else "lshr"
    return Value(f.let(f"{word} i{ty.bits} {left.ir}, {masked}"))


def _divide(f: FunctionState, op: BinOp, ty: Type, left: Value, right: Value) -> Value:
    kind = ir_type(ty)
    assert isinstance(ty, IntType)
    known = right.ir.lstrip("-").isdigit() and right.ir not in {"0", "-1"}
    if not f.module.trusted and not known:
        zero = f.let(f"icmp eq {kind} {right.ir}, 0")
        _arithmetic_fault(f, zero, 0 if op is BinOp.DIV else 1, ty, left, right)
        if ty.signed:
            least = -(1 << (ty.bits - 1))
            lowest = f.let(f"icmp eq {kind} {left.ir}, {least}")
            minus = f.let(f"icmp eq {kind} {right.ir}, -1")
            _arithmetic_fault(f, f.let(f"and i1 {lowest}, {minus}"), 2, ty, left, right)
    word = ("s" if ty.signed else "u") + ("div" if op is BinOp.DIV else "rem")
    return Value(f.let(f"{word} {kind} {left.ir}, {right.ir}"))


def _arithmetic_fault(
    f: FunctionState, bad: str, what: int, ty: IntType, left: Value, right: Value
) -> None:
    fault, good = f.label("arithmetic"), f.label("divide")
    f.branch(f.let(f"xor i1 {bad}, true"), good, fault, likely=True)
    f.start(fault)
    site = f.site()
    numbers = [_to_i64(f, side.ir, ty) for side in (left, right)]
    arguments = f"i32 {what}, i64 {numbers[0]}, i64 {numbers[1]}, i32 {site}"
    f.call("void", "fh_fault_arithmetic", arguments, site=site, tail=" cold nounwind")
    give_up(f)
    f.start(good)


def _to_i64(f: FunctionState, value: str, ty: IntType) -> str:
    if ty.bits == 64:
        return value
    if ty.bits > 64:
        return f.let(f"trunc i{ty.bits} {value} to i64")
    return f.let(f"{'sext' if ty.signed else 'zext'} i{ty.bits} {value} to i64")


def _unary(f: FunctionState, op: UnOp, operand: Operand) -> Value:
    value = read(f, operand)
    ty = f.typer.operand(operand)
    kind = ir_type(ty)
    if op is UnOp.NEG:
        if isinstance(ty, FloatType):
            return Value(f.let(f"fneg {kind} {value.ir}"))
        return Value(f.let(f"sub {kind} 0, {value.ir}"))
    ones = "1" if isinstance(ty, BoolType) else "-1"
    return Value(f.let(f"xor {kind} {value.ir}, {ones}"))


# --------------------------------------------------------------------------------------- casts


def _cast(f: FunctionState, kind: CastKind, operand: Operand, ty: Type) -> Value:
    source = f.typer.operand(operand)
    if kind is CastKind.POINTER:
        return carry(f, operand)
    if kind is CastKind.INT:
        value = carry(f, operand)
        return Value(_int_to_int(f, value.ir, source, ty), "0", value.init)
    value = read(f, operand)
    if kind is CastKind.WITH_EXPOSED:
        return _from_integer(f, value, source)
    return Value(_converted(f, kind, value.ir, source, ty))


def _int_to_int(f: FunctionState, value: str, source: Type, ty: Type) -> str:
    old, new = int(ir_type(source)[1:]), int(ir_type(ty)[1:])
    if old == new:
        return value
    if old > new:
        return f.let(f"trunc i{old} {value} to i{new}")
    return f.let(f"{'sext' if is_signed(source) else 'zext'} i{old} {value} to i{new}")


def _from_integer(f: FunctionState, value: Value, source: Type) -> Value:
    assert isinstance(source, (IntType, BoolType))
    wide = _int_to_int(f, value.ir, source, IntType(64, signed=True))
    pointer = f.let(f"inttoptr i64 {wide} to ptr")
    if f.module.trusted or wide.lstrip("-").isdigit():
        return Value(pointer)
    return Value(pointer, f.call("i64", "fh_resolve", f"ptr {pointer}", tail=" nounwind"))


def reinterpret(f: FunctionState, value: Value, source: Type, wanted: Type) -> Value | None:
    """Return what a callee finds of `source` where it looks for `wanted`; None: undefined.

    For calls by another type than the function's own: both travel in an integer register, whose
    upper half is zero after a narrower value.
    """
    whole = IntType(64, signed=False)
    if isinstance(source, PointerType) and isinstance(wanted, PointerType):
        return value
    if isinstance(source, PointerType):
        value, source = Value(f.let(f"ptrtoint ptr {value.ir} to i64"), init=value.init), whole
    if not isinstance(source, (IntType, BoolType)):
        return value if is_scalar(wanted) and ir_type(source) == ir_type(wanted) else None
    number = IntType(int(ir_type(source)[1:]), signed=False)
    if isinstance(wanted, PointerType):
        return _from_integer(f, value, number)
    if not isinstance(wanted, (IntType, BoolType)):
        return None
    return Value(_int_to_int(f, value.ir, number, wanted), init=value.init)


def _converted(f: FunctionState, kind: CastKind, value: str, source: Type, ty: Type) -> str:
    old, new = ir_type(source), ir_type(ty)
    match kind:
        case CastKind.BOOL:
            bit = _nonzero(f, value, source)
            return f.let(f"zext i1 {bit} to i8")
        case CastKind.INT_TO_FLOAT:
            word = "sitofp" if is_signed(source) else "uitofp"
            return f.let(f"{word} {old} {value} to {new}")
        case CastKind.FLOAT_TO_INT:
            # Out of range is poison in LLVM; frozen, it is what the machine gives.
            word = "fptosi" if is_signed(ty) else "fptoui"
            return f.let(f"freeze {new} {f.let(f'{word} {old} {value} to {new}')}")
        case CastKind.FLOAT:
            if old == new:
                return value
            order = ["float", "double", "x86_fp80", "fp128"]
            word = "fpext" if order.index(old) < order.index(new) else "fptrunc"
            return f.let(f"{word} {old} {value} to {new}")
        case CastKind.EXPOSE:
            number = f.let(f"ptrtoint ptr {value} to i64")
            return _int_to_int(f, number, IntType(64, signed=False), ty)
        case _:
            raise NotImplementedError(kind)


def _nonzero(f: FunctionState, value: str, ty: Type) -> str:
    kind = ir_type(ty)
    if isinstance(ty, FloatType):
        return f.let(f"fcmp une {kind} {value}, {float_text('0x0p+0', ty)}")
    return f.let(f"icmp ne {kind} {value}, {'null' if isinstance(ty, PointerType) else '0'}")
