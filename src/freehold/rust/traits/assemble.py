"""All candidates for a goal: rules of the language, where clauses, bounds, `dyn`, impls, autos."""

from typing import TYPE_CHECKING

from freehold.rust.infer.instantiate import instantiate_predicate
from freehold.rust.infer.resolve import INFER, has_error, holds
from freehold.rust.items import (
    AssociatedType,
    Opaque,
    Predicate,
    ProjectionPredicate,
    Trait,
    TraitPredicate,
)
from freehold.rust.traits.auto import auto_candidate, is_open
from freehold.rust.traits.builtin import COMPLETE, RULES
from freehold.rust.traits.candidates import (
    BoundCandidate,
    BuiltinCandidate,
    Candidate,
    ImplCandidate,
    ObjectCandidate,
    Rank,
)
from freehold.rust.traits.env import elaborate
from freehold.rust.traits.goals import Outcome, opened, opened_projection
from freehold.rust.traits.knowable import is_knowable
from freehold.rust.traits.matching import all_may_match
from freehold.rust.traits.unsize import object_traits
from freehold.types import Type
from freehold.types.generic import (
    DynType,
    FnPtrType,
    InferKind,
    InferType,
    OpaqueType,
    ParamType,
    ProjectionType,
    TraitRef,
    type_argument,
)

if TYPE_CHECKING:
    from freehold.rust.traits.solver import Solver


def assemble(solver: "Solver", goal: TraitRef) -> "list[Candidate] | None":
    """Return what may make `goal`, resolved, hold; None while that is ambiguous."""
    self_type, trait = goal.self_type, goal.trait
    if isinstance(self_type, InferType) and self_type.kind is InferKind.ANY:
        return None
    if any(has_error(argument) for argument in goal.arguments):
        return [BuiltinCandidate()]
    assert isinstance(trait, Trait)
    if solver.coherent and trait.lang not in COMPLETE and not is_knowable(goal):
        return None
    found: list[Candidate] = []
    rule = RULES.get(trait.lang)
    if rule is not None:
        built_in = rule(solver, goal)
        if built_in is None:
            return None
        found += built_in
    found += _bounds(solver, goal)
    if isinstance(self_type, DynType):
        found += [
            ObjectCandidate(each)
            for each in object_traits(solver.world, self_type)
            if each.trait is trait and all_may_match(each.arguments[1:], goal.arguments[1:])
        ]
    if rule is None or trait.lang not in COMPLETE:
        impls = _impls(solver, goal)
        found += impls
        if trait.auto and not impls:
            if is_open(solver, self_type):
                return None
            candidate = auto_candidate(solver, self_type)
            if candidate is not None and not _has_item_bound(found, self_type):
                found.append(candidate)
    return found


def _has_item_bound(found: "list[Candidate]", self_type: Type) -> bool:
    return isinstance(self_type, OpaqueType) and bool(found)


def _impls(solver: "Solver", goal: TraitRef) -> "list[Candidate]":
    trait = goal.trait
    assert isinstance(trait, Trait)
    is_pointer = _may_be_fn_pointer(solver, goal.self_type)
    found: list[Candidate] = []
    for impl in solver.world.impls_for(trait, goal.self_type):
        if impl.trait is None:
            continue  # its header had an error
        if not all_may_match(impl.trait.arguments, goal.arguments):
            continue
        if not is_pointer and solver.world.is_for_fn_pointers(impl):
            continue
        found.append(ImplCandidate(impl))
    return found


def _may_be_fn_pointer(solver: "Solver", ty: Type) -> bool:
    if isinstance(ty, ParamType | ProjectionType | OpaqueType):
        return solver.implements(ty, "fn_ptr_trait") is not Outcome.NO
    return isinstance(ty, FnPtrType)


def _bounds(solver: "Solver", goal: TraitRef) -> "list[Candidate]":
    found: list[Candidate] = [
        BoundCandidate(bound, Rank.WHERE_CLAUSE)
        for bound in solver.env.bounds.get(goal.trait, ())
        if all_may_match(bound.arguments, goal.arguments)
    ]
    self_type = goal.self_type
    if isinstance(self_type, ProjectionType | OpaqueType):
        found += [
            BoundCandidate(bound, Rank.ITEM_BOUND)
            for bound in item_bounds(solver, self_type)[0]
            if bound.trait is goal.trait and all_may_match(bound.arguments, goal.arguments)
        ]
    return found


Bounds = tuple[list[TraitRef], list[ProjectionPredicate]]


def item_bounds(solver: "Solver", ty: ProjectionType | OpaqueType) -> Bounds:
    """Return what is declared of an associated or opaque type, elaborated, not normalised.

    A bound may stand on what is around it too: `type A: B<C: D>` says something of `A::C`.
    """
    known = solver.env.declared.get(ty)
    if known is not None:
        return known
    solver.env.declared[ty] = ([], [])  # while its own bounds are normalised
    known = _item_bounds(solver, ty)
    if holds(ty, INFER):
        del solver.env.declared[ty]
    else:
        solver.env.declared[ty] = known
    return known


def _item_bounds(solver: "Solver", ty: ProjectionType | OpaqueType) -> Bounds:
    traits: list[TraitRef] = []
    projections: list[ProjectionPredicate] = []
    at: Type = ty
    while isinstance(at, ProjectionType | OpaqueType):
        for predicate in elaborate(solver.world, _declared(at)):
            if isinstance(predicate, TraitPredicate):
                made = opened(predicate)
                if made.self_type == ty:
                    traits.append(made)
            else:
                known = opened_projection(predicate)
                if known.arguments[0] == ty:
                    projections.append(known)
        if not isinstance(at, ProjectionType):
            break
        at = type_argument(at.arguments, 0)
    return traits, projections


def _declared(ty: ProjectionType | OpaqueType) -> list[Predicate]:
    definition = ty.item if isinstance(ty, ProjectionType) else ty.definition
    assert isinstance(definition, AssociatedType | Opaque)
    return [instantiate_predicate(each, ty.arguments) for each in definition.bounds]
