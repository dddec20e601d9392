"""Rust's own layout: fields reordered, tags as small as can be, enums in the niches of others.

The rules are those of rustc's `rustc_abi` (which does not promise them), so that `size_of` answers
as rustc's does. A *niche* is a scalar in a type that some of its bit patterns are not valid for.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import Enum

from freehold.records import dataclass
from freehold.types.model import Adt, AdtKind, IntType, TupleType, Type, Variant


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a field lies: `offset` in bytes; for a bit-field `bit` counts from bit 0 of that byte.

    A bit-field's `offset` is that of the storage unit of its declared type which holds it whole,
    and `bit` may then be up to the unit's width less one; `width` is None for ordinary fields.
    A packed bit-field may cross such units: `offset` is then the first byte it touches.
    """

    offset: int
    bit: int = 0
    width: int | None = None


@dataclass(frozen=True, slots=True)
class Niche:
    """`bits` at `offset` are valid from `low` to `high`, wrapping around if `low` is greater."""

    offset: int
    bits: int
    low: int
    high: int

    @property
    def mask(self) -> int:
        """The greatest bit pattern."""
        return (1 << self.bits) - 1

    @property
    def room(self) -> int:
        """How many bit patterns are not valid."""
        return (self.low - self.high - 1) & self.mask

    def reserve(self, count: int) -> "tuple[int, Niche] | None":
        """Return the first of `count` patterns that become valid, and the niche that remains.

        0 is taken rather than others where it can be had.
        """
        if count > self.room:
            return None
        low, high, mask = self.low, self.high, self.mask
        upward = (high + 1) & mask, replace(self, high=(high + count) & mask)
        start = (low - count) & mask
        downward = start, replace(self, low=start)
        if low > high:  # 0 is valid already
            return upward
        if low <= mask - high:
            return downward if count <= low else upward
        return downward if 1 <= (high + count) & mask <= high else upward


@dataclass(frozen=True, slots=True)
class Tag:
    """What tells the variants of an enum apart: the integer of `type` at `offset`.

    Of a niche, `untagged` is the variant that has none: the others from `first` to `last` have the
    tags from `start` on, wrapping. Else (`untagged` is None) the tag is the discriminant itself.
    """

    offset: int
    type: IntType
    untagged: int | None = None
    first: int = 0
    last: int = 0
    start: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """Size and alignment in bytes, and a slot for each field of a struct, union or tuple.

    Of an enum, `variants` are the layouts of its variants; without a `tag` only `single` exists.
    An `absent` type has no values.
    """

    size: int
    align: int
    slots: tuple[Slot, ...] = ()
    variants: "tuple[Layout, ...]" = ()
    tag: Tag | None = None
    niche: Niche | None = None
    absent: bool = False
    single: int = 0


LayoutOf = Callable[[Type], Layout]


class _Bias(Enum):
    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a struct or variant is to be laid out, after `prefix` bytes aligned to `prefix_align`."""

    reorder: bool = True
    pack: int = 0
    align: int = 1
    fixed_tail: bool = False
    prefix: int = 0
    prefix_align: int = 1


def round_up(n: int, to: int) -> int:
    """Return the next multiple of `to`."""
    return -(-n // to) * to


def tuple_layout(ty: TupleType, layout_of: LayoutOf) -> Layout:
    """Return the layout of a tuple."""
    return _univariant([layout_of(one) for one in ty.elements], _Shape())


def adt_layout(adt: Adt, layout_of: LayoutOf) -> Layout:
    """Return the layout of one of Rust's ADTs."""
    if adt.kind is AdtKind.ENUM:
        return _enum_layout(adt, layout_of)
    fields = [layout_of(member.type) for member in adt.fields]
    shape = _shape_of(adt)
    if adt.kind is AdtKind.UNION:
        return _union_layout(fields, shape)
    made = _univariant(fields, shape)
    if adt.opaque:
        return replace(made, niche=None)
    if adt.valid is not None:
        made = _with_range(made, adt, *adt.valid)
    return made


def _shape_of(adt: Adt) -> _Shape:
    return _Shape(
        reorder=not adt.ordered and adt.tag is None,
        pack=adt.pack or (1 if adt.packed else 0),
        align=max(adt.align, 1),
        fixed_tail=adt.fixed_tail,
    )


def _with_range(layout: Layout, adt: Adt, low: int, high: int) -> Layout:
    """Return `layout`, whose first scalar is valid from `low` to `high` only."""
    bits = 8 * min(layout.size, 8 if layout.size != 16 or _is_wide(adt) else 16)
    niche = Niche(0, bits, low, high & ((1 << bits) - 1))
    known = layout.niche
    better = niche.room and (known is None or known.room <= niche.room)
    return replace(layout, niche=niche) if better else layout


def _is_wide(ty: Type) -> bool:
    while isinstance(ty, Adt) and ty.fields:
        ty = ty.fields[0].type
    return not isinstance(ty, IntType)


def _union_layout(fields: Sequence[Layout], shape: _Shape) -> Layout:
    align, size = shape.align, 0
    for one in fields:
        align = max(align, min(one.align, shape.pack) if shape.pack else one.align)
        size = max(size, one.size)
    return Layout(round_up(size, align), align, tuple(Slot(0) for _ in fields))


# ----------------------------------------------------------------------------------------- structs


def _univariant(fields: Sequence[Layout], shape: _Shape) -> Layout:
    layout = _biased(fields, shape, _Bias.START)
    niche = layout.niche
    if niche is None or shape.fixed_tail or len(fields) < 2:
        return layout
    # A niche near an end leaves the most room for the other variants of an enum.
    head, tail = _around(layout)
    if head == 0 or tail == 0:
        return layout
    other = _biased(fields, shape, _Bias.END)
    return other if min(head, tail) > min(_around(other)) else layout


def _around(layout: Layout) -> tuple[int, int]:
    niche = layout.niche
    assert niche is not None
    return niche.offset, layout.size - niche.offset - niche.bits // 8


def _room(layout: Layout) -> int:
    return layout.niche.room if layout.niche is not None else 0


def _biased(fields: Sequence[Layout], shape: _Shape, bias: _Bias) -> Layout:
    order = _order(fields, shape, bias) if shape.reorder and len(fields) > 1 else range(len(fields))
    offset = 0
    align = shape.align
    if shape.prefix:
        prefix_align = min(shape.prefix_align, shape.pack) if shape.pack else shape.prefix_align
        align = max(align, prefix_align)
        offset = round_up(shape.prefix, prefix_align)
    slots = [Slot(0)] * len(fields)
    niche: Niche | None = None
    most = 0
    for index in order:
        one = fields[index]
        natural = min(one.align, shape.pack) if shape.pack else one.align
        align = max(align, natural)
        offset = round_up(offset, natural)
        slots[index] = Slot(offset)
        if one.niche is not None:
            room = one.niche.room
            if room > most or (bias is _Bias.END and room >= most):
                most = room
                niche = replace(one.niche, offset=one.niche.offset + offset)
        offset += one.size
    absent = any(one.absent for one in fields)
    return Layout(round_up(offset, align), align, tuple(slots), niche=niche, absent=absent)


def _order(fields: Sequence[Layout], shape: _Shape, bias: _Bias) -> list[int]:
    """Return the fields in order of their places."""
    most_align = max(one.align for one in fields)
    most_room = max(map(_room, fields))

    def group(one: Layout) -> int:
        if shape.pack:
            return min(one.align, shape.pack)
        size_as_align = _zeros(max(one.align, one.size))
        if most_room == 0:
            return size_as_align
        if bias is _Bias.START:
            return min(_zeros(most_align), size_as_align)
        return _zeros(one.align) if _room(one) == most_room else size_as_align

    def key(index: int) -> tuple[int, ...]:
        one = fields[index]
        room = _room(one)
        if shape.prefix:
            return group(one), room
        if one.niche is None:
            inner = 0
        elif bias is _Bias.START:
            inner = one.niche.offset
        else:
            inner = -1 - (one.size - one.niche.bits // 8 - one.niche.offset)
        preferred = -room if bias is _Bias.START else room
        return -group(one), preferred, inner

    movable = len(fields) - (1 if shape.fixed_tail else 0)
    return [*sorted(range(movable), key=key), *range(movable, len(fields))]


def _zeros(n: int) -> int:
    return (n & -n).bit_length() - 1 if n else 64


# ------------------------------------------------------------------------------------------- enums


def _enum_layout(adt: Adt, layout_of: LayoutOf) -> Layout:
    variants = [[layout_of(member.type) for member in one.fields] for one in adt.variants]
    fixed = adt.ordered or adt.tag is not None
    present = [number for number, fields in enumerate(variants) if not _is_absent(fields)]
    shape = _shape_of(adt)
    if not fixed and len(present) < 2:
        return _single(variants, present, shape)
    tagged = _tagged(adt, variants, shape)
    filled = None if fixed else _filled(variants, shape)
    absent = all(any(one.absent for one in fields) for fields in variants)
    return replace(_better(tagged, filled), absent=absent)


def _is_absent(fields: Sequence[Layout]) -> bool:
    """Whether a variant takes no part: it has no values, and needs no room."""
    return any(one.absent for one in fields) and all(one.size == 0 for one in fields)


def _single(variants: Sequence[Sequence[Layout]], present: list[int], shape: _Shape) -> Layout:
    if not present:
        bodies = tuple(Layout(0, 1, tuple(Slot(0) for _ in fields)) for fields in variants)
        return Layout(0, 1, variants=bodies, absent=True)
    (number,) = present
    bodies = tuple(
        _univariant(fields, shape)
        if number == index
        else Layout(0, 1, tuple(Slot(0) for _ in fields), absent=True)
        for index, fields in enumerate(variants)
    )
    whole = bodies[number]
    return replace(whole, slots=(), variants=bodies, single=number)


def _better(tagged: Layout, filled: Layout | None) -> Layout:
    if filled is None or tagged.size < filled.size:
        return tagged
    if tagged.size == filled.size and _room(tagged) >= _room(filled):
        return tagged
    return filled


def _filled(variants: Sequence[Sequence[Layout]], shape: _Shape) -> Layout | None:
    """Return the layout in which the largest variant's niche tells the others; None: no room."""
    bodies = [_univariant(fields, shape) for fields in variants]
    align = max(one.align for one in bodies)
    largest = max(range(len(bodies)), key=lambda number: (bodies[number].size, number))
    needed = [
        number
        for number, fields in enumerate(variants)
        if number != largest and not _is_absent(fields)
    ]
    niche = bodies[largest].niche
    if niche is None or not needed:
        return None
    first, last = needed[0], needed[-1]
    reserved = niche.reserve(last - first + 1)
    if reserved is None:
        return None
    start, rest = reserved
    size = round_up(bodies[largest].size, align)
    after = niche.offset + niche.bits // 8
    for number, body in enumerate(bodies):
        if number == largest or body.size <= niche.offset:
            continue
        shift = round_up(after, body.align)
        if shift + body.size > size:
            return None
        slots = tuple(Slot(slot.offset + shift) for slot in body.slots)
        bodies[number] = replace(body, slots=slots)
    tag = Tag(niche.offset, IntType(niche.bits, signed=False), largest, first, last, start)
    return Layout(size, align, variants=tuple(bodies), tag=tag, niche=rest if rest.room else None)


def _tagged(adt: Adt, variants: Sequence[Sequence[Layout]], shape: _Shape) -> Layout:
    low, high = _range(adt.variants, variants, all_count=adt.ordered)
    least = adt.tag or _least_tag(low, high, 32 if adt.ordered else 8)
    size = least.bits // 8
    prefix_align = size
    if adt.ordered:
        prefix_align = max([size, *(one.align for fields in variants for one in fields)])
    shape = replace(shape, prefix=size, prefix_align=prefix_align)
    bodies = [_univariant(fields, shape) for fields in variants]
    bits = least.bits
    if adt.tag is None and not adt.ordered:
        bits, bodies = _widened(least.bits, variants, bodies)
    align = max(shape.align, *(one.align for one in bodies), 1) if bodies else 1
    whole = round_up(max([one.size for one in bodies], default=0), align)
    mask = (1 << bits) - 1
    niche = Niche(0, bits, low & mask, high & mask)
    tag = Tag(0, IntType(bits, least.signed))
    return Layout(
        whole, align, variants=tuple(bodies), tag=tag, niche=niche if niche.room else None
    )


def _range(
    variants: Sequence[Variant], layouts: Sequence[Sequence[Layout]], *, all_count: bool
) -> tuple[int, int]:
    values = [
        one.discriminant
        for one, fields in zip(variants, layouts, strict=True)
        if all_count or not any(member.absent for member in fields)
    ]
    return (min(values), max(values)) if values else (0, 0)


def _least_tag(low: int, high: int, at_least: int) -> IntType:
    for bits in (8, 16, 32, 64, 128):
        signed = low < 0
        fits = -(1 << (bits - 1)) <= low and high < 1 << (bits - 1 if signed else bits)
        if fits and bits >= at_least:
            return IntType(bits, signed)
    raise AssertionError((low, high))


def _widened(
    bits: int, variants: Sequence[Sequence[Layout]], bodies: list[Layout]
) -> tuple[int, list[Layout]]:
    """Return the tag's width, up to where the first field begins, and the bodies moved."""
    start = 256
    for fields, body in zip(variants, bodies, strict=True):
        for index in sorted(range(len(fields)), key=lambda n: (body.slots[n].offset, n)):
            if fields[index].size or fields[index].align > 1:
                start = min(start, fields[index].align)
                break
    wide = 8 * start if start <= 16 else bits
    if wide <= bits:
        return bits, bodies
    old, new = bits // 8, wide // 8
    moved = []
    for body in bodies:
        slots = tuple(Slot(new) if slot.offset <= old else slot for slot in body.slots)
        moved.append(replace(body, slots=slots, size=new if body.size <= old else body.size))
    return wide, moved
