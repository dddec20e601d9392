"""What `type: 'region` comes to: outlives of the regions in the type, and of its parameters.

components(&'a T)        = 'a, components(T)
components(Adt<'a, T>)   = 'a, components(T)      (whatever its variance)
components(T)            = T                      (a parameter, projection or `impl Trait`)
components(fn item<'a, T>) = components(T)
components(fn(A) -> B)   = those of free regions in it
"""

from collections.abc import Iterator

from freehold.records import dataclass
from freehold.rust.items import RegionOutlives, Struct, TypeOutlives
from freehold.rust.regions.variables import captures_of
from freehold.rust.traits.world import generics_of
from freehold.types import Type
from freehold.types.fold import parts, substitute
from freehold.types.generic import (
    AdtType,
    ClosureType,
    FnDefType,
    GenericArg,
    OpaqueType,
    ParamRegion,
    ParamType,
    ProjectionType,
    RefType,
    Region,
    RegionVar,
    StaticRegion,
    is_region,
    is_type,
)

Component = Region | ParamType | ProjectionType | OpaqueType


def components(ty: Type) -> Iterator[Component]:
    """Return the regions, parameters and projections that must outlive what `ty` outlives."""
    if isinstance(ty, ParamType | ProjectionType | OpaqueType):
        yield ty
        return
    if isinstance(ty, ClosureType) and len(ty.arguments) > 1:
        for captured in captures_of(ty):
            yield from components(captured)
        return
    for part in parts(ty):
        if is_region(part):
            if isinstance(ty, FnDefType):
                continue  # a function lives for ever, whatever its lifetimes
            yield part
        elif is_type(part):
            yield from components(part)


@dataclass(frozen=True, slots=True)
class Implied:
    """`longer: shorter`, which holds wherever a type is well-formed."""

    longer: Component
    shorter: Region


class WellFormed:
    """What a type's being well-formed implies of its regions and parameters."""

    __slots__ = ("_known",)

    def __init__(self) -> None:
        """Start with no ADT looked at."""
        self._known: dict[Struct, tuple[tuple[GenericArg, Region], ...]] = {}

    def implied(self, ty: Type) -> Iterator[Implied]:
        """Return what follows from `ty` being well-formed, parts included."""
        if isinstance(ty, RefType):
            for component in components(ty.pointee):
                yield Implied(component, ty.region)
        elif isinstance(ty, AdtType):
            yield from self.of_adt(ty)
        for part in parts(ty):
            if is_type(part):
                yield from self.implied(part)

    def of_adt(self, ty: AdtType) -> Iterator[Implied]:
        """Return what follows from the definition of a struct, its parts left out."""
        definition = ty.definition
        if not isinstance(definition, Struct):
            return
        for longer, shorter in self.of_struct(definition):
            region: GenericArg | None = shorter
            if isinstance(shorter, ParamRegion):
                region = ty.arguments[shorter.index] if shorter.index < len(ty.arguments) else None
            if region is None or not is_region(region):
                continue
            if isinstance(longer, ParamRegion):
                first = ty.arguments[longer.index]
                assert is_region(first)
                yield Implied(first, region)
            elif is_type(longer):
                for component in components(substitute(longer, ty.arguments)):
                    yield Implied(component, region)

    def of_struct(self, definition: Struct) -> tuple[tuple[GenericArg, Region], ...]:
        """Return what a definition requires, as written or inferred from its fields."""
        known = self._known.get(definition)
        if known is None:
            self._known[definition] = ()  # a recursive type adds nothing by itself
            known = self._known[definition] = tuple(dict.fromkeys(self._of_struct(definition)))
        return known

    def _of_struct(self, definition: Struct) -> Iterator[tuple[GenericArg, Region]]:
        for predicate in generics_of(definition).all_predicates():
            match predicate:
                case RegionOutlives(longer, shorter):
                    if isinstance(shorter, ParamRegion | StaticRegion):
                        yield longer, shorter
                case TypeOutlives(ty, region):
                    if isinstance(region, ParamRegion | StaticRegion):
                        yield ty, region
                case _:
                    pass
        for variant in definition.variants:
            for one in variant.fields:
                for implied in self.implied(one.type):
                    first, second = implied.longer, implied.shorter
                    useful = isinstance(first, ParamRegion | ParamType | ProjectionType)
                    if useful and isinstance(second, ParamRegion) and first != second:
                        yield first, second


def variables(ty: Type) -> Iterator[RegionVar]:
    """Return the region variables in `ty`, as they come."""
    for part in parts(ty):
        if isinstance(part, RegionVar):
            yield part
        elif is_type(part):
            yield from variables(part)
