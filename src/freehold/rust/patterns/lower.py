"""From THIR patterns to constructors."""

from freehold.rust import thir
from freehold.rust.patterns.constructors import (
    Constant,
    Opaque,
    Pattern,
    Range,
    Shapes,
    Single,
    Slice,
    Variant,
    bounds,
    wild,
)
from freehold.types import U8, ArrayType, BoolType, CharType, IntType, SliceType, Type
from freehold.types.generic import RefType


def lower(shapes: Shapes, p: thir.Pattern) -> Pattern:
    """Return what a pattern covers."""
    match p:
        case thir.BindPattern(sub=sub) if sub is not None:
            return lower(shapes, sub)
        case thir.ConstPattern(value, ty):
            return _constant(value, ty)
        case thir.RangePattern():
            return _range(p)
        case thir.SlicePattern():
            return _slice(shapes, p)
        case thir.OrPattern(alternatives, ty):
            return Pattern(None, (), ty, tuple(lower(shapes, each) for each in alternatives))
        case thir.DerefPattern() | thir.LeafPattern() | thir.VariantPattern():
            return _applied(shapes, p)
        case _:
            return wild(p.type)


def _applied(
    shapes: Shapes, p: thir.DerefPattern | thir.LeafPattern | thir.VariantPattern
) -> Pattern:
    if isinstance(p, thir.DerefPattern):
        return Pattern(Single(), (lower(shapes, p.sub),), p.type)
    made = Variant(p.variant) if isinstance(p, thir.VariantPattern) else Single()
    return Pattern(made, _fields(shapes, made, p.fields, p.type), p.type)


def _fields(
    shapes: Shapes,
    constructor: Single | Variant,
    fields: tuple[tuple[int, thir.Pattern], ...],
    ty: Type,
) -> tuple[Pattern, ...]:
    found = [wild(each) for each in shapes.fields(constructor, ty)]
    for at, each in fields:
        found[at] = lower(shapes, each)
    return tuple(found)


def _constant(value: thir.Expr, ty: Type) -> Pattern:
    match value:
        case thir.Number(number) if isinstance(ty, IntType | CharType | BoolType):
            return Pattern(Range(number, number), (), ty)
        case thir.Float(text):
            return Pattern(Constant(float(text)), (), ty)
        case thir.String(data) if isinstance(ty, RefType):
            return _bytes(data, ty)
        case _:
            return Pattern(Opaque(id(value)), (), ty)


def _bytes(data: bytes, ty: RefType) -> Pattern:
    """Return a string as a constant, a byte string as a slice or array of bytes."""
    inner = ty.pointee
    if not isinstance(inner, ArrayType | SliceType):
        return Pattern(Single(), (Pattern(Constant(data), (), inner),), ty)
    elements = tuple(Pattern(Range(byte, byte), (), U8) for byte in data)
    return Pattern(Single(), (Pattern(Slice(len(data)), elements, inner),), ty)


def _range(p: thir.RangePattern) -> Pattern:
    whole = bounds(p.type)
    low, high = whole.low, whole.high
    if isinstance(p.low, thir.Number):
        low = p.low.value
    if isinstance(p.high, thir.Number):
        high = p.high.value - (0 if p.inclusive else 1)
    known = all(each is None or isinstance(each, thir.Number) for each in (p.low, p.high))
    if not known or low > high:
        return Pattern(Opaque(id(p)), (), p.type)
    return Pattern(Range(low, high), (), p.type)


def _slice(shapes: Shapes, p: thir.SlicePattern) -> Pattern:
    prefix = [lower(shapes, each) for each in p.prefix]
    suffix = [lower(shapes, each) for each in p.suffix]
    count = len(prefix) + len(suffix)
    ty = p.type
    if isinstance(ty, ArrayType) and ty.length is not None:
        between = [wild(ty.element)] * (ty.length - count)
        return Pattern(Slice(ty.length), (*prefix, *between, *suffix), ty)
    made = Slice(count, p.rest, len(prefix))
    return Pattern(made, (*prefix, *suffix), ty)
