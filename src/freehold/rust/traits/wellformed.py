"""What has to hold for a type to make sense: the where clauses of what it is made of."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from freehold.rust.infer.resolve import inner
from freehold.rust.items import Struct, TraitPredicate
from freehold.rust.traits.candidates import NOWHERE, trait_goal
from freehold.rust.traits.goals import Goal, goals_of
from freehold.rust.traits.project import trait_ref_of
from freehold.rust.traits.world import generics_of
from freehold.types import ArrayType, SliceType, TupleType, Type
from freehold.types.generic import (
    AdtType,
    DynType,
    FnDefType,
    FnPtrType,
    GenericArrayType,
    InferType,
    ProjectionType,
    is_type,
)

if TYPE_CHECKING:
    from freehold.rust.traits.solver import Solver


def well_formed(solver: "Solver", ty: Type) -> list[Goal] | None:
    """Return what `ty` and everything in it asks for; None if it is a variable."""
    ty = solver.table.shallow(ty)
    if isinstance(ty, InferType):
        return None
    goals: list[Goal] = []
    _collect(solver, ty, goals)
    return goals


def _collect(solver: "Solver", ty: Type, goals: list[Goal]) -> None:
    ty = solver.table.shallow(ty)
    own = _OWN.get(type(ty))
    if own is not None:
        for goal in own(solver, ty):
            goals.append(solver.normalize_goal(goal, goals))
    if isinstance(ty, FnPtrType | DynType):
        return  # lifetimes bound here are not to be taken out
    for part in inner(ty):
        if is_type(part):
            _collect(solver, part, goals)


def _sized(solver: "Solver", *types: Type) -> list[Goal]:
    sized = solver.world.lang("sized")
    return [] if sized is None else [trait_goal(sized, ty) for ty in types]


def _applied(solver: "Solver", ty: AdtType | FnDefType) -> list[Goal]:
    del solver
    definition = ty.definition
    if isinstance(ty, AdtType) and not isinstance(definition, Struct):
        return []
    return goals_of(generics_of(definition).all_predicates(), ty.arguments)


def _projection(solver: "Solver", ty: ProjectionType) -> list[Goal]:
    del solver
    return [TraitPredicate(trait_ref_of(ty), NOWHERE)]


_OWN: dict[type, Callable[["Solver", Any], list[Goal]]] = {
    AdtType: _applied,
    FnDefType: _applied,
    ProjectionType: _projection,
    ArrayType: lambda solver, ty: _sized(solver, ty.element),
    GenericArrayType: lambda solver, ty: _sized(solver, ty.element),
    SliceType: lambda solver, ty: _sized(solver, ty.element),
    TupleType: lambda solver, ty: _sized(solver, *ty.elements[:-1]),
}
