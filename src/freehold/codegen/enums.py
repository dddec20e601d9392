"""Enums: which variant a value is, and how that is written."""

from dataclasses import replace

from freehold.codegen.memory import load_spot, store_spot
from freehold.codegen.spot import Spot, still_aligned
from freehold.codegen.state import FunctionState, Value
from freehold.types import Adt, AdtKind, IntType, Tag, Type, layout_of


def is_enum(ty: Type) -> bool:
    """Whether `ty` is an enum."""
    return isinstance(ty, Adt) and ty.kind is AdtKind.ENUM


def discriminant(f: FunctionState, spot: Spot) -> Value:
    """Return the discriminant of the enum at `spot`, an i64."""
    ty = spot.type
    assert isinstance(ty, Adt)
    layout = layout_of(ty)
    if layout.tag is None:
        return Value(str(ty.variants[layout.single].discriminant if ty.variants else 0))
    tag = layout.tag
    value = load_spot(f, _tag_of(f, spot, tag), carry=False).ir
    kind = f"i{tag.type.bits}"
    if tag.untagged is None:
        return Value(_resized(f, value, tag.type))
    relative = value
    if tag.start:
        start = tag.start - (tag.start >> (tag.type.bits - 1) << tag.type.bits)
        relative = f.let(f"sub {kind} {value}, {start}")
    count = tag.last - tag.first
    if count == 0:
        inside = f.let(f"icmp eq {kind} {relative}, 0")
        number = str(tag.first)
    else:
        inside = f.let(f"icmp ule {kind} {relative}, {count}")
        wide = _resized(f, relative, IntType(tag.type.bits, signed=False))
        number = f.let(f"add i64 {wide}, {tag.first}") if tag.first else wide
    return Value(f.let(f"select i1 {inside}, i64 {number}, i64 {tag.untagged}"))


def set_discriminant(f: FunctionState, spot: Spot, variant: int) -> None:
    """Make the enum at `spot` be of number `variant`, as far as its tag goes."""
    ty = spot.type
    assert isinstance(ty, Adt)
    tag = layout_of(ty).tag
    if tag is None or tag.untagged == variant:
        return
    if tag.untagged is None:
        number = ty.variants[variant].discriminant
    else:
        number = tag.start + variant - tag.first
    bits = tag.type.bits
    number &= (1 << bits) - 1
    signed = number - (number >> (bits - 1) << bits)
    store_spot(f, _tag_of(f, spot, tag), Value(str(signed)))


def _tag_of(f: FunctionState, spot: Spot, tag: Tag) -> Spot:
    offset = None if spot.offset is None else spot.offset + tag.offset
    return replace(
        spot,
        address=f.step(spot.address, tag.offset),
        type=tag.type,
        offset=offset,
        align=still_aligned(spot.align, tag.offset),
        variant=None,
        meta="",
        member="",
    )


def _resized(f: FunctionState, value: str, ty: IntType) -> str:
    if ty.bits == 64:
        return value
    if ty.bits > 64:
        return f.let(f"trunc i{ty.bits} {value} to i64")
    return f.let(f"{'sext' if ty.signed else 'zext'} i{ty.bits} {value} to i64")
