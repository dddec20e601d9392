"""What an associated type is: by where clauses, bounds, `dyn` bindings, impls, or callables."""

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING

from freehold.records import dataclass
from freehold.rust.infer.instantiate import instantiate, open_type
from freehold.rust.infer.unify import unify_arguments
from freehold.rust.items import AssociatedType, ProjectionPredicate, Trait
from freehold.rust.traits.assemble import item_bounds
from freehold.rust.traits.candidates import normal_but_self
from freehold.rust.traits.goals import (
    CallSource,
    Chosen,
    Goal,
    ImplSource,
    Stuck,
)
from freehold.rust.traits.matching import all_may_match
from freehold.rust.traits.world import impl_item
from freehold.types import Type
from freehold.types.generic import (
    Definition,
    DynType,
    GenericArg,
    InferKind,
    InferType,
    OpaqueType,
    ProjectionType,
    TraitRef,
)

if TYPE_CHECKING:
    from freehold.rust.traits.solver import Solver


class Unprojected(Enum):
    """Why a projection has no type of its own."""

    RIGID = "rigid"  # it holds, but nothing says what it is: a type like a parameter
    AMBIGUOUS = "ambiguous"
    UNIMPLEMENTED = "unimplemented"


@dataclass(slots=True)
class Projected:
    """What a projection is, not normalised itself, provided that `nested` holds."""

    type: Type
    nested: list[Goal]


def trait_ref_of(projection: ProjectionType) -> TraitRef:
    """Return the trait that a projection's Self implements."""
    item = projection.item
    assert isinstance(item, AssociatedType)
    trait = item.parent
    assert isinstance(trait, Trait)
    return TraitRef(trait, projection.arguments[: trait_arity(item)])


def trait_arity(item: AssociatedType) -> int:
    """Return how many arguments the trait of an associated type takes; the rest are its own."""
    return item.generics.count - len(item.generics.own)


def project(solver: "Solver", projection: ProjectionType) -> Projected | Unprojected:
    """Return what a projection is; its arguments are normalised and resolved. Binds variables."""
    goal = trait_ref_of(projection)
    self_type = goal.self_type
    if isinstance(self_type, InferType) and self_type.kind is InferKind.ANY:
        return Unprojected.AMBIGUOUS
    declared = _declared(solver, projection, self_type)
    if declared is not None:
        return declared
    chosen = solver.select(goal)
    if isinstance(chosen, Stuck):
        return Unprojected.UNIMPLEMENTED if chosen is Stuck.UNIMPLEMENTED else Unprojected.AMBIGUOUS
    return _of_chosen(projection, chosen)


# ----------------------------------------------------------------------------- what is declared


def _declared(
    solver: "Solver", projection: ProjectionType, self_type: Type
) -> Projected | Unprojected | None:
    known = _matching(solver, projection, solver.env.projections.get(projection.item, ()))
    if known is None and isinstance(self_type, ProjectionType | OpaqueType):
        bounds = item_bounds(solver, self_type)[1]
        bounds = [each for each in bounds if each.item is projection.item]
        known = _matching(solver, projection, bounds, of_item=True)
    if known is None and isinstance(self_type, DynType):
        for item, ty in self_type.bindings:
            if item is projection.item:
                return Projected(open_type(ty), [])
    return known


def _matching(
    solver: "Solver",
    projection: ProjectionType,
    known: Sequence[ProjectionPredicate],
    *,
    of_item: bool = False,
) -> Projected | Unprojected | None:
    """Return what the predicates say of the projection; ambiguous if they say several things."""
    fitting: list[ProjectionPredicate] = []
    table = solver.table
    nested: list[Goal] = []
    for predicate in known:
        if of_item:
            arguments = normal_but_self(solver, predicate.arguments, nested)
            predicate = replace(predicate, arguments=arguments)  # noqa: PLW2901
        if not all_may_match(predicate.arguments, projection.arguments):
            continue
        mark = table.snapshot()
        if unify_arguments(table, predicate.arguments, projection.arguments) is None:
            fitting.append(predicate)
        table.rollback(mark)
    if not fitting:
        return None
    first = fitting[0]
    if any((each.arguments, each.type) != (first.arguments, first.type) for each in fitting):
        exact = [each for each in fitting if each.arguments == projection.arguments]
        if not exact:
            return Unprojected.AMBIGUOUS
        first = exact[0]
    unify_arguments(table, first.arguments, projection.arguments)
    return Projected(first.type, nested)


# ------------------------------------------------------------------------------ what is selected


def _of_chosen(projection: ProjectionType, chosen: Chosen) -> Projected | Unprojected:
    match chosen.source:
        case ImplSource(impl, arguments):
            item = impl_item(impl, projection.item)
            value = _value(projection, item, arguments)
            if value is None:
                return Unprojected.UNIMPLEMENTED  # the impl lacks it, which was said
            return Projected(value, chosen.nested)
        case CallSource(signature):
            return Projected(signature.output, chosen.nested)
        case _:
            return Unprojected.RIGID


def _value(
    projection: ProjectionType, item: Definition | None, arguments: tuple[GenericArg, ...]
) -> Type | None:
    declared = projection.item
    assert isinstance(declared, AssociatedType)
    if isinstance(item, AssociatedType) and item.value is not None:
        own = projection.arguments[trait_arity(declared) :]
        return instantiate(item.value, (*arguments, *own))
    if declared.value is not None:
        return instantiate(declared.value, projection.arguments)
    return None
