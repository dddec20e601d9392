"""Arithmetic on typed tree nodes, folded where C calls the result an integer constant expression.

Only what is one by the letter of C11 6.6 is folded here (so a folded zero is a null pointer
constant); what overflows or divides by zero stays as it stands, for `evaluate` or the program.
"""

from collections.abc import Callable

from freehold.c import tree
from freehold.c.ctype import IntKind, QualType
from freehold.c.sema import floats
from freehold.c.sema.kinds import (
    BAD,
    INT,
    float_kind,
    int_kind,
    is_bool,
    is_integer,
    is_void_pointer,
    target_of,
)
from freehold.mir.values import BinOp, CastKind
from freehold.source import Span
from freehold.types import FloatKind

_EXACT: dict[BinOp, Callable[[int, int], int]] = {
    BinOp.ADD: lambda a, b: a + b,
    BinOp.SUB: lambda a, b: a - b,
    BinOp.MUL: lambda a, b: a * b,
    BinOp.AND: lambda a, b: a & b,
    BinOp.OR: lambda a, b: a | b,
    BinOp.XOR: lambda a, b: a ^ b,
}
ORDER: dict[BinOp, Callable[[int, int], bool]] = {
    BinOp.EQ: lambda a, b: a == b,
    BinOp.NE: lambda a, b: a != b,
    BinOp.LT: lambda a, b: a < b,
    BinOp.LE: lambda a, b: a <= b,
    BinOp.GT: lambda a, b: a > b,
    BinOp.GE: lambda a, b: a >= b,
}


def bad(span: Span) -> tree.Expr:
    """Return the expression that stands for what was reported already."""
    return tree.IntValue(BAD, span, 0)


def wrap(value: int, kind: IntKind) -> int:
    """Return `value` reduced to the range of `kind`."""
    bits = kind.bits
    if kind is IntKind.BOOL:
        return int(value != 0)
    value &= (1 << bits) - 1
    return value - (1 << bits) if kind.signed and value >> (bits - 1) else value


def fits(value: int, kind: IntKind) -> bool:
    """Tell whether `kind` can hold `value`."""
    return wrap(value, kind) == value


def compute(op: BinOp, left: int, right: int, kind: IntKind) -> int | None:
    """Return the mathematical result of an operation; None if it has none in C.

    It may lie outside of `kind`, which then says how the operands and a shift are to be read.
    """
    exact = _EXACT.get(op)
    if exact is not None:
        return exact(left, right)
    if op in (BinOp.SHL, BinOp.SHR):
        if not 0 <= right < kind.bits:
            return None
        return left << right if op is BinOp.SHL else left >> right
    if right == 0:
        return None
    quotient = divide(left, right)
    return quotient if op is BinOp.DIV else left - quotient * right


def divide(left: int, right: int) -> int:
    """Divide towards zero, as C does."""
    quotient = abs(left) // abs(right)
    return -quotient if (left < 0) != (right < 0) else quotient


def int_value(value: int, ty: QualType, span: Span) -> tree.IntValue:
    """Return a constant wrapped to the integer type `ty`."""
    return tree.IntValue(ty, span, wrap(value, int_kind(ty)))


def truth(value: bool, span: Span) -> tree.IntValue:  # noqa: FBT001  a value, not an option
    """Return 0 or 1 as an int."""
    return tree.IntValue(INT, span, int(value))


def is_constant_shape(expr: tree.Expr) -> bool:
    """Tell whether `expr` is an integer constant, or constants with an undefined result."""
    if isinstance(expr, tree.IntValue):
        return is_integer(expr.type)
    return (
        isinstance(expr, tree.Arithmetic)
        and expr.left.__class__ is tree.IntValue
        and expr.right.__class__ is tree.IntValue
    )


def arithmetic(op: BinOp, left: tree.Expr, right: tree.Expr, ty: QualType, span: Span) -> tree.Expr:
    """Return `left op right` of type `ty`, folded if both are integer constants."""
    if isinstance(left, tree.IntValue) and isinstance(right, tree.IntValue):
        kind = int_kind(ty)
        value = compute(op, left.value, right.value, kind)
        if value is not None and (not kind.signed or fits(value, kind)):
            return tree.IntValue(ty, span, wrap(value, kind))
    return tree.Arithmetic(ty, span, op, left, right)


def compare(op: BinOp, left: tree.Expr, right: tree.Expr, span: Span) -> tree.Expr:
    """Return `left op right` of type int, folded if both are integer constants."""
    if (
        isinstance(left, tree.IntValue)
        and isinstance(right, tree.IntValue)
        and is_integer(left.type)
    ):
        return truth(ORDER[op](left.value, right.value), span)
    return tree.Compare(INT, span, op, left, right)


def negate(operand: tree.Expr, span: Span) -> tree.Expr:
    """Return `-operand`."""
    if isinstance(operand, tree.IntValue):
        kind = int_kind(operand.type)
        if not kind.signed or fits(-operand.value, kind):
            return tree.IntValue(operand.type, span, wrap(-operand.value, kind))
        zero = tree.IntValue(operand.type, span, 0)
        return tree.Arithmetic(operand.type, span, BinOp.SUB, zero, operand)
    if isinstance(operand, tree.FloatValue):
        kept = operand.text[1:] if operand.text[0] == "-" else "-" + operand.text
        return tree.FloatValue(operand.type, span, "nan" if "nan" in kept else kept)
    return tree.Negate(operand.type, span, operand)


def complement(operand: tree.Expr, span: Span) -> tree.Expr:
    """Return `~operand`."""
    if isinstance(operand, tree.IntValue):
        return int_value(~operand.value, operand.type, span)
    return tree.Complement(operand.type, span, operand)


def logical_not(operand: tree.Expr, span: Span) -> tree.Expr:
    """Return `!operand`."""
    if isinstance(operand, tree.IntValue) and is_integer(operand.type):
        return truth(operand.value == 0, span)
    return tree.LogicalNot(INT, span, operand)


def logical(is_and: bool, left: tree.Expr, right: tree.Expr, span: Span) -> tree.Expr:  # noqa: FBT001
    """Return `left && right` or `left || right`."""
    if isinstance(left, tree.IntValue) and is_integer(left.type) and is_constant_shape(right):
        if bool(left.value) is not is_and:
            return truth(not is_and, span)
        if isinstance(right, tree.IntValue):
            return truth(right.value != 0, span)
    return tree.Logical(INT, span, is_and, left, right)


def conditional(
    condition: tree.Expr, then: tree.Expr, otherwise: tree.Expr, ty: QualType, span: Span
) -> tree.Expr:
    """Return `condition ? then : otherwise`, whose arms have type `ty` already."""
    if (
        isinstance(condition, tree.IntValue)
        and is_integer(condition.type)
        and is_constant_shape(then)
        and is_constant_shape(otherwise)
    ):
        return then if condition.value else otherwise
    return tree.Conditional(ty, span, condition, then, otherwise)


# ------------------------------------------------------------------------------------ conversions


def to_integer(operand: tree.Expr, ty: QualType, span: Span) -> tree.Expr:
    """Convert an integer operand to the integer type `ty`."""
    if operand.__class__ is tree.IntValue:
        return tree.IntValue(ty, span, wrap(operand.value, int_kind(ty)))
    kind = CastKind.BOOL if is_bool(ty) else CastKind.INT
    return tree.Convert(ty, span, kind, operand)


def float_to_integer(operand: tree.Expr, ty: QualType, span: Span) -> tree.Expr:
    """Convert a real floating operand to the integer type `ty`."""
    if isinstance(operand, tree.FloatValue):
        number = floats.read(operand.text)
        value = floats.to_int(number)
        if is_bool(ty):
            return tree.IntValue(ty, span, int(number.magnitude != 0))
        if value is not None and fits(value, int_kind(ty)):
            return tree.IntValue(ty, span, value)
    kind = CastKind.BOOL if is_bool(ty) else CastKind.FLOAT_TO_INT
    return tree.Convert(ty, span, kind, operand)


def integer_to_float(operand: tree.Expr, ty: QualType, span: Span) -> tree.Expr:
    """Convert an integer operand to the real floating type `ty`."""
    if isinstance(operand, tree.IntValue):
        kind = float_kind(ty)
        return float_value(floats.from_int(operand.value, kind), ty, span)
    return tree.Convert(ty, span, CastKind.INT_TO_FLOAT, operand)


def float_to_float(operand: tree.Expr, ty: QualType, span: Span) -> tree.Expr:
    """Convert between real floating types."""
    if isinstance(operand, tree.FloatValue):
        number = floats.convert(floats.read(operand.text), float_kind(ty))
        return float_value(number, ty, span)
    return tree.Convert(ty, span, CastKind.FLOAT, operand)


def float_value(number: floats.Real, ty: QualType, span: Span) -> tree.FloatValue:
    """Return a floating constant that is rounded to `ty` already."""
    kind: FloatKind = float_kind(ty)
    return tree.FloatValue(ty, span, floats.spelling(number, kind))


def is_null_constant(expr: tree.Expr) -> bool:
    """Tell whether `expr` is a null pointer constant: 0, or `(void *) 0`."""
    if not isinstance(expr, tree.IntValue) or expr.value != 0:
        return False
    if is_integer(expr.type):
        return True
    return is_void_pointer(expr.type) and not target_of(expr.type).quals
