"""Whether what a Drop impl requires is what its type requires."""

from dataclasses import replace

from freehold.rust.infer.instantiate import identity
from freehold.rust.infer.show import show_predicate
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
from freehold.types.fold import Substitute
from freehold.types.generic import AdtType


def unproven(world: World, impl: Impl, ty: AdtType) -> tuple[str, Span, str] | None:
    """Return the first requirement of `impl` that those of `ty` do not have: in words, and where.

    The last is the kind of type.
    """
    definition = ty.definition
    assert isinstance(definition, Struct)
    given = Substitute(ty.arguments)
    required = [_moved(given, one) for one in definition.generics.predicates]
    solver = Solver(world, normalized_env(world, tuple(required)))
    plain = {_regions(one) for one in required}
    for predicate in impl.generics.predicates:
        if isinstance(predicate, TypeOutlives | RegionOutlives):
            proven = _regions(predicate) in plain
        else:
            goals = goals_of((predicate,), identity(impl.generics))
            proven = all(solver.evaluate(goal) is Outcome.YES for goal in goals)
        if not proven:
            return show_predicate(predicate), predicate.span, definition.kind.value
    return None


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
