"""Fields, indexing, dereferences and borrows."""

from freehold.diagnostics import Diagnostic
from freehold.diagnostics import codes_rust_types as codes
from freehold.rust import ast, thir
from freehold.rust.infer import has_error, instantiate
from freehold.rust.infer.adjust import Adjustment, BorrowStep, UnsizeStep
from freehold.rust.infer.unify import array_parts, raw
from freehold.rust.traits import Pick, Scope, autoderef, probe
from freehold.rust.traits.autoderef import Step, deref_adjustments
from freehold.rust.typeck.checker import Checker
from freehold.rust.typeck.draft import (
    ANYTHING,
    Draft,
    Expectation,
    Overload,
    Wish,
    expecting,
)
from freehold.rust.typeck.overload import Method, lang_method
from freehold.rust.typeck.places import is_box, is_place, make_adjusted_mutable
from freehold.rust.typeck.writer import Writer, borrow_kind
from freehold.source import Span
from freehold.types import (
    AdtKind,
    ArrayType,
    BoolType,
    CharType,
    FloatType,
    IntType,
    NeverType,
    PointerType,
    SliceType,
    StrType,
    TupleType,
    Type,
)
from freehold.types.generic import (
    ERASED,
    USIZE,
    AdtType,
    DynType,
    ErrorType,
    GenericArrayType,
    InferKind,
    InferType,
    RefType,
)

# ------------------------------------------------------------------------------------------ fields


def check_field(cx: Checker, e: ast.Field, _expected: Expectation) -> Draft:
    """Check `base.name`."""
    return _field(cx, e.base, e.ident.name, e.ident.span, e.span)


def check_tuple_field(cx: Checker, e: ast.TupleField, _expected: Expectation) -> Draft:
    """Check `base.0`."""
    return _field(cx, e.base, str(e.index), e.index_span, e.span)


def _field(cx: Checker, of: ast.Expr, name: str, at: Span, span: Span) -> Draft:
    base = cx.check(of)
    known = cx.known(base.adjusted, base.span)
    if has_error(known):
        return cx.erroneous(span)
    private: AdtType | None = None
    steps: list[Step] = []
    for step in autoderef(cx.fulfilment, known, base.span):
        steps.append(step)
        found = _field_of(cx, step.type, name, span)
        if found is None:
            continue
        index, ty, visible = found
        if visible:
            cx.adjust(base, deref_adjustments(steps))
            return _field_draft(cx, base, (index, name), ty, span)
        if private is None and isinstance(step.type, AdtType):
            private = step.type
    _no_field(cx, known, private, name, at)
    return cx.erroneous(span)


def _field_of(cx: Checker, ty: Type, name: str, span: Span) -> tuple[int, Type, bool] | None:
    """Return number, type and visibility of a field."""
    if isinstance(ty, AdtType) and ty.definition.kind is not AdtKind.ENUM:
        for index, field in enumerate(ty.definition.fields):
            if field.name == name:
                visible = cx.crates.visible(field, cx.owner)
                return index, cx.field_type(ty, field, span), visible
    if isinstance(ty, TupleType) and name.isdecimal() and int(name) < len(ty.elements):
        return int(name), ty.elements[int(name)], True
    return None


def _field_draft(cx: Checker, base: Draft, which: tuple[int, str], ty: Type, span: Span) -> Draft:
    del cx
    index, name = which
    return Draft(
        span,
        ty,
        lambda w: w.field(w.expr(base), index, w.type(ty, span), span, name),
        place=True,
        base=base,
    )


def _no_field(cx: Checker, ty: Type, private: AdtType | None, name: str, at: Span) -> None:
    shown = cx.show(ty)
    facts = {"field": name, "type": shown}
    if private is not None:
        kind = private.definition.kind.value
        facts |= {"kind": kind, "type": private.definition.name}
        cx.report(Diagnostic(codes.PRIVATE_FIELD, at, facts, "private field"))
    elif isinstance(probe(cx.solver, ty, name, Scope((), cx.owner)), Pick):
        facts["method"] = name
        help_ = ("use parentheses to call the method",)
        found = Diagnostic(codes.METHOD_AS_FIELD, at, facts, "method, not a field", help=help_)
        cx.report(found)
    elif _is_primitive(ty):
        cx.report(Diagnostic(codes.NOT_A_FIELD_HOLDER, at, facts))
    else:
        cx.report(Diagnostic(codes.NO_FIELD, at, facts, "unknown field"))


def _is_primitive(ty: Type) -> bool:
    if isinstance(ty, InferType):
        return ty.kind is not InferKind.ANY
    return isinstance(ty, BoolType | CharType | IntType | FloatType | StrType)


# ---------------------------------------------------------------------------------------- indexing


def check_index(cx: Checker, e: ast.Index, _expected: Expectation) -> Draft:
    """Check `base[index]`: built in for arrays and slices by usize, else through `Index`."""
    base = cx.check(e.base)
    index = cx.check(e.index)
    known = cx.known(base.adjusted, base.span)
    if has_error(known) or has_error(cx.resolve(index.adjusted)):
        return cx.erroneous(e.span)
    steps: list[Step] = []
    for step in autoderef(cx.fulfilment, known, base.span):
        steps.append(step)
        ty = cx.try_known(step.type)
        element = _builtin(cx, ty, index)
        if element is not None:
            cx.adjust(base, deref_adjustments(steps))
            cx.demand_coerce(index, USIZE)
            return _builtin_index(base, index, element, e.span)
        found = _overloaded(cx, e, ty)
        if found is not None:
            method, wanted, unsized = found
            cx.adjust(base, (*deref_adjustments(steps), *_borrow(ty, unsized)))
            cx.demand_coerce(index, wanted)
            return _overloaded_index(cx, base, index, method, e)
    shown = cx.show(known)
    cx.report(Diagnostic(codes.CANNOT_INDEX, e.span, {"type": shown}))
    return cx.erroneous(e.span)


def _builtin(cx: Checker, ty: Type, index: Draft) -> Type | None:
    """Return the element type, if indexing is built in for sure."""
    at = cx.shallow(index.adjusted)
    if at != USIZE and not (isinstance(at, InferType) and at.kind is InferKind.INT):
        return None
    if isinstance(ty, SliceType):
        return ty.element
    return array_parts(ty)[0] if isinstance(ty, ArrayType | GenericArrayType) else None


def _builtin_index(base: Draft, index: Draft, element: Type, span: Span) -> Draft:
    def write(w: Writer) -> thir.Expr:
        return thir.Index(w.expr(base), w.expr(index), w.type(element, span), span)

    return Draft(span, element, write, place=True, base=base)


def _overloaded(
    cx: Checker, e: ast.Index, ty: Type
) -> tuple[Method, Type, SliceType | None] | None:
    """Return the method for `ty`, or for the slice that it is as an array; what it takes."""
    candidates: list[tuple[Type, SliceType | None]] = [(ty, None)]
    if isinstance(ty, ArrayType | GenericArrayType):
        unsized = SliceType(array_parts(ty)[0])
        candidates.append((unsized, unsized))
    for self_type, unsized_ in candidates:
        wanted = cx.fresh(e.index.span)
        method = lang_method(cx, "index", "index", (self_type, wanted), e.index.span)
        if method is not None:
            return method, wanted, unsized_
    return None


def _borrow(ty: Type, unsized: SliceType | None) -> tuple[Adjustment, ...]:
    borrow = BorrowStep(RefType(ERASED, ty, mutable=False), mutable=False)
    if unsized is None:
        return (borrow,)
    return (borrow, UnsizeStep(RefType(ERASED, unsized, mutable=False)))


def _overloaded_index(
    cx: Checker, base: Draft, index: Draft, method: Method, e: ast.Index
) -> Draft:
    span = e.span
    result = cx.shallow(method.signature.output)
    assert isinstance(result, RefType)
    element = result.pointee
    overload = Overload(method.function, method.arguments)

    def write(w: Writer) -> thir.Expr:
        subject, at = w.expr(base), w.expr(index)
        ty = w.type(element, span)
        builtin = _as_builtin(subject, at)
        if builtin is not None:
            return thir.Index(builtin, at, ty, span)
        callee = w.item(overload.method, overload.arguments, span)
        pointer = RefType(ERASED, ty, overload.mutable)
        call = thir.Call(callee, (subject, at), pointer, span, operator=True, method_span=e.op_span)
        return thir.Deref(call, ty, span)

    return Draft(span, element, write, place=True, base=base, overload=overload)


def _as_builtin(subject: thir.Expr, index: thir.Expr) -> thir.Expr | None:
    """Return the array or slice place under the borrow, if the index turned out to be a usize."""
    if index.type != USIZE:
        return None
    if isinstance(subject, thir.Cast):
        subject = subject.operand
    if not isinstance(subject, thir.Borrow):
        return None
    place = subject.place
    return place if isinstance(place.type, ArrayType | GenericArrayType | SliceType) else None


# ----------------------------------------------------------------------------------------- derefs


def check_deref(cx: Checker, e: ast.Deref, expected: Expectation) -> Draft:
    """Check `*operand`."""
    del expected
    operand = cx.check(e.operand)
    known = cx.known(operand.adjusted, operand.span)
    if has_error(known):
        return cx.erroneous(e.span)
    pointee = _pointee(known)
    if pointee is not None:
        return Draft(
            e.span,
            pointee,
            lambda w: w.deref(w.expr(operand), w.type(pointee, e.span), e.span),
            place=True,
            base=operand,
        )
    method = lang_method(cx, "deref", "deref", (known,), e.span)
    if method is None:
        shown = cx.show(known)
        label = "can't be dereferenced"
        cx.report(Diagnostic(codes.CANNOT_DEREF, e.span, {"type": shown}, label))
        return cx.erroneous(e.span)
    return _overloaded_deref(cx, operand, known, method, e.span)


def _pointee(ty: Type) -> Type | None:
    match ty:
        case RefType(_, pointee, _) | PointerType(pointee, _):
            return pointee
        case AdtType(_, arguments) if is_box(ty):
            return arguments[0]  # type: ignore[return-value]
        case _:
            return None


def _overloaded_deref(
    cx: Checker, operand: Draft, known: Type, method: Method, span: Span
) -> Draft:
    cx.adjust(operand, (BorrowStep(RefType(ERASED, known, mutable=False), mutable=False),))
    result = cx.shallow(method.signature.output)
    assert isinstance(result, RefType)
    target = result.pointee
    overload = Overload(method.function, method.arguments)

    def write(w: Writer) -> thir.Expr:
        ty = w.type(target, span)
        callee = w.item(overload.method, overload.arguments, span)
        pointer = RefType(ERASED, ty, overload.mutable)
        call = thir.Call(callee, (w.expr(operand),), pointer, span, operator=True)
        return thir.Deref(call, ty, span)

    return Draft(span, target, write, place=True, base=operand, overload=overload)


# ---------------------------------------------------------------------------------------- borrows


def check_borrow(cx: Checker, e: ast.Borrow, expected: Expectation) -> Draft:
    """Check `&operand`, `&mut operand`."""
    operand = cx.check(e.operand, _behind(cx, e.operand, expected))
    if e.mutable:
        make_adjusted_mutable(cx, operand)
    ty = RefType(ERASED, operand.adjusted, e.mutable)
    kind = borrow_kind(mutable=e.mutable)

    def write(w: Writer) -> thir.Expr:
        return thir.Borrow(kind, w.expr(operand), w.type(ty, e.span), e.span)

    return Draft(e.span, ty, write)


def _behind(cx: Checker, operand: ast.Expr, expected: Expectation) -> Expectation:
    """Return what to hope for behind a borrow that is hoped to be of type `expected`."""
    ty = cx.only(expected)
    if not isinstance(ty, RefType | PointerType):
        return ANYTHING
    # A place has the type that it has: what is hoped for may come of coercing the reference.
    if is_place(operand):
        return Expectation(Wish.CASTABLE, ty.pointee)
    return hint_for_value(cx, ty.pointee)


def hint_for_value(cx: Checker, ty: Type) -> Expectation:
    """Return the hint for a value that may have to be unsized to `ty`."""
    known = cx.shallow(ty)
    if isinstance(_tail(cx, known), SliceType | StrType | DynType):
        return Expectation(Wish.UNSIZED, known)
    return expecting(known)


def _tail(cx: Checker, ty: Type) -> Type:
    """Return what decides whether `ty` is sized: its last field, and so on."""
    seen: set[Type] = set()
    while isinstance(ty, AdtType) and ty.definition.kind is AdtKind.STRUCT and ty not in seen:
        seen.add(ty)
        fields = ty.definition.fields
        if not fields:
            break
        ty = cx.shallow(instantiate(fields[-1].type, ty.arguments))
    return ty


def check_raw_borrow(cx: Checker, e: ast.RawBorrow, expected: Expectation) -> Draft:
    """Check `&raw const operand`, `&raw mut operand`."""
    operand = cx.check(e.operand, _behind(cx, e.operand, expected))
    if e.mutable:
        make_adjusted_mutable(cx, operand)
    if not operand.place and not isinstance(cx.shallow(operand.type), ErrorType | NeverType):
        label = "temporary value"
        cx.report(Diagnostic(codes.TEMPORARY_ADDRESS, e.operand.span, {}, label))
    ty = raw(operand.adjusted, mutable=e.mutable)

    def write(w: Writer) -> thir.Expr:
        return thir.RawBorrow(w.expr(operand), e.mutable, w.type(ty, e.span), e.span)

    return Draft(e.span, ty, write)
