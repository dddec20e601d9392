"""Taking what a probe found: adjustments of the receiver, arguments, signature, obligations."""

from collections.abc import Callable

from freehold.records import dataclass
from freehold.rust.infer.adjust import (
    Adjustment,
    BorrowStep,
    DerefStep,
    MutToConstStep,
    UnsizeStep,
)
from freehold.rust.infer.instantiate import (
    fresh_arguments,
    instantiate,
    instantiate_signature,
)
from freehold.rust.infer.resolve import ALIASES, holds
from freehold.rust.infer.unify import array_parts, unify
from freehold.rust.items import Constant, Function
from freehold.rust.traits.autoderef import Step, autoderef
from freehold.rust.traits.fulfil import Fulfilment
from freehold.rust.traits.probe import (
    Autoref,
    Found,
    Member,
    Pick,
    parent_arguments,
    receiver_type,
    self_of,
)
from freehold.rust.traits.world import generics_of
from freehold.source import Span
from freehold.types import PointerKind, PointerType, SliceType, Type
from freehold.types.generic import ERASED, GenericArg, RefType, Signature, is_type

Arguments = tuple[GenericArg, ...]
Complete = Callable[[Member, Arguments], Arguments]
"""Adds an item's own arguments, as written or as new variables, to those of its parent."""


@dataclass(frozen=True, slots=True)
class Method:
    """A method to be called: its signature is instantiated and normalised, receiver first."""

    item: Function
    arguments: Arguments
    signature: Signature
    adjustments: tuple[Adjustment, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """An associated function or constant by its path; `type` is set for a constant."""

    item: Member
    arguments: Arguments
    type: Type | None


def confirm(
    fulfilment: Fulfilment, pick: Pick, receiver: Type, at: Span, complete: Complete | None = None
) -> Method:
    """Take a method for a receiver of type `receiver`; `at` is where its bounds are required."""
    item = pick.found.item
    assert isinstance(item, Function)
    adjustments, self_type = _adjust(fulfilment, pick, receiver, at)
    before = _parent_arguments(fulfilment, pick.found, at)
    # The receiver says what the parent's arguments are, before the item's own are looked at.
    wanted = fulfilment.normalise(receiver_type(fulfilment.solver, item, before), at)
    unify(fulfilment.table, wanted, self_type)
    arguments = _complete(fulfilment, item, before, at, complete)
    signature = normalised_signature(fulfilment, item, arguments, at)
    fulfilment.require_item(item, arguments, at)
    return Method(item, arguments, signature, tuple(adjustments))


def confirm_path(
    fulfilment: Fulfilment, pick: Pick, self_type: Type, at: Span, complete: Complete | None = None
) -> Value:
    """Take the item that `self_type::name` is."""
    found = pick.found
    before = _parent_arguments(fulfilment, found, at)
    wanted = fulfilment.normalise(self_of(found, before), at)
    unify(fulfilment.table, wanted, self_type)
    arguments = _complete(fulfilment, found.item, before, at, complete)
    fulfilment.require_item(found.item, arguments, at)
    ty = None
    if isinstance(found.item, Constant) and found.item.type is not None:
        ty = fulfilment.normalise(instantiate(found.item.type, arguments), at)
    return Value(found.item, arguments, ty)


def normalised_signature(
    fulfilment: Fulfilment, item: Function, arguments: Arguments, at: Span
) -> Signature:
    """Return a function's signature with `arguments`, opened and normalised."""
    assert item.signature is not None
    made = instantiate_signature(item.signature, arguments)
    inputs = tuple(fulfilment.normalise(ty, at) for ty in made.inputs)
    output = fulfilment.normalise(made.output, at)
    return Signature(inputs, output, (), made.unsafe, made.variadic, made.abi)


def _parent_arguments(fulfilment: Fulfilment, found: Found, at: Span) -> Arguments:
    """Return arguments for the parent of an item; those of a bound are normalised."""
    arguments = parent_arguments(fulfilment.solver, found)
    return tuple(
        fulfilment.normalise(each, at) if is_type(each) and holds(each, ALIASES) else each
        for each in arguments
    )


def _complete(
    fulfilment: Fulfilment,
    item: Member,
    before: Arguments,
    at: Span,
    complete: Complete | None,
) -> Arguments:
    if complete is not None:
        return complete(item, before)
    return fresh_arguments(fulfilment.table, generics_of(item), before, at, item.name)


# -------------------------------------------------------------------------------- adjustments


def _adjust(
    fulfilment: Fulfilment, pick: Pick, receiver: Type, at: Span
) -> tuple[list[Adjustment], Type]:
    steps = _walk(fulfilment, receiver, len(pick.steps), at)
    adjustments: list[Adjustment] = [DerefStep(step.type, step.overloaded) for step in steps[1:]]
    ty = steps[-1].type
    match pick.autoref:
        case Autoref.SHARED | Autoref.MUT:
            mutable = pick.autoref is Autoref.MUT
            borrowed = RefType(ERASED, ty, mutable)
            adjustments.append(BorrowStep(borrowed, mutable, two_phase=mutable))
            if not pick.unsize:
                return adjustments, borrowed
            slice_ = RefType(ERASED, SliceType(array_parts(ty)[0]), mutable)
            adjustments.append(UnsizeStep(slice_))
            return adjustments, slice_
        case Autoref.CONST_POINTER:
            assert isinstance(ty, PointerType)
            constant = PointerType(ty.pointee, PointerKind.RAW_CONST)
            adjustments.append(MutToConstStep(constant))
            return adjustments, constant
        case Autoref.NONE:
            return _reborrow(adjustments, ty), ty


def _reborrow(adjustments: list[Adjustment], ty: Type) -> list[Adjustment]:
    """Let a reference that is the receiver by value be reborrowed, not moved."""
    if isinstance(ty, RefType):
        adjustments.append(DerefStep(ty.pointee))
        adjustments.append(BorrowStep(ty, ty.mutable, two_phase=ty.mutable))
    return adjustments


def _walk(fulfilment: Fulfilment, receiver: Type, count: int, at: Span) -> list[Step]:
    """Take the first `count` steps of autoderef for good: what they need becomes required."""
    steps: list[Step] = []
    for step in autoderef(fulfilment, receiver, at, raw=True):
        steps.append(step)
        if len(steps) == count:
            break
    assert len(steps) == count
    return steps
