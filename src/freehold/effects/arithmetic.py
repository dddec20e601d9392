"""Operations on symbolic values. What does not stay linear becomes a symbol with a definition.

The same operation on the same values gives the same symbol, so that two tests of one thing agree.
"""

from collections.abc import Callable

from freehold.effects.facts import Facts, negate
from freehold.effects.values import (
    UNINITIALISED,
    Condition,
    Definition,
    Linear,
    Number,
    Relation,
    Symbol,
    Uninitialised,
    Value,
    add,
    form,
    is_tainted,
    is_visible,
    range_of,
    scale,
    wrap,
)
from freehold.mir.values import BinOp, CastKind, Overflow, UnOp
from freehold.types import I64, FloatType, IntType, PointerType, Type, VoidType, size_of

Apply = Callable[["Arithmetic", Facts, Value, Value, Type | None], Value]
_LONG = 8  # terms of a form; sums of more are symbols of their own
_COMPARE = frozenset((BinOp.EQ, BinOp.NE, BinOp.LT, BinOp.LE, BinOp.GT, BinOp.GE))


class Arithmetic:
    """Makes values; keeps the symbol of each operation that it could not do."""

    __slots__ = ("_made",)

    def __init__(self) -> None:
        self._made: dict[tuple[str, Value, Value, Type | None], Linear] = {}

    def derived(
        self,
        operation: str,
        left: Value,
        right: Value,
        ty: Type | None,
        low: int | None = None,
        high: int | None = None,
    ) -> Value:
        """Return the symbol of an operation between `low` and `high`."""
        key = (operation, left, right, ty)
        known = self._made.get(key)
        if known is not None:
            return known
        least, most = range_of(ty)
        least = least if low is None else max(low, least)
        most = most if high is None else min(high, most)
        if least > most:
            least, most = range_of(ty)
        symbol = Symbol(
            least,
            most,
            pointer=type(ty) is PointerType,
            tainted=is_tainted(left) or is_tainted(right),
            visible=is_visible(left) and is_visible(right),
            definition=Definition(operation, left, right, ty),
        )
        made = self._made[key] = form(symbol)
        return made

    def again(self, facts: Facts, how: Definition, left: Value, right: Value) -> Value:
        """Return the result of the operation `how` of other values."""
        if left is UNINITIALISED or right is UNINITIALISED:
            return self.derived(how.operation, 0, 0, how.type)
        apply = _AGAIN.get(how.operation)
        if apply is None:
            return self.derived(how.operation, left, right, how.type)
        return apply(self, facts, left, right, how.type)

    def binary(
        self,
        facts: Facts,
        op: BinOp,
        left: Value,
        right: Value,
        ty: Type,
        overflow: Overflow = Overflow.WRAP,
    ) -> Value:
        """Return `left op right`, both of type `ty`."""
        if op in _COMPARE:
            return self._compare(facts, op, left, right, ty)
        if type(ty) is FloatType:
            return self.derived(op.value, left, right, ty)
        left, right = self.number(left, ty), self.number(right, ty)
        if op is BinOp.OFFSET:
            width = _stride(ty)
            return _as_pointer(add(left, _signed(self.number(right, None)), width))
        return _BINARY[op](self, facts, left, right, ty, overflow)

    def number(self, value: Value, ty: Type | None) -> Number:
        """Return a condition as the number that it is."""
        if type(value) is int or type(value) is Linear:
            return value
        made = self.derived("bool", value, 0, ty, 0, 1)
        assert isinstance(made, Linear)
        return made

    # -------------------------------------------------------------------------------- comparing

    def _compare(self, facts: Facts, op: BinOp, left: Value, right: Value, ty: Type) -> Value:
        if type(ty) is FloatType:
            return self._float_compare(op, left, right)
        if type(left) is Condition and type(right) is int:
            return _of_condition(op, left, right)
        if type(right) is Condition and type(left) is int:
            return _of_condition(_MIRROR[op], right, left)
        left, right = self.number(left, ty), self.number(right, ty)
        condition = relate(op, left, right)
        if type(condition) is Condition:
            decided = facts.decide(condition)
            return condition if decided is None else int(decided)
        return condition

    def _float_compare(self, op: BinOp, left: Value, right: Value) -> Value:
        if type(left) is int and type(right) is int:
            return relate(op, left, right)
        made = self.derived(op.value, left, right, None, 0, 1)
        assert isinstance(made, Linear)
        return Condition(Relation.NE, made)

    # ---------------------------------------------------------------------------------- fitting

    def fit(
        self,
        facts: Facts,
        value: Number,
        ty: Type,
        overflow: Overflow,
        key: tuple[str, Value, Value],
    ) -> Value:
        """Return `value` in an integer type: itself, unless it may leave the type's range."""
        if type(value) is int:
            return wrap(value, ty)
        low, high = facts.interval(value)
        least, most = range_of(ty)
        assert isinstance(value, Linear)
        if len(value.terms) > _LONG:
            operation, left, right = key
            return self.derived(operation, left, right, ty, low, high)
        if (low >= least and high <= most) or overflow is Overflow.UNDEFINED:
            return value
        if low >= least and not is_tainted(value):
            return value  # what nobody bounds is not taken to wrap
        operation, left, right = key
        return self.derived(operation, left, right, ty)

    def cast(
        self, facts: Facts, kind: CastKind, value: Value, source: Type | None, to: Type
    ) -> Value:
        """Return `value` converted."""
        match kind:
            case CastKind.INT:
                return self.cast_int(facts, value, to)
            case CastKind.BOOL:
                return self._cast_bool(facts, value, source)
            case CastKind.POINTER | CastKind.EXPOSE | CastKind.WITH_EXPOSED:
                return self._cast_pointer(facts, value, to)
            case CastKind.INT_TO_FLOAT if type(value) is int:
                return value
            case CastKind.FLOAT_TO_INT if type(value) is int:
                return wrap(value, to)
            case CastKind.FLOAT if type(value) is int:
                return value
            case _:
                return self.derived(kind.value, value, 0, to)

    def cast_int(self, facts: Facts, value: Value, to: Type) -> Value:
        """Return `value` in an integer type."""
        if type(value) is int:
            return wrap(value, to)
        if type(value) is not Linear:
            return value
        low, high = facts.interval(value)
        if low == high:
            return wrap(low, to)
        least, most = range_of(to)
        if low >= least and high <= most:
            return value
        if high < 0 <= least and low >= -(1 << 63) and type(to) is IntType:
            return add(value, 1 << to.bits)
        return self.derived("cast", value, 0, to)

    def _cast_bool(self, facts: Facts, value: Value, source: Type | None) -> Value:
        if type(value) is int:
            return int(value != 0)
        if type(value) is not Linear:
            return value
        if type(source) is FloatType:
            return Condition(Relation.NE, value)
        condition = Condition(Relation.NE, value)
        decided = facts.decide(condition)
        return condition if decided is None else int(decided)

    def _cast_pointer(self, facts: Facts, value: Value, to: Type) -> Value:
        if type(value) is Linear and type(to) is IntType and to.bits < 64:
            return self.cast_int(facts, value, to)
        return self.number(value, to) if type(value) is Condition else value

    def unary(self, facts: Facts, op: UnOp, value: Value, ty: Type) -> Value:
        """Return `op value`."""
        if type(value) is Condition:
            if op is UnOp.NOT and type(ty) is not IntType:
                return negate(value)
            value = self.number(value, ty)
        if type(value) is Condition or isinstance(value, Uninitialised) or type(ty) is FloatType:
            return -value if type(value) is int else self.derived(op.value, value, 0, ty)
        assert isinstance(value, (int, Linear))
        if op is UnOp.NEG:
            overflow = Overflow.UNDEFINED if _is_signed(ty) else Overflow.WRAP
            return self.fit(facts, scale(value, -1), ty, overflow, ("neg", value, 0))
        if type(ty) is IntType:
            top = -1 if ty.signed else (1 << ty.bits) - 1
            return add(top, value, -1)
        if type(value) is int:
            return int(not value)
        assert isinstance(value, Linear)
        return negate(Condition(Relation.NE, value))


def _is_signed(ty: Type | None) -> bool:
    return type(ty) is IntType and ty.signed


def _stride(ty: Type) -> int:
    if type(ty) is not PointerType or type(ty.pointee) is VoidType:
        return 1
    return size_of(ty.pointee)


def _signed(value: Number) -> Number:
    return value - (1 << 64) if type(value) is int and value >> 63 == 1 else value


def _as_pointer(value: Number) -> Number:
    return value & (1 << 64) - 1 if type(value) is int else value


def relate(op: BinOp, left: Number, right: Number) -> Value:
    """Return the condition that `left op right`, 0 or 1 if both are numbers."""
    if op is BinOp.GT or op is BinOp.GE:
        left, right, op = right, left, BinOp.LT if op is BinOp.GT else BinOp.LE
    value = add(left, right, -1)
    if type(value) is int:
        match op:
            case BinOp.EQ:
                return int(value == 0)
            case BinOp.NE:
                return int(value != 0)
            case BinOp.LT:
                return int(value < 0)
            case _:
                return int(value <= 0)
    assert isinstance(value, Linear)
    match op:
        case BinOp.EQ:
            return Condition(Relation.EQ, value)
        case BinOp.NE:
            return Condition(Relation.NE, value)
        case BinOp.LT:
            return Condition(Relation.LE, Linear(value.terms, value.constant + 1))
        case _:
            return Condition(Relation.LE, value)


_MIRROR = {
    BinOp.EQ: BinOp.EQ,
    BinOp.NE: BinOp.NE,
    BinOp.LT: BinOp.GT,
    BinOp.LE: BinOp.GE,
    BinOp.GT: BinOp.LT,
    BinOp.GE: BinOp.LE,
}


def _of_condition(op: BinOp, condition: Condition, number: int) -> Value:
    """Return `condition op number`: a condition is 0 or 1."""
    false, true = (bool(relate(op, bit, number)) for bit in (0, 1))
    if false == true:
        return int(true)
    return condition if true else negate(condition)


# ------------------------------------------------------------------------------------- operations

Operate = Callable[[Arithmetic, Facts, Number, Number, Type, Overflow], Value]


def _add(how: Arithmetic, facts: Facts, a: Number, b: Number, ty: Type, over: Overflow) -> Value:
    return how.fit(facts, add(a, b), ty, over, ("add", a, b))


def _sub(how: Arithmetic, facts: Facts, a: Number, b: Number, ty: Type, over: Overflow) -> Value:
    return how.fit(facts, add(a, b, -1), ty, over, ("sub", a, b))


def _mul(how: Arithmetic, facts: Facts, a: Number, b: Number, ty: Type, over: Overflow) -> Value:
    a, b = _numbers(facts, a, b)
    if type(a) is int:
        a, b = b, a
    if type(b) is int:
        return how.fit(facts, scale(a, b), ty, over, ("mul", a, b))
    low, high = _product(facts.interval(a), facts.interval(b))
    return how.derived("mul", a, b, ty, low, high)


def _numbers(facts: Facts, a: Number, b: Number) -> tuple[Number, Number]:
    one, other = facts.known(a), facts.known(b)
    assert isinstance(one, (int, Linear))
    assert isinstance(other, (int, Linear))
    return one, other


def _product(a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int]:
    corners = [x * y for x in a for y in b]
    return min(corners), max(corners)


def _div(how: Arithmetic, facts: Facts, a: Number, b: Number, ty: Type, over: Overflow) -> Value:
    a, b = _numbers(facts, a, b)
    if type(b) is int and b:
        if type(a) is int:
            return wrap(_quotient(a, b), ty)
        if b > 0:
            low, high = facts.interval(a)
            return how.derived("div", a, b, ty, _quotient(low, b), _quotient(high, b))
    return how.derived("div", a, b, ty)


def _quotient(a: int, b: int) -> int:
    whole = abs(a) // abs(b)
    return whole if (a < 0) == (b < 0) else -whole


def _rem(how: Arithmetic, facts: Facts, a: Number, b: Number, ty: Type, over: Overflow) -> Value:
    a, b = _numbers(facts, a, b)
    if type(b) is int and b:
        if type(a) is int:
            return wrap(a - b * _quotient(a, b), ty)
        low, high = facts.interval(a)
        top = abs(b) - 1
        least = 0 if low >= 0 else -top
        most = min(top, high) if high >= 0 else 0
        return how.derived("rem", a, b, ty, least, most)
    return how.derived("rem", a, b, ty)


def _and(how: Arithmetic, facts: Facts, a: Number, b: Number, ty: Type, over: Overflow) -> Value:
    a, b = _numbers(facts, a, b)
    if type(a) is int:
        a, b = b, a
    if type(b) is int:
        if type(a) is int:
            return wrap(a & b, ty)
        if b == 0:
            return 0
        low, high = facts.interval(a)
        kept = _mask_of(a)
        if kept is not None:
            return _and(how, facts, kept[0], kept[1] & b, ty, over)
        if b >= 0:
            if b & (b + 1) == 0 and low >= 0 and high <= b:
                return a
            return how.derived("and", a, b, ty, 0, min(b, high) if low >= 0 else b)
    low, high = facts.interval(a)
    least, most = facts.interval(b)
    if low >= 0 and least >= 0:
        return how.derived("and", a, b, ty, 0, min(high, most))
    return how.derived("and", a, b, ty)


def _mask_of(value: Number) -> tuple[Number, int] | None:
    """Return what a value is the bits of, and which of them."""
    if type(value) is Linear and len(value.terms) == 1 and not value.constant:
        symbol, k = value.terms[0]
        how = symbol.definition
        if k == 1 and how is not None and how.operation == "and" and type(how.right) is int:
            left = how.left
            return (left, how.right) if isinstance(left, (int, Linear)) else None
    return None


def _or(how: Arithmetic, facts: Facts, a: Number, b: Number, ty: Type, over: Overflow) -> Value:
    a, b = _numbers(facts, a, b)
    if type(a) is int:
        a, b = b, a
    if type(b) is int:
        if type(a) is int:
            return wrap(a | b, ty)
        if b == 0:
            return a
        low, _ = facts.interval(a)
        if b > 0 and low >= 0:
            return how.derived("or", a, b, ty, b)
    low, high = facts.interval(a)
    least, most = facts.interval(b)
    if low >= 0 and least >= 0:
        top = (1 << max(high.bit_length(), most.bit_length())) - 1
        return how.derived("or", a, b, ty, max(low, least), top)
    return how.derived("or", a, b, ty)


def _xor(how: Arithmetic, facts: Facts, a: Number, b: Number, ty: Type, over: Overflow) -> Value:
    a, b = _numbers(facts, a, b)
    if type(a) is int and type(b) is int:
        return wrap(a ^ b, ty)
    if a == b:
        return 0
    low, high = facts.interval(a)
    least, most = facts.interval(b)
    if low >= 0 and least >= 0:
        top = (1 << max(high.bit_length(), most.bit_length())) - 1
        return how.derived("xor", a, b, ty, 0, top)
    return how.derived("xor", a, b, ty)


def _shl(how: Arithmetic, facts: Facts, a: Number, b: Number, ty: Type, over: Overflow) -> Value:
    a, b = _numbers(facts, a, b)
    if type(b) is int and 0 <= b < 128:
        return how.fit(facts, scale(a, 1 << b), ty, Overflow.WRAP, ("shl", a, b))
    return how.derived("shl", a, b, ty)


def _shr(how: Arithmetic, facts: Facts, a: Number, b: Number, ty: Type, over: Overflow) -> Value:
    a, b = _numbers(facts, a, b)
    if type(b) is int and 0 <= b < 128:
        if type(a) is int:
            return a >> b
        low, high = facts.interval(a)
        return how.derived("shr", a, b, ty, low >> b, high >> b)
    return how.derived("shr", a, b, ty)


def _ptr_diff(
    how: Arithmetic, facts: Facts, a: Number, b: Number, ty: Type, over: Overflow
) -> Value:
    width = _stride(ty)
    value = add(a, b, -1)
    if type(value) is int:
        return _quotient(value, width)
    assert isinstance(value, Linear)
    if value.constant % width == 0 and all(k % width == 0 for _, k in value.terms):
        terms = tuple((s, k // width) for s, k in value.terms)
        return Linear(terms, value.constant // width)
    # The bytes between them, divided: so the width stands in the definition.
    return how.derived("div", value, width, I64)


_BINARY: dict[BinOp, Operate] = {
    BinOp.ADD: _add,
    BinOp.SUB: _sub,
    BinOp.MUL: _mul,
    BinOp.DIV: _div,
    BinOp.REM: _rem,
    BinOp.AND: _and,
    BinOp.OR: _or,
    BinOp.XOR: _xor,
    BinOp.SHL: _shl,
    BinOp.SHR: _shr,
    BinOp.PTR_DIFF: _ptr_diff,
}


def _again_binary(op: BinOp) -> Apply:
    def apply(how: Arithmetic, facts: Facts, left: Value, right: Value, ty: Type | None) -> Value:
        if ty is None or isinstance(left, Uninitialised) or isinstance(right, Uninitialised):
            return how.derived(op.value, left, right, ty)
        return how.binary(facts, op, left, right, ty)

    return apply


def _again_cast(how: Arithmetic, facts: Facts, left: Value, _: Value, ty: Type | None) -> Value:
    assert ty is not None
    return how.cast(facts, CastKind.INT, left, None, ty)


def _again_bool(how: Arithmetic, facts: Facts, left: Value, _: Value, ty: Type | None) -> Value:
    return how.number(left, ty)


def _again_neg(how: Arithmetic, facts: Facts, left: Value, _: Value, ty: Type | None) -> Value:
    assert ty is not None
    return how.unary(facts, UnOp.NEG, left, ty)


_AGAIN: dict[str, Apply] = {
    **{op.value: _again_binary(op) for op in _BINARY},
    "cast": _again_cast,
    "bool": _again_bool,
    "neg": _again_neg,
}
