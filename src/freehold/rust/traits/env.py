"""The where clauses that hold in a body, elaborated with what they imply."""

from collections.abc import Iterable

from freehold.rust.infer.instantiate import identity, instantiate_predicate
from freehold.rust.items import (
    Predicate,
    ProjectionPredicate,
    Trait,
    TraitPredicate,
)
from freehold.rust.traits.goals import Outcome, opened, opened_projection
from freehold.rust.traits.world import World, generics_of
from freehold.types import Type
from freehold.types.generic import Definition, TraitRef


class ParamEnv:
    """Traits and projections known to hold, their lifetimes erased; and answers that rest on them.

    `bounds` keep the order of the where clauses, supertraits after what implies them.
    """

    __slots__ = ("bounds", "declared", "known", "normal", "predicates", "projections")

    def __init__(self, world: World, predicates: Iterable[Predicate]) -> None:
        """Elaborate `predicates`, in terms of the body's own parameters."""
        self.bounds: dict[Definition, list[TraitRef]] = {}
        self.projections: dict[Definition, list[ProjectionPredicate]] = {}
        self.declared: dict[Type, tuple[list[TraitRef], list[ProjectionPredicate]]] = {}
        self.known: dict[TraitRef, Outcome] = {}
        self.normal: dict[Type, Type] = {}
        self.predicates = elaborate(world, predicates)
        for predicate in self.predicates:
            if isinstance(predicate, TraitPredicate):
                trait = opened(predicate)
                bounds = self.bounds.setdefault(trait.trait, [])
                if trait not in bounds:
                    bounds.append(trait)
            else:
                known = self.projections.setdefault(predicate.item, [])
                known.append(opened_projection(predicate))


def elaborate(
    world: World, predicates: Iterable[Predicate]
) -> list[TraitPredicate | ProjectionPredicate]:
    """Return the predicates on types with those of their supertraits, each once."""
    found: dict[TraitPredicate | ProjectionPredicate, None] = {}
    seen: set[TraitRef] = set()
    for predicate in predicates:
        if isinstance(predicate, ProjectionPredicate):
            found[predicate] = None
        elif isinstance(predicate, TraitPredicate):
            _add_supertraits(world, predicate, seen, found)
    return list(found)


def _add_supertraits(
    world: World,
    predicate: TraitPredicate,
    seen: set[TraitRef],
    found: dict[TraitPredicate | ProjectionPredicate, None],
) -> None:
    trait = predicate.trait.trait
    assert isinstance(trait, Trait)
    for supertrait in world.supertraits(trait):
        as_predicate = TraitPredicate(supertrait, predicate.span, predicate.bound)
        made = instantiate_predicate(as_predicate, predicate.trait.arguments)
        assert isinstance(made, TraitPredicate)
        if made.trait in seen:
            continue
        seen.add(made.trait)
        found[made] = None
        owner = made.trait.trait
        assert isinstance(owner, Trait)
        for projection in world.super_projections(owner):
            bound = predicate.bound or projection.bound
            known = ProjectionPredicate(
                projection.item, projection.arguments, projection.type, predicate.span, bound
            )
            implied = instantiate_predicate(known, made.trait.arguments)
            assert isinstance(implied, ProjectionPredicate)
            found[implied] = None


def own_predicates(definition: Definition) -> tuple[Predicate, ...]:
    """Return the where clauses around the body of `definition`, in terms of its parameters."""
    generics = generics_of(definition)
    own = identity(generics)
    return tuple(instantiate_predicate(predicate, own) for predicate in generics.all_predicates())
