"""The same members under other rules: C's, `repr(C)`, `repr(Rust)`; None where there is none.

Structs inside of others are converted with them, as a port would; enums and what std defines stay.
"""

from freehold.types.layout import layout_of
from freehold.types.model import (
    Adt,
    AdtKind,
    ArrayType,
    BoolType,
    Field,
    FloatKind,
    FloatType,
    IntType,
    PointerType,
    Type,
    Variant,
    VoidType,
)

_SHARED = (FloatKind.F32, FloatKind.F64)


class _Unlike(Exception):
    """There is no such type in the other language."""


def as_rust(adt: Adt, *, ordered: bool) -> Adt | None:
    """Return a C struct or union as Rust has it, with `repr(C)` if `ordered`."""
    try:
        return _rust(adt, ordered=ordered, known={})
    except _Unlike:
        return None


def _rust(adt: Adt, *, ordered: bool, known: dict[int, Adt]) -> Adt:
    if id(adt) in known:
        return known[id(adt)]
    if adt.rust_layout:
        raise _Unlike
    if adt.packed and adt.align:
        raise _Unlike  # E0587
    made = Adt(adt.kind, adt.name, rust_layout=True, ordered=ordered, align=adt.align)
    made.packed, made.pack = adt.packed, int(adt.packed)
    known[id(adt)] = made
    fields = tuple(_rust_field(one, ordered=ordered, known=known) for one in adt.fields)
    made.variants = (Variant(adt.name, fields),)
    made.complete = adt.complete
    return made


def _rust_field(one: Field, *, ordered: bool, known: dict[int, Adt]) -> Field:
    if one.bits is not None or one.align or one.packed or one.pack:
        raise _Unlike
    return Field(one.name, _rust_type(one.type, ordered=ordered, known=known))


def _rust_type(ty: Type, *, ordered: bool, known: dict[int, Adt]) -> Type:
    match ty:
        case ArrayType(_, None):
            raise _Unlike  # a flexible array
        case ArrayType(element, length):
            return ArrayType(_rust_type(element, ordered=ordered, known=known), length)
        case Adt():
            return _rust(ty, ordered=ordered, known=known)
        case PointerType():
            return PointerType(VoidType())
        case FloatType(kind) if kind in _SHARED:
            return ty
        case IntType() | BoolType():
            return ty
        case _:
            raise _Unlike


def as_ordered(adt: Adt, *, ordered: bool) -> Adt | None:
    """Return a Rust type with `repr(C)`, or without it; None of a type with another `repr`."""
    if adt.tag is not None or adt.valid is not None or adt.opaque:
        return adt if adt.ordered is ordered and adt.tag is not None else None
    if ordered and adt.kind is AdtKind.ENUM and not adt.variants:
        return None  # E0084
    made = Adt(adt.kind, adt.name, adt.variants, adt.packed, adt.align, rust_layout=True)
    made.ordered, made.pack, made.fixed_tail = ordered, adt.pack, adt.fixed_tail
    made.complete = True
    return made


def as_c(adt: Adt) -> Adt | None:
    """Return a Rust struct or union as C has it."""
    try:
        return _c(adt)
    except _Unlike:
        return None


def _c(adt: Adt) -> Adt:
    if adt.kind is AdtKind.ENUM or adt.opaque or adt.valid is not None or adt.pack > 1:
        raise _Unlike
    if not adt.fields or layout_of(adt).size == 0:
        raise _Unlike
    fields = tuple(Field(one.name, _c_type(one.type)) for one in adt.fields)
    body = (Variant(adt.name, fields),)
    return Adt(adt.kind, adt.name, body, adt.packed, adt.align, complete=True)


def _c_type(ty: Type) -> Type:
    match ty:
        case ArrayType(element, length) if length:
            return ArrayType(_c_type(element), length)
        case Adt():
            return _c(ty)
        case PointerType() if layout_of(ty).size == 8:
            return PointerType(VoidType())
        case IntType() | BoolType() | FloatType():
            return ty
        case _:
            raise _Unlike
