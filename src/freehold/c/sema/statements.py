"""Statements (C11 6.8), and GNU's: statement expressions, computed goto, compiler barriers."""

from collections.abc import Sequence

from freehold.c import ast, tree
from freehold.c.ctype import Function
from freehold.c.sema import fold
from freehold.c.sema.assign import assign_convert
from freehold.c.sema.cases import case_label, default_label
from freehold.c.sema.context import BlockBuilder, Context, SwitchState
from freehold.c.sema.convert import promote, rvalue, value
from freehold.c.sema.kinds import (
    BAD,
    INT,
    VOID,
    VOID_POINTER,
    is_integer,
    is_pointer,
    is_void,
)
from freehold.c.sema.labels import define_label, new_label, use_label
from freehold.c.sema.operators import condition
from freehold.c.sema.scope import ScopeKind
from freehold.c.sema.spell import spell
from freehold.diagnostics.codes import BAD_STATEMENT, REDECLARED, TYPE_MISMATCH
from freehold.source import Span

# ------------------------------------------------------------------------------------------ blocks


def compound(c: Context, node: ast.Compound) -> None:
    """Analyse `{ ... }`."""
    c.emit(_block(c, node))


def _block(c: Context, node: ast.Compound) -> tree.Block:
    with c.scoped(ScopeKind.BLOCK):
        outer, c.block = c.block, BlockBuilder()
        assert c.function is not None
        fixed = c.function.fixed
        block_items(c, node)
        built, c.block = c.block, outer
        c.function.fixed = fixed
    return tree.Block(node.span, tuple(built.variables), tuple(built.statements), node.end)


def block_items(c: Context, node: ast.Compound) -> None:
    """Analyse the items of a block into the current one."""
    _with_local_labels(c, node, node.items)


def _with_local_labels(c: Context, node: ast.Compound, items: Sequence[ast.BlockItem]) -> None:
    assert c.function is not None
    if not node.local_labels:
        for item in items:
            c.statement(item)
        return
    local = {}
    for name in node.local_labels:
        if name in local:
            c.report.error(REDECLARED, node.span, f"local label `{name}` is declared twice")
        local[name] = new_label(c, name, node.span)
    c.function.local_labels.append(local)
    for item in items:
        c.statement(item)
    c.function.local_labels.pop()


def _nested(c: Context, node: ast.BlockItem) -> tree.Statement:
    """Analyse the statement that another one holds: a block, whether it has braces or not."""
    if isinstance(node, ast.Compound):
        return _block(c, node)
    with c.scoped(ScopeKind.BLOCK):
        outer, built = c.block, BlockBuilder()
        c.block = built
        c.statement(node)
        c.block = outer
    if len(built.statements) == 1 and not built.variables:
        return built.statements[0]
    end = Span(node.span.source, node.span.end, node.span.end)
    return tree.Block(node.span, tuple(built.variables), tuple(built.statements), end)


def statement_expression(c: Context, node: ast.StatementExpr) -> tree.Expr:
    """Analyse GNU's `({ ... })`: its value is that of the last expression statement."""
    if c.function is None:
        what = "a statement expression has no place outside of a function"
        c.report.error(BAD_STATEMENT, node.span, what)
        return fold.bad(node.span)
    c.report.pedantic(BAD_STATEMENT, node.span, "statement expressions are an extension")
    body = node.body
    last = body.items[-1] if body.items else None
    extents, c.extents = c.extents, []
    result: tree.Expr | None = None
    with c.scoped(ScopeKind.BLOCK):
        outer, built = c.block, BlockBuilder()
        c.block = built
        fixed = c.function.fixed
        valued = _valued(last)
        if valued is None:
            _with_local_labels(c, body, body.items)
        else:
            rest = (*body.items[:-1], *_without_value(last))
            _with_local_labels(c, body, rest)
            result = rvalue(c, c.expr(valued))
            if is_void(result.type):
                c.emit(tree.Evaluate(valued.span, result))
                result = None
        c.block = outer
        c.function.fixed = fixed
    c.extents = extents
    block = tree.Block(body.span, tuple(built.variables), tuple(built.statements), body.end)
    if result is not None and result.type is BAD:
        return fold.bad(node.span)
    ty = VOID if result is None else result.type
    return tree.BlockExpr(ty, node.span, block, result)


def _valued(item: ast.BlockItem | None) -> ast.Expr | None:
    """Return the expression that gives a statement expression its value."""
    while isinstance(item, ast.Label):
        item = item.body
    return item.expr if isinstance(item, ast.ExprStatement) else None


def _without_value(item: ast.BlockItem | None) -> list[ast.BlockItem]:
    """Return the labels in front of the value, each before an empty statement."""
    found: list[ast.BlockItem] = []
    while isinstance(item, ast.Label):
        empty = ast.ExprStatement(item.span, None)
        found.append(ast.Label(item.span, item.name, empty))
        item = item.body
    return found


def expression(c: Context, node: ast.ExprStatement) -> None:
    """Analyse an expression statement."""
    if node.expr is None:
        return
    found = c.expr(node.expr)
    if found.type is BAD:
        return
    if isinstance(found.type.type, Function):
        found = rvalue(c, found)
    c.emit(tree.Evaluate(node.span, found))


# --------------------------------------------------------------------------------------- selection


def if_(c: Context, node: ast.If) -> None:
    """Analyse `if`; a chain of `else if` goes down in a loop."""
    arms: list[tuple[ast.If, tree.Expr, tree.Statement]] = []
    at: ast.Statement | None = node
    while isinstance(at, ast.If):
        test = condition(c, at.condition)
        arms.append((at, test, _nested(c, at.then)))
        at = at.otherwise
    last = None if at is None else _nested(c, at)
    for arm, test, then in reversed(arms):
        last = tree.If(arm.span, test, then, last)
    assert last is not None
    c.emit(last)


def switch(c: Context, node: ast.Switch) -> None:
    """Analyse `switch`."""
    assert c.function is not None
    number = value(c, node.value)
    if not is_integer(number.type):
        c.report.error(
            TYPE_MISMATCH,
            node.value.span,
            f"`switch` needs an integer, not `{spell(number.type)}`",
            number,
        )
        number = tree.IntValue(INT, node.value.span, 0)
    number = promote(number)
    state = SwitchState(number.type, fixed=c.function.fixed)
    c.function.switches.append(state)
    c.function.breakable += 1
    body = _nested(c, node.body)
    c.function.breakable -= 1
    c.function.switches.pop()
    c.emit(tree.Switch(node.span, number, tuple(state.cases), body))


def labelled(c: Context, node: ast.Case | ast.Default | ast.Label) -> None:
    """Analyse a row of labels and the statement behind them."""
    assert c.function is not None
    at: ast.BlockItem = node
    while isinstance(at, (ast.Case, ast.Default, ast.Label)):
        if isinstance(at, ast.Case):
            case_label(c, at)
        elif isinstance(at, ast.Default):
            default_label(c, at)
        else:
            c.emit(tree.LabelMark(at.span, define_label(c, at.name, at.span)))
        at = at.body
    c.statement(at)


# --------------------------------------------------------------------------------------- iteration


def _body(c: Context, node: ast.Statement) -> tree.Statement:
    assert c.function is not None
    c.function.breakable += 1
    c.function.loops += 1
    body = _nested(c, node)
    c.function.breakable -= 1
    c.function.loops -= 1
    return body


def while_(c: Context, node: ast.While) -> None:
    """Analyse `while`."""
    test = condition(c, node.condition)
    c.emit(tree.Loop(node.span, test, _body(c, node.body)))


def do_while(c: Context, node: ast.DoWhile) -> None:
    """Analyse `do`."""
    body = _body(c, node.body)
    test = condition(c, node.condition)
    c.emit(tree.Loop(node.span, test, body, test_last=True))


def for_(c: Context, node: ast.For) -> None:
    """Analyse `for`; what its first part declares lives in a block around the loop."""
    assert c.function is not None
    with c.scoped(ScopeKind.BLOCK):
        outer, built = c.block, BlockBuilder()
        c.block = built
        fixed = c.function.fixed
        _for_init(c, node.init)
        test = None if node.condition is None else condition(c, node.condition)
        step = None if node.step is None else c.expr(node.step)
        body = _body(c, node.body)
        c.emit(tree.Loop(node.span, test, body, step))
        c.block = outer
        c.function.fixed = fixed
    if len(built.statements) == 1 and not built.variables:
        c.emit(built.statements[0])
        return
    end = Span(node.span.source, node.span.end, node.span.end)
    c.emit(tree.Block(node.span, tuple(built.variables), tuple(built.statements), end))


def _for_init(c: Context, node: ast.Declaration | ast.Expr | ast.StaticAssert | None) -> None:
    if node is None:
        return
    if not isinstance(node, ast.Declaration):
        if isinstance(node, ast.StaticAssert):
            c.statement(node)
        else:
            c.emit(tree.Evaluate(node.span, c.expr(node)))
        return
    for item in node.specifiers.items:
        if isinstance(item, ast.Keyword) and item.name in ("typedef", "extern", "static"):
            what = f"`{item.name}` has no place in the head of a `for` loop"
            c.report.error(BAD_STATEMENT, item.span, what)
    c.statement(node)


# ------------------------------------------------------------------------------------------- jumps


def goto(c: Context, node: ast.Goto) -> None:
    """Analyse `goto`."""
    c.emit(tree.Jump(node.span, use_label(c, node.name, node.span)))


def computed_goto(c: Context, node: ast.ComputedGoto) -> None:
    """Analyse GNU's `goto *target`."""
    c.report.pedantic(BAD_STATEMENT, node.span, "computed `goto` is an extension")
    target = value(c, node.target)
    if not is_pointer(target.type):
        target = assign_convert(c, target, VOID_POINTER, node.target.span, "computed goto")
    c.emit(tree.ComputedJump(node.span, target))


def label_address(c: Context, node: ast.LabelAddress) -> tree.Expr:
    """Analyse GNU's `&&label`."""
    c.report.pedantic(BAD_STATEMENT, node.span, "the address of a label is an extension")
    if c.function is None:
        what = f"label `{node.name}` outside of a function"
        c.report.error(BAD_STATEMENT, node.span, what)
        return fold.bad(node.span)
    label = use_label(c, node.name, node.span, jump=False)
    label.address_taken = True
    return tree.LabelRef(VOID_POINTER, node.span, label)


def break_(c: Context, node: ast.Break) -> None:
    """Analyse `break`."""
    assert c.function is not None
    if not c.function.breakable:
        c.report.error(BAD_STATEMENT, node.span, "`break` outside of a loop or switch")
        return
    c.emit(tree.Break(node.span))


def continue_(c: Context, node: ast.Continue) -> None:
    """Analyse `continue`."""
    assert c.function is not None
    if not c.function.loops:
        c.report.error(BAD_STATEMENT, node.span, "`continue` outside of a loop")
        return
    c.emit(tree.Continue(node.span))


def return_(c: Context, node: ast.Return) -> None:
    """Analyse `return`."""
    assert c.function is not None
    result, name = c.function.result, c.function.entity.name
    if node.value is None:
        if not is_void(result) and result is not BAD:
            what = f"`return` without a value, but `{name}` returns `{spell(result)}`"
            c.report.pedwarn(TYPE_MISMATCH, node.span, what)
        c.emit(tree.Return(node.span, None))
        return
    found = value(c, node.value)
    if not is_void(result):
        if result is BAD:
            return
        found = assign_convert(c, found, result, node.value.span, "return")
        c.emit(tree.Return(node.span, found))
        return
    if is_void(found.type):
        what = f"`return` with a void expression in `{name}`: an extension"
        c.report.pedantic(TYPE_MISMATCH, node.value.span, what)
    else:
        what = f"`return` with a value, but `{name}` returns nothing"
        c.report.pedwarn(TYPE_MISMATCH, node.value.span, what, found)
    c.emit(tree.Evaluate(node.span, found))
    c.emit(tree.Return(node.span, None))


def asm(c: Context, node: ast.Asm) -> None:
    """Analyse `asm`: only what emits no instruction is supported."""
    empty = not node.template.replace("\\n", "").replace("\\t", "").strip()
    plain = all(operand.constraint.startswith("+") for operand in node.outputs)
    if not empty or not plain or node.labels:
        c.report.unsupported(node.span, "inline assembly, other than a compiler barrier")
        return
    if c.function is None:
        return
    for operand in node.outputs:
        c.expr(operand.value)
    for operand in node.inputs:
        c.emit(tree.Evaluate(operand.span, rvalue(c, c.expr(operand.value))))
    c.emit(tree.CompilerBarrier(node.span))
