"""Padding: bytes of no member are never reported, since they count as set with a member.

A member sets the gap that follows it, a struct's last member also what follows the struct. What
is set through a pointer (by `fread(&s.kind, 1, 1, f)`, by `strcpy(s.name, t)`) is not seen as a
store to the member: there the gap is set as the address is taken.
"""

from dataclasses import replace

from freehold.codegen.spot import Spot
from freehold.codegen.state import FunctionState
from freehold.types import Adt, AdtKind, layout_of, size_of
from freehold.types.layout_rust import Slot


def with_padding(f: FunctionState, whole: Spot, part: Spot, index: int) -> Spot:
    """Return `part`, field `index` of `whole`, with the padding that is set together with it."""
    ty = whole.type
    assert isinstance(ty, Adt)
    size = size_of(ty)
    end, follower = _end(ty, index), _follower(ty, index)
    last = follower == size
    outer = whole.padding if last or whole.padding_at else 0
    if end < follower and ty.kind is AdtKind.STRUCT:
        own = follower - end + (0 if whole.padding_at else outer)
        return replace(part, padding=own, padding_at="", padding_last=last)
    at = whole.padding_at
    if outer and not at and end < size:  # a union's shorter member
        at = after(f, whole)
    return replace(part, padding=outer, padding_at=at)


def after(f: FunctionState, spot: Spot) -> str:
    """Return the address of the padding that follows `spot`."""
    if spot.padding_at:
        return spot.padding_at
    return f.let(f"getelementptr i8, ptr {spot.address}, i64 {size_of(spot.type)}")


def of_element(f: FunctionState, array: Spot, element: Spot) -> Spot:
    """Return `element` of an array member: any of them sets what follows the array."""
    return replace(element, padding_at=after(f, array)) if array.padding else element


def expose_padding(f: FunctionState, spot: Spot) -> None:
    """The address of `spot` is taken: what is stored through it sets its padding too."""
    if spot.padding and not f.module.unchecked:
        arguments = f"ptr {after(f, spot)}, i64 {spot.handle}, i64 {spot.padding}"
        f.call("void", "fh_pad", arguments, tail=" nounwind")


def beyond(spot: Spot) -> int:
    """Return how many bytes of padding a store to `spot` sets at its `padding_at`."""
    # A struct may be allocated no longer than what its last member, an array, needs.
    sure = spot.known is not None or not spot.padding_last
    return spot.padding if spot.padding_at and sure else 0


def beside(spot: Spot) -> int:
    """Return how many bytes of padding, right after it, a store to `spot` sets."""
    return 0 if spot.padding_at else spot.padding


def _start(slot: Slot) -> int:
    return slot.offset + slot.bit // 8


def _end(ty: Adt, index: int) -> int:
    slot = layout_of(ty).slots[index]
    if slot.width is None:
        return slot.offset + size_of(ty.fields[index].type)
    return slot.offset + (slot.bit + slot.width + 7) // 8


def _follower(ty: Adt, index: int) -> int:
    """Return where the next member begins, or where the whole ends."""
    layout = layout_of(ty)
    if ty.kind is AdtKind.UNION:
        return layout.size
    for member, slot in zip(ty.fields[index + 1 :], layout.slots[index + 1 :], strict=True):
        if member.bits is None or member.name:
            return _start(slot)
    return layout.size
