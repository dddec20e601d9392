"""Walking and rebuilding types: substitution of arguments, and any other replacement of parts."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from operator import is_

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
        """Return what stands for the arguments: the same tuple if nothing changes."""
        folded = tuple(map(self.argument, arguments))
        return arguments if all(map(is_, folded, arguments)) else folded

    def types(self, types: tuple[Type, ...]) -> tuple[Type, ...]:
        """Return what stands for the types: the same tuple if nothing changes."""
        folded = tuple(map(self.type, types))
        return types if all(map(is_, folded, types)) else folded

    def signature(self, signature: Signature) -> Signature:
        """Return what stands for a signature, inside its binder."""
        self.depth += 1
        inputs, output = self.types(signature.inputs), self.type(signature.output)
        self.depth -= 1
        if inputs is signature.inputs and output is signature.output:
            return signature
        return replace(signature, inputs=inputs, output=output)

    def trait_ref(self, trait: TraitRef) -> TraitRef:
        """Return what stands for a trait reference."""
        arguments = self.arguments(trait.arguments)
        return trait if arguments is trait.arguments else TraitRef(trait.trait, arguments)


def _fold_pointer(folder: Folder, ty: PointerType) -> Type:
    pointee = folder.type(ty.pointee)
    return ty if pointee is ty.pointee else PointerType(pointee, ty.kind)


def _fold_array(folder: Folder, ty: ArrayType) -> Type:
    element = folder.type(ty.element)
    return ty if element is ty.element else ArrayType(element, ty.length)


def _fold_slice(folder: Folder, ty: SliceType) -> Type:
    element = folder.type(ty.element)
    return ty if element is ty.element else SliceType(element)


def _fold_tuple(folder: Folder, ty: TupleType) -> Type:
    elements = folder.types(ty.elements)
    return ty if elements is ty.elements else TupleType(elements)


def _fold_ref(folder: Folder, ty: RefType) -> Type:
    region, pointee = folder.region(ty.region), folder.type(ty.pointee)
    if region is ty.region and pointee is ty.pointee:
        return ty
    return RefType(region, pointee, ty.mutable)


def _fold_generic_array(folder: Folder, ty: GenericArrayType) -> Type:
    element, length = folder.type(ty.element), folder.const(ty.length)
    return ty if element is ty.element and length is ty.length else array_of(element, length)


def _fold_pointer_to_function(folder: Folder, ty: FnPtrType) -> Type:
    signature = folder.signature(ty.signature)
    return ty if signature is ty.signature else FnPtrType(signature)


def _fold_dyn(folder: Folder, ty: DynType) -> Type:
    region = folder.region(ty.region)
    folder.depth += 1
    arguments = folder.arguments(ty.arguments)
    bindings = tuple((item, folder.type(bound)) for item, bound in ty.bindings)
    folder.depth -= 1
    same = region is ty.region and arguments is ty.arguments and bindings == ty.bindings
    return ty if same else replace(ty, arguments=arguments, bindings=bindings, region=region)


def _fold_adt(folder: Folder, ty: AdtType) -> Type:
    arguments = folder.arguments(ty.arguments)
    return ty if arguments is ty.arguments else AdtType(ty.definition, arguments)


def _fold_item(folder: Folder, ty: FnDefType) -> Type:
    arguments = folder.arguments(ty.arguments)
    return ty if arguments is ty.arguments else FnDefType(ty.definition, arguments)


def _fold_closure(folder: Folder, ty: ClosureType) -> Type:
    arguments = folder.arguments(ty.arguments)
    return ty if arguments is ty.arguments else ClosureType(ty.definition, arguments)


def _fold_projection(folder: Folder, ty: ProjectionType) -> Type:
    arguments = folder.arguments(ty.arguments)
    return ty if arguments is ty.arguments else ProjectionType(ty.item, arguments)


def _fold_opaque(folder: Folder, ty: OpaqueType) -> Type:
    arguments = folder.arguments(ty.arguments)
    return ty if arguments is ty.arguments else OpaqueType(ty.definition, arguments)


# What has no parts is not in it.
_REBUILD: dict[type, Callable[..., Type]] = {
    PointerType: _fold_pointer,
    ArrayType: _fold_array,
    SliceType: _fold_slice,
    TupleType: _fold_tuple,
    RefType: _fold_ref,
    AdtType: _fold_adt,
    GenericArrayType: _fold_generic_array,
    FnDefType: _fold_item,
    FnPtrType: _fold_pointer_to_function,
    ClosureType: _fold_closure,
    DynType: _fold_dyn,
    ProjectionType: _fold_projection,
    OpaqueType: _fold_opaque,
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


class _Loose(Folder):
    """Looks for lifetimes of binders around a type."""

    __slots__ = ("found",)

    def __init__(self) -> None:
        super().__init__()
        self.found = False

    def region(self, region: Region) -> Region:
        if isinstance(region, BoundRegion) and region.depth >= self.depth:
            self.found = True
        return region


def is_loose(ty: Type) -> bool:
    """Tell whether `ty` mentions a lifetime of a binder around it."""
    look = _Loose()
    look.type(ty)
    return look.found


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


def open_arguments(arguments: Arguments, regions: tuple[Region, ...]) -> Arguments:
    """Return `arguments`, that a binder is around, with `regions` for its lifetimes."""
    return _Open(regions).arguments(arguments)


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


class _Collect(Folder):
    """Takes note of what is directly inside a type."""

    __slots__ = ("found",)

    def __init__(self) -> None:
        super().__init__()
        self.found: list[GenericArg] = []

    def region(self, region: Region) -> Region:
        self.found.append(region)
        return region

    def const(self, const: Const) -> Const:
        self.found.append(const)
        return const

    def type(self, ty: Type) -> Type:
        self.found.append(ty)
        return ty


def parts(ty: Type) -> Iterator[GenericArg]:
    """Return all arguments and types directly inside `ty`, left to right."""
    collect = _Collect()
    collect.parts(ty)
    return iter(collect.found)


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
