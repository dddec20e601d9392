"""Assignments: plain, compound, to bit-fields and to atomic objects."""

from freehold.c import tree
from freehold.c.lower.context import Lowering
from freehold.mir.statements import Intrinsic
from freehold.mir.values import Binary, BinOp, Cast, CastKind, Copy, IntConst, Operand, Place, Use
from freehold.source import Span
from freehold.types import BOOL, Adt, FunctionType, IntType, Type

_TRIVIAL = (tree.IntValue, tree.FloatValue, tree.FunctionRef)


def store(cx: Lowering, expr: tree.Store) -> Operand:
    """Lower `target = value` to its value: what was stored."""
    ty = cx.type_of(expr.type)
    if isinstance(ty, Adt) or _is_plain_local(cx, expr.target):
        return Copy(_store(cx, expr))
    operand = cx.operand(expr.value)
    mark = cx.mark()
    place = cx.access(expr.target)
    operand = cx.settle(operand, mark, ty, expr.span)
    operand = cx.stable(operand, ty, expr.span)
    cx.assign(place, Use(operand), expr.span)
    return _truncated(cx, operand, expr.target, ty, expr.span)


def store_effect(cx: Lowering, expr: tree.Store) -> None:
    """Lower `target = value` as a statement."""
    _store(cx, expr)


def _store(cx: Lowering, expr: tree.Store) -> Place:
    # The value comes first, as compilers have it: `p->n = grow()` may change p.
    value = expr.value
    if type(value) in cx.rules.into and _is_plain_local(cx, expr.target):
        place = cx.access(expr.target)
        cx.into(place, value, expr.span)
        return place
    rvalue = cx.rvalue(value)
    mark = cx.mark()
    place = cx.access(expr.target)
    rvalue = cx.settle_rvalue(rvalue, mark, cx.type_of(value.type), expr.span)
    cx.assign(place, rvalue, expr.span)
    return place


def _is_plain_local(cx: Lowering, target: tree.Expr) -> bool:
    """Whether `target` is a local that can be assigned and read without further effects."""
    if not isinstance(target, tree.VariableRef) or int.__and__(target.type.quals, 10):
        return False
    place = cx.places.get(id(target.variable))
    return place is not None and isinstance(place.base, int)


def compound(cx: Lowering, expr: tree.CompoundAssign) -> Operand:
    """Lower `target op= value`, `++target` or `target++` to its value."""
    result = _compound(cx, expr, wanted=True)
    assert result is not None
    return result


def compound_effect(cx: Lowering, expr: tree.CompoundAssign) -> None:
    """Lower `target op= value`, `++target` or `target++` as a statement."""
    _compound(cx, expr, wanted=False)


def _compound(cx: Lowering, expr: tree.CompoundAssign, *, wanted: bool) -> Operand | None:
    right = _right_operand(expr)
    if right is not None:
        # Like compilers, evaluate the right side first, then read the target.
        operand = cx.operand(right)
        mark = cx.mark()
        place = cx.access(expr.target)
        cx.known[id(right)] = cx.settle(operand, mark, cx.type_of(right.type), right.span)
    else:
        place = cx.access(expr.target)
    update = _atomic_update if place.atomic else _update
    result = update(cx, expr, place, wanted=wanted)
    cx.known.pop(id(expr.hole), None)
    if right is not None:
        del cx.known[id(right)]
    return result


def _right_operand(expr: tree.CompoundAssign) -> tree.Expr | None:
    """Return the right side in `value`, unless it is too simple to matter."""
    value: tree.Expr = expr.value
    while isinstance(value, tree.Convert):
        value = value.operand
    if isinstance(value, tree.Arithmetic):
        right = value.right
    elif isinstance(value, tree.PointerAdd):
        # `n += p` adds the target to the pointer.
        right = value.pointer if _is_hole(value.index, expr) else value.index
    else:
        return None
    return None if isinstance(right, _TRIVIAL) else right


def _is_hole(value: tree.Expr, expr: tree.CompoundAssign) -> bool:
    """Whether `value` is the target's old value, converted or not."""
    while isinstance(value, tree.Convert):
        value = value.operand
    return value is expr.hole


def _update(
    cx: Lowering, expr: tree.CompoundAssign, place: Place, *, wanted: bool
) -> Operand | None:
    ty, span = cx.type_of(expr.hole.type), expr.span
    old: Operand = Copy(place, expr.target.span)
    if place.volatile or (wanted and expr.post):
        old = cx.hold(Use(old), ty, span)
    cx.known[id(expr.hole)] = old
    if not wanted or expr.post or _is_plain_local(cx, expr.target):
        cx.assign(place, cx.rvalue(expr.value), span)
        if not wanted:
            return None
        return old if expr.post else Copy(place)
    new = cx.stable(cx.operand(expr.value), ty, span)
    cx.assign(place, Use(new), span)
    return _truncated(cx, new, expr.target, ty, span)


def _truncated(cx: Lowering, value: Operand, target: tree.Expr, ty: Type, span: Span) -> Operand:
    """Return `value` as the bit-field `target`, if it is one, holds it."""
    if not isinstance(target, tree.MemberOf) or not isinstance(ty, IntType):
        return value
    record = cx.unit.type_of(target.record)
    assert isinstance(record, Adt)
    width = record.fields[target.index].bits
    if width is None or width >= ty.bits:
        return value
    if not ty.signed:
        return cx.hold(Binary(BinOp.AND, value, IntConst((1 << width) - 1, ty)), ty, span)
    unsigned = IntType(ty.bits, signed=False)
    spare = IntConst(ty.bits - width, ty)
    bits = cx.hold(Cast(CastKind.INT, value, unsigned), unsigned, span)
    high = cx.hold(Binary(BinOp.SHL, bits, spare), unsigned, span)
    back = cx.hold(Cast(CastKind.INT, high, ty), ty, span)
    return cx.hold(Binary(BinOp.SHR, back, spare), ty, span)


def _atomic_update(
    cx: Lowering, expr: tree.CompoundAssign, place: Place, *, wanted: bool
) -> Operand | None:
    # expected = *target;  do new = f(expected); while (!compare_exchange(target, &expected, new));
    ty, span = cx.type_of(expr.hole.type), expr.span
    pointer = cx.pointer_to(ty)
    target = cx.address(Place(place.base, place.projections), pointer, span)
    expected = cx.hold(Use(Copy(place)), ty, span)
    assert isinstance(expected.place.base, int)
    cx.escaping.add(expected.place.base)
    expected_at = cx.address(expected.place, pointer, span)
    again, done = cx.builder.block(), cx.builder.block()
    cx.enter(again, span)
    cx.known[id(expr.hole)] = cx.hold(Use(expected), ty, span)
    new = cx.stable(cx.operand(expr.value), ty, span)
    swapped = Place(cx.builder.temporary(BOOL, span))
    signature = FunctionType((pointer, pointer, ty), BOOL)
    arguments = (target, expected_at, new)
    cx.call(Intrinsic.ATOMIC_COMPARE_EXCHANGE, signature, arguments, swapped, span)
    cx.switch(Copy(swapped), done, again, span)
    cx.builder.enter(done)
    if not wanted:
        return None
    return cx.known[id(expr.hole)] if expr.post else new
