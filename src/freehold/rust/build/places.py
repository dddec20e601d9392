"""Small helpers on places and operands."""

from freehold.mir.values import Copy, Deref, FieldOf, Local, Move, Operand, Place, Projection

DEREF = Deref()


def project(place: Place, projection: Projection) -> Place:
    """Return a part of `place`, or what it points to."""
    return Place(place.base, (*place.projections, projection))


def deref(place: Place) -> Place:
    """Return what `place` points to."""
    return Place(place.base, (*place.projections, DEREF))


def field(place: Place, index: int) -> Place:
    """Return field `index` of `place`."""
    return Place(place.base, (*place.projections, FieldOf(index)))


def local_of(place: Place) -> Local:
    """Return the local that `place` is in: there are no globals in generic bodies."""
    assert isinstance(place.base, int)
    return place.base


def to_copy(operand: Operand) -> Operand:
    """Return `operand` read without being moved."""
    return Copy(operand.place) if isinstance(operand, Move) else operand
