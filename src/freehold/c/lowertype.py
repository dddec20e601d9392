"""C's types as `freehold.types`: where qualifiers, ranks and spellings die.

Records are lowered once, to the Adt that `RecordType.adt` keeps; a record that refers to itself
through a pointer finds the Adt that is being filled.
"""

from collections.abc import Callable
from typing import Any

from freehold.c.ctype import (
    Array,
    Complex,
    CType,
    EnumType,
    Floating,
    Function,
    Integer,
    IntKind,
    Member,
    Pointer,
    QualType,
    RecordType,
    Void,
)
from freehold.types import (
    BOOL,
    VOID,
    Adt,
    AdtKind,
    ArrayType,
    ComplexType,
    Field,
    FloatType,
    FunctionType,
    IntType,
    PointerType,
    Type,
    Variant,
)
from freehold.types import align_of as type_align
from freehold.types import size_of as type_size

_INTEGERS: dict[IntKind, Type] = {kind: IntType(kind.bits, kind.signed) for kind in IntKind}
_INTEGERS[IntKind.BOOL] = BOOL


def lower_type(ty: CType | QualType) -> Type:
    """Return `ty` without what only C knows. A variable-length array has length None."""
    if isinstance(ty, QualType):
        ty = ty.type
    return _LOWER[ty.__class__](ty)


def complete_adt(record: RecordType) -> None:
    """Give the Adt of `record`, if it has one already, the members that are known now."""
    if record.adt is not None and not record.adt.complete:
        _fill(record, record.adt)


def size_of(ty: CType | QualType) -> int:
    """Return the size in bytes; GNU's 1 for void and functions, 0 for incomplete types."""
    if isinstance(ty, QualType):
        ty = ty.type
    cls = ty.__class__
    if cls is Integer:
        return ty.kind.bits >> 3  # type: ignore[union-attr]
    if cls is Pointer:
        return 8
    if isinstance(ty, Array):
        return size_of(ty.element.type) * (ty.length or 0)
    return type_size(_LOWER[cls](ty))


def align_of(ty: CType | QualType) -> int:
    """Return the alignment in bytes that the type itself asks for."""
    if isinstance(ty, QualType):
        ty = ty.type
    if isinstance(ty, Array):
        return align_of(ty.element.type)
    return type_align(_LOWER[ty.__class__](ty))


def _lower_record(record: RecordType) -> Type:
    adt = record.adt
    if adt is None:
        kind = AdtKind.UNION if record.keyword == "union" else AdtKind.STRUCT
        adt = record.adt = Adt(kind, record.tag, alias=record.alias)
    if not adt.complete and record.members is not None:
        _fill(record, adt)
    return adt


def _fill(record: RecordType, adt: Adt) -> None:
    adt.packed = record.packed
    adt.align = record.align
    # Complete before the members are lowered: a member's type may point back here.
    adt.complete = True
    adt.variants = (Variant(record.tag, tuple(_field(m) for m in record.members or ())),)


def _field(member: Member) -> Field:
    return Field(
        member.name, lower_type(member.type), member.bits, member.align, member.packed, member.pack
    )


def _lower_function(ty: Function) -> Type:
    parameters = tuple(lower_type(p) for p in ty.parameters)
    return FunctionType(parameters, lower_type(ty.result), ty.variadic, ty.prototype)


_LOWER: dict[type, Callable[[Any], Type]] = {
    Void: lambda ty: VOID,
    Integer: lambda ty: _INTEGERS[ty.kind],
    EnumType: lambda ty: _INTEGERS[ty.underlying.kind],
    Floating: lambda ty: FloatType(ty.kind),
    Complex: lambda ty: ComplexType(ty.kind),
    Pointer: lambda ty: PointerType(lower_type(ty.target)),
    Array: lambda ty: ArrayType(lower_type(ty.element), ty.length),
    Function: _lower_function,
    RecordType: _lower_record,
}
