"""Putting arguments into the types of items, with their regions erased as bodies have them.

Only lifetimes bound inside a type (of function pointers, `dyn`, and of predicates and signatures
that keep their binder) stay: they are the shape of the type.
"""

from dataclasses import replace

from freehold.rust.infer.table import UNKNOWN_ORIGIN, Origin, Table
from freehold.rust.items import (
    Generics,
    ParameterKind,
    Predicate,
    ProjectionPredicate,
    RegionOutlives,
    TraitPredicate,
    TypeOutlives,
)
from freehold.source import Span
from freehold.types import Type
from freehold.types.fold import Folder
from freehold.types.generic import (
    ERASED,
    BoundRegion,
    Const,
    ConstParam,
    GenericArg,
    ParamType,
    Region,
    Signature,
    TraitRef,
    is_const,
    is_type,
)

Arguments = tuple[GenericArg, ...]


class _Instantiate(Folder):
    __slots__ = ("_arguments",)

    def __init__(self, arguments: Arguments, depth: int = 0) -> None:
        super().__init__()
        self._arguments = arguments
        self.depth = depth

    def region(self, region: Region) -> Region:
        if isinstance(region, BoundRegion) and region.depth < self.depth:
            return region
        return ERASED

    def const(self, const: Const) -> Const:
        if not isinstance(const, ConstParam):
            return const
        found = self._arguments[const.index]
        assert is_const(found), (const, self._arguments)
        return found

    def type(self, ty: Type) -> Type:
        if type(ty) is not ParamType:
            return self.parts(ty)
        found = self._arguments[ty.index]
        assert is_type(found), (ty, self._arguments)
        return found


class _EraseFully(Folder):
    __slots__ = ()

    def region(self, region: Region) -> Region:
        del region
        return ERASED


def instantiate(ty: Type, arguments: Arguments) -> Type:
    """Return an item's type with `arguments` for its parameters, its regions erased."""
    return _Instantiate(arguments).type(ty)


def instantiate_arguments(inside: Arguments, arguments: Arguments) -> Arguments:
    """Return arguments in terms of an item's parameters with `arguments` for these."""
    return _Instantiate(arguments).arguments(inside)


def instantiate_trait(trait: TraitRef, arguments: Arguments) -> TraitRef:
    """Return a trait reference with `arguments` for the item's parameters, regions erased."""
    return _Instantiate(arguments).trait_ref(trait)


def instantiate_signature(signature: Signature, arguments: Arguments) -> Signature:
    """Return a signature with `arguments`, its binder opened: its lifetimes are erased."""
    fold = _Instantiate(arguments)
    return replace(
        signature,
        inputs=fold.types(signature.inputs),
        output=fold.type(signature.output),
        bound=(),
    )


def instantiate_binder(signature: Signature, arguments: Arguments) -> Signature:
    """Return a signature with `arguments`, its binder kept: as of a function pointer."""
    return _Instantiate(arguments).signature(signature)


def instantiate_predicate(predicate: Predicate, arguments: Arguments) -> Predicate:
    """Return a predicate with `arguments`, its binder kept."""
    match predicate:
        case TraitPredicate(trait, span, bound):
            fold = _Instantiate(arguments, 1 if bound else 0)
            return TraitPredicate(fold.trait_ref(trait), span, bound)
        case ProjectionPredicate(item, inside, ty, span, bound):
            fold = _Instantiate(arguments, 1 if bound else 0)
            return ProjectionPredicate(item, fold.arguments(inside), fold.type(ty), span, bound)
        case TypeOutlives() | RegionOutlives():
            return predicate


_NO_REGIONS = _EraseFully()


def without_regions(ty: Type) -> Type:
    """Return `ty` with every region erased, bound ones too: equal types then compare equal."""
    return _NO_REGIONS.type(ty)


class _Open(Folder):
    __slots__ = ()

    def region(self, region: Region) -> Region:
        if isinstance(region, BoundRegion) and region.depth < self.depth:
            return region
        return ERASED


_OPEN = _Open()


def open_trait(trait: TraitRef) -> TraitRef:
    """Return a trait reference without the lifetimes of the binder around it."""
    return _OPEN.trait_ref(trait)


def open_type(ty: Type) -> Type:
    """Return a type without the lifetimes of the binder around it."""
    return _OPEN.type(ty)


def open_arguments(arguments: Arguments) -> Arguments:
    """Return arguments without the lifetimes of the binder around them."""
    return _OPEN.arguments(arguments)


def open_binder(signature: Signature) -> Signature:
    """Return a signature without its binder, the lifetimes of it erased."""
    inputs, output = _OPEN.types(signature.inputs), _OPEN.type(signature.output)
    return replace(signature, inputs=inputs, output=output, bound=())


# ---------------------------------------------------------------------------------- fresh arguments


def identity(generics: Generics) -> Arguments:
    """Return the item's own parameters as arguments: what its body sees."""
    found: list[GenericArg] = []
    for parameter in generics.all():
        match parameter.kind:
            case ParameterKind.LIFETIME:
                found.append(ERASED)
            case ParameterKind.TYPE:
                found.append(ParamType(parameter.index, parameter.name))
            case ParameterKind.CONST:
                assert parameter.type is not None
                found.append(ConstParam(parameter.index, parameter.name, parameter.type))
    return tuple(found)


def fresh_arguments(
    table: Table,
    generics: Generics,
    before: Arguments = (),
    span: Span | None = None,
    owner: str = "",
) -> Arguments:
    """Return `before`, then new variables for the parameters after them; lifetimes erased."""
    if generics.count == len(before):
        return before
    found = list(before)
    for parameter in generics.all()[len(before) :]:
        match parameter.kind:
            case ParameterKind.LIFETIME:
                found.append(ERASED)
            case ParameterKind.TYPE:
                named = span is not None
                origin = Origin(span, parameter.name, owner) if named else UNKNOWN_ORIGIN
                found.append(table.fresh(origin))
            case ParameterKind.CONST:
                found.append(table.fresh_const())
    return tuple(found)
