"""Size, alignment and field offsets, as the x86-64 System V ABI has them (gcc's rules for C).

What `Adt.rust_layout` marks, and tuples, are laid out in `layout_rust`.
"""

from typing import assert_never

from freehold.types.layout_rust import (
    Layout,
    Niche,
    Slot,
    adt_layout,
    round_up,
    tuple_layout,
)
from freehold.types.model import (
    Adt,
    AdtKind,
    ArrayType,
    BoolType,
    CharType,
    ComplexType,
    DynamicType,
    Field,
    FloatKind,
    FloatType,
    FunctionType,
    GenericType,
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

_FLOAT_SIZE = {FloatKind.F32: 4, FloatKind.F64: 8, FloatKind.F80: 16, FloatKind.F128: 16}


def size_of(ty: Type) -> int:
    """Return the size of `ty` in bytes; void and functions are 1, as GNU C has them."""
    return layout_of(ty).size


def align_of(ty: Type) -> int:
    """Return the alignment of `ty` in bytes."""
    return layout_of(ty).align


def has_packed_parts(ty: Type) -> bool:
    """Tell whether a value of `ty` may hold a part at an address that its type does not allow."""
    match ty:
        case ArrayType(element):
            return has_packed_parts(element)
        case Adt():
            return any(
                ty.packed or member.packed or has_packed_parts(member.type) for member in ty.fields
            )
        case _:
            return False


def field_offset(ty: Type, index: int) -> int:
    """Return the byte offset of field number `index` of an aggregate."""
    return layout_of(ty).slots[index].offset


_CACHE: dict[Type, Layout] = {}


def layout_of(ty: Type) -> Layout:
    """Return the layout of `ty`; an incomplete aggregate has size 0 and alignment 1."""
    if isinstance(ty, Adt):
        if not ty.complete:
            return Layout(0, 1)
        if ty.cached is None:
            ty.cached = adt_layout(ty, layout_of) if ty.rust_layout else _adt_layout(ty)
        assert isinstance(ty.cached, Layout)
        return ty.cached
    known = _CACHE.get(ty)
    if known is None:
        known = _CACHE[ty] = _layout(ty)
    return known


def _layout(ty: Type) -> Layout:
    match ty:
        case ArrayType(element, length):
            inner = layout_of(element)
            if not length:
                return Layout(0, inner.align)
            size = inner.size * length
            return Layout(size, inner.align, niche=inner.niche, absent=inner.absent)
        case TupleType():
            return tuple_layout(ty, layout_of)
        case SliceType(element):
            return Layout(0, align_of(element))
        case Adt():
            return layout_of(ty)
        case _:
            size, align = _scalar(ty)
            absent = isinstance(ty, NeverType)
            return Layout(size, align, niche=_scalar_niche(ty), absent=absent)


_LAST_CHAR = 0x10FFFF
_NON_NULL = frozenset((PointerKind.REF, PointerKind.REF_MUT))


def _scalar_niche(ty: Type) -> Niche | None:
    match ty:
        case BoolType():
            return Niche(0, 8, 0, 1)
        case CharType():
            return Niche(0, 32, 0, _LAST_CHAR)
        case PointerType(_, kind) if kind in _NON_NULL:
            return Niche(0, 64, 1, (1 << 64) - 1)
        case PointerType(pointee) if isinstance(unsized_tail(pointee), DynamicType):
            return Niche(8, 64, 1, (1 << 64) - 1)  # there is no vtable at 0
        case _:
            return None


def unsized_tail(ty: Type) -> SliceType | StrType | DynamicType | None:
    """Return what makes `ty` unsized: itself or the last field of the last field...; else None."""
    while isinstance(ty, Adt) and ty.kind is AdtKind.STRUCT and ty.fields:
        ty = ty.fields[-1].type
    return ty if isinstance(ty, (SliceType, StrType, DynamicType)) else None


def is_wide(ty: Type) -> bool:
    """Whether `ty` is a pointer with a length or a vtable."""
    return isinstance(ty, PointerType) and unsized_tail(ty.pointee) is not None


_Scalar = (
    VoidType
    | FunctionType
    | BoolType
    | IntType
    | CharType
    | FloatType
    | ComplexType
    | PointerType
    | NeverType
    | StrType
    | DynamicType
    | GenericType
)


def _scalar(ty: _Scalar) -> tuple[int, int]:
    match ty:
        case IntType(bits):
            size = align = bits // 8
        case FloatType(kind):
            size = align = _FLOAT_SIZE[kind]
        case ComplexType(kind):
            size, align = 2 * _FLOAT_SIZE[kind], _FLOAT_SIZE[kind]
        case PointerType(pointee):
            size, align = (16 if unsized_tail(pointee) is not None else 8), 8
        case CharType():
            size = align = 4
        case NeverType() | StrType() | DynamicType():
            size, align = 0, 1
        case VoidType() | FunctionType() | BoolType():
            size = align = 1
        case GenericType():
            raise TypeError(f"no layout before monomorphisation: {ty}")
        case _:
            assert_never(ty)
    return size, align


def _adt_layout(adt: Adt) -> Layout:
    match adt.kind:
        case AdtKind.STRUCT:
            return _struct_layout(adt.fields, packed=adt.packed, align=adt.align)
        case AdtKind.UNION:
            return _union_layout(adt)
        case AdtKind.ENUM:
            return adt_layout(adt, layout_of)
        case _:
            assert_never(adt.kind)


def _field_align(member: Field, *, packed: bool) -> int:
    if member.pack:  # stronger than `packed`, for a bit-field
        natural = min(align_of(member.type), member.pack)
    else:
        natural = 1 if packed or member.packed else align_of(member.type)
    return max(natural, member.align)


def _struct_layout(fields: tuple[Field, ...], *, packed: bool, align: int) -> Layout:
    bits = 0  # bits used so far
    most = max(align, 1)
    slots: list[Slot] = []
    for member in fields:
        size = size_of(member.type) * 8
        natural = _field_align(member, packed=packed)
        if member.bits is None:
            bits = round_up(bits, natural * 8)
            slots.append(Slot(bits // 8))
            bits += size
            most = max(most, natural)
            continue
        unit = align_of(member.type) * 8
        tight = packed or member.packed or member.pack > 0
        if member.bits == 0:
            bits = round_up(bits, max(unit, member.align * 8))
            slots.append(Slot(bits // 8, 0, 0))
            continue
        if member.align:
            bits = round_up(bits, member.align * 8)
        elif not tight and bits // size != (bits + member.bits - 1) // size:
            # System V: a bit-field lies within one storage unit of its declared type.
            bits = round_up(bits, unit)
        slots.append(_bit_slot(bits, member.bits, size, packed=tight))
        bits += member.bits
        if member.name:
            most = max(most, natural)
    return Layout(round_up(round_up(bits, 8) // 8, most), most, tuple(slots))


def _bit_slot(bits: int, width: int, size: int, *, packed: bool) -> Slot:
    if packed:
        return Slot(bits // 8, bits % 8, width)
    unit = bits // size * size
    return Slot(unit // 8, bits - unit, width)


def _union_layout(adt: Adt) -> Layout:
    size, most = 0, max(adt.align, 1)
    for member in adt.fields:
        if member.bits is not None:
            size = max(size, round_up(member.bits, 8) // 8)
            if member.name:
                most = max(most, _field_align(member, packed=adt.packed))
            continue
        size = max(size, size_of(member.type))
        most = max(most, _field_align(member, packed=adt.packed))
    slots = tuple(Slot(0, 0, member.bits) for member in adt.fields)
    return Layout(round_up(size, most), most, slots)
