"""Relating two types: what must outlive what for one to be a subtype of the other.

    sub(&'a T, &'b T) :- 'a: 'b, sub(T, T).
    sub(&'a mut T, &'b mut T) :- 'a: 'b, eq(T, T).
    sub(Adt<A...>, Adt<B...>) :- for each parameter, by its variance.
    sub(fn(A) -> B, fn(C) -> D) :- sub(C, A), sub(B, D); the left's binder is opened, freshly.

Type checking has made sure that the two are equal but for regions; where they are not (types with
an error, opaque types seen from two sides), nothing is related.
"""

from collections.abc import Callable
from typing import Any

from freehold.rust.regions.variables import Regions
from freehold.types import ArrayType, PointerKind, PointerType, SliceType, TupleType, Type
from freehold.types.fold import open_signature
from freehold.types.generic import (
    AdtType,
    ClosureType,
    DynType,
    FnDefType,
    FnPtrType,
    GenericArg,
    GenericArrayType,
    OpaqueType,
    ProjectionType,
    RefType,
    Region,
    RegionId,
    RegionVar,
    Signature,
    Variance,
    is_const,
    is_region,
)

Add = Callable[[RegionId, RegionId], None]  # longer, shorter
_FLIP = {
    Variance.COVARIANT: Variance.CONTRAVARIANT,
    Variance.CONTRAVARIANT: Variance.COVARIANT,
    Variance.INVARIANT: Variance.INVARIANT,
    Variance.BIVARIANT: Variance.BIVARIANT,
}


def compose(outer: Variance, inner: Variance) -> Variance:
    """Return the variance of a part of variance `inner` in a place of variance `outer`."""
    if Variance.BIVARIANT in (outer, inner):
        return Variance.BIVARIANT
    if Variance.INVARIANT in (outer, inner):
        return Variance.INVARIANT
    return inner if outer is Variance.COVARIANT else _FLIP[inner]


class Relate:
    """One relation; `add` takes the constraints."""

    __slots__ = ("_add", "_hide", "_regions")

    def __init__(
        self, regions: Regions, add: Add, hide: Callable[[Type, OpaqueType], None] | None = None
    ) -> None:
        """Take what makes fresh regions, and what takes constraints, and hidden types."""
        self._regions = regions
        self._add = add
        self._hide = hide

    def sub(self, left: Type, right: Type) -> None:
        """Make `left` a subtype of `right`."""
        self.types(left, right, Variance.COVARIANT)

    def equal(self, left: Type, right: Type) -> None:
        """Make the two equal."""
        self.types(left, right, Variance.INVARIANT)

    def types(self, left: Type, right: Type, variance: Variance) -> None:
        """Relate two types."""
        if variance is Variance.BIVARIANT or left is right:
            return
        relate = _RELATE.get(type(left))
        if relate is not None and type(left) is type(right):
            relate(self, left, right, variance)
        elif isinstance(right, OpaqueType) and self._hide is not None:
            self._hide(left, right)

    def regions(self, left: Region, right: Region, variance: Variance) -> None:
        """Relate two regions: a reference to the longer one is the subtype."""
        if not isinstance(left, RegionVar) or not isinstance(right, RegionVar) or left == right:
            return
        if variance in (Variance.COVARIANT, Variance.INVARIANT):
            self._add(left.id, right.id)
        if variance in (Variance.CONTRAVARIANT, Variance.INVARIANT):
            self._add(right.id, left.id)

    def arguments(
        self,
        left: tuple[GenericArg, ...],
        right: tuple[GenericArg, ...],
        variance: Variance,
        own: tuple[Variance, ...] = (),
    ) -> None:
        """Relate generic arguments, each by its own variance (invariant if it has none)."""
        for number, (one, other) in enumerate(zip(left, right, strict=False)):
            inner = own[number] if number < len(own) else Variance.INVARIANT
            self.argument(one, other, compose(variance, inner))

    def argument(self, left: GenericArg, right: GenericArg, variance: Variance) -> None:
        """Relate two generic arguments."""
        if is_region(left):
            if is_region(right):
                self.regions(left, right, variance)
        elif not is_const(left) and not is_const(right) and not is_region(right):
            self.types(left, right, variance)

    def signatures(self, left: Signature, right: Signature, variance: Variance) -> None:
        """Relate two signatures, binders and all."""
        if len(left.inputs) != len(right.inputs):
            return
        if variance is Variance.INVARIANT and left.bound and right.bound:
            # Equal binders: what is bound is the same, what is free is related.
            self._signatures(left, right, variance)
            return
        if variance is Variance.CONTRAVARIANT:
            self._signatures(left, self._opened(right), variance)
        else:
            self._signatures(self._opened(left), right, variance)

    def _opened(self, signature: Signature) -> Signature:
        if not signature.bound:
            return signature
        return open_signature(signature, tuple(self._regions.fresh() for _ in signature.bound))

    def _signatures(self, left: Signature, right: Signature, variance: Variance) -> None:
        flipped = _FLIP[variance]
        for one, other in zip(left.inputs, right.inputs, strict=True):
            self.types(one, other, flipped)
        self.types(left.output, right.output, variance)


def _reference(self: Relate, left: RefType, right: RefType, variance: Variance) -> None:
    self.regions(left.region, right.region, variance)
    mutable = left.mutable or right.mutable
    inner = Variance.INVARIANT if mutable else Variance.COVARIANT
    self.types(left.pointee, right.pointee, compose(variance, inner))


def _pointer(self: Relate, left: PointerType, right: PointerType, variance: Variance) -> None:
    constant = left.kind is right.kind is PointerKind.RAW_CONST
    inner = Variance.COVARIANT if constant else Variance.INVARIANT
    self.types(left.pointee, right.pointee, compose(variance, inner))


def _element(self: Relate, left: Any, right: Any, variance: Variance) -> None:
    self.types(left.element, right.element, variance)


def _tuple(self: Relate, left: TupleType, right: TupleType, variance: Variance) -> None:
    for one, other in zip(left.elements, right.elements, strict=False):
        self.types(one, other, variance)


def _adt(self: Relate, left: AdtType, right: AdtType, variance: Variance) -> None:
    if left.definition is right.definition:
        own = left.definition.variances
        self.arguments(left.arguments, right.arguments, variance, own)


def _function(self: Relate, left: FnPtrType, right: FnPtrType, variance: Variance) -> None:
    self.signatures(left.signature, right.signature, variance)


def _item(self: Relate, left: Any, right: Any, variance: Variance) -> None:
    same = left.definition is right.definition
    if same:
        self.arguments(left.arguments, right.arguments, compose(variance, Variance.INVARIANT))


def _projection(
    self: Relate, left: ProjectionType, right: ProjectionType, variance: Variance
) -> None:
    if left.item is right.item:
        self.arguments(left.arguments, right.arguments, compose(variance, Variance.INVARIANT))


def _dyn(self: Relate, left: DynType, right: DynType, variance: Variance) -> None:
    self.regions(left.region, right.region, variance)
    if left.trait is right.trait:
        self.arguments(left.arguments, right.arguments, compose(variance, Variance.INVARIANT))
        for (_, one), (_, other) in zip(left.bindings, right.bindings, strict=False):
            self.types(one, other, compose(variance, Variance.INVARIANT))


_RELATE: dict[type, Callable[[Relate, Any, Any, Variance], None]] = {
    RefType: _reference,
    PointerType: _pointer,
    ArrayType: _element,
    GenericArrayType: _element,
    SliceType: _element,
    TupleType: _tuple,
    AdtType: _adt,
    FnPtrType: _function,
    FnDefType: _item,
    ClosureType: _item,
    OpaqueType: _item,
    ProjectionType: _projection,
    DynType: _dyn,
}
