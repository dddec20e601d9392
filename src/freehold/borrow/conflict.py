"""Whether an access to one place concerns a borrow of another: places step by step.

At every step the two places are the same so far or surely apart.
"""

from enum import Enum

from freehold.mir.values import (
    BorrowKind,
    ConstantIndex,
    Deref,
    Downcast,
    FieldOf,
    Index,
    Place,
    Projection,
    Subslice,
)
from freehold.ownership.describe import Places
from freehold.types import AdtKind
from freehold.types.generic import AdtType, RefType


class Depth(Enum):
    """How far an access reaches.

    SHALLOW: the place itself, not what it points to. LENGTH: an array's length. FAKE: what a match
    guards. DEEP: all that can be reached through owned content and references. DROP: what a
    destructor may touch.
    """

    SHALLOW = "shallow"
    LENGTH = "length"
    FAKE = "fake"
    DEEP = "deep"
    DROP = "drop"


class _Overlap(Enum):
    SAME = "same"  # or, of indices: perhaps
    APART = "apart"
    PARTLY = "partly"  # different fields of a union


def conflicts(
    places: Places, borrowed: Place, kind: BorrowKind, accessed: Place, depth: Depth
) -> bool:
    """Say whether an access to `accessed` concerns a borrow of `borrowed`."""
    return _conflicts(places, borrowed, kind, accessed, depth, surely=False)


def surely_conflicts(places: Places, borrowed: Place, assigned: Place) -> bool:
    """Say whether to assign `assigned` is to give `borrowed` another path, whatever indices are."""
    return _conflicts(places, borrowed, BorrowKind.MUT, assigned, Depth.DEEP, surely=True)


def _conflicts(
    places: Places,
    borrowed: Place,
    kind: BorrowKind,
    accessed: Place,
    depth: Depth,
    *,
    surely: bool,
) -> bool:
    if borrowed.base != accessed.base:
        return False
    for number, (left, right) in enumerate(
        zip(borrowed.projections, accessed.projections, strict=False)
    ):
        if left == right and not isinstance(left, Index):
            continue
        container = Place(borrowed.base, borrowed.projections[:number])
        match _overlap(places, container, left, right, surely=surely):
            case _Overlap.APART:
                return False
            case _Overlap.PARTLY:
                return True
            case _Overlap.SAME:
                pass
    if len(borrowed.projections) > len(accessed.projections):
        return _reaches(places, borrowed, len(accessed.projections), depth)
    # A fake borrow of a place says nothing of what is inside it.
    return kind is not BorrowKind.FAKE or len(borrowed.projections) == len(accessed.projections)


def _reaches(places: Places, borrowed: Place, known: int, depth: Depth) -> bool:
    """Say whether an access to the first `known` steps of `borrowed` reaches the rest."""
    for number in range(known, len(borrowed.projections)):
        step = borrowed.projections[number]
        if depth in (Depth.LENGTH, Depth.FAKE):
            return False
        if isinstance(step, Deref):
            if depth is Depth.SHALLOW:
                return False
            ty = places.step_type(Place(borrowed.base, borrowed.projections[:number]))
            if depth is Depth.DROP and isinstance(ty, RefType):
                return False
        elif isinstance(step, FieldOf) and depth is Depth.DROP:
            ty = places.step_type(Place(borrowed.base, borrowed.projections[:number]))
            if isinstance(ty, AdtType) and ty.definition.drop is not None:
                return True
    return True


def _overlap(
    places: Places, container: Place, left: Projection, right: Projection, *, surely: bool
) -> _Overlap:
    """Compare one step of two places that are the same so far."""
    match left, right:
        case FieldOf(), FieldOf():
            if left.index == right.index:
                return _Overlap.SAME
            return _Overlap.PARTLY if _is_union(places, container) else _Overlap.APART
        case Downcast(), Downcast():
            return _Overlap.SAME if left.variant == right.variant else _Overlap.APART
        case (Index(), Index() | ConstantIndex() | Subslice()) | (
            ConstantIndex() | Subslice(),
            Index(),
        ):
            return _Overlap.APART if surely else _Overlap.SAME
        case (ConstantIndex() | Subslice(), ConstantIndex() | Subslice()):
            return _Overlap.SAME if _elements_meet(left, right) else _Overlap.APART
        case _:
            return _Overlap.SAME


def _is_union(places: Places, place: Place) -> bool:
    ty = places.step_type(place)
    return isinstance(ty, AdtType) and ty.definition.kind is AdtKind.UNION


def _elements_meet(left: ConstantIndex | Subslice, right: ConstantIndex | Subslice) -> bool:
    if isinstance(left, ConstantIndex):
        if isinstance(right, ConstantIndex):
            return _indices_meet(left, right)
        return _index_in(left, right)
    if isinstance(right, ConstantIndex):
        return _index_in(right, left)
    if left.from_end or right.from_end:
        return True
    return left.start < right.end and right.start < left.end


def _indices_meet(left: ConstantIndex, right: ConstantIndex) -> bool:
    if left.from_end == right.from_end:
        return left.offset == right.offset
    first, last = (right, left) if left.from_end else (left, right)
    # Both patterns match, so the slice is as long as the longer of them asks.
    return first.offset >= max(left.min_length, right.min_length) - last.offset


def _index_in(index: ConstantIndex, part: Subslice) -> bool:
    if index.from_end:
        return index.offset > part.end if part.from_end else True
    if part.from_end:
        return index.offset >= part.start
    return part.start <= index.offset < part.end
