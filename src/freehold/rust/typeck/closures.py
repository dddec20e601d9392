"""Closure expressions: their signature from what is expected of them, their bodies, their kind."""

from dataclasses import replace

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust_traits as codes
from freehold.mir.body import BindingKind
from freehold.mir.values import BorrowKind
from freehold.records import dataclass, field
from freehold.rust import ast, thir
from freehold.rust.infer import try_unify
from freehold.rust.infer.instantiate import open_binder
from freehold.rust.traits import ClosureFacts, deduce
from freehold.rust.typeck.checker import Checker
from freehold.rust.typeck.draft import (
    Draft,
    Expectation,
    Frame,
    LocalVar,
    PatternDraft,
    Wish,
    expecting,
)
from freehold.rust.typeck.joins import Join
from freehold.rust.typeck.mentions import mentioned
from freehold.rust.typeck.patterns import Around, check_pattern
from freehold.rust.typeck.upvars import Captured, analyse, as_capture
from freehold.rust.typeck.uses import Use, UsedPlace, Uses
from freehold.rust.typeck.writer import DEREF, PlacePath, Writer
from freehold.source import Span
from freehold.types import Type
from freehold.types.fold import Folder, open_signature, regions_of
from freehold.types.generic import (
    ERASED,
    ERROR,
    BoundRegion,
    ClosureDef,
    ClosureKind,
    ClosureType,
    FreeRegion,
    RefType,
    Region,
    Signature,
)


@dataclass(frozen=True, slots=True)
class Written:
    """The types that were written for the parameters and the result of a closure."""

    inputs: list[Type | None]
    output: Type | None


@dataclass(slots=True, eq=False)
class ClosureCheck:
    """A closure whose body has been checked. `order` are the variables that it mentions."""

    e: ast.Closure
    frame: Frame
    type: ClosureType
    patterns: list[PatternDraft]
    inputs: tuple[Type, ...]
    body: Draft
    order: list[LocalVar]
    captures: tuple[Captured, ...] = ()
    written: "Written" = field(default_factory=lambda: Written([], None))

    @property
    def definition(self) -> ClosureDef:
        """The closure's definition."""
        return self.type.definition


def check_closure(cx: Checker, e: ast.Closure, expected: Expectation) -> Draft:
    """Check `|a, b| body`."""
    if e.is_async:
        cx.unsupported(e.span, "async closures")
        return cx.erroneous(e.span)
    hint = None if expected.wish is Wish.CASTABLE else cx.hint(expected)
    deduced = None if hint is None else deduce(cx.fulfilment, cx.try_known(hint))
    order = mentioned(cx, e)
    written, supplied = _supplied(cx, e)
    signature = supplied
    wanted = None if deduced is None else deduced.signature
    mismatched = wanted is not None and len(wanted.inputs) != len(supplied.inputs)
    if wanted is not None and mismatched:
        _say_count(cx, e, len(wanted.inputs))
        signature = replace(supplied, inputs=(ERROR,) * len(supplied.inputs))
    elif wanted is not None:
        signature = _merged(cx, wanted, supplied)
    name = f"{cx.owner.path}::{{closure#{len(cx.closures)}}}"
    definition = ClosureDef("{closure}", name, e.head, moves=e.is_move)
    ty = ClosureType(definition, cx.identity)
    kind = None if deduced is None else deduced.kind
    cx.solver.closures[definition] = ClosureFacts(signature, kind, captureless=not order)
    frame = Frame(thir.BodyKind.CLOSURE, e.head, cx.frame, definition, signature)
    patterns, body, inputs = _check_body(cx, e, frame, signature)
    check = ClosureCheck(e, frame, ty, patterns, inputs, body, order, written=written)
    cx.closures.append(check)
    return Draft(e.span, ERROR if mismatched else ty, lambda w: _write(cx, w, check))


# -------------------------------------------------------------------------------------- signature


def _supplied(cx: Checker, e: ast.Closure) -> tuple[Written, Signature]:
    """Return the signature as written, variables where nothing is."""
    bound = [f"'{each.lifetime.name}" for each in e.lifetimes]

    def region(_span: Span) -> BoundRegion:
        bound.append("'_")
        return BoundRegion(0, len(bound) - 1)

    written: list[Type | None] = []
    inputs: list[Type] = []
    for parameter in e.parameters:
        if parameter.type is None:
            written.append(None)
            inputs.append(cx.fresh(parameter.pattern.span))
            continue
        with cx.eliding(region):
            lowered = cx.lowerer.type(parameter.type)
        written.append(lowered)
        inputs.append(cx.normalise(_unbound(lowered), parameter.type.span))
    result = None
    output: Type = cx.fresh(e.body.span)
    if e.output is not None:
        result, output = cx.lower(e.output)
    return Written(written, result), Signature(tuple(inputs), output, tuple(bound))


class _EraseFree(Folder):
    """Erases lifetimes that no binder has; those of the closure's own stay."""

    __slots__ = ()

    def region(self, region: Region) -> Region:
        return region if isinstance(region, BoundRegion) else ERASED


def _unbound(ty: Type) -> Type:
    return _EraseFree().type(ty)


def _merged(cx: Checker, wanted: Signature, supplied: Signature) -> Signature:
    """Return the signature that is expected, made equal to what was written."""
    mark = cx.table.snapshot()
    opened = open_binder(wanted)
    own = open_binder(supplied)
    for left, right in zip(opened.inputs, own.inputs, strict=True):
        if try_unify(cx.table, left, right) is not None:
            cx.table.rollback(mark)
            return supplied
    if try_unify(cx.table, opened.output, own.output) is not None:
        cx.table.rollback(mark)
        return supplied
    return replace(wanted, unsafe=False, abi="Rust")


def _say_count(cx: Checker, e: ast.Closure, wanted: int) -> None:
    given = len(e.parameters)
    what = (
        f"closure is expected to take {wanted} argument{'' if wanted == 1 else 's'}, "
        f"but it takes {given} argument{'' if given == 1 else 's'}"
    )
    label = f"expected closure that takes {wanted} argument{'' if wanted == 1 else 's'}"
    labels = (Label(e.head, f"takes {given} argument{'' if given == 1 else 's'}"),)
    cx.report(Diagnostic(codes.CLOSURE_ARITY, e.head, {"what": what}, label, labels))


# ------------------------------------------------------------------------------------------- body


def _check_body(
    cx: Checker, e: ast.Closure, frame: Frame, signature: Signature
) -> tuple[list[PatternDraft], Draft, tuple[Type, ...]]:
    opened = open_binder(signature)
    before, cx.diverges = cx.diverges, False
    outer, cx.frame = cx.frame, frame
    frame.returns = Join(opened.output)
    frame.result = opened.output
    frame.result_span = None if e.output is None else e.output.span
    patterns = []
    for parameter, ty in zip(e.parameters, opened.inputs, strict=True):
        around = Around(BindingKind.PARAMETER)
        patterns.append(check_pattern(cx, parameter.pattern, ty, around))
    body = cx.check(e.body, expecting(opened.output))
    frame.returns.add(cx, body)
    cx.frame = outer
    cx.diverges = before
    return patterns, body, opened.inputs


# ----------------------------------------------------------------------------------------- analysis


def settle_closures(cx: Checker) -> None:
    """Find captures and kinds of all closures of the body, inner ones first."""
    cx.notes.final = False
    for check in cx.closures:
        _settle(cx, check)
    cx.notes.final = True


def _settle(cx: Checker, check: ClosureCheck) -> None:
    writer = Writer(cx.notes, check.frame)
    uses: list[Captured] = []

    def record(place: UsedPlace, use: Use, span: Span) -> None:
        uses.append(Captured(place, use, span))

    walk = Uses(writer, cx.is_copy, record)
    for pattern in check.patterns:
        writer.pattern(pattern)
    walk.value(writer.expr(check.body))
    rank = {variable.number: at for at, variable in enumerate(check.order)}
    uses.sort(key=lambda each: rank.get(each.place.root.number, len(rank)))
    whole = tuple(check.order) if cx.edition.captures_whole else ()
    found = analyse(uses, moves=check.e.is_move, has_drop=cx.has_drop, whole=whole)
    check.captures = found.captures
    facts = cx.solver.closures[check.definition]
    if facts.kind is None:
        facts.kind = found.kind
        if found.because is not None:
            cx.kind_causes[check.definition] = found.because
    facts.upvars = tuple(each.type for each in found.captures)
    paths = tuple(PlacePath(each.place.root, each.place.projections) for each in found.captures)
    cx.notes.captured[check.definition] = paths
    for settle in cx.calls_of.pop(check.definition, ()):
        settle(facts.kind)
    cx.fulfilment.select()


# ------------------------------------------------------------------------------------------ writing


def _write(cx: Checker, w: Writer, check: ClosureCheck) -> thir.Expr:
    captures = tuple(_capture(w, each) for each in check.captures)
    ty = w.type(check.type, check.e.span)
    if cx.notes.final:
        w.bodies[check.definition] = _body(cx, w, check)
    return thir.Closure(check.definition, captures, ty, check.e.span)


def _capture(w: Writer, captured: Captured) -> thir.Expr:
    """Return a captured place, or the borrow of it, as an expression of the frame around."""
    place = captured.place
    span = captured.span
    node = w.local(place.root, span)
    for projection, name, ty in zip(place.projections, place.names, place.types[1:], strict=True):
        found = w.type(ty, span)
        if projection == DEREF:
            node = w.deref(node, found, span, implicit=True)
        else:
            node = w.field(node, projection, found, span, name)
    if captured.use is Use.MOVE:
        return node
    kind = _BORROWS[captured.use]
    ty = RefType(ERASED, node.type, captured.use is not Use.SHARED)
    return thir.Borrow(kind, node, ty, span, implicit=True)


_BORROWS = {
    Use.SHARED: BorrowKind.SHARED,
    Use.UNIQUE: BorrowKind.UNIQUE,
    Use.MUT: BorrowKind.MUT,
}


def _user_type(w: Writer, written: Type | None, span: Span | None) -> thir.UserType | None:
    """Return a type that was written; the lifetimes that the closure binds are in its signature."""
    if written is None or span is None:
        return None
    user = w.user(written, span)
    return None if any(isinstance(one, BoundRegion) for one in regions_of(user.type)) else user


def _body(cx: Checker, around: Writer, check: ClosureCheck) -> thir.Body:
    """Write a closure's body, and complete its definition."""
    facts = cx.solver.closures[check.definition]
    definition = check.definition
    definition.kind = facts.kind or ClosureKind.FN
    definition.captures = tuple(
        as_capture(each, around.type(each.type, each.span)) for each in check.captures
    )
    w = Writer(cx.notes, check.frame)
    signature = w.signature(facts.signature, check.e.span)
    definition.signature = signature
    free = tuple(FreeRegion(at, name) for at, name in enumerate(signature.bound))
    parameters = tuple(
        thir.ParameterDecl(
            w.pattern(pattern),
            w.type(ty, pattern.span),
            each.pattern.span,
            None if each.type is None else each.type.span,
            _user_type(w, written, None if each.type is None else each.type.span),
        )
        for pattern, ty, each, written in zip(
            check.patterns, check.inputs, check.e.parameters, check.written.inputs, strict=True
        )
    )
    result_span = None if check.e.output is None else check.e.output.span
    value = w.expr(check.body)
    itself = w.type(check.type, check.e.span)
    selves: dict[ClosureKind, Type] = {
        ClosureKind.FN: RefType(ERASED, itself, mutable=False),
        ClosureKind.FN_MUT: RefType(ERASED, itself, mutable=True),
        ClosureKind.FN_ONCE: itself,
    }
    return thir.Body(
        thir.BodyKind.CLOSURE,
        definition,
        open_signature(signature, free),
        parameters,
        value,
        w.variables(),
        cx.answers,
        check.e.span,
        w.bodies,
        selves[definition.kind],
        cx.equality,
        _user_type(w, check.written.output, result_span),
    )
