"""What shows that a type outlives a region: where clauses, bounds, and what the type is made of."""

from collections.abc import Iterator

from freehold.borrow.regions import AllOf, AnyOf, Proof
from freehold.rust.regions.aliases import Alias, Known, components_of, declared
from freehold.rust.regions.outlives import Component, components
from freehold.types.generic import (
    GenericArg,
    OpaqueType,
    ParamType,
    ProjectionType,
    RegionId,
    RegionVar,
    StaticRegion,
    is_region,
    is_type,
)


def proof(what: Component, known: Known, body: RegionId | None) -> Proof:
    """Return what shows that a component outlives a region.

    Parameters outlive the body; an alias outlives what its bounds say, and what all of its
    arguments do.
    """
    if isinstance(what, RegionVar):
        return what.id
    if not isinstance(what, ParamType | ProjectionType | OpaqueType):
        return AllOf(())
    found: list[Proof] = [*sorted(known(what))]
    if not isinstance(what, ParamType):
        found += _bounds_of(what)
        parts = argument_components(what)
        found.append(AllOf(tuple(proof(part, known, body) for part in parts)))
    elif body is not None:
        found.append(body)
    return AnyOf(tuple(found))


def _bounds_of(what: Alias) -> Iterator[Proof]:
    for region in declared(what):
        if isinstance(region, RegionVar):
            yield region.id
        elif isinstance(region, StaticRegion):
            yield AllOf(())


def argument_components(what: Alias) -> Iterator[Component]:
    """Return the regions, parameters and aliases in the arguments of an alias."""
    return (part for argument in components_of(what) for part in _components(argument))


def _components(argument: GenericArg) -> Iterator[Component]:
    if is_region(argument):
        yield argument
    elif is_type(argument):
        yield from components(argument)
