"""Calls of function items, pointers, constructors, closures, and whatever has an `Fn` trait."""

from collections.abc import Sequence

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust_types as codes
from freehold.rust import ast, thir
from freehold.rust.infer import has_error, instantiate_signature
from freehold.rust.infer.adjust import BorrowStep
from freehold.rust.infer.instantiate import open_binder
from freehold.rust.items import Constructor, Function, Item, Trait
from freehold.rust.traits import autoderef
from freehold.rust.traits.autoderef import Step, deref_adjustments
from freehold.rust.traits.report import CallSite
from freehold.rust.typeck.arguments import Callee, check_arguments, tuple_inputs
from freehold.rust.typeck.checker import Checker
from freehold.rust.typeck.draft import Draft, Expectation
from freehold.rust.typeck.overload import Method, lang_method, normalised
from freehold.rust.typeck.places import make_mutable
from freehold.rust.typeck.writer import Writer, borrow_kind
from freehold.source import Span
from freehold.types import AdtKind, TupleType, Type
from freehold.types.generic import (
    ERASED,
    AdtType,
    ClosureKind,
    ClosureType,
    FnDefType,
    FnPtrType,
    RefType,
    Signature,
)


def check_call(cx: Checker, e: ast.Call, expected: Expectation) -> Draft:
    """Check `function(arguments)`."""
    callee = cx.check(e.function)
    known = cx.known(callee.adjusted, callee.span)
    if has_error(known):
        return _check_anyway(cx, e)
    steps: list[Step] = []
    for step in autoderef(cx.fulfilment, known, callee.span):
        steps.append(step)
        ty = cx.try_known(step.type)
        if isinstance(ty, FnDefType | FnPtrType):
            cx.adjust(callee, deref_adjustments(steps))
            return _plain(cx, e, callee, ty, expected)
        if isinstance(ty, ClosureType) and cx.solver.closure(ty).kind is None:
            cx.adjust(callee, deref_adjustments(steps))
            return _deferred(cx, e, callee, ty, expected)
        if isinstance(ty, RefType) and len(steps) == 1:
            # `&mut F` may be called as F is: by calling what it refers to, it need not be `mut`.
            continue
        found = _overloaded(cx, ty, len(e.arguments), e.span)
        if found is not None:
            cx.adjust(callee, deref_adjustments(steps))
            return _through_trait(cx, e, callee, found, expected)
    _not_callable(cx, e, known)
    return _check_anyway(cx, e)


def _check_anyway(cx: Checker, e: ast.Call) -> Draft:
    for each in e.arguments:
        cx.check(each)
    return cx.erroneous(e.span)


# ---------------------------------------------------------------------------------------- plain


def _plain(
    cx: Checker, e: ast.Call, callee: Draft, ty: FnDefType | FnPtrType, expected: Expectation
) -> Draft:
    signature = signature_of(cx, ty, e.span)
    if signature is None:
        _not_callable(cx, e, ty)
        return _check_anyway(cx, e)
    definition = ty.definition if isinstance(ty, FnDefType) else None
    what = _word(definition)
    if isinstance(definition, Function) and _is_drop(definition):
        label = "explicit destructor calls not allowed"
        help_ = ("use the `drop` function: `drop(value)`",)
        cx.report(Diagnostic(codes.EXPLICIT_DROP, e.function.span, {}, label, help=help_))
    of = Callee(
        signature.inputs,
        signature.output,
        what,
        e.function.span,
        e.span,
        definition,
        signature.variadic,
    )
    arguments = check_arguments(cx, of, e.arguments, expected)
    at = e.function.span
    cx.calls[at] = CallSite(tuple(each.span for each in arguments), at)
    result = signature.output
    return Draft(e.span, result, lambda w: _write(w, callee, arguments, result, e.span))


def _is_drop(definition: Function) -> bool:
    owner = definition.parent
    return isinstance(owner, Trait) and owner.lang == "drop"


def signature_of(cx: Checker, ty: Type, span: Span) -> Signature | None:
    """Return the signature of a function item or pointer, opened and normalised."""
    match ty:
        case FnDefType(Function() | Constructor() as definition, arguments):
            if definition.signature is None:
                return None
            opened = instantiate_signature(definition.signature, arguments)
        case FnPtrType(signature):
            opened = open_binder(signature)
        case _:
            return None
    return normalised(cx, opened, span)


def _word(definition: object) -> str:
    match definition:
        case Constructor(adt=adt) if adt is not None:
            return "enum variant" if adt.kind is AdtKind.ENUM else "struct"
        case Function(has_self=True):
            return "method"
        case Item(parent=Trait()):
            return "function"
        case _:
            return "function"


def _write(
    w: Writer, callee: Draft, arguments: Sequence[Draft], result: Type, span: Span
) -> thir.Expr:
    ty = w.type(result, span)
    function = w.expr(callee)
    given = w.exprs(tuple(arguments))
    made = function.type.definition if isinstance(function.type, FnDefType) else None
    if isinstance(made, Constructor) and isinstance(function, thir.Item):
        assert made.adt is not None
        fields = tuple(enumerate(given))
        return thir.Adt(made.adt, made.variant, fields, ty, span, user_type=_result(function))
    return thir.Call(function, given, ty, span)


def _result(function: thir.Item) -> thir.UserType | None:
    """Return the type of the value made, as written, for a constructor with arguments."""
    user = function.user_type
    if user is None or not isinstance(user.type, FnDefType):
        return None
    made = user.type.definition
    assert isinstance(made, Constructor)
    assert made.adt is not None
    return thir.UserType(AdtType(made.adt, user.type.arguments), user.span)


# ------------------------------------------------------------------------------------ Fn traits

_TRAITS = (("fn", "call"), ("fn_mut", "call_mut"), ("fn_once", "call_once"))


def _overloaded(cx: Checker, ty: Type, count: int, span: Span) -> Method | None:
    """Return the weakest-needing of `call`, `call_mut`, `call_once` that `ty` has."""
    for lang, name in _TRAITS:
        inputs = TupleType(tuple(cx.fresh(span) for _ in range(count)))
        found = lang_method(cx, lang, name, (ty, inputs), span)
        if found is not None:
            return found
    inputs_unknown = cx.fresh(span)
    for lang, name in _TRAITS:
        found = lang_method(cx, lang, name, (ty, inputs_unknown), span)
        if found is not None:
            return found
    return None


def _through_trait(
    cx: Checker, e: ast.Call, callee: Draft, method: Method, expected: Expectation
) -> Draft:
    cx.fulfilment.select()
    packed = cx.resolve(method.signature.inputs[1])
    inputs = tuple_inputs(packed)
    if inputs is None:
        cx.unsupported(e.span, "a call with arguments that are no tuple")
        return _check_anyway(cx, e)
    _borrow_callee(cx, callee, method)
    at = e.function.span
    word = _callee_word(callee)
    of = Callee(inputs, method.signature.output, word, at, e.span, through_trait=True)
    arguments = check_arguments(cx, of, e.arguments, expected)
    result = method.signature.output
    return Draft(
        e.span, result, lambda w: _write_overloaded(w, callee, method, arguments, result, e.span)
    )


def _callee_word(callee: Draft) -> str:
    return "closure" if isinstance(callee.type, ClosureType) else "function"


def _borrow_callee(cx: Checker, callee: Draft, method: Method) -> None:
    self_type = method.signature.inputs[0]
    if not isinstance(self_type, RefType):
        return
    ty = RefType(ERASED, callee.adjusted, self_type.mutable)
    if self_type.mutable:
        make_mutable(cx, callee)
    cx.adjust(callee, (BorrowStep(ty, self_type.mutable, two_phase=self_type.mutable),))


def _write_overloaded(
    w: Writer,
    callee: Draft,
    method: Method,
    arguments: Sequence[Draft],
    result: Type,
    span: Span,
) -> thir.Expr:
    item = w.item(method.function, method.arguments, span)
    subject = w.expr(callee)
    given = w.exprs(tuple(arguments))
    packed = thir.Tuple(given, TupleType(tuple(each.type for each in given)), span)
    return thir.Call(item, (subject, packed), w.type(result, span), span, operator=True)


# ---------------------------------------------------------------------------------- closures


def _deferred(
    cx: Checker, e: ast.Call, callee: Draft, ty: ClosureType, expected: Expectation
) -> Draft:
    """Check a call of a closure of which it is not known yet how it may be called."""
    signature = cx.solver.closure_signature(ty)
    inputs = tuple(signature.inputs)
    at = e.function.span
    of = Callee(inputs, signature.output, "closure", at, e.span, through_trait=True)
    arguments = check_arguments(cx, of, e.arguments, expected)
    result = signature.output
    kind_adjusted = False

    def settle(kind: ClosureKind) -> None:
        nonlocal kind_adjusted
        kind_adjusted = True
        if kind is not ClosureKind.FN_ONCE:
            mutable = kind is ClosureKind.FN_MUT
            if mutable:
                make_mutable(cx, callee)
            step = BorrowStep(RefType(ERASED, ty, mutable), mutable, two_phase=mutable)
            cx.adjust(callee, (step,))

    cx.calls_of.setdefault(ty.definition, []).append(settle)

    def write(w: Writer) -> thir.Expr:
        kind = cx.solver.closure(ty).kind or ClosureKind.FN
        lang, name = {
            ClosureKind.FN: _TRAITS[0],
            ClosureKind.FN_MUT: _TRAITS[1],
            ClosureKind.FN_ONCE: _TRAITS[2],
        }[kind]
        trait = cx.solver.world.lang_trait(lang)
        assert trait is not None
        function = trait.items[name]
        subject = w.expr(callee)
        if not kind_adjusted:
            mutability = borrow_kind(mutable=False)
            pointer = RefType(ERASED, subject.type, mutable=False)
            subject = thir.Borrow(mutability, subject, pointer, subject.span, implicit=True)
        given = w.exprs(tuple(arguments))
        packed = thir.Tuple(given, TupleType(tuple(each.type for each in given)), e.span)
        callee_item = w.item(function, (ty, packed.type), e.span)
        made = w.type(result, e.span)
        return thir.Call(callee_item, (subject, packed), made, e.span, operator=True)

    return Draft(e.span, result, write)


# ------------------------------------------------------------------------------------------ errors


def _not_callable(cx: Checker, e: ast.Call, ty: Type) -> None:
    shown = cx.show(ty)
    found = f"`{shown}`"
    labels = [Label(e.span, "call expression requires function")]
    if isinstance(e.function, ast.PathExpr):
        name = "::".join(each.ident.name for each in e.function.path.segments)
        labels.append(Label(e.function.span, f"`{name}` has type `{shown}`"))
    cx.report(Diagnostic(codes.NOT_CALLABLE, e.function.span, {"what": found}, "", tuple(labels)))
