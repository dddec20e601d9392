"""Conditions and what is built from them: `&&`, `||`, `?:`, branches without a value."""

from freehold.c import tree
from freehold.c.lower.arithmetic import bool_operand, compare_bool
from freehold.c.lower.context import Lowering
from freehold.mir.values import Block, CastKind, Copy, IntConst, Operand, Place, Use, ZeroConst
from freehold.types import VOID, BoolType, IntType, VoidType


def branch_on_value(cx: Lowering, expr: tree.Expr, then: Block, otherwise: Block) -> None:
    """Branch on any scalar."""
    ty = cx.type_of(expr.type)
    operand = cx.operand(expr) if isinstance(ty, (IntType, BoolType)) else bool_operand(cx, expr)
    if isinstance(operand, IntConst):
        cx.goto(then if operand.value else otherwise, expr.span)
    else:
        cx.switch(operand, then, otherwise, expr.span)


def branch_on_compare(cx: Lowering, expr: tree.Compare, then: Block, otherwise: Block) -> None:
    """Branch on a comparison."""
    cx.switch(compare_bool(cx, expr), then, otherwise, expr.span)


def branch_on_not(cx: Lowering, expr: tree.LogicalNot, then: Block, otherwise: Block) -> None:
    """Branch on `!operand`."""
    cx.branch(expr.operand, otherwise, then)


def branch_on_convert(cx: Lowering, expr: tree.Convert, then: Block, otherwise: Block) -> None:
    """Branch on a conversion, without it where it keeps zero zero."""
    if expr.kind is CastKind.BOOL:
        cx.branch(expr.operand, then, otherwise)
    else:
        branch_on_value(cx, expr, then, otherwise)


def branch_on_sequence(cx: Lowering, expr: tree.Sequence, then: Block, otherwise: Block) -> None:
    """Branch on `left, right`."""
    cx.effect(expr.left)
    cx.branch(expr.right, then, otherwise)


def branch_on_logical(cx: Lowering, expr: tree.Logical, then: Block, otherwise: Block) -> None:
    """Branch on `&&` or `||`, in a loop along a chain of one of them."""
    is_and = expr.is_and
    terms = [expr.right]
    left = expr.left
    while isinstance(left, tree.Logical) and left.is_and is is_and:
        terms.append(left.right)
        left = left.left
    terms.append(left)
    while len(terms) > 1:
        term = terms.pop()
        following = cx.builder.block()
        if is_and:
            cx.branch(term, following, otherwise)
        else:
            cx.branch(term, then, following)
        cx.builder.enter(following)
    cx.branch(terms[0], then, otherwise)


def logical(cx: Lowering, expr: tree.Logical) -> Operand:
    """Lower `&&` or `||` to its value, an int."""
    place = Place(cx.builder.temporary(cx.type_of(expr.type), expr.span))
    logical_into(cx, place, expr)
    return Copy(place)


def logical_into(cx: Lowering, place: Place, expr: tree.Logical) -> None:
    """Lower `&&` or `||` into `place`."""
    ty = cx.type_of(expr.type)
    true, false, join = cx.builder.block(), cx.builder.block(), cx.builder.block()
    cx.branch(expr, true, false)
    for block, value in ((true, 1), (false, 0)):
        cx.builder.enter(block)
        cx.assign(place, Use(IntConst(value, ty)), expr.span)
        cx.goto(join, expr.span)
    cx.builder.enter(join)


def logical_effect(cx: Lowering, expr: tree.Logical) -> None:
    """Lower `&&` or `||` whose value nobody wants: the right side still depends on the left."""
    right, join = cx.builder.block(), cx.builder.block()
    if expr.is_and:
        cx.branch(expr.left, right, join)
    else:
        cx.branch(expr.left, join, right)
    cx.builder.enter(right)
    cx.effect(expr.right)
    cx.enter(join, expr.span)


def conditional(cx: Lowering, expr: tree.Conditional) -> Operand:
    """Lower `condition ? then : otherwise` to its value."""
    ty = cx.type_of(expr.type)
    if isinstance(ty, VoidType):
        conditional_effect(cx, expr)
        return ZeroConst(VOID)
    place = Place(cx.builder.temporary(ty, expr.span))
    conditional_into(cx, place, expr)
    return Copy(place)


def conditional_into(cx: Lowering, place: Place, expr: tree.Conditional) -> None:
    """Lower `condition ? then : otherwise` into `place`, in a loop along a chain of them."""
    _arms(cx, expr, place)


def conditional_effect(cx: Lowering, expr: tree.Conditional) -> None:
    """Lower `condition ? then : otherwise` for its effects."""
    _arms(cx, expr, None)


def _arms(cx: Lowering, expr: tree.Conditional, place: Place | None) -> None:
    join = cx.builder.block()
    arm: tree.Expr = expr
    while isinstance(arm, tree.Conditional):
        then, otherwise = cx.builder.block(), cx.builder.block()
        cx.branch(arm.condition, then, otherwise)
        cx.builder.enter(then)
        _arm(cx, arm.then, place)
        cx.goto(join, arm.span)
        cx.builder.enter(otherwise)
        arm = arm.otherwise
    _arm(cx, arm, place)
    cx.enter(join, expr.span)


def _arm(cx: Lowering, expr: tree.Expr, place: Place | None) -> None:
    if place is None:
        cx.effect(expr)
    else:
        cx.into(place, expr, expr.span)


def branch_on_conditional(
    cx: Lowering, expr: tree.Conditional, then: Block, otherwise: Block
) -> None:
    """Branch on `condition ? a : b`."""
    arm: tree.Expr = expr
    while isinstance(arm, tree.Conditional):
        true, false = cx.builder.block(), cx.builder.block()
        cx.branch(arm.condition, true, false)
        cx.builder.enter(true)
        cx.branch(arm.then, then, otherwise)
        cx.builder.enter(false)
        arm = arm.otherwise
    cx.branch(arm, then, otherwise)


def elvis(cx: Lowering, expr: tree.Elvis) -> Operand:
    """Lower GNU's `condition ?: otherwise`."""
    ty = cx.type_of(expr.condition.type)
    tested = cx.stable(cx.operand(expr.condition), ty, expr.condition.span)
    place = Place(cx.builder.temporary(cx.type_of(expr.type), expr.span))
    then, otherwise, join = cx.builder.block(), cx.builder.block(), cx.builder.block()
    cx.known[id(expr.hole)] = tested
    cx.branch(expr.hole, then, otherwise)
    cx.builder.enter(then)
    cx.into(place, expr.value, expr.span)
    del cx.known[id(expr.hole)]
    cx.goto(join, expr.span)
    cx.builder.enter(otherwise)
    cx.into(place, expr.otherwise, expr.span)
    cx.enter(join, expr.span)
    return Copy(place)
