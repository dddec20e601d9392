"""Method calls."""

from freehold.diagnostics import Diagnostic
from freehold.diagnostics import codes_rust_types as codes
from freehold.rust import ast, thir
from freehold.rust.infer import has_error
from freehold.rust.items import Function, Trait
from freehold.rust.traits import Method, Pick, Scope, Unknown, confirm, probe
from freehold.rust.traits.missing import Wanted, missing
from freehold.rust.traits.report import CallSite
from freehold.rust.typeck.arguments import Callee, check_arguments
from freehold.rust.typeck.checker import Checker
from freehold.rust.typeck.draft import Draft, Expectation
from freehold.rust.typeck.writer import Writer
from freehold.source import Span
from freehold.types.generic import ERROR, GenericArg


def check_method_call(cx: Checker, e: ast.MethodCall, expected: Expectation) -> Draft:
    """Check `receiver.method::<T>(arguments)`."""
    receiver = cx.check(e.receiver)
    known = cx.try_known(receiver.adjusted)
    if has_error(known):
        return _check_anyway(cx, e)
    name = e.method.ident.name
    scope = Scope(cx.traits_at(e), cx.owner)
    found = probe(cx.solver, known, name, scope)
    if isinstance(found, Unknown):
        cx.fulfilment.select()
        found = probe(cx.solver, cx.shallow(known), name, scope)
    match found:
        case Pick():
            return _call(cx, e, receiver, found, expected)
        case Unknown(ty):
            if not cx.failed:
                cx.say_unknown(ty, e.method.ident.span)
            cx.unify(ty, ERROR)
        case _:
            wanted = Wanted(name, e.method.ident.span, known)
            if cx.lacks_imports:
                cx.failed = True  # the trait may be what was not found
            else:
                cx.report(missing(cx.solver, found, wanted, scope))
    return _check_anyway(cx, e)


def _check_anyway(cx: Checker, e: ast.MethodCall) -> Draft:
    for each in e.arguments:
        cx.check(each)
    return cx.erroneous(e.span)


def _call(
    cx: Checker, e: ast.MethodCall, receiver: Draft, pick: Pick, expected: Expectation
) -> Draft:
    segment = e.method

    def complete(item: object, before: tuple[GenericArg, ...]) -> tuple[GenericArg, ...]:
        assert isinstance(item, Function)
        made = cx.lowerer.arguments(item, segment.arguments, before, segment.span)
        written.extend(made)
        return cx.inferred(made, segment.span)

    written: list[GenericArg] = []
    at = segment.ident.span
    method = confirm(cx.fulfilment, pick, receiver.adjusted, at, complete)
    cx.adjust(receiver, method.adjustments)
    owner = method.item.parent
    if isinstance(owner, Trait) and owner.lang == "drop":
        label = "explicit destructor calls not allowed"
        help_ = ("use the `drop` function: `drop(value)`",)
        cx.report(Diagnostic(codes.EXPLICIT_DROP, at, {}, label, help=help_))
    of = Callee(
        method.signature.inputs[1:],
        method.signature.output,
        "method",
        at,
        at.to(e.span) if e.arguments else e.span,
        method.item,
        method.signature.variadic,
    )
    arguments = check_arguments(cx, of, e.arguments, expected)
    spans = (receiver.span, *(each.span for each in arguments))
    cx.calls[at] = CallSite(spans, at)
    user = tuple(written) if segment.arguments is not None else None
    return _draft(e, receiver, (method, user), arguments)


def _draft(
    e: ast.MethodCall,
    receiver: Draft,
    called: tuple[Method, tuple[GenericArg, ...] | None],
    arguments: list[Draft],
) -> Draft:
    method, user = called
    result = method.signature.output
    span = e.span
    name = e.method.ident.span
    here = name.source is span.source and name.expansion == span.expansion
    call = Span(span.source, name.start, span.end, span.expansion) if here else name

    def write(w: Writer) -> thir.Expr:
        ty = w.type(result, span)
        callee = w.item(method.item, method.arguments, name, user)
        subject = w.expr(receiver)
        given = (subject, *w.exprs(tuple(arguments)))
        return thir.Call(callee, given, ty, span, method_span=call)

    return Draft(span, result, write)
