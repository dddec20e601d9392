"""The environment of a body, and questions in it that no inference is part of."""

from freehold.rust.infer.table import Table
from freehold.rust.items import Predicate, ProjectionPredicate, TraitPredicate
from freehold.rust.traits.env import ParamEnv, own_predicates
from freehold.rust.traits.goals import Goal
from freehold.rust.traits.solver import Solver
from freehold.rust.traits.world import World
from freehold.types.generic import Definition


def param_env(world: World, definition: Definition) -> ParamEnv:
    """Return what holds in the body of `definition`: its where clauses, normalised."""
    return normalized_env(world, own_predicates(definition))


def normalized_env(world: World, predicates: tuple[Predicate, ...]) -> ParamEnv:
    """Return the environment of `predicates`, with the projections in them replaced.

    `T: Iterator<Item = u8>, T::Item: Copy` says `u8: Copy`. They are normalised by themselves,
    so each by all others.
    """
    raw = ParamEnv(world, predicates)
    solver = Solver(world, raw, Table())
    normal = tuple(_normalized(solver, predicate) for predicate in raw.predicates)
    if all(left is right for left, right in zip(normal, raw.predicates, strict=True)):
        return raw
    return ParamEnv(world, normal)


def _normalized(
    solver: Solver, predicate: TraitPredicate | ProjectionPredicate
) -> TraitPredicate | ProjectionPredicate:
    nested: list[Goal] = []
    if isinstance(predicate, TraitPredicate):
        trait = solver.normalize_trait(predicate.trait, nested)
        if trait is predicate.trait:
            return predicate
        return TraitPredicate(trait, predicate.span, predicate.bound)
    arguments = solver.normalize_arguments(predicate.arguments, nested)
    ty = solver.normalize(predicate.type, nested)
    if arguments is predicate.arguments and ty is predicate.type:
        return predicate
    return ProjectionPredicate(predicate.item, arguments, ty, predicate.span, predicate.bound)
