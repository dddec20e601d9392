"""`case` and `default` (C11 6.8.4.2), with GNU's ranges."""

from freehold.c import ast, tree
from freehold.c.sema.constants import integer_constant
from freehold.c.sema.context import Context, SwitchState
from freehold.c.sema.fold import wrap
from freehold.c.sema.kinds import int_kind
from freehold.c.sema.labels import check_case
from freehold.diagnostics import Label
from freehold.diagnostics.codes import BAD_STATEMENT, C_WARNING
from freehold.source import Span


def case_label(c: Context, node: ast.Case) -> None:
    """Analyse `case low:` or `case low ... high:`."""
    state = _innermost(c, node.span, "case")
    low = _value(c, node.low, state)
    high = low if node.high is None else _value(c, node.high, state)
    if state is None or low is None or high is None:
        return
    if node.high is not None:
        c.report.pedantic(BAD_STATEMENT, node.span, "`case` ranges are an extension")
        if high < low:
            c.report.warn(C_WARNING, node.span, "this range is empty")
            return
    target = tree.CaseTarget(low, high, node.span)
    other = _overlapping(state, low, high)
    if other is not None:
        labels = (Label(other.span, "first used here"),)
        what = "two `case` labels of one switch have this value"
        c.report.error(BAD_STATEMENT, node.span, what, labels=labels)
        return
    if low == high:
        state.values[low] = target
    else:
        state.ranges.append(target)
    state.cases.append(target)
    check_case(c, node.span, state.fixed)
    c.emit(tree.CaseLabel(node.span, target))


def default_label(c: Context, node: ast.Default) -> None:
    """Analyse `default:`."""
    state = _innermost(c, node.span, "default")
    if state is None:
        return
    if state.default is not None:
        labels = (Label(state.default, "the first is here"),)
        what = "a switch has one `default` label at most"
        c.report.error(BAD_STATEMENT, node.span, what, labels=labels)
        return
    state.default = node.span
    target = tree.CaseTarget(None, None, node.span)
    state.cases.append(target)
    check_case(c, node.span, state.fixed)
    c.emit(tree.CaseLabel(node.span, target))


def _innermost(c: Context, at: Span, word: str) -> SwitchState | None:
    assert c.function is not None
    if c.function.switches:
        return c.function.switches[-1]
    c.report.error(BAD_STATEMENT, at, f"`{word}` outside of a switch")
    return None


def _value(c: Context, node: ast.Expr, state: SwitchState | None) -> int | None:
    constant = integer_constant(c, node, "the value of a `case` label")
    if constant is None:
        return None
    return constant.value if state is None else wrap(constant.value, int_kind(state.type))


def _overlapping(state: SwitchState, low: int, high: int) -> tree.CaseTarget | None:
    if low == high:
        known = state.values.get(low)
        if known is not None:
            return known
    else:
        for value, target in state.values.items():
            if low <= value <= high:
                return target
    for target in state.ranges:
        assert target.low is not None
        assert target.high is not None
        if target.low <= high and low <= target.high:
            return target
    return None
