"""What has to hold for a type to make sense: the where clauses of what it is made of."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from freehold.rust.infer.resolve import inner
from freehold.rust.items import ProjectionPredicate, Trait, TraitPredicate
from freehold.rust.traits.candidates import NOWHERE, trait_goal
from freehold.rust.traits.goals import (
    DynCompatible,
    Goal,
    ItemBound,
    Noted,
    Plain,
    Why,
    goals_of,
)
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

Need = tuple[Goal, Why]
"""A goal, and why it is one."""

_ELEMENTS = Noted("slice and array elements must have `Sized` type")
_TUPLE = Noted("only the last element of a tuple may have a dynamically sized type")


def well_formed(solver: "Solver", ty: Type) -> list[Need] | None:
    """Return what `ty` and everything in it asks for; None if it is a variable."""
    ty = solver.table.shallow(ty)
    if isinstance(ty, InferType):
        return None
    needs: list[Need] = []
    _collect(solver, ty, needs)
    return needs


def _collect(solver: "Solver", ty: Type, needs: list[Need]) -> None:
    ty = solver.table.shallow(ty)
    own = _OWN.get(type(ty))
    if own is not None:
        for goal, why in own(solver, ty):
            nested: list[Goal] = []
            needs.append((solver.normalize_goal(goal, nested), why))
            needs += [(each, Plain()) for each in nested]
    if isinstance(ty, FnPtrType | DynType):
        return  # lifetimes bound here are not to be taken out
    for part in inner(ty):
        if is_type(part):
            _collect(solver, part, needs)


def _sized(solver: "Solver", why: Why, *types: Type) -> list[Need]:
    sized = solver.world.lang("sized")
    return [] if sized is None else [(trait_goal(sized, ty), why) for ty in types]


def _applied(solver: "Solver", ty: AdtType | FnDefType) -> list[Need]:
    del solver
    definition = ty.definition
    predicates = [
        each
        for each in generics_of(definition).all_predicates()
        if isinstance(each, TraitPredicate | ProjectionPredicate)
    ]
    goals = goals_of(tuple(predicates), ty.arguments)
    return [
        (goal, ItemBound(definition, predicate.span, predicate))
        for predicate, goal in zip(predicates, goals, strict=True)
    ]


def _projection(solver: "Solver", ty: ProjectionType) -> list[Need]:
    del solver
    return [(TraitPredicate(trait_ref_of(ty), NOWHERE), Plain())]


def _dynamic(solver: "Solver", ty: DynType) -> list[Need]:
    del solver
    return [(DynCompatible(ty.trait), Plain())] if isinstance(ty.trait, Trait) else []


_OWN: dict[type, Callable[["Solver", Any], list[Need]]] = {
    AdtType: _applied,
    FnDefType: _applied,
    ProjectionType: _projection,
    DynType: _dynamic,
    ArrayType: lambda solver, ty: _sized(solver, _ELEMENTS, ty.element),
    GenericArrayType: lambda solver, ty: _sized(solver, _ELEMENTS, ty.element),
    SliceType: lambda solver, ty: _sized(solver, _ELEMENTS, ty.element),
    TupleType: lambda solver, ty: _sized(solver, _TUPLE, *ty.elements[:-1]),
}
