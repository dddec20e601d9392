"""What `impl Trait` captures: by the rule of edition 2021, the lifetimes that its bounds name.

They are the opaque type's own parameters, after those of the function that returns it.
"""

from freehold.rust.traits.world import generics_of
from freehold.types.generic import GenericArg, OpaqueType, RegionVar


def own_arguments(opaque: OpaqueType) -> tuple[GenericArg, ...]:
    """Return the arguments for the lifetimes that the bounds mention."""
    parent = generics_of(opaque.definition).parent
    return opaque.arguments[0 if parent is None else parent.count :]


def captured_regions(opaque: OpaqueType) -> list[RegionVar]:
    """Return the regions that the hidden type may mention."""
    return [one for one in own_arguments(opaque) if isinstance(one, RegionVar)]
