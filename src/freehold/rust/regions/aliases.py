"""What is known of a type by its name only: of a projection or of `impl Trait`.

alias: 'r    :- type Alias: 'r, or a trait among its bounds that says so; or a where clause.
live(alias)  = nothing, if alias: 'static; 'r, if alias: 'r and nothing else is known;
               else what it captures.
"""

from collections.abc import Callable, Iterable, Iterator

from freehold.rust.items import AssociatedType, Opaque, Trait, TraitPredicate, TypeOutlives
from freehold.rust.regions.opaques import captured
from freehold.rust.regions.outlives import variables
from freehold.rust.regions.selection import STATIC_NUMBER
from freehold.rust.traits.world import generics_of
from freehold.types import Type
from freehold.types.fold import Substitute, parts, regions_of
from freehold.types.generic import (
    STATIC,
    BoundRegion,
    GenericArg,
    OpaqueType,
    ParamType,
    ProjectionType,
    Region,
    RegionId,
    RegionVar,
    TraitRef,
    is_type,
)

Alias = ProjectionType | OpaqueType


def declared(alias: Alias) -> list[Region]:
    """Return the regions that the bounds of `alias` say it outlives, each once."""
    definition = alias.item if isinstance(alias, ProjectionType) else alias.definition
    bounds = definition.bounds if isinstance(definition, AssociatedType | Opaque) else ()
    put = Substitute(alias.arguments)
    found: dict[Region, None] = {}
    for bound in bounds:
        match bound:
            case TypeOutlives(ProjectionType() | OpaqueType(), region):
                found[put.region(_for_all(region))] = None
            case TraitPredicate(trait):
                for region in _of_trait(trait):
                    found[put.region(_for_all(region))] = None
            case _:
                pass
    return list(found)


def _for_all(region: Region) -> Region:
    """What outlives any lifetime there is outlives 'static."""
    return STATIC if isinstance(region, BoundRegion) else region


def _of_trait(trait: TraitRef) -> Iterator[Region]:
    """Return the regions that the Self of a trait outlives, by the trait and those above it."""
    assert isinstance(trait.trait, Trait)
    put = Substitute(trait.arguments)
    for predicate in generics_of(trait.trait).predicates:
        match predicate:
            case TypeOutlives(ParamType(0), region, _, ()):
                yield put.region(region)
            case _:
                pass
    for above in trait.trait.supertraits:
        yield from _of_trait(TraitRef(above.trait, put.arguments(above.arguments)))


def components_of(alias: Alias) -> tuple[GenericArg, ...]:
    """Return the arguments that what `alias` stands for may mention."""
    return captured(alias) if isinstance(alias, OpaqueType) else alias.arguments


Known = Callable[[Type], set[RegionId]]
"""The regions that where clauses and well-formed parameters say a type outlives."""


def live_aliases(types: Iterable[Type], known: Known) -> dict[Type, frozenset[RegionId]]:
    """Return for each alias in `types` the regions that have to hold where it is used."""
    found: dict[Type, frozenset[RegionId]] = {}
    for ty in types:
        if next(variables(ty), None) is not None:
            _collect(ty, known, found)
    return found


def _collect(ty: Type, known: Known, found: dict[Type, frozenset[RegionId]]) -> None:
    if isinstance(ty, ProjectionType | OpaqueType) and ty not in found:
        if any(isinstance(region, BoundRegion) for region in regions_of(ty)):
            return  # of lifetimes that are bound around it nothing is known
        found[ty] = frozenset(_live(ty, known))
    for part in parts(ty):
        if is_type(part):
            _collect(part, known, found)


def _live(alias: Alias, known: Known) -> Iterator[RegionId]:
    bounds: set[Region] = {RegionVar(one) for one in known(alias)} | set(declared(alias))
    if STATIC in bounds or RegionVar(STATIC_NUMBER) in bounds:
        return
    for one in bounds if len(bounds) == 1 else components_of(alias):
        if isinstance(one, RegionVar):
            yield one.id
        elif is_type(one):
            if isinstance(one, ProjectionType | OpaqueType):
                yield from _live(one, known)
            else:
                yield from (each.id for each in variables(one))
