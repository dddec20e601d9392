"""Operands and rvalues: arithmetic that LLVM cannot turn into undefined behaviour."""

import struct
from dataclasses import replace
from fractions import Fraction
from typing import assert_never

from freehold.codegen.ahead import pass_on
from freehold.codegen.bounds import checked_address, must_be_set, reference
from freehold.codegen.ends import give_up
from freehold.codegen.enums import discriminant, is_enum, set_discriminant
from freehold.codegen.gaps import unpad
from freehold.codegen.lltypes import ir_type, is_aggregate, is_scalar, is_signed
from freehold.codegen.memory import (
    copy_aggregate,
    load_spot,
    store_spot,
    zero_aggregate,
)
from freehold.codegen.padding import expose_padding
from freehold.codegen.places import is_trailing, locate, project_spot
from freehold.codegen.shadow import clear_shadow
from freehold.codegen.spot import Spot
from freehold.codegen.state import FunctionState, Lent, Value
from freehold.mir.statements import Assign
from freehold.mir.values import (
    RETURN,
    AddressConst,
    Aggregate,
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
    Overflow,
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
    AdtKind,
    ArrayType,
    BoolType,
    FloatKind,
    FloatType,
    IntType,
    PointerType,
    Type,
    is_wide,
    size_of,
)

FOREIGN = "64"


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
        value = _load(f, place, carry=False)
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
    value = _load(f, place, carry=True)
    f.span = statement
    return value


def _load(f: FunctionState, place: Place, *, carry: bool) -> Value:
    slots = f.copies.kept_at(place)
    if slots is None:
        return load_spot(f, locate(f, place), carry=carry)
    kind = ir_type(f.typer.place(place))
    value, handle = f.let(f"load {kind}, ptr {slots[0]}"), f.let(f"load i64, ptr {slots[1]}")
    return Value(value, handle)


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
        case NullConst(ty):
            return Value("null", meta=_no_meta(ty))
        case AddressConst(symbol, offset, _):
            address = f.module.address(symbol)
            if offset:
                address = f"getelementptr (i8, ptr {address}, i64 {offset})"
            return Value(address, "0" if f.module.unchecked else f.module.handle(symbol))
        case LabelConst(block, _):
            name = f.module.code(f.body.name)
            return Value(f"blockaddress({name}, %b{block})", FOREIGN)
        case ZeroConst(ty):
            return Value(_zero(ty), meta=_no_meta(ty))
        case UninitConst(ty):
            unset = None if f.module.unchecked else "false"
            return Value(_zero(ty), "0", unset, _no_meta(ty))
        case Copy() | Move() | ItemConst() | StringConst() | NamedConst() | ParamConst():
            raise AssertionError(operand)
        case _:
            assert_never(operand)


def _no_meta(ty: Type) -> str:
    return "0" if is_wide(ty) else ""


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
            pass_on(f, place.base, rvalue)
            if isinstance(rvalue, RawPointer):
                _lend(f, place.base, rvalue.place)
            elif isinstance(rvalue, Cast):
                _lend_on(f, place.base, rvalue.operand)
        else:
            store_spot(f, locate(f, place), value)
    elif is_aggregate(ty) and not _assign_checked(f, place, rvalue):
        to = locate(f, place)
        _assign_aggregate(f, to, rvalue)
        if isinstance(rvalue, Aggregate) and place.projections:
            unpad(f, to)  # it may be in a union, or where a pointer leads


def _assign_checked(f: FunctionState, place: Place, rvalue: Rvalue) -> bool:
    """Assign the result of an operation that says whether it overflowed, if `rvalue` is one."""
    if not isinstance(rvalue, (Binary, Unary)):
        return False
    result, over = checked(f, rvalue)
    spot = locate(f, place)
    for index, part in enumerate((result, over)):
        store_spot(f, project_spot(f, spot, FieldOf(index), whole=False), part)
    return True


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
    return replace(value, init=None) if unset else must_be_set(f, value)


def _assign_aggregate(f: FunctionState, to: Spot, rvalue: Rvalue) -> None:
    match rvalue:
        case Use(Copy(place) | Move(place)):
            copy_aggregate(f, to, locate(f, place))
        case Use(ZeroConst()):
            zero_aggregate(f, to)
        case Use(UninitConst()):
            address = checked_address(f, to, size_of(to.type), write=True)
            clear_shadow(f, address, size_of(to.type), to.handle)
        case Aggregate(_, operands, variant):
            _assign_whole(f, to, operands, variant)
        case Repeat(operand, int(length)):
            _assign_repeated(f, to, operand, length)
        case Cast(CastKind.TRANSMUTE, operand):
            _assign_transmuted(f, to, operand)
        case _:
            raise AssertionError(rvalue)


def _assign_whole(f: FunctionState, to: Spot, operands: tuple[Operand, ...], variant: int) -> None:
    ty = to.type
    if isinstance(ty, Adt) and ty.kind is AdtKind.UNION and ty.rust_layout:
        if size_of(ty.fields[variant].type) < size_of(ty):
            address = checked_address(f, to, size_of(ty), write=True)
            clear_shadow(f, address, size_of(ty), to.handle)
        _assign_part(f, to, variant, operands[0])
        return
    here = replace(to, variant=variant) if is_enum(ty) else to
    for index, operand in enumerate(operands):
        _assign_part(f, here, index, operand)
    if is_enum(ty):
        set_discriminant(f, to, variant)


# Longer arrays are filled by a loop.
_UNROLLED = 16


def _assign_repeated(f: FunctionState, to: Spot, operand: Operand, length: int) -> None:
    if length <= _UNROLLED or not f.rust:
        for index in range(length):
            _assign_part(f, to, index, operand)
        return
    assert isinstance(to.type, ArrayType)
    checked_address(f, to, size_of(to.type), write=True)
    size = size_of(to.type.element)
    value = carry(f, operand) if is_scalar(to.type.element) else None
    counter = f.slot("i64")
    f.line(f"store i64 0, ptr {counter}")
    head, body, done = f.label("repeat"), f.label("element"), f.label("repeated")
    f.jump(head)
    f.start(head)
    index_ = f.let(f"load i64, ptr {counter}")
    f.branch(f.let(f"icmp ult i64 {index_}, {length}"), body, done)
    f.start(body)
    address = f.step(to.address, f.let(f"mul i64 {index_}, {size}"))
    part = replace(to, address=address, type=to.type.element, index_ok="true", offset=None)
    part = replace(part, known=0)  # all of the array has been checked
    if value is not None:
        store_spot(f, part, value)
    else:
        _assign_aggregate(f, part, Use(operand))
    f.line(f"store i64 {f.let(f'add i64 {index_}, 1')}, ptr {counter}")
    f.jump(head)
    f.start(done)


def _assign_part(f: FunctionState, to: Spot, index: int, operand: Operand) -> None:
    step = ConstantIndex(index) if isinstance(to.type, ArrayType) else FieldOf(index)
    part = project_spot(f, to, step, whole=False)
    if is_scalar(part.type):
        store_spot(f, part, carry(f, operand))
    elif is_aggregate(part.type):
        _assign_aggregate(f, part, Use(operand))


def evaluate(f: FunctionState, rvalue: Rvalue) -> Value:  # noqa: PLR0911 (a case a line)
    """Return the value of a scalar rvalue."""
    match rvalue:
        case Use(operand):
            return carry(f, operand)
        case RawPointer(place):
            spot = locate(f, place)
            expose_padding(f, spot)
            return Value(spot.address, spot.handle, meta=spot.meta)
        case Ref(_, place):
            return reference(f, locate(f, place))
        case Binary():
            return binary(f, rvalue)
        case Unary(UnOp.METADATA, operand):
            return Value(read(f, operand).meta)
        case Unary(op, operand):
            return _unary(f, op, operand)
        case Cast(kind, operand, ty):
            return _cast(f, kind, operand, ty)
        case Len(place):
            return Value(_length(f, place))
        case Discriminant(place):
            return discriminant(f, locate(f, place))
        case Aggregate(_, (thin, meta)):  # a wide pointer
            value = carry(f, thin)
            return Value(value.ir, value.handle, value.init, read(f, meta).ir)
        case Aggregate() | Repeat():
            raise AssertionError(rvalue)
        case _:
            assert_never(rvalue)


def _length(f: FunctionState, place: Place) -> str:
    ty = f.typer.place(place)
    return str(ty.length) if isinstance(ty, ArrayType) else locate(f, place).meta


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
    made = f.let(f"getelementptr i8, ptr {pointer.ir}, i64 {scaled}")
    f.derive(made, pointer.ir, size, scaled)
    return Value(made, pointer.handle)


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
    if left.meta and isinstance(ty, PointerType):
        return _compare_wide(f, op, left, right)
    if isinstance(ty, FloatType):
        prefix = "u" if op is BinOp.NE else "o"
        bit = f.let(f"fcmp {prefix}{word} {kind} {left.ir}, {right.ir}")
    else:
        if op not in {BinOp.EQ, BinOp.NE}:
            word = ("s" if is_signed(ty) else "u") + word
        bit = f.let(f"icmp {word} {kind} {left.ir}, {right.ir}")
    return Value(f.let(f"zext i1 {bit} to i8"))


def _compare_wide(f: FunctionState, op: BinOp, left: Value, right: Value) -> Value:
    """Compare the addresses, then the metadata."""
    same = f.let(f"icmp eq ptr {left.ir}, {right.ir}")
    if op in {BinOp.EQ, BinOp.NE}:
        also = f.let(f"icmp eq i64 {left.meta}, {right.meta}")
        bit = f.let(f"and i1 {same}, {also}")
        bit = bit if op is BinOp.EQ else f.let(f"xor i1 {bit}, true")
    else:
        strict = _COMPARE[op][0] + "t"
        first = f.let(f"icmp u{strict} ptr {left.ir}, {right.ir}")
        second = f.let(f"icmp u{_COMPARE[op]} i64 {left.meta}, {right.meta}")
        bit = f.let(f"select i1 {same}, i1 {second}, i1 {first}")
    return Value(f.let(f"zext i1 {bit} to i8"))


_CHECKED = {BinOp.ADD: "add", BinOp.SUB: "sub", BinOp.MUL: "mul"}


def checked(f: FunctionState, rvalue: Binary | Unary) -> tuple[Value, Value]:
    """Return the wrapped result, and a bool: it did not fit."""
    if isinstance(rvalue, Unary):
        ty = f.typer.operand(rvalue.operand)
        zero = Binary(BinOp.SUB, IntConst(0, ty), rvalue.operand, Overflow.CHECKED)
        return checked(f, zero)
    ty = f.typer.operand(rvalue.left)
    assert isinstance(ty, IntType)
    if rvalue.op in {BinOp.SHL, BinOp.SHR}:
        return _checked_shift(f, rvalue, ty)
    kind = ir_type(ty)
    left, right = read(f, rvalue.left), read(f, rvalue.right)
    name = f"llvm.{'s' if ty.signed else 'u'}{_CHECKED[rvalue.op]}.with.overflow.{kind}"
    shape = f"{{ {kind}, i1 }}"
    f.module.declare(name, f"declare {shape} @{name}({kind}, {kind})")
    pair = f.let(f"call {shape} @{name}({kind} {left.ir}, {kind} {right.ir})")
    result = f.let(f"extractvalue {shape} {pair}, 0")
    over = f.let(f"extractvalue {shape} {pair}, 1")
    return Value(result), Value(f.let(f"zext i1 {over} to i8"))


def _checked_shift(f: FunctionState, rvalue: Binary, ty: IntType) -> tuple[Value, Value]:
    """Shift; a distance that is negative, or not less than the width, did not fit."""
    result = binary(f, replace(rvalue, overflow=Overflow.WRAP))
    count_type = f.typer.operand(rvalue.right)
    count = read(f, rvalue.right).ir
    kind = ir_type(count_type)
    over = f.let(f"icmp uge {kind} {count}, {ty.bits}")
    return result, Value(f.let(f"zext i1 {over} to i8"))


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
    if not f.module.unchecked and not known:
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


# ---------------------------------------------------------------------------------- transmuting


def _transmuted(f: FunctionState, operand: Operand, source: Type, ty: Type) -> Value:
    """Return the bytes of `operand` as a scalar of type `ty`."""
    if not is_scalar(source):
        return _bytes_as(f, operand, source, ty)
    value = carry(f, operand)
    old, new = ir_type(source), ir_type(ty)
    if is_wide(source) or is_wide(ty):
        if is_wide(source) and is_wide(ty):
            return value
        return _bytes_as(f, operand, source, ty)
    if old == new:
        return value
    if new == "ptr":
        number = f.let(f"bitcast {old} {value.ir} to i64") if old != "i64" else value.ir
        return Value(f.let(f"inttoptr i64 {number} to ptr"), "0", value.init)
    if old == "ptr":
        made = f.let(f"ptrtoint ptr {value.ir} to i64")
        made = made if new == "i64" else f.let(f"bitcast i64 {made} to {new}")
        return Value(made, "0", value.init)
    return Value(f.let(f"bitcast {old} {value.ir} to {new}"), "0", value.init)


def _bytes_as(f: FunctionState, operand: Operand, source: Type, ty: Type) -> Value:
    spot = _in_memory(f, operand, source)
    return load_spot(f, replace(spot, type=ty, packed=True, variant=None, meta=""), carry=True)


def _in_memory(f: FunctionState, operand: Operand, ty: Type) -> Spot:
    """Return a place that holds the value of `operand`."""
    if isinstance(operand, (Copy, Move)) and not _is_register(f, operand.place):
        return locate(f, operand.place)
    made = f.private_memory(size_of(ty))
    spot = Spot(made, "0", ty, size_of(ty), 0)
    if is_scalar(ty):
        store_spot(f, spot, carry(f, operand))
    else:
        _assign_aggregate(f, spot, Use(operand))
    return spot


def _assign_transmuted(f: FunctionState, to: Spot, operand: Operand) -> None:
    source = f.typer.operand(operand)
    if size_of(source) == 0:
        return
    if is_scalar(source):
        store_spot(f, replace(to, type=source, packed=True), carry(f, operand))
    else:
        _assign_aggregate(f, replace(to, type=source, packed=True), Use(operand))
    unpad(f, to)


# --------------------------------------------------------------------------------------- casts


def _cast(f: FunctionState, kind: CastKind, operand: Operand, ty: Type) -> Value:
    source = f.typer.operand(operand)
    if kind is CastKind.POINTER:
        value = carry(f, operand)
        return value if is_wide(ty) else Value(value.ir, value.handle, value.init)
    if kind is CastKind.TRANSMUTE:
        return _transmuted(f, operand, source, ty)
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
    if f.module.unchecked or wide.lstrip("-").isdigit():
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


_FLOAT_SUFFIX = {"float": "f32", "double": "f64", "x86_fp80": "f80", "fp128": "f128"}


def _converted(f: FunctionState, kind: CastKind, value: str, source: Type, ty: Type) -> str:
    old, new = ir_type(source), ir_type(ty)
    match kind:
        case CastKind.BOOL:
            bit = _nonzero(f, value, source)
            return f.let(f"zext i1 {bit} to i8")
        case CastKind.INT_TO_FLOAT:
            word = "sitofp" if is_signed(source) else "uitofp"
            return f.let(f"{word} {old} {value} to {new}")
        case CastKind.SATURATE:
            name = f"llvm.fpto{'s' if is_signed(ty) else 'u'}i.sat.{new}.{_FLOAT_SUFFIX[old]}"
            f.module.declare(name, f"declare {new} @{name}({old})")
            return f.let(f"call {new} @{name}({old} {value})")
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
