"""What `impl Trait` captures: by the rule of edition 2021, the lifetimes that its bounds name.

They are the opaque type's own parameters, after those of the function that returns it. All types
and constants of that function are captured too.
"""

from freehold.rust.traits.world import generics_of
from freehold.types.generic import GenericArg, OpaqueType, RegionVar, is_region


def captured(opaque: OpaqueType) -> tuple[GenericArg, ...]:
    """Return the arguments that the hidden type may mention."""
    parent = generics_of(opaque.definition).parent
    count = 0 if parent is None else parent.count
    inherited = (one for one in opaque.arguments[:count] if not is_region(one))
    return (*inherited, *opaque.arguments[count:])


def captured_regions(opaque: OpaqueType) -> list[RegionVar]:
    """Return the regions that the hidden type may mention, those in captured types left out."""
    return [one for one in captured(opaque) if isinstance(one, RegionVar)]
