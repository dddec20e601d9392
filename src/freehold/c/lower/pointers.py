"""Pointer values: addresses, array decay, pointer arithmetic, functions and labels."""

from freehold.c import tree
from freehold.c.lower.context import Lowering
from freehold.c.lower.jumps import label_block
from freehold.c.lower.places import FIRST
from freehold.mir.values import (
    AddressConst,
    Binary,
    BinOp,
    Cast,
    CastKind,
    IntConst,
    LabelConst,
    Operand,
    Overflow,
    Place,
    RawPointer,
    Rvalue,
    Symbol,
    Unary,
    UnOp,
    Use,
)
from freehold.types import I64, U8, FunctionType, Type


def function_ref(cx: Lowering, expr: tree.FunctionRef) -> Operand:
    """Lower the address of a function."""
    function = expr.function
    cx.unit.functions[id(function)] = function
    return AddressConst(Symbol(function.symbol), 0, cx.type_of(expr.type))


def label_ref(cx: Lowering, expr: tree.LabelRef) -> Operand:
    """Lower the address of a label."""
    return LabelConst(label_block(cx, expr.label), cx.type_of(expr.type))


def decay(cx: Lowering, expr: tree.Decay) -> Rvalue:
    """Lower the decay of an array to a pointer to its first element."""
    return _address(cx, expr.array, cx.type_of(expr.type), is_array=True)


def address_of(cx: Lowering, expr: tree.AddressOf) -> Rvalue:
    """Lower `&place`."""
    return _address(cx, expr.place, cx.type_of(expr.type), is_array=False)


def _address(cx: Lowering, inner: tree.Expr, ty: Type, *, is_array: bool) -> Rvalue:
    if isinstance(inner, tree.Deref):
        pointer = inner.pointer
        if not is_array or isinstance(cx.type_of(inner.type), FunctionType):
            return _as_pointer(cx, pointer, ty)
    place = cx.place(inner)
    if _has_constant_address(inner) and isinstance(place.base, str):
        return Use(AddressConst(place.base, 0, ty))
    if is_array:
        place = Place(place.base, (*place.projections, FIRST))
    return RawPointer(place)


def _as_pointer(cx: Lowering, pointer: tree.Expr, ty: Type) -> Rvalue:
    # &*p is p: no access, whatever p points to.
    if cx.type_of(pointer.type) is ty:
        return cx.rvalue(pointer)
    return Cast(CastKind.POINTER, cx.operand(pointer), ty)


def _has_constant_address(expr: tree.Expr) -> bool:
    if isinstance(expr, tree.VariableRef):
        return not expr.variable.thread_local
    return isinstance(expr, tree.StringRef)


def pointer_add(cx: Lowering, expr: tree.PointerAdd) -> Rvalue:
    """Lower `pointer + index`, in a loop along a sum of many."""
    spine = [expr]
    while isinstance(inner := spine[-1].pointer, tree.PointerAdd) and not cx.known:
        spine.append(inner)
    pointer = cx.operand(spine[-1].pointer)
    while True:
        node = spine.pop()
        mark = cx.mark()
        count = cx.operand(node.index)
        if node.scale is not None:
            count = _scaled(cx, count, node)
        pointer = cx.settle(pointer, mark, cx.type_of(node.pointer.type), node.pointer.span)
        if node.subtract:
            count = _negated(cx, count, node)
        ty = cx.type_of(node.type)
        if node.scale is None:
            rvalue: Rvalue = Binary(BinOp.OFFSET, pointer, count)
        else:
            bytes_ = cx.pointer_to(U8)
            start = cx.hold(Cast(CastKind.POINTER, pointer, bytes_), bytes_, node.span)
            moved = cx.hold(Binary(BinOp.OFFSET, start, count), bytes_, node.span)
            rvalue = Cast(CastKind.POINTER, moved, ty)
        if not spine:
            return rvalue
        pointer = cx.hold(rvalue, ty, node.span)


def _scaled(cx: Lowering, count: Operand, node: tree.PointerAdd) -> Operand:
    assert node.scale is not None
    mark = cx.mark()
    scale = cx.operand(node.scale)
    ty = cx.type_of(node.index.type)
    count = cx.settle(count, mark, ty, node.span)
    if cx.type_of(node.scale.type) is not I64:
        scale = cx.hold(Cast(CastKind.INT, scale, I64), I64, node.span)
    if ty is not I64:
        count = cx.hold(Cast(CastKind.INT, count, I64), I64, node.span)
    return cx.hold(Binary(BinOp.MUL, count, scale), I64, node.span)


def _negated(cx: Lowering, count: Operand, node: tree.PointerAdd) -> Operand:
    if isinstance(count, IntConst):
        return IntConst(-count.value, I64)
    if node.scale is None and cx.type_of(node.index.type) != I64:
        count = cx.hold(Cast(CastKind.INT, count, I64), I64, node.span)
    return cx.hold(Unary(UnOp.NEG, count), I64, node.span)


def pointer_difference(cx: Lowering, expr: tree.PointerDifference) -> Rvalue:
    """Lower `left - right`, in elements."""
    left, right = cx.operands(expr.left, expr.right)
    if expr.scale is None:
        return Binary(BinOp.PTR_DIFF, left, right)
    bytes_ = cx.pointer_to(U8)
    first = cx.hold(Cast(CastKind.POINTER, left, bytes_), bytes_, expr.span)
    second = cx.hold(Cast(CastKind.POINTER, right, bytes_), bytes_, expr.span)
    apart = cx.hold(Binary(BinOp.PTR_DIFF, first, second), I64, expr.span)
    scale = cx.operand(expr.scale)
    size = cx.hold(Cast(CastKind.INT, scale, I64), I64, expr.span)
    return Binary(BinOp.DIV, apart, size, Overflow.UNDEFINED)
