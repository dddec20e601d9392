"""`T: Unsize<U>`: arrays to slices, sized types to trait objects, trait objects to wider ones."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from freehold.rust.infer.instantiate import (
    instantiate,
    instantiate_trait,
    open_arguments,
    open_type,
)
from freehold.rust.infer.resolve import PARAMETERS, holds, inner
from freehold.rust.infer.unify import array_parts, unify, unify_arguments
from freehold.rust.items import ProjectionPredicate, Trait, TraitPredicate
from freehold.rust.traits.candidates import NOWHERE, trait_goal
from freehold.rust.traits.goals import DynCompatible, Goal
from freehold.rust.traits.world import World, trait_of
from freehold.types import AdtKind, ArrayType, SliceType, Type
from freehold.types.generic import (
    AdtDef,
    AdtType,
    Definition,
    DynType,
    GenericArg,
    GenericArrayType,
    ParamType,
    TraitRef,
    is_type,
)

if TYPE_CHECKING:
    from freehold.rust.traits.solver import Solver

Fit = Callable[[], "list[Goal] | None"]


def unsize(solver: "Solver", source: Type, target: Type) -> Fit | None:
    """Return what binds variables so that `source` unsizes to `target`; None if it never does.

    Neither is a variable of any kind; an integer or float may be.
    """
    match source, target:
        case DynType(), DynType():
            return lambda: _widen(solver, source, target)
        case _, DynType():
            return lambda: _to_object(solver, source, target)
        case ArrayType() | GenericArrayType(), SliceType(element):
            return lambda: _equal(solver, array_parts(source)[0], element)
        case AdtType(), AdtType() if _is_struct(source) and source.definition is target.definition:
            return lambda: _struct(solver, source, target)
        case _:
            return None


def _is_struct(ty: AdtType) -> bool:
    return ty.definition.kind is AdtKind.STRUCT and bool(ty.definition.fields)


def _equal(solver: "Solver", left: Type, right: Type) -> "list[Goal] | None":
    return [] if unify(solver.table, left, right) is None else None


# ------------------------------------------------------------------------------- trait objects


def object_goals(world: World, target: DynType, self_type: Type) -> list[Goal]:
    """Return what `self_type` has to implement, and yield, to be a `target`; lifetimes erased."""
    goals: list[Goal] = []
    if target.trait is not None:
        principal = principal_of(target, self_type)
        goals.append(TraitPredicate(principal, NOWHERE))
        for item, ty in target.bindings:
            owner = owner_of(world, principal, item)
            if owner is not None:
                goals.append(
                    ProjectionPredicate(item, owner.arguments, open_type(ty), NOWHERE),
                )
    goals.extend(trait_goal(auto, self_type) for auto in sorted(target.auto, key=_name))
    return goals


def _name(definition: Definition) -> str:
    return definition.name


def principal_of(ty: DynType, self_type: Type) -> TraitRef:
    """Return the trait of a `dyn` type, applied to `self_type`; its own lifetimes erased."""
    assert ty.trait is not None
    return TraitRef(ty.trait, (self_type, *open_arguments(ty.arguments)))


def owner_of(world: World, principal: TraitRef, item: Definition) -> TraitRef | None:
    """Return the trait, `principal` or above, that declares the associated type `item`."""
    wanted, trait = trait_of(item), principal.trait
    assert isinstance(trait, Trait)
    for supertrait in world.supertraits(trait):
        if supertrait.trait is wanted:
            return instantiate_trait(supertrait, principal.arguments)
    return None


def object_traits(world: World, ty: DynType) -> list[TraitRef]:
    """Return the traits that a `dyn` type has of itself, with it as their Self."""
    found: list[TraitRef] = []
    if isinstance(ty.trait, Trait):
        principal = principal_of(ty, ty)
        found += [
            instantiate_trait(supertrait, principal.arguments)
            for supertrait in world.supertraits(ty.trait)
        ]
    found.extend(TraitRef(auto, (ty,)) for auto in sorted(ty.auto, key=_name))
    return found


def _to_object(solver: "Solver", source: Type, target: DynType) -> list[Goal]:
    goals = object_goals(solver.world, target, source)
    sized = solver.world.lang("sized")
    if sized is not None:
        goals.append(trait_goal(sized, source))
    if isinstance(target.trait, Trait):
        goals.append(DynCompatible(target.trait))
    return goals


def _widen(solver: "Solver", source: DynType, target: DynType) -> "list[Goal] | None":
    world = solver.world
    implied = {trait.trait for trait in object_traits(world, source)}
    if not target.auto <= source.auto | implied:
        return None
    if target.trait is None:
        return []
    for trait in object_traits(world, source):
        if trait.trait is not target.trait:
            continue
        wanted = principal_of(target, source)
        mark = solver.table.snapshot()
        nested: list[Goal] = []
        there = solver.normalize_trait(trait, nested)
        if unify_arguments(solver.table, wanted.arguments, there.arguments) is None:
            known = dict(source.bindings)
            if all(
                item not in known or unify(solver.table, ty, known[item]) is None
                for item, ty in target.bindings
            ):
                return nested
        solver.table.rollback(mark)
    return None


# ------------------------------------------------------------------------------------ structs


def _struct(solver: "Solver", source: AdtType, target: AdtType) -> "list[Goal] | None":
    """`S<.., T, ..>: Unsize<S<.., U, ..>>` if only the last field has T, and unsizes with it."""
    definition = source.definition
    changing = _tail_parameters(definition)
    if not changing:
        return None
    mixed: list[GenericArg] = [
        target.arguments[at] if at in changing else argument
        for at, argument in enumerate(source.arguments)
    ]
    if unify_arguments(solver.table, target.arguments, tuple(mixed)) is not None:
        return None
    tail = definition.fields[-1].type
    nested: list[Goal] = []
    left = solver.normalize(instantiate(tail, source.arguments), nested)
    right = solver.normalize(instantiate(tail, target.arguments), nested)
    trait = solver.world.lang("unsize")
    assert trait is not None
    nested.append(TraitPredicate(TraitRef(trait, (left, right)), NOWHERE))
    return nested


def _tail_parameters(definition: AdtDef) -> set[int]:
    found = _parameters(definition.fields[-1].type)
    for field in definition.fields[:-1]:
        found -= _parameters(field.type)
    return found


def _parameters(ty: GenericArg) -> set[int]:
    if isinstance(ty, ParamType):
        return {ty.index}
    if not is_type(ty) or not holds(ty, PARAMETERS):
        return set()
    return {index for part in inner(ty) for index in _parameters(part)}
