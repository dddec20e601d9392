"""What the where clauses on traits say, with regions: the traits themselves, and their own clauses.

bound(T: Trait)      :- where T: Trait.
bound(T: Super)      :- bound(T: Trait), trait Trait: Super.
T: 'r                :- bound(T: Trait), trait Trait: 'r.
"""

from collections.abc import Iterable, Iterator

from freehold.records import dataclass
from freehold.rust.items import Predicate, RegionOutlives, Trait, TraitPredicate, TypeOutlives
from freehold.rust.regions.variables import Regions
from freehold.rust.traits.world import generics_of
from freehold.types.fold import Substitute
from freehold.types.generic import GenericArg, ParamType, Region, TraitRef


@dataclass(frozen=True, slots=True)
class Bound:
    """A trait that holds, for whatever lifetimes are `bound` around it."""

    trait: TraitRef
    bound: tuple[str, ...]


def trait_bounds(regions: Regions, predicates: Iterable[Predicate]) -> list[Bound]:
    """Return the traits that hold by `predicates`, supertraits included."""
    return [
        Bound(each, one.bound)
        for one in predicates
        if isinstance(one, TraitPredicate)
        for each in elaborated(regions, one.trait)
    ]


def elaborated(regions: Regions, trait: TraitRef) -> list[TraitRef]:
    """Return `trait` and all traits above it."""
    found = [TraitRef(trait.trait, regions.renumber_under(trait.arguments))]
    known = {trait}
    for at in found:  # grows as it goes
        assert isinstance(at.trait, Trait)
        for supertrait in at.trait.supertraits:
            put = Substitute(at.arguments).arguments(supertrait.arguments)
            made = TraitRef(supertrait.trait, regions.renumber_under(put))
            if made not in known:
                known.add(made)
                found.append(made)
    return found


def outlives_bounds(bounds: Iterable[TraitRef]) -> Iterator[tuple[GenericArg, Region]]:
    """Return what traits say that their Self, or one of their lifetimes, outlives."""
    for bound in bounds:
        put = Substitute(bound.arguments)
        for predicate in generics_of(bound.trait).predicates:
            match predicate:
                case TypeOutlives(ParamType(0) as itself, region, _, ()):
                    yield put.type(itself), put.region(region)
                case RegionOutlives(longer, shorter):
                    yield put.region(longer), put.region(shorter)
                case _:
                    pass
