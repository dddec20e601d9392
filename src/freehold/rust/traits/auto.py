"""Auto traits: what a type is made of has to have them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from freehold.rust.infer.instantiate import instantiate
from freehold.rust.items import Opaque
from freehold.rust.traits.candidates import BuiltinCandidate
from freehold.types import ArrayType, PointerType, SliceType, TupleType, Type
from freehold.types.generic import (
    AdtType,
    ClosureType,
    DynType,
    GenericArrayType,
    InferKind,
    InferType,
    OpaqueType,
    ParamType,
    ProjectionType,
    RefType,
    is_type,
)

if TYPE_CHECKING:
    from freehold.rust.traits.solver import Solver

Parts = tuple[Type, ...]


def auto_candidate(solver: "Solver", ty: Type) -> BuiltinCandidate | None:
    """Return that an auto trait holds if it does for the parts; None: nothing can be said so."""
    if isinstance(ty, ParamType | ProjectionType | DynType):
        return None
    parts = constituents(solver, ty)
    return None if parts is None else BuiltinCandidate(parts)


def is_open(solver: "Solver", ty: Type) -> bool:
    """Tell whether the parts are not known yet: of variables, and of closures being checked."""
    if isinstance(ty, InferType):
        return ty.kind is InferKind.ANY
    return isinstance(ty, ClosureType) and solver.closure(ty).upvars is None


def constituents(solver: "Solver", ty: Type) -> Parts | None:
    """Return the types that `ty` is made of, one level down; None if its parts are not known."""
    find = _PARTS.get(type(ty))
    return () if find is None else find(solver, ty)


def _adt(solver: "Solver", ty: AdtType) -> Parts:
    definition = ty.definition
    if definition.lang == "phantom_data":
        return tuple(argument for argument in ty.arguments if is_type(argument))
    key = ("fields", definition)
    fields = solver.world.shared.get(key)
    if fields is None:
        distinct = {f.type: None for variant in definition.variants for f in variant.fields}
        fields = solver.world.shared[key] = tuple(distinct)
    assert isinstance(fields, tuple)
    return tuple(instantiate(part, ty.arguments) for part in fields)


def _closure(solver: "Solver", ty: ClosureType) -> Parts | None:
    return solver.closure(ty).upvars


def _opaque(solver: "Solver", ty: OpaqueType) -> Parts | None:
    assert isinstance(ty.definition, Opaque)
    hidden = solver.world.hidden(ty.definition)
    return None if hidden is None else (instantiate(hidden, ty.arguments),)


_PARTS: dict[type, Callable[["Solver", Any], Parts | None]] = {
    PointerType: lambda _, ty: (ty.pointee,),
    RefType: lambda _, ty: (ty.pointee,),
    ArrayType: lambda _, ty: (ty.element,),
    GenericArrayType: lambda _, ty: (ty.element,),
    SliceType: lambda _, ty: (ty.element,),
    TupleType: lambda _, ty: ty.elements,
    AdtType: _adt,
    ClosureType: _closure,
    OpaqueType: _opaque,
}
