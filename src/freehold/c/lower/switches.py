"""`switch`: its dispatch is emitted once its body has shown where the cases are."""

from freehold.c import tree
from freehold.c.lower.context import Lowering
from freehold.c.lower.jumps import pass_label
from freehold.c.lower.scopes import LabelPlace, Snapshot
from freehold.c.lower.storage import jump_edge
from freehold.mir.statements import Switch
from freehold.mir.values import Binary, BinOp, Block, IntConst, Operand
from freehold.types import BOOL, Type

_EXPANDED = 64  # a range of up to so many values becomes as many cases


def case_label(cx: Lowering, statement: tree.CaseLabel) -> None:
    """Lower the place that a case marks."""
    place = cx.cases.setdefault(id(statement.target), LabelPlace(cx.builder.block()))
    pass_label(cx, place, statement)


def switch(cx: Lowering, statement: tree.Switch) -> None:
    """Lower `switch`."""
    ty = cx.type_of(statement.value.type)
    operand = cx.operand(statement.value)
    if not isinstance(operand, IntConst):
        operand = cx.stable(operand, ty, statement.value.span)
    dispatch = cx.builder.leave()
    scopes = cx.scope.snapshot()
    done = cx.builder.block()
    outer = cx.break_to
    cx.break_to = (done, cx.scope)
    cx.statement(statement.body)
    cx.break_to = outer
    cx.goto(done, statement.span)
    cx.builder.resume(dispatch)
    _dispatch(cx, statement, operand, scopes, done)
    cx.builder.enter(done)


def _dispatch(
    cx: Lowering, statement: tree.Switch, operand: Operand, scopes: Snapshot, done: Block
) -> None:
    ty = cx.type_of(statement.value.type)
    otherwise = done
    pads: list[tuple[Block, LabelPlace]] = []
    targets: list[tuple[int, Block]] = []
    wide: list[tuple[tree.CaseTarget, Block]] = []
    for case in statement.cases:
        place = cx.cases.pop(id(case))
        assert place.scopes is not None
        block = place.block
        if any(scope.entry for scope in place.scopes if scope not in scopes):
            block = cx.builder.block()
            pads.append((block, place))
        if case.low is None or case.high is None:
            otherwise = block
        elif case.high - case.low < _EXPANDED:
            targets += [(value, block) for value in range(case.low, case.high + 1)]
        else:
            wide.append((case, block))
    for case, block in wide:
        _range_test(cx, operand, ty, case, block)
    span = statement.span
    cx.builder.terminate(Switch(operand, tuple(targets), otherwise, span, cx.scope.scope))
    for block, place in pads:
        assert place.scopes is not None
        cx.builder.enter(block)
        jump_edge(cx, scopes, place.scopes, span)
        cx.goto(place.block, span)


def _range_test(
    cx: Lowering, operand: Operand, ty: Type, case: tree.CaseTarget, block: Block
) -> None:
    assert case.low is not None
    assert case.high is not None
    upper, following = cx.builder.block(), cx.builder.block()
    low = cx.hold(Binary(BinOp.GE, operand, IntConst(case.low, ty)), BOOL, case.span)
    cx.switch(low, upper, following, case.span)
    cx.builder.enter(upper)
    high = cx.hold(Binary(BinOp.LE, operand, IntConst(case.high, ty)), BOOL, case.span)
    cx.switch(high, block, following, case.span)
    cx.builder.enter(following)
