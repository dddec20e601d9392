"""Dereferencing as often as it takes: `&T`, `Box<T>`, then whatever implements `Deref`."""

from collections.abc import Iterator

from freehold.records import dataclass
from freehold.rust.infer.adjust import Adjustment, DerefStep, Overloaded
from freehold.rust.infer.resolve import has_error, resolve
from freehold.rust.items import AssociatedType, Function
from freehold.rust.traits.fulfil import Fulfilment
from freehold.rust.traits.goals import Goal, Outcome
from freehold.rust.traits.solver import Solver
from freehold.source import Span
from freehold.types import PointerType, Type
from freehold.types.generic import (
    AdtType,
    InferType,
    ProjectionType,
    RefType,
    TraitRef,
    type_argument,
)

LIMIT = 128  # as rustc's


@dataclass(frozen=True, slots=True)
class Step:
    """A type on the way; `overloaded` is the method that led to it, `raw` that a pointer did."""

    type: Type
    overloaded: Overloaded | None = None
    raw: bool = False


def built_in_deref(ty: Type, *, raw: bool = False) -> Type | None:
    """Return what a reference, Box or (if `raw`) raw pointer points to; None for other types."""
    if isinstance(ty, RefType):
        return ty.pointee
    if isinstance(ty, AdtType) and ty.definition.lang == "owned_box":
        return type_argument(ty.arguments, 0)
    if raw and isinstance(ty, PointerType):
        return ty.pointee
    return None


def overloaded_deref(
    solver: Solver, ty: Type, nested: list[Goal], span: Span
) -> tuple[Type, Overloaded] | None:
    """Return what `Deref` makes of `ty`, and the method; what is left to show goes to `nested`."""
    trait = solver.world.lang_trait("deref")
    if trait is None or isinstance(ty, InferType):
        return None
    if has_error(resolve(solver.table, ty)):  # whatever is asked of it holds: there is no end
        return None
    if solver.holds(TraitRef(trait, (ty,))) is Outcome.NO:
        return None
    target, method = trait.items.get("Target"), trait.items.get("deref")
    assert isinstance(target, AssociatedType)
    assert isinstance(method, Function)
    normal = solver.normalize(ProjectionType(target, (ty,)), nested, span)
    return normal, Overloaded(method, (ty,))


def walk(
    solver: Solver, ty: Type, nested: list[Goal], span: Span, *, raw: bool = False
) -> Iterator[Step]:
    """Return `ty` and, one after another, what dereferencing it leads to.

    What the steps taken so far need goes to `nested`. It ends at a variable, which is returned.
    """
    table = solver.table
    ty = table.shallow(ty)
    yield Step(ty)
    for _ in range(LIMIT):
        pointee = built_in_deref(ty, raw=raw)
        if pointee is not None:
            through_raw = isinstance(ty, PointerType)
            ty = table.shallow(pointee)
            yield Step(ty, raw=through_raw)
            continue
        found = overloaded_deref(solver, ty, nested, span)
        if found is None:
            return
        ty = table.shallow(found[0])
        yield Step(ty, found[1])


def autoderef(fulfilment: Fulfilment, ty: Type, span: Span, *, raw: bool = False) -> Iterator[Step]:
    """Walk for good: what the steps need is required as they are taken."""
    nested: list[Goal] = []
    for step in walk(fulfilment.solver, ty, nested, span, raw=raw):
        for goal in nested:
            fulfilment.require_goal(goal, span)
        nested.clear()
        yield step


def deref_once(fulfilment: Fulfilment, ty: Type, span: Span) -> Step | None:
    """Return what an explicit `*` of a value of type `ty` is; None if it cannot be."""
    steps = autoderef(fulfilment, ty, span, raw=True)
    next(steps)
    return next(steps, None)


def deref_adjustments(steps: list[Step]) -> list[Adjustment]:
    """Return the adjustments that lead through `steps`, of which the first is the start."""
    return [DerefStep(step.type, step.overloaded) for step in steps[1:]]
