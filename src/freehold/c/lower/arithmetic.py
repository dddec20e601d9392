"""Arithmetic and comparisons on integers, floats and pointers."""

from freehold.c import tree
from freehold.c.lower import complexes
from freehold.c.lower.context import Lowering
from freehold.mir.values import (
    Binary,
    BinOp,
    Cast,
    CastKind,
    FloatConst,
    IntConst,
    NullConst,
    Operand,
    Overflow,
    Rvalue,
    Unary,
    UnOp,
)
from freehold.types import BOOL, BoolType, ComplexType, FloatType, IntType, PointerType, Type

FALSE, TRUE = IntConst(0, BOOL), IntConst(1, BOOL)


def overflow_of(ty: Type) -> Overflow:
    """Return what overflow means in arithmetic on `ty`."""
    if isinstance(ty, IntType) and ty.signed:
        return Overflow.UNDEFINED
    return Overflow.WRAP


def arithmetic(cx: Lowering, expr: tree.Arithmetic) -> Rvalue:
    """Lower `left op right`, in a loop along a sum of many terms."""
    ty = cx.type_of(expr.type)
    if isinstance(ty, ComplexType):
        return complexes.arithmetic(cx, expr, ty)
    mode = overflow_of(ty)
    spine = [expr]
    while isinstance(inner := spine[-1].left, tree.Arithmetic) and id(inner) not in cx.known:
        spine.append(inner)
    left = cx.operand(spine[-1].left)
    while True:
        node = spine.pop()
        mark = cx.mark()
        right = cx.operand(node.right)
        left = cx.settle(left, mark, ty, node.left.span)
        rvalue = Binary(node.op, left, right, mode)
        if not spine:
            return rvalue
        left = cx.hold(rvalue, ty, node.span)


def negate(cx: Lowering, expr: tree.Negate) -> Rvalue:
    """Lower `-operand`."""
    ty = cx.type_of(expr.type)
    if isinstance(ty, ComplexType):
        return complexes.negate(cx, expr, ty)
    return Unary(UnOp.NEG, cx.operand(expr.operand), overflow_of(ty))


def complement(cx: Lowering, expr: tree.Complement) -> Rvalue:
    """Lower `~operand`."""
    ty = cx.type_of(expr.type)
    if isinstance(ty, ComplexType):
        return complexes.conjugate(cx, expr, ty)
    return Unary(UnOp.NOT, cx.operand(expr.operand))


def compare(cx: Lowering, expr: tree.Compare) -> Rvalue:
    """Lower a comparison to its value, an int."""
    return Cast(CastKind.INT, compare_bool(cx, expr), cx.type_of(expr.type))


def logical_not(cx: Lowering, expr: tree.LogicalNot) -> Rvalue:
    """Lower `!operand` to its value, an int."""
    return Cast(CastKind.INT, not_bool(cx, expr), cx.type_of(expr.type))


def compare_bool(cx: Lowering, expr: tree.Compare) -> Operand:
    """Lower a comparison to a bool."""
    if isinstance(cx.type_of(expr.left.type), ComplexType):
        return complexes.compare(cx, expr)
    left, right = cx.operands(expr.left, expr.right)
    return cx.hold(Binary(expr.op, left, right), BOOL, expr.span)


def not_bool(cx: Lowering, expr: tree.LogicalNot) -> Operand:
    """Lower `!operand` to a bool."""
    ty = cx.type_of(expr.operand.type)
    zero = zero_of(ty)
    if zero is None or isinstance(expr.operand, (tree.Compare, tree.LogicalNot, tree.Logical)):
        return cx.hold(Unary(UnOp.NOT, bool_operand(cx, expr.operand)), BOOL, expr.span)
    return cx.hold(Binary(BinOp.EQ, cx.operand(expr.operand), zero), BOOL, expr.span)


def zero_of(ty: Type) -> Operand | None:
    """Return the zero that a scalar condition is compared with; None for bool and complex."""
    match ty:
        case IntType():
            return IntConst(0, ty)
        case PointerType():
            return NullConst(ty)
        case FloatType():
            return FloatConst("0x0p+0", ty)
        case _:
            return None


def bool_operand(cx: Lowering, expr: tree.Expr) -> Operand:
    """Lower a scalar to a bool: whether it compares unequal to zero."""
    match expr:
        case tree.Compare():
            return compare_bool(cx, expr)
        case tree.LogicalNot():
            return not_bool(cx, expr)
        case tree.IntValue(value=value):
            return TRUE if value else FALSE
        case tree.Convert(kind=CastKind.BOOL):
            if not isinstance(cx.type_of(expr.operand.type), BoolType):
                return bool_operand(cx, expr.operand)
        case _:
            pass
    ty = cx.type_of(expr.type)
    if isinstance(ty, ComplexType):
        return complexes.is_not_zero(cx, expr, ty)
    operand = cx.operand(expr)
    if isinstance(ty, BoolType):
        return operand
    return cx.hold(Cast(CastKind.BOOL, operand, BOOL), BOOL, expr.span)
