"""What the surroundings of a closure expression say of its signature and kind."""

from collections.abc import Iterable

from freehold.records import dataclass
from freehold.rust.infer.instantiate import instantiate_predicate
from freehold.rust.items import Opaque, Predicate, ProjectionPredicate, Trait, TraitPredicate
from freehold.rust.traits.builtin import KIND_OF_TRAIT, extends
from freehold.rust.traits.env import elaborate
from freehold.rust.traits.fulfil import Fulfilment
from freehold.rust.traits.goals import as_goal
from freehold.rust.traits.world import World, trait_of
from freehold.types import TupleType, Type
from freehold.types.generic import (
    ClosureKind,
    DynType,
    FnPtrType,
    InferType,
    OpaqueType,
    Signature,
    type_argument,
)


@dataclass(frozen=True, slots=True)
class Deduced:
    """Hints for a closure: the signature (binder kept) and the kind that are wanted of it."""

    signature: Signature | None = None
    kind: ClosureKind | None = None


def deduce(fulfilment: Fulfilment, expected: Type) -> Deduced:
    """Return what an expected type says of a closure, by what is pending for it if unknown."""
    expected = fulfilment.table.shallow(expected)
    match expected:
        case InferType():
            goals = fulfilment.mentioning(expected)
            predicates = [
                goal for goal in goals if isinstance(goal, TraitPredicate | ProjectionPredicate)
            ]
            return _of_predicates(fulfilment, predicates)
        case OpaqueType(definition, arguments):
            assert isinstance(definition, Opaque)
            declared = [instantiate_predicate(each, arguments) for each in definition.bounds]
            return _of_predicates(fulfilment, declared)
        case DynType():
            return _of_object(fulfilment.solver.world, expected)
        case FnPtrType(signature):
            return Deduced(signature, ClosureKind.FN)
        case _:
            return Deduced()


def _of_object(world: World, ty: DynType) -> Deduced:
    lang = getattr(ty.trait, "lang", "")
    kind = KIND_OF_TRAIT.get(lang)
    if kind is None:
        return Deduced()
    output = next((bound for item, bound in ty.bindings if _is_output(world, item)), None)
    inputs = type_argument(ty.arguments, 0)
    if output is None or not isinstance(inputs, TupleType):
        return Deduced(None, kind)
    return Deduced(Signature(inputs.elements, output, ty.bound), kind)


def _is_output(world: World, item: object) -> bool:
    return item is world.lang("fn_once_output")


def _of_predicates(fulfilment: Fulfilment, predicates: Iterable[Predicate]) -> Deduced:
    table, world = fulfilment.table, fulfilment.solver.world
    signature: Signature | None = None
    kind: ClosureKind | None = None
    for predicate in elaborate(world, filter(as_goal, predicates)):
        if isinstance(predicate, ProjectionPredicate):
            if signature is not None or not _is_output(world, predicate.item):
                continue
            inputs = table.shallow(type_argument(predicate.arguments, 1))
            if isinstance(inputs, TupleType):
                signature = Signature(inputs.elements, predicate.type, predicate.bound)
            trait = trait_of(predicate.item)
        else:
            assert isinstance(predicate.trait.trait, Trait)
            trait = predicate.trait.trait
        found = KIND_OF_TRAIT.get(trait.lang) if trait is not None else None
        if found is not None and (kind is None or extends(found, kind)):
            kind = found
    return Deduced(signature, kind)
