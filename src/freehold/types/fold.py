"""Walking and rebuilding types: substitution of arguments, and any other replacement of parts."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from freehold.types.generic import (
    ERASED,
    AdtType,
    BoundRegion,
    ClosureType,
    Const,
    ConstParam,
    DynType,
    FnDefType,
    FnPtrType,
    GenericArg,
    GenericArrayType,
    OpaqueType,
    ParamRegion,
    ParamType,
    ProjectionType,
    RefType,
    Region,
    Signature,
    TraitRef,
    array_of,
    is_const,
    is_region,
    is_type,
)
from freehold.types.model import ArrayType, PointerType, SliceType, TupleType, Type

Arguments = tuple[GenericArg, ...]


class Folder:
    """Rebuilds a type bottom up. Override `leaf`, `region`, `const` or `type`; parts are shared.

    `depth` is the number of binders around the part at hand.
    """

    __slots__ = ("depth",)

    def __init__(self) -> None:
        """Start outside of all binders."""
        self.depth = 0

    def region(self, region: Region) -> Region:
        """Return what stands for `region`."""
        return region

    def const(self, const: Const) -> Const:
        """Return what stands for `const`."""
        return const

    def type(self, ty: Type) -> Type:
        """Return what stands for `ty`: by default itself, its parts folded."""
        return self.parts(ty)

    def parts(self, ty: Type) -> Type:
        """Return `ty` with its parts folded."""
        rebuild = _REBUILD.get(type(ty))
        return ty if rebuild is None else rebuild(self, ty)

    def argument(self, argument: GenericArg) -> GenericArg:
        """Return what stands for a generic argument."""
        if is_region(argument):
            return self.region(argument)
        if is_const(argument):
            return self.const(argument)
        return self.type(argument)

    def arguments(self, arguments: Arguments) -> Arguments:
        """Return what stands for the arguments."""
        return tuple(map(self.argument, arguments))

    def signature(self, signature: Signature) -> Signature:
        """Return what stands for a signature, inside its binder."""
        self.depth += 1
        folded = replace(
            signature,
            inputs=tuple(map(self.type, signature.inputs)),
            output=self.type(signature.output),
        )
        self.depth -= 1
        return folded

    def trait_ref(self, trait: TraitRef) -> TraitRef:
        """Return what stands for a trait reference."""
        return TraitRef(trait.trait, self.arguments(trait.arguments))


def _fold_dyn(folder: Folder, ty: DynType) -> Type:
    region = folder.region(ty.region)
    folder.depth += 1
    arguments = folder.arguments(ty.arguments)
    bindings = tuple((item, folder.type(bound)) for item, bound in ty.bindings)
    folder.depth -= 1
    return DynType(ty.trait, arguments, bindings, ty.auto, region, ty.bound)


def _fold_generic_array(folder: Folder, ty: GenericArrayType) -> Type:
    return array_of(folder.type(ty.element), folder.const(ty.length))


_REBUILD: dict[type, Callable[..., Type]] = {
    PointerType: lambda f, ty: PointerType(f.type(ty.pointee), ty.kind),
    ArrayType: lambda f, ty: ArrayType(f.type(ty.element), ty.length),
    SliceType: lambda f, ty: SliceType(f.type(ty.element)),
    TupleType: lambda f, ty: TupleType(tuple(map(f.type, ty.elements))) if ty.elements else ty,
    RefType: lambda f, ty: RefType(f.region(ty.region), f.type(ty.pointee), ty.mutable),
    AdtType: lambda f, ty: (
        AdtType(ty.definition, f.arguments(ty.arguments)) if ty.arguments else ty
    ),
    GenericArrayType: _fold_generic_array,
    FnDefType: lambda f, ty: (
        FnDefType(ty.definition, f.arguments(ty.arguments)) if ty.arguments else ty
    ),
    FnPtrType: lambda f, ty: FnPtrType(f.signature(ty.signature)),
    ClosureType: lambda f, ty: ClosureType(ty.definition, f.arguments(ty.arguments)),
    DynType: _fold_dyn,
    ProjectionType: lambda f, ty: ProjectionType(ty.item, f.arguments(ty.arguments)),
    OpaqueType: lambda f, ty: OpaqueType(ty.definition, f.arguments(ty.arguments)),
}


class Substitute(Folder):
    """Puts arguments in the place of parameters. Bound regions of the arguments are shifted."""

    __slots__ = ("_arguments",)

    def __init__(self, arguments: Arguments) -> None:
        """Take the arguments, by the parameters' indices."""
        super().__init__()
        self._arguments = arguments

    def region(self, region: Region) -> Region:
        """Replace an early-bound lifetime."""
        if not isinstance(region, ParamRegion):
            return region
        found = self._arguments[region.index]
        assert is_region(found)
        if self.depth and isinstance(found, BoundRegion):
            return replace(found, depth=found.depth + self.depth)
        return found

    def const(self, const: Const) -> Const:
        """Replace a constant parameter."""
        if not isinstance(const, ConstParam):
            return const
        found = self._arguments[const.index]
        assert is_const(found)
        return found

    def type(self, ty: Type) -> Type:
        """Replace a type parameter."""
        if not isinstance(ty, ParamType):
            return self.parts(ty)
        found = self._arguments[ty.index]
        assert is_type(found)
        return shift(found, self.depth) if self.depth else found


class _Shift(Folder):
    __slots__ = ("_by",)

    def __init__(self, by: int) -> None:
        super().__init__()
        self._by = by

    def region(self, region: Region) -> Region:
        if isinstance(region, BoundRegion) and region.depth >= self.depth:
            return replace(region, depth=region.depth + self._by)
        return region


def shift(ty: Type, by: int) -> Type:
    """Return `ty` moved under `by` more binders."""
    return _Shift(by).type(ty)


class _Open(Folder):
    __slots__ = ("_regions",)

    def __init__(self, regions: tuple[Region, ...], depth: int = 0) -> None:
        super().__init__()
        self._regions = regions
        self.depth = depth

    def region(self, region: Region) -> Region:
        if isinstance(region, BoundRegion) and region.depth == self.depth:
            return self._regions[region.index]
        return region


def open_signature(signature: Signature, regions: tuple[Region, ...]) -> Signature:
    """Return `signature` with `regions` for its bound lifetimes, under no binder."""
    opener = _Open(regions)
    return replace(
        signature,
        inputs=tuple(map(opener.type, signature.inputs)),
        output=opener.type(signature.output),
        bound=(),
    )


class _Erase(Folder):
    __slots__ = ()

    def region(self, region: Region) -> Region:
        bound = isinstance(region, BoundRegion) and region.depth < self.depth
        return region if bound else ERASED


def erase(ty: Type) -> Type:
    """Return `ty` with every region erased that no binder inside it binds."""
    return _Erase().type(ty)


def substitute(ty: Type, arguments: Arguments) -> Type:
    """Return `ty` with `arguments` for the parameters of its item."""
    return Substitute(arguments).type(ty) if arguments else ty


def substitute_signature(signature: Signature, arguments: Arguments) -> Signature:
    """Return `signature` with `arguments` for the parameters of its item, its binder kept."""
    return Substitute(arguments).signature(signature) if arguments else signature


def parts(ty: Type) -> Iterator[GenericArg]:
    """Return all arguments and types directly inside `ty`, left to right."""
    found: list[GenericArg] = []

    class Collect(Folder):
        __slots__ = ()

        def region(self, region: Region) -> Region:
            found.append(region)
            return region

        def const(self, const: Const) -> Const:
            found.append(const)
            return const

        def type(self, ty: Type) -> Type:
            found.append(ty)
            return ty

    Collect().parts(ty)
    return iter(found)


def walk(ty: Type) -> Iterator[GenericArg]:
    """Return `ty` and everything inside it, outermost first."""
    yield ty
    for part in parts(ty):
        if is_type(part):
            yield from walk(part)
        else:
            yield part


def regions_of(ty: Type) -> Iterator[Region]:
    """Return the regions in `ty`, in order, with repetition."""
    return (part for part in walk(ty) if is_region(part))
