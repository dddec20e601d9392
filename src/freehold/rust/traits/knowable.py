"""Orphan rules: which crates may implement a trait for a type.

Whether an impl is missing is known for good only if no other crate may add it.
"""

from collections.abc import Iterator

from freehold.rust.items import Item, Struct, Trait
from freehold.types import Type
from freehold.types.generic import (
    AdtType,
    ClosureType,
    Definition,
    DynType,
    InferKind,
    InferType,
    OpaqueType,
    ParamType,
    ProjectionType,
    RefType,
    TraitRef,
    is_type,
    type_argument,
)


def is_knowable(goal: TraitRef) -> bool:
    """Tell whether all impls that there will ever be for `goal` are in sight."""
    if _may_be_implemented(goal, by_user=False):
        return False
    trait = goal.trait
    assert isinstance(trait, Trait)
    return is_users(trait) or _is_fundamental(trait) or _may_be_implemented(goal, by_user=True)


def is_users(definition: Definition) -> bool:
    """Tell whether a definition is the user's, not our std's."""
    crate = definition.crate if isinstance(definition, Item | Struct) else None
    return crate is None or crate.name != "std"


def _is_fundamental(definition: Definition) -> bool:
    attributes = definition.attributes if isinstance(definition, Item | Struct) else ()
    return any(attribute.name == "fundamental" for attribute in attributes)


# orphan(Trait<T0..Tn>) holds for a crate :- some Ti is local to it, and no Tj before has a bare
# parameter. A crate that uses ours (not `by_user`) may put its own types for variables.
def _may_be_implemented(goal: TraitRef, *, by_user: bool) -> bool:
    for argument in goal.arguments:
        if not is_type(argument):
            continue
        for ty in _uncovered(argument):
            if isinstance(ty, InferType | ParamType | ProjectionType | OpaqueType):
                if isinstance(ty, InferType) and ty.kind is not InferKind.ANY:
                    continue
                return not by_user
            if by_user and _is_local(ty):
                return True
    return False


def _uncovered(ty: Type) -> Iterator[Type]:
    """Return what stands for a type: what is behind `&`, Box and Pin instead of these."""
    if isinstance(ty, RefType):
        yield from _uncovered(ty.pointee)
    elif isinstance(ty, AdtType) and ty.arguments and _is_fundamental(ty.definition):
        yield from _uncovered(type_argument(ty.arguments, 0))
    else:
        yield ty


def _is_local(ty: Type) -> bool:
    match ty:
        case AdtType(definition, _):
            return is_users(definition)
        case DynType(trait):
            return trait is not None and is_users(trait)
        case ClosureType():
            return True
        case _:
            return False
