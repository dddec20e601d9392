"""Checking one body: a function, constant or static, with the closures in it."""

from collections.abc import Iterable
from dataclasses import replace

from freehold.diagnostics import Diagnostic
from freehold.mir.body import BindingKind
from freehold.records import dataclass
from freehold.rust import ast, thir
from freehold.rust.crates import Crates, Owner
from freehold.rust.infer import identity, instantiate_signature
from freehold.rust.infer.fallback import fall_back_all
from freehold.rust.infer.instantiate import instantiate_predicate
from freehold.rust.items import (
    Constant,
    Function,
    Opaque,
    ProjectionPredicate,
    Static,
    TraitPredicate,
)
from freehold.rust.patterns import check_aliases, check_patterns
from freehold.rust.traits import (
    Cause,
    Failure,
    Fulfilment,
    Outcome,
    Solver,
    World,
    answers,
    param_env,
)
from freehold.rust.traits.report import report
from freehold.rust.typeck.blocks import check_block, no_value
from freehold.rust.typeck.checker import Checker
from freehold.rust.typeck.closures import settle_closures
from freehold.rust.typeck.control import because_of_result
from freehold.rust.typeck.dispatch import TABLES
from freehold.rust.typeck.draft import Draft, Frame, PatternDraft, expecting
from freehold.rust.typeck.joins import Join
from freehold.rust.typeck.overload import normalised
from freehold.rust.typeck.patterns import Around, check_pattern
from freehold.rust.typeck.unsafety import check_unsafety
from freehold.rust.typeck.unsure import say_unsure
from freehold.rust.typeck.writer import Notes, Writer
from freehold.source import Span
from freehold.types import Type
from freehold.types.fold import Folder, open_signature
from freehold.types.generic import (
    FreeRegion,
    InferType,
    OpaqueType,
    Signature,
    is_region,
)

Checked = tuple[thir.Body | None, list[Diagnostic]]


def check_body(definition: Owner, world: World) -> Checked:
    """Check the body of a function, constant or static; None if there is none, or an error."""
    node = definition.node
    if node is None or (isinstance(node, ast.Function) and node.body is None):
        return None, []
    cx = _checker(definition, world)
    if isinstance(definition, Function):
        return _function(cx, definition)
    return _constant(cx, definition)


def _checker(definition: Owner, world: World) -> Checker:
    env = param_env(world, definition)
    solver = Solver(world, env)
    kind = _KINDS[type(definition)]
    frame = Frame(kind, definition.span)
    crates: Crates = world.crates
    cx = Checker(
        crates,
        definition,
        crates.names_of(definition),
        solver,
        Fulfilment(solver),
        TABLES,
        frame,
        Notes(solver.table, world.lang),
        answers(world, env),
        identity(definition.generics),
    )
    cx.lowerer = crates.lowerer(definition, cx)
    return cx


_KINDS: dict[type, thir.BodyKind] = {
    Function: thir.BodyKind.FUNCTION,
    Constant: thir.BodyKind.CONSTANT,
    Static: thir.BodyKind.STATIC,
}


# --------------------------------------------------------------------------------------- functions


@dataclass(slots=True, eq=False)
class _Parameter:
    """A parameter as checked: `name` for what binds itself (`self`)."""

    pattern: PatternDraft
    type: Type
    span: Span
    type_span: Span | None


class _Hide(Folder):
    """Puts variables in the place of the function's own opaque types."""

    __slots__ = ("variables",)

    def __init__(self, variables: dict[Opaque, InferType]) -> None:
        super().__init__()
        self.variables = variables

    def type(self, ty: Type) -> Type:
        if isinstance(ty, OpaqueType):
            found = self.variables.get(ty.definition)  # type: ignore[call-overload]
            if found is not None and self._is_own(ty):
                return found  # type: ignore[no-any-return]
        return self.parts(ty)

    def _is_own(self, ty: OpaqueType) -> bool:
        """Tell whether the arguments are the function's own parameters, lifetimes apart."""
        assert isinstance(ty.definition, Opaque)
        own = identity(ty.definition.generics)
        return all(
            is_region(left) or left == right for left, right in zip(own, ty.arguments, strict=True)
        )


def _function(cx: Checker, definition: Function) -> Checked:
    node = definition.node
    assert node is not None
    assert node.body is not None
    assert definition.signature is not None
    if node.signature.is_async:
        cx.unsupported(definition.span, "async functions")
        return None, cx.diagnostics
    opened = instantiate_signature(definition.signature, cx.identity)
    hidden = _open_opaques(cx, definition)
    cx.hidden = _Hide(hidden) if hidden else None
    signature = _sound(cx, normalised(cx, opened, definition.span), definition.signature)
    output = signature.output
    where = node.signature.output
    frame = cx.frame
    frame.result = output
    frame.result_span = None if where is None else where.span
    frame.returns = Join(output)
    parameters = _parameters(cx, node, signature)
    _require_sizes(cx, node, signature)
    words = no_value(node.signature.ident.span, where, node.body.span)
    body = check_block(cx, node.body, expecting(output), None, (words, because_of_result(cx)))
    frame.returns.add(cx, body)
    for ty in (*signature.inputs, output):
        cx.fulfilment.require_well_formed(ty, definition.span)
    _finish(cx)
    return _written(cx, definition, parameters, body, hidden)


def _sound(cx: Checker, signature: Signature, written: Signature) -> Signature:
    """Return a signature with the error type where a lifetime was wrong: no more is said of it."""
    pairs = zip(signature.inputs, written.inputs, strict=True)
    output = cx.sound(signature.output, written.output)
    return replace(signature, inputs=tuple(cx.sound(*each) for each in pairs), output=output)


def _open_opaques(cx: Checker, definition: Function) -> dict[Opaque, InferType]:
    """Return variables for what `impl Trait` of the result stands for; bounds are required."""
    if not definition.opaques:
        return {}
    hidden = {each: cx.fresh(each.span) for each in definition.opaques}
    hide = _Hide(hidden)
    for opaque in definition.opaques:
        own = identity(opaque.generics)
        for bound in opaque.bounds:
            predicate = instantiate_predicate(bound, own)
            match predicate:
                case TraitPredicate(trait, span, bound_names):
                    made = TraitPredicate(hide.trait_ref(trait), span, bound_names)
                    cx.fulfilment.require(made, Cause(opaque.span))
                case ProjectionPredicate(item, arguments, ty, span, bound_names):
                    projection = ProjectionPredicate(
                        item, hide.arguments(arguments), hide.type(ty), span, bound_names
                    )
                    cx.fulfilment.require(projection, Cause(opaque.span))
                case _:
                    pass
    return hidden


def _parameters(cx: Checker, node: ast.Function, signature: Signature) -> list[_Parameter]:
    inputs = list(signature.inputs)
    found: list[_Parameter] = []
    itself = node.signature.self_param
    if itself is not None:
        found.append(_self(cx, itself, inputs.pop(0)))
    around = Around(BindingKind.PARAMETER)
    for parameter, ty in zip(node.signature.parameters, inputs, strict=True):
        pattern = check_pattern(cx, parameter.pattern, ty, around)
        found.append(_Parameter(pattern, ty, parameter.pattern.span, parameter.type.span))
    return found


def _self(cx: Checker, node: ast.SelfParam, ty: Type) -> _Parameter:
    kind = BindingKind.SELF
    if node.reference:
        kind = BindingKind.SELF_REF_MUT if node.mutable else BindingKind.SELF_REF
    mutable = node.mutable and not node.reference
    variable = cx.declare(node, "self", ty, kind, mutable=mutable)
    number = thir.Variable(variable.index)
    pattern = PatternDraft(
        node.span,
        ty,
        lambda w: thir.BindPattern(number, None, None, w.type(ty, node.span), node.span),
    )
    type_span = node.type.span if node.type is not None else None
    return _Parameter(pattern, ty, node.span, type_span)


def _require_sizes(cx: Checker, node: ast.Function, signature: Signature) -> None:
    spans = [each.type.span for each in node.signature.parameters]
    if node.signature.self_param is not None:
        spans.insert(0, node.signature.self_param.span)
    for ty, span in zip(signature.inputs, spans, strict=True):
        cx.require_sized(ty, span, "all function arguments must have a statically known size")
    if node.signature.output is not None:
        note = "the return type of a function must have a statically known size"
        cx.require_sized(signature.output, node.signature.output.span, note)


# --------------------------------------------------------------------------- constants and statics


def _constant(cx: Checker, definition: Constant | Static) -> Checked:
    node = definition.node
    value = node.value if isinstance(node, ast.Const | ast.Static) else node
    if value is None:
        return None, []
    assert definition.type is not None
    signature = instantiate_signature(Signature((), definition.type), cx.identity)
    ty = cx.sound(cx.normalise(signature.output, definition.span), definition.type)
    draft = cx.check_coerced(value, ty)
    _finish(cx)
    return _written(cx, definition, [], draft, {})


# ----------------------------------------------------------------------------------------- finish


def _finish(cx: Checker) -> None:
    """Settle all that waited for types: defaults, casts, closures, obligations."""
    cx.fulfilment.select()
    _fall_back(cx)
    for check in cx.deferred:
        check()
    cx.fulfilment.select()
    if not cx.failed:
        settle_closures(cx)
    _sizes(cx)
    cx.fulfilment.finish()
    _fall_back(cx)
    cx.diagnostics += _reports(cx)
    cx.failed = cx.failed or bool(cx.diagnostics)


def _fall_back(cx: Checker) -> None:
    fall_back_all(cx.table)
    cx.fulfilment.select()


def _sizes(cx: Checker) -> None:
    """Require sizes, now that types are known: most have one plainly."""
    for ty, span, note in cx.sized:
        found = cx.resolve(ty)
        if isinstance(found, InferType) or cx.solver.implements(found, "sized") is Outcome.YES:
            continue
        cx.require_lang("sized", found, span, note)


def _reports(cx: Checker) -> Iterable[Diagnostic]:
    found = report(cx.fulfilment, cx.calls)
    if found or cx.failed or cx.crates.diagnostics:
        return found
    unsure = [each for each in cx.fulfilment.errors if each.failure is Failure.AMBIGUOUS]
    if unsure:
        return [say_unsure(cx, unsure)]
    return found


def _written(
    cx: Checker,
    definition: Owner,
    parameters: list[_Parameter],
    value: Draft,
    hidden: dict[Opaque, InferType],
) -> Checked:
    if cx.failed:
        return None, cx.diagnostics
    w = Writer(cx.notes, cx.frame)
    decls = tuple(
        thir.ParameterDecl(
            w.pattern(each.pattern), w.type(each.type, each.span), each.span, each.type_span
        )
        for each in parameters
    )
    node = w.expr(value)
    variables = w.variables()
    for opaque, variable in hidden.items():
        opaque.hidden = w.type(variable, opaque.span)
    if cx.notes.unknown:
        ty, span = cx.notes.unknown[0]
        cx.say_unknown(ty, span)
        return None, cx.diagnostics
    body = thir.Body(
        cx.frame.kind,
        definition,
        _own_signature(definition),
        decls,
        node,
        variables,
        cx.answers,
        definition.span,
        w.bodies,
        equality=cx.equality,
    )
    found = [*cx.diagnostics, *check_unsafety(body), *check_aliases(body)]
    uncovered = check_patterns(body)
    if uncovered:
        return None, [*found, *uncovered]
    return body, found


def _own_signature(definition: Owner) -> Signature:
    """Return the signature as the body sees it: late-bound lifetimes free."""
    if not isinstance(definition, Function):
        assert definition.type is not None
        return Signature((), definition.type)
    assert definition.signature is not None
    signature = definition.signature
    return open_signature(
        signature, tuple(FreeRegion(at, name) for at, name in enumerate(signature.bound))
    )
