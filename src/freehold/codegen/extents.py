"""Where a scalar lies that a pointer leads to, if that is known without a run."""

from freehold.codegen.lltypes import is_scalar, value_bytes
from freehold.mir.body import Body
from freehold.mir.values import (
    ConstantIndex,
    Deref,
    FieldOf,
    Place,
)
from freehold.types import (
    Adt,
    AdtKind,
    ArrayType,
    PointerType,
    layout_of,
    size_of,
)

Extent = tuple[int, int]  # from where to where, in bytes from what a pointer points to


def extent_of(body: Body, place: Place, base: int) -> Extent | None:
    """Return where a scalar lies that is reached through `base`, if that is known."""
    pointer, steps = body.locals[base].type, place.projections
    if place.base != base or not steps or not isinstance(steps[0], Deref):
        return None
    assert isinstance(pointer, PointerType)
    ty, at = pointer.pointee, 0
    for step in steps[1:]:
        if isinstance(step, FieldOf) and isinstance(ty, Adt) and _is_plain(ty, step.index):
            at += layout_of(ty).slots[step.index].offset
            ty = ty.fields[step.index].type
        elif isinstance(step, ConstantIndex) and isinstance(ty, ArrayType) and not step.from_end:
            at += step.offset * size_of(ty.element)
            ty = ty.element
        else:
            return None
    return (at, at + value_bytes(ty)) if is_scalar(ty) else None


def _is_plain(ty: Adt, index: int) -> bool:
    return ty.kind is not AdtKind.ENUM and ty.fields[index].bits is None
