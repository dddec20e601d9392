"""Whether a place may be written to, by how it is declared and what it is behind."""

from freehold.mir.typing import is_box
from freehold.mir.values import Deref, Local, Place
from freehold.ownership.describe import Places
from freehold.types import PointerKind, PointerType
from freehold.types.generic import CaptureKind, RefType


def immutable_part(places: Places, place: Place, *, anyway: bool = False) -> Place | None:
    """Return the prefix of `place` that keeps it from being written to, None if nothing does.

    `anyway`: a variable that is not `mut` is no obstacle.
    """
    if not place.projections:
        assert isinstance(place.base, int)
        mutable = places.body.locals[Local(place.base)].mutable
        return None if mutable or anyway else place
    base = Place(place.base, place.projections[:-1])
    if isinstance(place.projections[-1], Deref):
        return _behind(places, place, base, anyway=anyway)
    capture = places.upvar(place)
    if capture is None:
        return immutable_part(places, base, anyway=anyway)
    if not capture.mutable and not anyway:
        return place
    # It is a field of the closure: that must be behind `&mut self`, or owned, too.
    return immutable_part(places, base, anyway=anyway)


def _behind(places: Places, place: Place, base: Place, *, anyway: bool) -> Place | None:
    ty = places.step_type(base)
    match ty:
        case RefType(mutable=False):
            return place
        case RefType():
            capture = places.upvar(place)
            by_reference = capture is not None and capture.kind is not CaptureKind.MOVE
            return immutable_part(places, base, anyway=anyway if by_reference else True)
        case PointerType(kind=kind):
            return None if kind in (PointerKind.RAW_MUT, PointerKind.C) else place
        case _ if is_box(ty):
            return immutable_part(places, base, anyway=anyway)
        case _:
            return None
