"""The where clauses that hold in a body, elaborated with what they imply."""

from collections.abc import Iterable

from freehold.rust.infer.instantiate import identity, instantiate_predicate
from freehold.rust.infer.resolve import RIGID, holds
from freehold.rust.items import (
    Predicate,
    ProjectionPredicate,
    Trait,
    TraitPredicate,
)
from freehold.rust.traits.goals import Outcome, opened, opened_projection
from freehold.rust.traits.world import World, generics_of
from freehold.types import Type
from freehold.types.generic import Definition, ProjectionType, TraitRef, is_type


class ParamEnv:
    """Traits and projections known to hold, their lifetimes erased; and answers that rest on them.

    `bounds` keep the order of the where clauses, supertraits after what implies them. `claims`:
    some clause says of a type without parameters what others need not find true of it.
    """

    __slots__ = ("bounds", "claims", "declared", "known", "normal", "predicates", "projections")

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
        every = (bound.self_type for bounds in self.bounds.values() for bound in bounds)
        self.claims = any(map(self._is_closed, every))

    def _is_closed(self, ty: Type) -> bool:
        """Tell whether `ty` is, or may come to be, a type without parameters."""
        if not isinstance(ty, ProjectionType):
            return not holds(ty, RIGID)
        inner = ty.arguments[0]
        return ty.item in self.projections or (is_type(inner) and self._is_closed(inner))


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
