"""Replacing variables by what they are bound to, and looking for what a type mentions."""

from collections.abc import Callable
from typing import Any

from freehold.rust.infer.table import Table
from freehold.types import ArrayType, PointerType, SliceType, TupleType, Type
from freehold.types.fold import Folder
from freehold.types.generic import (
    AdtType,
    ClosureType,
    Const,
    ConstInfer,
    ConstParam,
    DynType,
    ErrorType,
    FnDefType,
    FnPtrType,
    GenericArg,
    GenericArrayType,
    InferId,
    InferType,
    OpaqueType,
    ParamType,
    ProjectionType,
    RefType,
    is_type,
)

# What is directly inside each type, regions of references left out.
_INNER: dict[type, Callable[[Any], tuple[GenericArg, ...]]] = {
    PointerType: lambda ty: (ty.pointee,),
    ArrayType: lambda ty: (ty.element,),
    SliceType: lambda ty: (ty.element,),
    TupleType: lambda ty: ty.elements,
    RefType: lambda ty: (ty.pointee,),
    AdtType: lambda ty: ty.arguments,
    GenericArrayType: lambda ty: (ty.element, ty.length),
    FnDefType: lambda ty: ty.arguments,
    FnPtrType: lambda ty: (*ty.signature.inputs, ty.signature.output),
    ClosureType: lambda ty: ty.arguments,
    DynType: lambda ty: (*ty.arguments, *(bound for _, bound in ty.bindings)),
    ProjectionType: lambda ty: ty.arguments,
    OpaqueType: lambda ty: ty.arguments,
}


def inner(ty: GenericArg) -> tuple[GenericArg, ...]:
    """Return the arguments and types directly inside `ty`; the regions of references left out."""
    found = _INNER.get(type(ty))
    return () if found is None else found(ty)


def holds(part: GenericArg, kinds: frozenset[type]) -> bool:
    """Tell whether `part` is, or has somewhere inside, one of `kinds`."""
    if type(part) in kinds:
        return True
    get = _INNER.get(type(part))
    return get is not None and any(holds(each, kinds) for each in get(part))


INFER = frozenset((InferType, ConstInfer))
PARAMETERS = frozenset((ParamType, ConstParam))
NOT_CONCRETE = frozenset((InferType, ConstInfer, ParamType, ConstParam, ProjectionType, OpaqueType))
RIGID = frozenset((ParamType, ConstParam, ProjectionType, OpaqueType))
CLOSURES = frozenset((ClosureType,))
ALIASES = frozenset((ProjectionType,))
OPAQUES = frozenset((OpaqueType,))
ERRORS = frozenset((ErrorType,))


def has_error(ty: GenericArg) -> bool:
    """Tell whether something in `ty` had an error that was already said."""
    return holds(ty, ERRORS)


class Resolver(Folder):
    """Replaces bound variables, deeply. `free` are the unbound ones met, constants as `~id`."""

    __slots__ = ("_table", "free")

    def __init__(self, table: Table) -> None:
        """Read bindings of `table`."""
        super().__init__()
        self._table = table
        self.free: list[int] = []

    def const(self, const: Const) -> Const:
        """Return what `const` is bound to."""
        if type(const) is not ConstInfer:
            return const
        const = self._table.shallow_const(const)
        if type(const) is ConstInfer:
            self.free.append(~const.id)
        return const

    def type(self, ty: Type) -> Type:
        """Return `ty` with all bindings put in."""
        if type(ty) is InferType:
            ty = self._table.shallow(ty)
            if type(ty) is InferType:
                self.free.append(ty.id)
                return ty
        return self.parts(ty)


def resolve(table: Table, ty: Type) -> Type:
    """Return `ty` with all bindings put in."""
    return Resolver(table).type(ty)


def mentions(table: Table, ty: GenericArg, variable: InferId) -> bool:
    """Tell whether a root variable occurs in `ty`: binding it to `ty` would make no type."""
    if type(ty) is InferType:
        bound = table.shallow(ty)
        if type(bound) is InferType:
            return bound.id == variable
        ty = bound
    get = _INNER.get(type(ty))
    return get is not None and any(mentions(table, each, variable) for each in get(ty))


def first_free(table: Table, ty: Type) -> InferType | None:
    """Return the first unbound type variable in `ty`, left to right."""
    ty = table.shallow(ty)
    if isinstance(ty, InferType):
        return ty
    for part in inner(ty):
        if is_type(part):
            found = first_free(table, part)
            if found is not None:
                return found
    return None
