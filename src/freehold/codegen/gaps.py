"""Rust's values in bytes: which of them are padding, and which must be initialised.

Padding is of nobody: what writes a value leaves it unset. Of an enum, the variant decides.
"""

from collections.abc import Iterator

from freehold.codegen.enums import discriminant, is_enum
from freehold.codegen.lltypes import is_scalar, value_bytes
from freehold.codegen.places import project_spot
from freehold.codegen.shadow import all_set, clear_shadow, load_shadow, report_unset
from freehold.codegen.spot import Spot
from freehold.codegen.state import FunctionState
from freehold.mir.values import ConstantIndex, Downcast, FieldOf
from freehold.types import Adt, AdtKind, ArrayType, TupleType, Type, layout_of, size_of
from freehold.types.layout_rust import Slot

# Longer arrays are not looked into: to do so would take as long as to write them.
_LONGEST = 16


def unpad(f: FunctionState, spot: Spot) -> None:
    """Make the padding of the value at `spot` uninitialised; where all is safe none is ever set."""
    ty = spot.type
    if not f.module.program.exact or not has_gaps(ty):
        return
    if is_enum(ty):
        _unpad_enum(f, spot)
        return
    if isinstance(ty, ArrayType):
        for number in range(min(ty.length or 0, _LONGEST)):
            unpad(f, project_spot(f, spot, ConstantIndex(number), whole=False))
        return
    _clear(f, spot, _gaps(size_of(ty), _ranges(_fields(ty), layout_of(ty).slots)))
    for number, _ in enumerate(_fields(ty)):
        unpad(f, project_spot(f, spot, FieldOf(number), whole=False))


def _unpad_enum(f: FunctionState, spot: Spot) -> None:
    ty = spot.type
    assert isinstance(ty, Adt)
    layout = layout_of(ty)
    found = discriminant(f, spot).ir
    done = f.label("unpadded")
    for number, body in enumerate(ty.variants):
        types = tuple(one.type for one in body.fields)
        if not layout.variants:
            break
        ranges = _ranges(types, layout.variants[number].slots)
        if layout.tag is not None:
            ranges.append((layout.tag.offset, layout.tag.offset + size_of(layout.tag.type)))
        gaps = _gaps(size_of(ty), ranges)
        if not gaps and not any(map(has_gaps, types)):
            continue
        this, other = f.label("variant"), f.label("other")
        f.branch(f.let(f"icmp eq i64 {found}, {body.discriminant}"), this, other)
        f.start(this)
        _clear(f, spot, gaps)
        of_variant = project_spot(f, spot, Downcast(number), whole=False)
        for index, _ in enumerate(types):
            unpad(f, project_spot(f, of_variant, FieldOf(index), whole=False))
        f.jump(done)
        f.start(other)
    f.jump(done)
    f.start(done)


def _clear(f: FunctionState, spot: Spot, gaps: list[tuple[int, int]]) -> None:
    for start, end in gaps:
        clear_shadow(f, f.step(spot.address, start), end - start, spot.handle)


def has_gaps(ty: Type) -> bool:
    """Whether some value of `ty` has padding that is looked for."""
    if isinstance(ty, ArrayType):
        return bool(ty.length) and has_gaps(ty.element)
    if is_enum(ty):
        return size_of(ty) > 0 and layout_of(ty).tag is not None
    types = _fields(ty)
    if not types:
        return False
    ranges = _ranges(types, layout_of(ty).slots)
    return bool(_gaps(size_of(ty), ranges)) or any(map(has_gaps, types))


def _fields(ty: Type) -> tuple[Type, ...]:
    """Return the types of the fields of a struct or tuple."""
    if isinstance(ty, TupleType):
        return ty.elements
    if isinstance(ty, Adt) and ty.kind is AdtKind.STRUCT:
        return tuple(one.type for one in ty.fields)
    return ()


def _ranges(types: tuple[Type, ...], slots: tuple[Slot, ...]) -> list[tuple[int, int]]:
    return [(slot.offset, slot.offset + size_of(ty)) for ty, slot in zip(types, slots, strict=True)]


def _gaps(size: int, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found, at = [], 0
    for start, end in sorted(ranges):
        if start > at:
            found.append((at, start))
        at = max(at, end)
    return [*found, (at, size)] if at < size else found


# --------------------------------------------------------------------------------- initialisation


def must_be_set_at(f: FunctionState, spot: Spot) -> None:
    """Report what is not initialised of the value at `spot`, which is in memory."""
    if f.module.unchecked:
        return
    for offset, size in _runs(_scalars(spot.type, 0)):
        at = f.step(spot.address, offset)
        for start in range(0, size, 8):
            count = min(8, size - start)
            part = f.step(at, start)
            report_unset(f, part, count, all_set(f, load_shadow(f, part, count), count))


# What is looked at of one value.
_MOST = 256


def _scalars(ty: Type, at: int) -> Iterator[tuple[int, int]]:
    """Yield offset and size of what is in every value of `ty`: no padding, no unions."""
    if is_scalar(ty):
        yield at, value_bytes(ty)
    elif isinstance(ty, ArrayType):
        size = size_of(ty.element)
        for number in range(min(ty.length or 0, _MOST)):
            yield from _scalars(ty.element, at + number * size)
    elif is_enum(ty):
        tag = layout_of(ty).tag
        if tag is not None:
            yield at + tag.offset, size_of(tag.type)
    else:
        for one, slot in zip(_fields(ty), layout_of(ty).slots, strict=False):
            yield from _scalars(one, at + slot.offset)


def _runs(parts: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the parts with neighbours joined."""
    found: list[tuple[int, int]] = []
    for offset, size in sorted(parts):
        if found and sum(found[-1]) == offset:
            found[-1] = found[-1][0], found[-1][1] + size
        else:
            found.append((offset, size))
    return found
