"""What shows that a type outlives a region: where clauses, bounds, and what the type is made of."""

from collections.abc import Callable, Iterator

from freehold.borrow.regions import AllOf, AnyOf, Proof
from freehold.rust.items import AssociatedType, TypeOutlives
from freehold.rust.regions.outlives import Component, components
from freehold.types.fold import Substitute
from freehold.types.generic import (
    GenericArg,
    ParamType,
    ProjectionType,
    RegionId,
    RegionVar,
    StaticRegion,
    is_region,
    is_type,
)

Known = Callable[[ParamType | ProjectionType], set[RegionId]]
"""The regions that where clauses and well-formed parameters say a type outlives."""


def proof(what: Component, known: Known, body: RegionId | None) -> Proof:
    """Return what shows that a component outlives a region.

    Parameters outlive the body; a projection outlives what its trait says, and what all of its
    arguments do.
    """
    if isinstance(what, RegionVar):
        return what.id
    if not isinstance(what, ParamType | ProjectionType):
        return AllOf(())
    found: list[Proof] = [*sorted(known(what))]
    if isinstance(what, ProjectionType):
        found += bounds_of(what)
        parts = argument_components(what)
        found.append(AllOf(tuple(proof(part, known, body) for part in parts)))
    elif body is not None:
        found.append(body)
    return AnyOf(tuple(found))


def bounds_of(what: ProjectionType) -> Iterator[Proof]:
    """Return the regions that the trait says its associated type outlives."""
    bounds = what.item.bounds if isinstance(what.item, AssociatedType) else ()
    for bound in bounds:
        if isinstance(bound, TypeOutlives) and isinstance(bound.type, ProjectionType):
            region = Substitute(what.arguments).region(bound.region)
            if isinstance(region, RegionVar):
                yield region.id
            elif isinstance(region, StaticRegion):
                yield AllOf(())


def argument_components(what: ProjectionType) -> Iterator[Component]:
    """Return the regions, parameters and projections in the arguments of a projection."""
    return (part for argument in what.arguments for part in _components(argument))


def _components(argument: GenericArg) -> Iterator[Component]:
    if is_region(argument):
        yield argument
    elif is_type(argument):
        yield from components(argument)
