"""A type's bytes: which member each belongs to, and which belong to none. Offsets are in bits."""

from collections.abc import Mapping, Sequence
from enum import Enum

from freehold.records import dataclass
from freehold.types.layout import layout_of
from freehold.types.layout_rust import Layout, Niche, Tag
from freehold.types.model import (
    Adt,
    AdtKind,
    ArrayType,
    BoolType,
    CharType,
    ComplexType,
    DynamicType,
    Field,
    FloatType,
    FunctionType,
    IntType,
    NeverType,
    PointerKind,
    PointerType,
    SliceType,
    StrType,
    TupleType,
    Type,
    VoidType,
)

CACHE_LINE = 64

# What a front end calls the types of fields: by variant and field number.
Names = Mapping[tuple[int, int], str]


class Sort(Enum):
    """What a type is."""

    STRUCT = "struct"
    UNION = "union"
    ENUM = "enum"
    TUPLE = "tuple"
    OTHER = "type"


@dataclass(frozen=True, slots=True)
class Part:
    """A member: where it lies and how many bits it has; `align` in bytes, of its type."""

    name: str
    type: str
    start: int
    bits: int
    align: int
    is_bit_field: bool = False

    @property
    def end(self) -> int:
        """The first bit behind it."""
        return self.start + self.bits

    @property
    def lines(self) -> tuple[int, int]:
        """The first and the last cache line that it touches, if the whole starts on one."""
        last = max(self.end - 1, self.start)
        return self.start // 8 // CACHE_LINE, last // 8 // CACHE_LINE


@dataclass(frozen=True, slots=True)
class Gap:
    """Bits that belong to no member: between two of them, or behind the last (`tail`)."""

    start: int
    bits: int
    tail: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """A type's layout; size and align in bytes.

    Of an enum, `variants` are those with fields, by name, their parts without the tag. `inner`
    counts the bytes of padding inside of members.
    """

    name: str
    sort: Sort
    size: int
    align: int
    parts: tuple[Part, ...] = ()
    gaps: tuple[Gap, ...] = ()
    variants: "tuple[tuple[str, Shape], ...]" = ()
    tag: Tag | None = None
    niche: Niche | None = None
    absent: bool = False
    inner: int = 0

    @property
    def padding(self) -> int:
        """The bits of all gaps."""
        return sum(gap.bits for gap in self.gaps)

    @property
    def cache_lines(self) -> int:
        """How many cache lines it covers, if it starts on one."""
        return -(-self.size // CACHE_LINE)

    @property
    def split(self) -> tuple[str, ...]:
        """The members no larger than a cache line that lie on two, if the whole starts on one."""
        return tuple(
            part.name
            for part in self.parts
            if part.lines[0] != part.lines[1] and part.bits <= 8 * CACHE_LINE
        )


def shape_of(ty: Type, name: str = "", names: Names | None = None) -> Shape:
    """Return the shape of a type; `names` has what its source calls the types of its fields."""
    layout, its = layout_of(ty), names or {}
    match ty:
        case Adt(AdtKind.ENUM, _):
            return _enum(ty, name or ty.name, layout, its)
        case Adt():
            sort = Sort.UNION if ty.kind is AdtKind.UNION else Sort.STRUCT
            return _record(name or ty.name, sort, ty.fields, layout, (0, its))
        case TupleType(elements):
            fields = tuple(Field(str(index), one) for index, one in enumerate(elements))
            return _record(name or type_name(ty), Sort.TUPLE, fields, layout, (0, its))
        case _:
            shown = name or type_name(ty)
            return Shape(shown, Sort.OTHER, layout.size, layout.align, niche=layout.niche)


def _record(
    name: str, sort: Sort, fields: Sequence[Field], layout: Layout, naming: tuple[int, Names]
) -> Shape:
    variant, names = naming
    parts = []
    for index, (one, slot) in enumerate(zip(fields, layout.slots, strict=True)):
        shown = names.get((variant, index)) or type_name(one.type)
        inner = layout_of(one.type)
        bits = 8 * inner.size if slot.width is None else slot.width
        start = 8 * slot.offset + slot.bit
        if slot.width is None or one.name:
            align = one.align or inner.align
            parts.append(Part(one.name, shown, start, bits, align, slot.width is not None))
    parts.sort(key=lambda part: (part.start, part.bits))
    padding = sum(padding_in(one.type) for one in fields if one.bits is None)
    return Shape(
        name,
        sort,
        layout.size,
        layout.align,
        tuple(parts),
        gaps(parts, 8 * layout.size),
        niche=layout.niche,
        absent=layout.absent,
        inner=padding,
    )


def gaps(parts: Sequence[Part], size: int) -> tuple[Gap, ...]:
    """Return what lies between `parts`, which are in order, and behind them up to bit `size`."""
    found, end = [], 0
    for part in parts:
        if part.start > end:
            found.append(Gap(end, part.start - end))
        end = max(end, part.end)
    if end < size:
        found.append(Gap(end, size - end, tail=True))
    return tuple(found)


def padding_in(ty: Type) -> int:
    """Return the bytes of padding inside of a struct or tuple, its members' included."""
    match ty:
        case ArrayType(element, length):
            return (length or 0) * padding_in(element)
        case TupleType() | Adt(AdtKind.STRUCT):
            shape = shape_of(ty)
            return shape.padding // 8 + shape.inner
        case _:
            return 0


def _enum(adt: Adt, name: str, layout: Layout, names: Names) -> Shape:
    variants = []
    for index, (variant, its) in enumerate(zip(adt.variants, layout.variants, strict=False)):
        if variant.fields:
            shape = _record(variant.name, Sort.STRUCT, variant.fields, its, (index, names))
            variants.append((variant.name, shape))
    return Shape(
        name,
        Sort.ENUM,
        layout.size,
        layout.align,
        variants=tuple(variants),
        tag=layout.tag,
        niche=layout.niche,
        absent=layout.absent,
    )


_POINTERS = {
    PointerKind.RAW_CONST: "*const ",
    PointerKind.RAW_MUT: "*mut ",
    PointerKind.REF: "&",
    PointerKind.REF_MUT: "&mut ",
}


def type_name(ty: Type) -> str:
    """Return a type in Rust's words; the front ends know better names."""
    match ty:
        case PointerType(pointee, kind):
            return _POINTERS.get(kind, "*mut ") + type_name(pointee)
        case ArrayType(element, length):
            return f"[{type_name(element)}; {length or 0}]"
        case SliceType(element):
            return f"[{type_name(element)}]"
        case TupleType(elements):
            inner = ", ".join(map(type_name, elements))
            return f"({inner},)" if len(elements) == 1 else f"({inner})"
        case Adt() | DynamicType():
            return ty.name
        case _:
            return _scalar_name(ty)


_FIXED: dict[type, str] = {
    BoolType: "bool",
    CharType: "char",
    StrType: "str",
    VoidType: "c_void",
    NeverType: "!",
    FunctionType: "fn",
}


def _scalar_name(ty: Type) -> str:
    match ty:
        case IntType(bits, signed):
            return f"{'i' if signed else 'u'}{bits}"
        case FloatType(kind):
            return kind.value
        case ComplexType(kind):
            return f"complex {kind.value}"
        case _:
            return _FIXED.get(type(ty), type(ty).__name__)
