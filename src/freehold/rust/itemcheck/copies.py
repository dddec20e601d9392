"""Impls of Copy: for types of the right kind, of Copy fields, without Drop."""

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust as codes
from freehold.rust.infer.instantiate import instantiate
from freehold.rust.itemcheck.adts import fields_of
from freehold.rust.itemcheck.orphans import is_local
from freehold.rust.items import Impl, Struct
from freehold.rust.traits import Outcome, Solver, World, param_env
from freehold.rust.traits.goals import Goal
from freehold.source import Span
from freehold.types.generic import AdtType, ErrorType


def check(world: World, impl: Impl) -> None:
    """Check one impl, if it is of Copy."""
    if impl.of is None or impl.of.lang != "copy" or impl.negative or impl.node is None:
        return
    ty = impl.self_type
    span = impl.node.self_type.span
    if isinstance(ty, ErrorType | None):
        return
    if not isinstance(ty, AdtType):
        _say(world, impl, span, "type is not a structure or enumeration")
        return
    adt = ty.definition
    if not isinstance(adt, Struct) or not is_local(world, adt):
        return
    _fields(world, impl, ty, adt)
    if adt.drop is not None:
        world.crates.world.report(
            impl.scope,
            Diagnostic(
                codes.COPY_AND_DROP, span, primary="`Copy` not allowed on types with destructors"
            ),
        )


def _say(world: World, impl: Impl, span: Span, primary: str) -> None:
    world.crates.world.report(impl.scope, Diagnostic(codes.COPY_OF_NO_ADT, span, primary=primary))


def _fields(world: World, impl: Impl, ty: AdtType, adt: Struct) -> None:
    """Report the fields that are not Copy (E0204)."""
    solver = Solver(world, param_env(world, impl))
    wrong: list[Span] = []
    for field, span in fields_of(adt):
        nested: list[Goal] = []
        there = solver.normalize(instantiate(field, ty.arguments), nested)
        if solver.implements(there, "copy") is Outcome.NO:
            wrong.append(span)
    if wrong:
        assert impl.node is not None
        labels = tuple(Label(span, "this field does not implement `Copy`") for span in wrong)
        span = impl.node.self_type.span
        if span.expansion is not None:
            span = span.expansion.call
        world.crates.world.report(
            impl.scope, Diagnostic(codes.COPY_OF_NON_COPY_FIELD, span, labels=labels)
        )
