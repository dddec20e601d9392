"""Conditions, matches, loops and jumps."""

from collections.abc import Callable
from dataclasses import replace

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust_types as codes
from freehold.mir.body import BindingKind
from freehold.rust import ast, thir
from freehold.rust.typeck.blocks import check_block, explicit_ref
from freehold.rust.typeck.checker import Checker
from freehold.rust.typeck.draft import (
    ANYTHING,
    Draft,
    Expectation,
    PatternDraft,
    Target,
    Wish,
    expecting,
)
from freehold.rust.typeck.joins import Join, Wording
from freehold.rust.typeck.patterns import Around, check_pattern
from freehold.rust.typeck.places import make_mutable
from freehold.rust.typeck.writer import Writer
from freehold.source import Span
from freehold.types import BOOL, NEVER, UNIT, NeverType, Type
from freehold.types.generic import InferKind, InferType


def for_branches(cx: Checker, expected: Expectation) -> Expectation:
    """Return what to hope for in branches: a type only if it is known already."""
    if expected.wish is Wish.UNSIZED:
        return expected
    ty = cx.only(expected)
    if ty is None:
        return ANYTHING
    ty = cx.try_known(ty)
    unknown = isinstance(ty, InferType) and ty.kind is InferKind.ANY
    return ANYTHING if unknown else expecting(ty)


def tail_span(e: ast.Expr) -> Span:
    """Return where the value of an expression is made: the tail of a block."""
    while isinstance(e, ast.BlockExpr):
        if e.block.result is None:
            last = e.block.statements[-1:]
            return last[0].span if last else e.span
        e = e.block.result
    return e.span


# --------------------------------------------------------------------------------------------- if


def check_if(cx: Checker, e: ast.If, expected: Expectation) -> Draft:
    """Check `if condition { } else { }`."""
    condition = cx.check_exact(e.condition, BOOL)
    before, cx.diverges = cx.diverges, False
    hope = for_branches(cx, expected)
    join = Join(cx.target(hope, e.span))
    then = check_block(cx, e.then, hope)
    then.node = ast.BlockExpr(e.then.span, e.then)
    then_diverges, cx.diverges = cx.diverges, False
    join.add(cx, then)
    otherwise = None
    if e.otherwise is None:
        join.add_unit(cx, e.span, _no_else(then))
        cx.diverges = before
    else:
        otherwise = cx.check(e.otherwise, hope)
        at = tail_span(e.otherwise)
        join.add(cx, otherwise, _branches("`if` and `else` have incompatible types", then), at)
        cx.diverges = before or (then_diverges and cx.diverges)
    ty = join.type()
    left = otherwise

    def write(w: Writer) -> thir.Expr:
        return thir.If(
            w.expr(condition),
            w.expr(then),
            None if left is None else w.expr(left),
            w.type(ty, e.span),
            e.span,
        )

    return Draft(e.span, ty, write)


def _branches(what: str, then: Draft) -> Wording:
    def word(found: Diagnostic) -> Diagnostic:
        at = tail_span(then.node) if then.node is not None else then.span
        labels = (Label(at, "expected because of this"),)
        return replace(found, code=codes.BRANCHES_DIFFER, facts={"what": what}, labels=labels)

    return word


def _no_else(then: Draft) -> Wording:
    def word(found: Diagnostic) -> Diagnostic:
        return replace(
            found,
            code=codes.IF_WITHOUT_ELSE,
            labels=(Label(then.span, "found here"),),
            notes=("`if` expressions without `else` evaluate to `()`",),
            help=("consider adding an `else` block that evaluates to the expected type",),
        )

    return word


def check_let(cx: Checker, e: ast.Let, _expected: Expectation) -> Draft:
    """Check `let pattern = value` in a condition."""
    value = cx.check(e.scrutinee)
    labels = (Label(value.span, f"this expression has type `{cx.show(value.adjusted)}`"),)
    around = Around(BindingKind.PATTERN, labels=labels)
    pattern = check_pattern(cx, e.pattern, value.adjusted, around)
    if explicit_ref(e.pattern):
        make_mutable(cx, value)

    def write(w: Writer) -> thir.Expr:
        subject, (found,) = w.matched(w.expr(value), (w.pattern(pattern),))
        return thir.Let(found, subject, BOOL, e.span)

    return Draft(e.span, BOOL, write)


# ------------------------------------------------------------------------------------------ match


def check_match(cx: Checker, e: ast.Match, expected: Expectation) -> Draft:
    """Check `match scrutinee { arms }`."""
    scrutinee = cx.check(e.scrutinee)
    diverges, cx.diverges = cx.diverges, False
    matched = scrutinee.adjusted
    labels = (Label(scrutinee.span, f"this expression has type `{cx.show(matched)}`"),)
    around = Around(BindingKind.PATTERN, labels=labels)
    patterns = [check_pattern(cx, arm.pattern, matched, around) for arm in e.arms]
    if any(explicit_ref(arm.pattern) for arm in e.arms):
        make_mutable(cx, scrutinee)
    hope = for_branches(cx, expected)
    only = cx.only(hope)
    join = Join(cx.fresh(e.span) if only is None or only == UNIT else only)
    arms = []
    all_diverge = True
    for arm, pattern in zip(e.arms, patterns, strict=True):
        arms.append(_arm(cx, arm, pattern, hope, join))
        all_diverge = all_diverge and cx.diverges
        cx.diverges = False
    cx.diverges = diverges or all_diverge
    ty = join.type()

    def write(w: Writer) -> thir.Expr:
        subject = w.expr(scrutinee)
        found = tuple(each(w) for each in arms)
        subject, seen = w.matched(subject, tuple(each.pattern for each in found))
        found = tuple(replace(arm, pattern=each) for arm, each in zip(found, seen, strict=True))
        return thir.Match(subject, found, w.type(ty, e.span), e.span)

    return Draft(e.span, ty, write)


def _arm(
    cx: Checker, arm: ast.Arm, pattern: PatternDraft, hope: Expectation, join: Join
) -> Callable[[Writer], thir.Arm]:
    guard = None if arm.guard is None else cx.check_exact(arm.guard, BOOL)
    cx.diverges = False
    body = cx.check(arm.body, hope)
    before = [each for each in join.drafts if not _never(cx, each)]
    wording = _arms(cx, before) if before else None
    join.add(cx, body, wording, tail_span(arm.body))

    def write(w: Writer) -> thir.Arm:
        return thir.Arm(
            w.pattern(pattern),
            None if guard is None else w.expr(guard),
            w.expr(body),
            arm.span,
        )

    return write


def _never(cx: Checker, draft: Draft) -> bool:
    return isinstance(cx.shallow(draft.type), NeverType)


def _arms(cx: Checker, before: list[Draft]) -> Wording:
    def word(found: Diagnostic) -> Diagnostic:
        shown = cx.show(before[-1].adjusted)
        text = "this is found to be of type" if len(before) == 1 else (
            "this and all prior arms are found to be of type"
        )  # fmt: skip
        at = before[-1].node
        span = before[-1].span if at is None else tail_span(at)
        what = "`match` arms have incompatible types"
        labels = (Label(span, f"{text} `{shown}`"),)
        return replace(found, code=codes.BRANCHES_DIFFER, facts={"what": what}, labels=labels)

    return word


# ------------------------------------------------------------------------------------------ loops


def check_loop(cx: Checker, e: ast.Loop, expected: Expectation) -> Draft:
    """Check `loop { }`: its type is that of its breaks."""
    join = Join(cx.target(for_hope(expected), e.span))
    target = enter(cx, e, e.label, "loop", join)
    before = cx.diverges
    body = cx.check(ast.BlockExpr(e.body.span, e.body), expecting(UNIT))
    cx.demand_coerce(body, UNIT)
    leave(cx)
    ty: Type = join.type() if target.broken else NEVER
    if target.broken:
        cx.diverges = before
    return Draft(
        e.span,
        ty,
        lambda w: thir.LoopExpr(target.label, w.expr(body), w.type(ty, e.span), e.span),
    )


def for_hope(expected: Expectation) -> Expectation:
    """Return an expectation that says what the type is to be, or none."""
    return expected if expected.wish is Wish.TYPE else ANYTHING


def enter(
    cx: Checker, e: ast.Node, label: ast.Lifetime | None, kind: str, join: Join | None
) -> Target:
    """Open a loop."""
    name = "" if label is None else label.name
    target = Target(e, cx.new_loop(), join, name, kind)
    cx.frame.targets.append(target)
    return target


def leave(cx: Checker) -> None:
    """Close the innermost loop."""
    cx.frame.targets.pop()


def check_while(cx: Checker, e: ast.While, _expected: Expectation) -> Draft:
    """Check `while condition { }`: `loop { if condition { body } else { break } }`."""
    target = enter(cx, e, e.label, "`while` loop", None)
    before = cx.diverges
    target.in_condition = True
    condition = cx.check_exact(e.condition, BOOL)
    target.in_condition = False
    body = cx.check_exact(ast.BlockExpr(e.body.span, e.body), UNIT)
    leave(cx)
    cx.diverges = before

    def write(w: Writer) -> thir.Expr:
        out = thir.Break(target.label, None, NEVER, e.span)
        stop = thir.Block((thir.ExprStatement(out, e.span),), None, NEVER, e.span)
        never = thir.Never(stop, UNIT, e.span)
        turn = thir.If(w.expr(condition), w.expr(body), never, UNIT, e.span)
        return thir.LoopExpr(target.label, turn, UNIT, e.span, "while")

    return Draft(e.span, UNIT, write)


# ------------------------------------------------------------------------------------------ jumps


def check_break(cx: Checker, e: ast.Break, _expected: Expectation) -> Draft:
    """Check `break 'label value`."""
    target = _target(cx, e, e.label, "break")
    if target is None:
        if e.value is not None:
            cx.check(e.value)
        return _never_draft(cx, e.span)
    value = None
    if e.value is not None:
        value = _break_value(cx, e, e.value, target)
    elif target.join is not None:
        target.join.add_unit(cx, e.span)
    target.broken = True
    label = target.label

    def write(w: Writer) -> thir.Expr:
        found = None if value is None else w.expr(value)
        return thir.Break(label, found, NEVER, e.span)

    return Draft(e.span, NEVER, write)


def _break_value(cx: Checker, e: ast.Break, value: ast.Expr, target: Target) -> Draft:
    if target.join is None:
        label = "can only break with a value inside `loop` or breakable block"
        labels = (Label(target.node.span, f"you can't `break` with a value in a {target.kind}"),)
        facts = {"kind": target.kind}
        cx.report(Diagnostic(codes.BREAK_VALUE, e.span, facts, label, labels))
        return cx.check(value)
    draft = cx.check(value, expecting(target.join.so_far()))
    target.join.add(cx, draft)
    return draft


def check_continue(cx: Checker, e: ast.Continue, _expected: Expectation) -> Draft:
    """Check `continue 'label`."""
    target = _target(cx, e, e.label, "continue")
    if target is None:
        return _never_draft(cx, e.span)
    label = target.label
    return Draft(e.span, NEVER, lambda _w: thir.Continue(label, NEVER, e.span))


def _never_draft(cx: Checker, span: Span) -> Draft:
    cx.failed = True
    return Draft(span, NEVER, lambda _w: thir.Tuple((), NEVER, span))


def _target(
    cx: Checker, e: ast.Break | ast.Continue, label: ast.Lifetime | None, word: str
) -> Target | None:
    """Return where a jump goes; None after an error."""
    if label is not None:
        return _labelled(cx, e, label, word)
    loops = [each for each in cx.frame.targets if not isinstance(each.node, ast.BlockExpr)]
    if loops:
        inner = cx.frame.targets[-1]
        if isinstance(inner.node, ast.BlockExpr):
            text = f"unlabeled `{word}` inside of a labeled block needs to bear a label"
            cx.report(Diagnostic(codes.UNLABELED_BREAK, e.span, {"word": word}, text))
        elif loops[-1].in_condition:
            text = f"unlabeled `{word}` in the condition of a `while` loop"
            cx.report(Diagnostic(codes.BREAK_LABEL_IN_CONDITION, e.span, {}, text))
            return None
        return loops[-1]
    _outside(cx, e, word)
    return None


def _labelled(
    cx: Checker, e: ast.Break | ast.Continue, label: ast.Lifetime, word: str
) -> Target | None:
    node = cx.names.labels.get(label)
    for target in reversed(cx.frame.targets):
        if target.node is node:
            if word == "continue" and isinstance(node, ast.BlockExpr):
                labels = (Label(node.span, "labeled block the `continue` points to"),)
                text = "labeled blocks cannot be `continue`'d"
                cx.report(Diagnostic(codes.CONTINUE_TO_BLOCK, e.span, {}, text, labels))
                return None
            return target
    if node is not None:
        _outside(cx, e, word)
    cx.failed = True
    return None


def _outside(cx: Checker, e: ast.Break | ast.Continue, word: str) -> None:
    if cx.frame.kind is thir.BodyKind.CLOSURE:
        label = f"cannot `{word}` inside of a closure"
        labels = (Label(cx.frame.span, "enclosing closure"),)
        facts = {"word": word, "place": "a closure"}
        cx.report(Diagnostic(codes.BREAK_INSIDE_CLOSURE, e.span, facts, label, labels))
        return
    blocks = bool(cx.frame.targets) and word == "break"
    more = " or labeled block" if word == "break" else ""
    del blocks
    label = f"cannot `{word}` outside of a loop{more}"
    cx.report(Diagnostic(codes.JUMP_OUTSIDE_LOOP, e.span, {"word": word, "more": more}, label))


def check_return(cx: Checker, e: ast.Return, _expected: Expectation) -> Draft:
    """Check `return value`."""
    returns = cx.frame.returns
    if returns is None:
        cx.report(Diagnostic(codes.RETURN_OUTSIDE, e.span, {}))
        if e.value is not None:
            cx.check(e.value)
        return _never_draft(cx, e.span)
    value = None
    if e.value is None:
        returns.add_unit(cx, e.span, _return_needs_value(cx))
    else:
        value = cx.check(e.value, expecting(returns.expected))
        returns.add(cx, value, because_of_result(cx))

    def write(w: Writer) -> thir.Expr:
        found = None if value is None else w.expr(value)
        return thir.Return(found, NEVER, e.span)

    return Draft(e.span, NEVER, write)


def _return_needs_value(cx: Checker) -> Wording:
    def word(found: Diagnostic) -> Diagnostic:
        labels: tuple[Label, ...] = ()
        if cx.frame.result_span is not None and cx.frame.result is not None:
            shown = cx.show(cx.frame.result)
            text = f"expected `{shown}` because of this return type"
            labels = (Label(cx.frame.result_span, text),)
        return Diagnostic(codes.RETURN_NEEDS_VALUE, found.at, {}, "return type is not `()`", labels)

    return word


def because_of_result(cx: Checker) -> Wording:
    """Return a wording that points to the function's result type."""

    def word(found: Diagnostic) -> Diagnostic:
        at, ty = cx.frame.result_span, cx.frame.result
        if at is None or ty is None:
            return found
        text = f"expected `{cx.show(ty)}` because of return type"
        return replace(found, labels=(*found.labels, Label(at, text)))

    return word
