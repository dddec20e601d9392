"""Plain values: constants, loads, conversions, members of values, commas."""

from freehold.c import tree
from freehold.c.lower import complexes
from freehold.c.lower.arithmetic import bool_operand
from freehold.c.lower.context import Lowering
from freehold.c.lower.storage import close_scope, open_scope
from freehold.mir.values import (
    Cast,
    CastKind,
    Copy,
    FloatConst,
    IntConst,
    NullConst,
    Operand,
    Place,
    Rvalue,
    Use,
    ZeroConst,
)
from freehold.types import I64, U64, VOID, ComplexType, PointerType, VoidType


def int_value(cx: Lowering, expr: tree.IntValue) -> Operand:
    """Lower an integer constant, or a pointer constant given by its address."""
    ty = cx.unit.type_of(expr.type.type)
    if not isinstance(ty, PointerType):
        return IntConst(expr.value, ty)
    if expr.value == 0:
        return NullConst(ty)
    address = IntConst(expr.value & (2**64 - 1), U64)
    return cx.hold(Cast(CastKind.WITH_EXPOSED, address, ty), ty, expr.span)


def float_value(cx: Lowering, expr: tree.FloatValue) -> Operand:
    """Lower a floating constant."""
    ty = cx.type_of(expr.type)
    if isinstance(ty, ComplexType):
        return complexes.constant(cx, expr.text, ty, expr.span)
    return FloatConst(expr.text, ty)


def hole(cx: Lowering, expr: tree.Hole) -> Operand:
    """Lower a value that the enclosing node has computed."""
    return cx.known[id(expr)]


def load(cx: Lowering, expr: tree.Load) -> Operand:
    """Lower a read of an lvalue: lazy, unless the access itself is an effect."""
    place = cx.access(expr.place)
    if place.volatile or place.atomic:
        cx.note_call()
        return cx.hold(Use(Copy(place)), cx.type_of(expr.type), expr.span)
    return Copy(place, expr.span)


def part(cx: Lowering, expr: tree.MemberOf | tree.ComplexPart) -> Operand:
    """Lower a member of a value, such as that of a call, or a part of a complex value."""
    return Copy(cx.place(expr), expr.span)


def sequence(cx: Lowering, expr: tree.Sequence) -> Operand:
    """Lower `left, right`."""
    return cx.operand(_last_of_sequence(cx, expr))


def sequence_into(cx: Lowering, place: Place, expr: tree.Sequence) -> None:
    """Lower `left, right` into `place`."""
    cx.into(place, _last_of_sequence(cx, expr), expr.span)


def sequence_effect(cx: Lowering, expr: tree.Sequence) -> None:
    """Lower `left, right` for its effects."""
    cx.effect(_last_of_sequence(cx, expr))


def _last_of_sequence(cx: Lowering, expr: tree.Sequence) -> tree.Expr:
    # A loop along the commas, which lean left.
    rights: list[tree.Expr] = []
    left: tree.Expr = expr
    while isinstance(left, tree.Sequence):
        rights.append(left.right)
        left = left.left
    cx.effect(left)
    for middle in reversed(rights[1:]):
        cx.effect(middle)
    return rights[0]


def discard(cx: Lowering, expr: tree.Discard) -> Operand:
    """Lower `(void) operand`."""
    cx.effect(expr.operand)
    return ZeroConst(VOID)


def discard_effect(cx: Lowering, expr: tree.Discard) -> None:
    """Lower `(void) operand` as a statement."""
    cx.effect(expr.operand)


def load_effect(cx: Lowering, expr: tree.Load) -> None:
    """Lower a read whose value nobody wants: only a volatile one is made."""
    place = cx.access(expr.place)
    if place.volatile or place.atomic:
        cx.note_call()
        cx.hold(Use(Copy(place)), cx.type_of(expr.type), expr.span)


def convert_effect(cx: Lowering, expr: tree.Convert) -> None:
    """Lower a conversion whose value nobody wants."""
    cx.effect(expr.operand)


def pair_effect(cx: Lowering, expr: tree.Compare | tree.PointerDifference) -> None:
    """Lower a pure operation whose value nobody wants."""
    cx.effect(expr.left)
    cx.effect(expr.right)


def convert(cx: Lowering, expr: tree.Convert) -> Rvalue:
    """Lower a conversion; none is made between C types that MIR does not tell apart."""
    kind, ty = expr.kind, cx.type_of(expr.type)
    source = cx.type_of(expr.operand.type)
    if isinstance(ty, VoidType):
        cx.effect(expr.operand)
        return Use(ZeroConst(VOID))
    if isinstance(source, ComplexType) or isinstance(ty, ComplexType):
        return complexes.convert(cx, expr, source, ty)
    if source is ty:
        return cx.rvalue(expr.operand)
    if kind is CastKind.BOOL:
        return Use(bool_operand(cx, expr.operand))
    if kind in (CastKind.INT, CastKind.INT_TO_FLOAT) and isinstance(expr.operand, tree.Compare):
        return Cast(kind, bool_operand(cx, expr.operand), ty)
    operand = cx.operand(expr.operand)
    if kind is CastKind.EXPOSE and ty not in (I64, U64):
        address = cx.hold(Cast(CastKind.EXPOSE, operand, U64), U64, expr.span)
        return Cast(CastKind.INT, address, ty)
    if kind is CastKind.WITH_EXPOSED and source not in (I64, U64):
        operand = cx.hold(Cast(CastKind.INT, operand, I64), I64, expr.span)
    return Cast(kind, operand, ty)


def block_expr(cx: Lowering, expr: tree.BlockExpr) -> Operand:
    """Lower `({ ... })`: its value is taken before its variables end."""
    open_scope(cx, expr.block)
    cx.rules.body(cx, expr.block)
    result: Operand = ZeroConst(VOID)
    ty = cx.type_of(expr.type)
    if expr.result is not None:
        if isinstance(ty, VoidType):
            cx.effect(expr.result)
        else:
            result = cx.operand(expr.result)
            if expr.block.variables:
                result = cx.stable(result, ty, expr.span)
    close_scope(cx, expr.block.end)
    return result


def block_expr_into(cx: Lowering, place: Place, expr: tree.BlockExpr) -> None:
    """Lower `({ ... })` into `place`."""
    assert expr.result is not None
    open_scope(cx, expr.block)
    cx.rules.body(cx, expr.block)
    cx.into(place, expr.result, expr.span)
    close_scope(cx, expr.block.end)


def block_expr_effect(cx: Lowering, expr: tree.BlockExpr) -> None:
    """Lower `({ ... })` for its effects."""
    open_scope(cx, expr.block)
    cx.rules.body(cx, expr.block)
    if expr.result is not None:
        cx.effect(expr.result)
    close_scope(cx, expr.block.end)
