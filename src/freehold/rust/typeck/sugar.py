"""`for` and `?`: what they stand for."""

from freehold.diagnostics import Diagnostic
from freehold.diagnostics import codes_rust_types as codes
from freehold.mir.body import BindingKind
from freehold.mir.values import BorrowKind
from freehold.rust import ast, thir
from freehold.rust.infer import has_error
from freehold.rust.items import AssociatedType, Constructor, Function, Trait
from freehold.rust.typeck.checker import Checker
from freehold.rust.typeck.control import enter, leave
from freehold.rust.typeck.draft import Draft, Expectation, LocalVar
from freehold.rust.typeck.patterns import Around, check_pattern
from freehold.rust.typeck.writer import Writer
from freehold.source import Span
from freehold.types import NEVER, UNIT, Type
from freehold.types.generic import (
    ERASED,
    AdtType,
    ProjectionType,
    RefType,
    type_argument,
)


def _method(cx: Checker, lang: str) -> tuple[Trait, Function]:
    """Return a lang item that is a trait's method, and the trait."""
    function = cx.lang_function(lang)
    trait = function.parent
    assert isinstance(trait, Trait)
    return trait, function


def _associated(cx: Checker, trait: Trait, name: str, ty: Type, span: Span) -> Type:
    item = trait.items[name]
    assert isinstance(item, AssociatedType)
    return cx.normalise(ProjectionType(item, (ty,)), span)


# --------------------------------------------------------------------------------------------- for

# {
#     match IntoIterator::into_iter(iterable) {
#         mut iter => 'label: loop {
#             match Iterator::next(&mut iter) { None => break, Some(pattern) => body }
#         }
#     };  // a statement: its temporaries end here, even where the loop is the end of a block
# }


def check_for(cx: Checker, e: ast.For, _expected: Expectation) -> Draft:
    """Check `for pattern in iterable { }`."""
    iterable = cx.check(e.iterable)
    span = e.iterable.span
    into, into_iter = _method(cx, "into_iter")
    iterator, next_ = _method(cx, "next")
    source = iterable.adjusted
    cx.fulfilment.require_trait(into, (source,), span)
    cursor = _associated(cx, into, "IntoIter", source, span)
    cx.fulfilment.select()
    item = _associated(cx, iterator, "Item", cursor, span)
    cx.fulfilment.select()
    node = ast.Ident(span, "iter")
    variable = cx.declare(node, "iter", cursor, BindingKind.PATTERN, mutable=True)
    target = enter(cx, e, e.label, "`for` loop", None)
    before = cx.diverges
    pattern = check_pattern(cx, e.pattern, item, Around(BindingKind.PATTERN))
    body = cx.check_exact(ast.BlockExpr(e.body.span, e.body), UNIT)
    leave(cx)
    cx.diverges = before
    some, none = cx.crates.lang("Some"), cx.crates.lang("None")
    assert isinstance(some, Constructor)
    assert isinstance(none, Constructor)
    made = some.adt
    assert made is not None

    def write(w: Writer) -> thir.Expr:
        found = w.type(cursor, span)
        option = AdtType(made, (w.type(item, span),))
        place = w.local(variable, span)
        borrowed = thir.Borrow(
            BorrowKind.MUT, place, RefType(ERASED, found, mutable=True), span, implicit=True
        )
        step = thir.Call(w.item(next_, (found,), span), (borrowed,), option, span)
        stop = thir.Break(target.label, None, NEVER, span)
        arms = (
            thir.Arm(
                thir.VariantPattern(none.variant, (), option, span),
                None,
                thir.Never(stop, UNIT, span),
                span,
            ),
            thir.Arm(
                thir.VariantPattern(some.variant, ((0, w.pattern(pattern)),), option, span),
                None,
                w.expr(body),
                e.span,
            ),
        )
        turn = thir.Match(step, arms, UNIT, e.span, "for")
        loop = thir.LoopExpr(target.label, turn, UNIT, e.span, "for")
        start = thir.Call(
            w.item(into_iter, (w.type(source, span),), span), (w.expr(iterable),), found, span
        )
        binding = thir.BindPattern(thir.Variable(variable.index), None, None, found, span)
        arm = thir.Arm(binding, None, loop, span)
        whole = thir.Match(start, (arm,), UNIT, e.span, "for")
        return thir.Block((thir.ExprStatement(whole, e.span),), None, UNIT, e.span)

    return Draft(e.span, UNIT, write)


# ---------------------------------------------------------------------------------------------- ?

# match Try::branch(operand) {
#     Continue(value) => value,
#     Break(residual) => return FromResidual::from_residual(residual),
# }


def check_try(cx: Checker, e: ast.Try, _expected: Expectation) -> Draft:
    """Check `operand?`."""
    operand = cx.check(e.operand)
    ty = operand.adjusted
    mark = Span(e.span.source, max(e.span.start, e.span.end - 1), e.span.end, e.span.expansion)
    returns = cx.frame.returns
    if has_error(cx.resolve(ty)) or returns is None:
        if returns is None:
            cx.report(Diagnostic(codes.RETURN_OUTSIDE, e.span, {}))
        return cx.erroneous(e.span)
    attempt, branch = _method(cx, "branch")
    residues, from_residual = _method(cx, "from_residual")
    cx.fulfilment.require_trait(attempt, (ty,), e.span)
    value = _associated(cx, attempt, "Output", ty, e.span)
    residual = _associated(cx, attempt, "Residual", ty, e.span)
    cx.fulfilment.select()
    result = cx.fresh(e.span)
    back = Draft(e.span, result, lambda _w: thir.Tuple((), UNIT, e.span))
    returns.add(cx, back)
    returns.drafts.pop()
    cx.fulfilment.require_trait(residues, (result, residual), mark)
    cx.fulfilment.select()
    declare = _Branches(cx, e, value, residual)

    def write(w: Writer) -> thir.Expr:
        found, left, made = w.type(value, e.span), w.type(residual, e.span), w.type(result, e.span)
        source = w.type(ty, e.span)
        flow = AdtType(declare.flow, (left, found))
        call = thir.Call(w.item(branch, (source,), e.span), (w.expr(operand),), flow, e.span)
        returned = thir.Call(
            w.item(from_residual, (made, left), mark),
            (w.local(declare.residual, e.span),),
            made,
            e.span,
        )
        leave_ = thir.Never(thir.Return(returned, NEVER, e.span), found, e.span)
        arms = (
            declare.arm(declare.breaking, declare.residual, flow, leave_),
            declare.arm(declare.going_on, declare.value, flow, w.local(declare.value, e.span)),
        )
        return thir.Match(call, arms, found, e.span, "?")

    return Draft(e.span, value, write)


class _Branches:
    """The two arms of a `?`, and their variables."""

    __slots__ = ("_span", "breaking", "flow", "going_on", "residual", "value")

    def __init__(self, cx: Checker, e: ast.Try, value: Type, residual: Type) -> None:
        self._span = e.span
        going_on, breaking = cx.crates.lang("Continue"), cx.crates.lang("Break")
        assert isinstance(going_on, Constructor)
        assert isinstance(breaking, Constructor)
        assert going_on.adt is not None
        self.flow = going_on.adt
        self.going_on, self.breaking = going_on.variant, breaking.variant
        self.value = self._declare(cx, "val", value)
        self.residual = self._declare(cx, "residual", residual)

    def _declare(self, cx: Checker, name: str, ty: Type) -> LocalVar:
        node = ast.Ident(self._span, name)
        return cx.declare(node, name, ty, BindingKind.PATTERN, mutable=False)

    def arm(self, variant: int, variable: LocalVar, flow: AdtType, body: thir.Expr) -> thir.Arm:
        """Return `variant(variable) => body`."""
        ty = type_argument(flow.arguments, 1 if variant == self.going_on else 0)
        binding = thir.BindPattern(
            thir.Variable(variable.index),
            None,
            None,
            ty,
            self._span,
        )
        pattern = thir.VariantPattern(variant, ((0, binding),), flow, self._span)
        return thir.Arm(pattern, None, body, self._span)
