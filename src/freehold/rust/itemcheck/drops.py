"""Impls of Drop: for all values of a type of the crate, whatever its arguments."""

from dataclasses import replace

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust as codes
from freehold.rust.infer.instantiate import identity
from freehold.rust.infer.show import show_predicate
from freehold.rust.itemcheck.orphans import is_local
from freehold.rust.items import (
    Impl,
    Predicate,
    ProjectionPredicate,
    RegionOutlives,
    Struct,
    TraitPredicate,
    TypeOutlives,
)
from freehold.rust.traits import Outcome, Solver, World, normalized_env
from freehold.rust.traits.goals import goals_of
from freehold.source import Span
from freehold.types.fold import Substitute, walk
from freehold.types.generic import (
    AdtType,
    ConstParam,
    ErrorType,
    GenericArg,
    ParamRegion,
    ParamType,
    is_type,
)


def check(world: World, impl: Impl) -> None:
    """Report Drop impls of what is no type of the crate (E0120), or of some of its values only."""
    if impl.node is None or impl.of is None or impl.of.lang != "drop":
        return
    ty = impl.self_type
    if isinstance(ty, ErrorType | None):
        return
    if not isinstance(ty, AdtType) or not is_local(world, ty.definition):
        world.crates.world.report(
            impl.scope,
            Diagnostic(
                codes.DROP_OF_A_REFERENCE,
                impl.node.self_type.span,
                primary="must be a struct, enum, or union in the current crate",
            ),
        )
        return
    seen: set[GenericArg] = set()
    for argument in ty.arguments:
        plain = isinstance(argument, ParamType | ParamRegion | ConstParam)
        if not plain or argument in seen:
            kind = ty.definition.kind.value
            world.crates.world.report(
                impl.scope,
                Diagnostic(
                    codes.DROP_OF_SPECIALISED_TYPE,
                    impl.node.head,
                    notes=(
                        f"use the same sequence of generic parameters as the {kind} definition",
                    ),
                ),
            )
            return
        seen.add(argument)
    _extra_bounds(world, impl, ty)


def _extra_bounds(world: World, impl: Impl, ty: AdtType) -> None:
    extra = _unproven(world, impl, ty)
    if extra is not None:
        predicate, span, kind = extra
        note = "the implementor must specify the same requirement"
        world.crates.world.report(
            impl.scope,
            Diagnostic(
                codes.DROP_WITH_EXTRA_BOUNDS,
                span,
                {"predicate": predicate, "kind": kind},
                labels=(Label(ty.definition.span, note),),
            ),
        )


def _unproven(world: World, impl: Impl, ty: AdtType) -> tuple[str, Span, str] | None:
    """Return the first requirement of `impl` that those of `ty` do not have: in words, and where.

    The last is the kind of type.
    """
    definition = ty.definition
    assert isinstance(definition, Struct)
    given = Substitute(ty.arguments)
    required = [_moved(given, one) for one in definition.generics.predicates]
    solver = Solver(world, normalized_env(world, tuple(required)))
    plain = _closed({_regions(one) for one in required})
    for predicate in impl.generics.predicates:
        if _of_others(predicate, ty):
            continue  # a parameter that another bound determines
        if isinstance(predicate, TypeOutlives | RegionOutlives):
            proven = _regions(predicate) in plain
        else:
            goals = goals_of((predicate,), identity(impl.generics))
            proven = all(solver.evaluate(goal) is Outcome.YES for goal in goals)
        if not proven:
            return _shown(predicate), predicate.span, definition.kind.value
    return None


def _shown(predicate: Predicate) -> str:
    if isinstance(predicate, RegionOutlives):
        span = predicate.span
        longer = getattr(predicate.longer, "name", "'static")
        return f"{longer}: {span.source.text[span.start : span.end]}"
    return show_predicate(predicate)


def _closed(pairs: set[object]) -> set[object]:
    """Return the relations on regions, and all that follow from them."""
    while True:
        made = {
            (one[0], other[1])
            for one in pairs
            for other in pairs
            if isinstance(one, tuple) and isinstance(other, tuple) and one[1] == other[0]
        }
        if made <= pairs:
            return pairs
        pairs |= made


def _of_others(predicate: Predicate, ty: AdtType) -> bool:
    """Tell whether a requirement is about parameters that the type has not."""
    match predicate:
        case TraitPredicate():
            mentioned: tuple[GenericArg, ...] = predicate.trait.arguments
        case ProjectionPredicate():
            mentioned = (*predicate.arguments, predicate.type)
        case TypeOutlives():
            mentioned = (predicate.type, predicate.region)
        case RegionOutlives():
            mentioned = (predicate.longer, predicate.shorter)
    parts = [part for one in mentioned for part in (walk(one) if is_type(one) else (one,))]
    return any(
        isinstance(part, ParamType | ParamRegion | ConstParam) and part not in ty.arguments
        for part in parts
    )


def _moved(given: Substitute, predicate: Predicate) -> Predicate:
    """Return what the type requires, in terms of the impl's parameters."""
    if isinstance(predicate, RegionOutlives):
        longer, shorter = given.region(predicate.longer), given.region(predicate.shorter)
        return RegionOutlives(longer, shorter, predicate.span)
    given.depth = 1
    made: Predicate
    match predicate:
        case TypeOutlives():
            ty, region = given.type(predicate.type), given.region(predicate.region)
            made = replace(predicate, type=ty, region=region)
        case TraitPredicate():
            made = replace(predicate, trait=given.trait_ref(predicate.trait))
        case ProjectionPredicate():
            arguments, ty = given.arguments(predicate.arguments), given.type(predicate.type)
            made = replace(predicate, arguments=arguments, type=ty)
    given.depth = 0
    return made


def _regions(predicate: Predicate) -> object:
    """Return what a requirement on regions says, wherever it stands."""
    match predicate:
        case TypeOutlives():
            return predicate.type, predicate.region
        case RegionOutlives():
            return predicate.longer, predicate.shorter
        case _:
            return None
