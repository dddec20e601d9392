"""Region variables: making them, and types whose erased regions become fresh ones.

A closure's type gets two more arguments here: the tuple of what it captures, and its signature as a
function pointer. All regions of a closure are thereby in its type.
"""

from collections.abc import Mapping

from freehold.types import TupleType, Type
from freehold.types.fold import Folder, open_arguments
from freehold.types.generic import (
    STATIC,
    BoundRegion,
    ClosureDef,
    ClosureType,
    ErasedRegion,
    ErrorRegion,
    FnPtrType,
    FreeRegion,
    GenericArg,
    ParamRegion,
    Region,
    RegionId,
    RegionVar,
    Signature,
    StaticRegion,
)

Named = ParamRegion | FreeRegion | StaticRegion | ErrorRegion


class Regions:
    """Gives out the variables of one body; `named` are those of the regions with a name.

    `tainted` tells that a lifetime was met which had an error.
    """

    __slots__ = ("count", "named", "tainted")

    def __init__(self) -> None:
        """Begin with 'static, which is number 0."""
        self.count = 1
        self.named: dict[Region, RegionId] = {STATIC: RegionId(0)}
        self.tainted = False

    def fresh(self) -> RegionVar:
        """Return a new variable."""
        self.count += 1
        return RegionVar(RegionId(self.count - 1))

    def name(self, region: Named) -> RegionVar:
        """Return the variable of a named region, which the signature has declared."""
        known = self.named.get(region)
        self.tainted |= isinstance(region, ErrorRegion)
        return self.fresh() if known is None else RegionVar(known)

    def renumber(self, ty: Type) -> Type:
        """Return `ty` with a fresh variable for each erased region, and those of named regions."""
        return _Renumber(self).type(ty)

    def renumber_all(self, arguments: tuple[GenericArg, ...]) -> tuple[GenericArg, ...]:
        """Return generic arguments with variables for their regions."""
        return _Renumber(self).arguments(arguments)

    def renumber_under(self, arguments: tuple[GenericArg, ...]) -> tuple[GenericArg, ...]:
        """Return generic arguments that a binder is around, its lifetimes left alone."""
        return _Renumber(self, depth=1).arguments(arguments)

    def opened(
        self, arguments: tuple[GenericArg, ...], bound: tuple[str, ...]
    ) -> tuple[GenericArg, ...]:
        """Return generic arguments with fresh variables for what is bound around them."""
        if not bound:
            return arguments
        return open_arguments(arguments, tuple(self.fresh() for _ in bound))

    def signature(self, signature: Signature) -> Signature:
        """Return `signature` with variables, its binder kept."""
        return _Renumber(self).signature(signature)


class _Renumber(Folder):
    __slots__ = ("_regions",)

    def __init__(self, regions: Regions, depth: int = 0) -> None:
        super().__init__()
        self._regions = regions
        self.depth = depth

    def region(self, region: Region) -> Region:
        if isinstance(region, ErasedRegion):
            return self._regions.fresh()
        if isinstance(region, BoundRegion):
            # One that is bound outside of what is folded has lost its binder.
            return region if region.depth < self.depth else self._regions.fresh()
        if isinstance(region, RegionVar):
            return region
        return self._regions.name(region)

    def type(self, ty: Type) -> Type:
        if isinstance(ty, ClosureType) and not is_extended(ty):
            return self.parts(extended(ty))
        return self.parts(ty)


def is_extended(ty: ClosureType) -> bool:
    """Tell whether captures and signature are among the arguments already."""
    return len(ty.arguments) > 1 and isinstance(ty.arguments[-1], FnPtrType)


def extended(ty: ClosureType) -> ClosureType:
    """Return a closure's type with its captures and its signature as arguments."""
    return ClosureType(ty.definition, (*ty.arguments, *closure_parts(ty.definition)))


def closure_parts(definition: ClosureDef) -> tuple[TupleType, FnPtrType]:
    """Return the types of a closure's captures, and its signature, regions erased."""
    signature = definition.signature
    assert signature is not None
    return TupleType(tuple(one.type for one in definition.captures)), FnPtrType(signature)


def captures_of(ty: ClosureType) -> tuple[Type, ...]:
    """Return the types of the captures of an extended closure type."""
    captured = ty.arguments[-2]
    assert isinstance(captured, TupleType)
    return captured.elements


def signature_of(ty: ClosureType) -> Signature:
    """Return the signature of an extended closure type."""
    pointer = ty.arguments[-1]
    assert isinstance(pointer, FnPtrType)
    return pointer.signature


class _Map(Folder):
    __slots__ = ("_to",)

    def __init__(self, to: Mapping[Region, Region]) -> None:
        super().__init__()
        self._to = to

    def region(self, region: Region) -> Region:
        return self._to.get(region, region)


def mapped(ty: Type, to: Mapping[Region, Region]) -> Type:
    """Return `ty` with some regions replaced."""
    return _Map(to).type(ty)
