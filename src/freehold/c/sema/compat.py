"""Compatible and composite types (C11 6.2.7), with GNU C's lenience for variable lengths."""

from freehold.c.ctype import (
    Array,
    CType,
    EnumType,
    Floating,
    Function,
    Integer,
    IntKind,
    Pointer,
    QualType,
)
from freehold.c.sema.kinds import BY_KIND, DOUBLE, INT, UINT, int_kind, unqualified
from freehold.types import FloatKind


def compatible(a: QualType, b: QualType) -> bool:
    """Tell whether `a` and `b` are compatible types, qualifiers included."""
    return a.quals == b.quals and compatible_types(a.type, b.type)


def compatible_types(a: CType, b: CType) -> bool:
    """Tell whether `a` and `b` are compatible once their own qualifiers are set aside."""
    if a is b:
        return True
    if a.__class__ is not b.__class__:
        return _enum_and_integer(a, b)
    if isinstance(a, Pointer):
        assert isinstance(b, Pointer)
        return compatible(a.target, b.target)
    if isinstance(a, Array):
        assert isinstance(b, Array)
        known = a.length is not None and b.length is not None
        return compatible(a.element, b.element) and (not known or a.length == b.length)
    if isinstance(a, Function):
        assert isinstance(b, Function)
        return _compatible_functions(a, b)
    return a == b


def _enum_and_integer(a: CType, b: CType) -> bool:
    if isinstance(a, EnumType):
        return isinstance(b, Integer) and a.underlying == b
    return isinstance(b, EnumType) and isinstance(a, Integer) and b.underlying == a


def _compatible_functions(a: Function, b: Function) -> bool:
    if not compatible(a.result, b.result):
        return False
    if a.prototype and b.prototype:
        return (
            a.variadic == b.variadic
            and len(a.parameters) == len(b.parameters)
            and all(map(_compatible_parameters, a.parameters, b.parameters))
        )
    if a.prototype == b.prototype:
        return True
    known, old = (a, b) if a.prototype else (b, a)
    if known.variadic:
        return False
    if not old.parameters:
        return all(compatible(unqualified(p), promoted(p)) for p in known.parameters)
    return len(old.parameters) == len(known.parameters) and all(
        map(_compatible_parameters, known.parameters, old.parameters)
    )


def _compatible_parameters(a: QualType, b: QualType) -> bool:
    return compatible_types(a.type, b.type)


def promoted(ty: QualType, bits: int | None = None) -> QualType:
    """Return `ty` after the default argument promotions; `bits` is a bit-field's width."""
    if isinstance(ty.type, Floating):
        return DOUBLE if ty.type.kind is FloatKind.F32 else unqualified(ty)
    if isinstance(ty.type, (Integer, EnumType)):
        return promoted_integer(ty, bits)
    return unqualified(ty)


def promoted_integer(ty: QualType, bits: int | None = None) -> QualType:
    """Return the integer type `ty` after the integer promotions."""
    kind = int_kind(ty)
    if bits is not None and bits <= 32:
        return INT if bits < 32 or kind.signed else UINT
    if kind.rank < IntKind.INT.rank:
        return INT
    return BY_KIND[kind] if isinstance(ty.type, EnumType) else unqualified(ty)


def composite(a: QualType, b: QualType) -> QualType:
    """Return the composite of two compatible types: what each knows, together."""
    if a == b:
        return a
    inner = _composite_types(a.type, b.type)
    return a if inner is a.type else QualType(inner, a.quals)


def _composite_types(a: CType, b: CType) -> CType:
    if isinstance(a, Pointer) and isinstance(b, Pointer):
        return Pointer(composite(a.target, b.target))
    if isinstance(a, Array) and isinstance(b, Array):
        element = composite(a.element, b.element)
        if a.length is not None or b.length is not None:
            return Array(element, a.length if a.length is not None else b.length)
        return Array(element, None, a.extent or b.extent, a.star and b.star)
    if isinstance(a, Function) and isinstance(b, Function):
        return _composite_functions(a, b)
    # An enumeration is the better name of its underlying type.
    return b if isinstance(b, EnumType) else a


def _composite_functions(a: Function, b: Function) -> Function:
    result = composite(a.result, b.result)
    if a.prototype != b.prototype:
        known = a if a.prototype else b
        return Function(result, known.parameters, known.variadic)
    if not a.prototype:
        return Function(result, a.parameters or b.parameters, prototype=False)
    parameters = tuple(
        QualType(_composite_types(p.type, q.type), p.quals)
        for p, q in zip(a.parameters, b.parameters, strict=True)
    )
    return Function(result, parameters, a.variadic)
