"""Statements."""

from freehold.c import tree
from freehold.c.lower.context import Lowering
from freehold.c.lower.scopes import CScope
from freehold.c.lower.storage import close_scope, leave_to, open_scope
from freehold.mir.statements import Barrier, Return
from freehold.mir.values import RETURN, Block, Place
from freehold.types import VoidType


def body(cx: Lowering, block: tree.Block) -> None:
    """Lower the statements of a block whose scope is open."""
    statement = cx.rules.statement
    for item in block.body:
        statement[type(item)](cx, item)


def block(cx: Lowering, statement: tree.Block) -> None:
    """Lower a block."""
    open_scope(cx, statement)
    body(cx, statement)
    close_scope(cx, statement.end)


def evaluate(cx: Lowering, statement: tree.Evaluate) -> None:
    """Lower an expression statement."""
    cx.effect(statement.expr)


def set_extent(cx: Lowering, statement: tree.SetExtent) -> None:
    """Lower the evaluation of a variable-length array's element count."""
    cx.into(cx.places[id(statement.variable)], statement.value, statement.span)


def if_(cx: Lowering, statement: tree.If) -> None:
    """Lower `if`, in a loop along an else-if chain."""
    join = cx.builder.block()
    arm: tree.Statement | None = statement
    while isinstance(arm, tree.If):
        then = cx.builder.block()
        otherwise = cx.builder.block() if arm.otherwise is not None else join
        cx.branch(arm.condition, then, otherwise)
        cx.builder.enter(then)
        cx.statement(arm.then)
        cx.goto(join, arm.span)
        if arm.otherwise is not None:
            cx.builder.enter(otherwise)
        arm = arm.otherwise
    if arm is not None:
        cx.statement(arm)
        cx.goto(join, statement.span)
    cx.builder.enter(join)


def loop(cx: Lowering, statement: tree.Loop) -> None:
    """Lower `while`, `do` and `for`."""
    test, inner = cx.builder.block(), cx.builder.block()
    step, done = cx.builder.block(), cx.builder.block()
    cx.goto(inner if statement.test_last else test, statement.span)
    cx.builder.enter(test)
    if statement.condition is None:
        cx.goto(inner, statement.span)
    else:
        cx.branch(statement.condition, inner, done)
    cx.builder.enter(inner)
    outer = cx.break_to, cx.continue_to
    cx.break_to, cx.continue_to = (done, cx.scope), (step, cx.scope)
    cx.statement(statement.body)
    cx.break_to, cx.continue_to = outer
    cx.enter(step, statement.span)
    if statement.step is not None:
        cx.effect(statement.step)
    cx.goto(test, statement.span)
    cx.builder.enter(done)


def break_(cx: Lowering, statement: tree.Break) -> None:
    """Lower `break`."""
    _leave(cx, cx.break_to, statement)


def continue_(cx: Lowering, statement: tree.Continue) -> None:
    """Lower `continue`."""
    _leave(cx, cx.continue_to, statement)


def _leave(cx: Lowering, to: tuple[Block, CScope] | None, statement: tree.Statement) -> None:
    assert to is not None  # the front end has refused it otherwise
    target, scope = to
    leave_to(cx, scope, statement.span)
    cx.goto(target, statement.span)


def return_(cx: Lowering, statement: tree.Return) -> None:
    """Lower `return`."""
    value = statement.value
    if value is not None:
        if isinstance(cx.type_of(value.type), VoidType):
            cx.effect(value)
        else:
            cx.into(Place(RETURN), value, statement.span)
    leave_to(cx, None, statement.span)
    cx.builder.terminate(Return(statement.span, cx.scope.scope))


def barrier(cx: Lowering, statement: tree.CompilerBarrier) -> None:
    """Lower a compiler barrier."""
    cx.note_call()
    cx.builder.push(Barrier(statement.span, cx.scope.scope))
