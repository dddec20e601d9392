"""Calls of functions and of builtins."""

from collections.abc import Sequence

from freehold.c import tree
from freehold.c.lower.context import Lowering
from freehold.mir.statements import Intrinsic
from freehold.mir.values import Copy, Operand, Place, Symbol, UninitConst, Use, ZeroConst
from freehold.types import VOID, Adt, ComplexType, FunctionType, Type, VoidType

ENDS = frozenset({Intrinsic.LONGJMP, Intrinsic.TRAP, Intrinsic.UNREACHABLE})


def call(cx: Lowering, expr: tree.Call) -> Operand:
    """Lower a call to its value."""
    ty = cx.type_of(expr.type)
    if isinstance(ty, VoidType):
        _call(cx, expr, None)
        return ZeroConst(VOID)
    place = Place(cx.builder.temporary(ty, expr.span))
    _call(cx, expr, place)
    return Copy(place) if cx.builder.current is not None else UninitConst(ty)


def call_effect(cx: Lowering, expr: tree.Call) -> None:
    """Lower a call whose value nobody wants; an aggregate needs room all the same."""
    ty = cx.type_of(expr.type)
    place = None
    if isinstance(ty, (Adt, ComplexType)):
        place = Place(cx.builder.temporary(ty, expr.span))
    _call(cx, expr, place)


def call_into(cx: Lowering, place: Place, expr: tree.Call) -> None:
    """Lower a call into `place`: directly only into a local that the callee cannot reach."""
    if _is_private(cx, place):
        _call(cx, expr, place)
    else:
        cx.assign(place, Use(call(cx, expr)), expr.span)


def _is_private(cx: Lowering, place: Place) -> bool:
    plain = not (place.projections or place.volatile or place.atomic)
    return plain and isinstance(place.base, int) and place.base not in cx.escaping


def _call(cx: Lowering, expr: tree.Call, place: Place | None) -> None:
    callee = expr.callee
    ty = cx.unit.function_type(expr.function_type)
    if isinstance(callee, tree.Function_):
        cx.unit.functions[id(callee)] = callee
        arguments = _arguments(cx, expr.arguments)
        returns = "noreturn" not in callee.attributes
        cx.call(Symbol(callee.symbol), ty, arguments, place, expr.span, returns=returns)
        return
    pointer = cx.operand(callee)
    mark = cx.mark()
    arguments = _arguments(cx, expr.arguments)
    pointer = cx.settle(pointer, mark, cx.type_of(callee.type), callee.span)
    cx.call(pointer, ty, arguments, place, expr.span)


def _arguments(cx: Lowering, exprs: Sequence[tree.Expr]) -> tuple[Operand, ...]:
    if len(exprs) == 1:
        return (cx.operand(exprs[0]),)
    values = [(expr, cx.operand(expr), cx.mark()) for expr in exprs]
    return tuple(
        cx.settle(operand, mark, cx.type_of(expr.type), expr.span)
        if type(operand) is Copy
        else operand
        for expr, operand, mark in values
    )


def intrinsic(cx: Lowering, expr: tree.IntrinsicCall) -> Operand:
    """Lower a builtin to its value."""
    ty = cx.type_of(expr.type)
    if isinstance(ty, VoidType):
        _intrinsic(cx, expr, None, ty)
        return ZeroConst(VOID)
    place = Place(cx.builder.temporary(ty, expr.span))
    _intrinsic(cx, expr, place, ty)
    return Copy(place) if cx.builder.current is not None else UninitConst(ty)


def intrinsic_into(cx: Lowering, place: Place, expr: tree.IntrinsicCall) -> None:
    """Lower a builtin into `place`."""
    if _is_private(cx, place):
        _intrinsic(cx, expr, place, cx.type_of(expr.type))
    else:
        cx.assign(place, Use(intrinsic(cx, expr)), expr.span)


def _intrinsic(cx: Lowering, expr: tree.IntrinsicCall, place: Place | None, result: Type) -> None:
    arguments = _arguments(cx, expr.arguments)
    ty = FunctionType(tuple(cx.type_of(a.type) for a in expr.arguments), result)
    if expr.intrinsic is Intrinsic.SETJMP:
        cx.returns_twice = True
    returns = expr.intrinsic not in ENDS
    cx.call(expr.intrinsic, ty, arguments, place, expr.span, returns=returns)
