"""Conversions that C makes by itself or by a cast: of lvalues, of operands, of scalars."""

from collections.abc import Callable

from freehold.c import ast, tree
from freehold.c.ctype import (
    Array,
    Complex,
    EnumType,
    Floating,
    Function,
    Integer,
    IntKind,
    Pointer,
    QualType,
    RecordType,
    Void,
)
from freehold.c.sema import fold
from freehold.c.sema.compat import promoted, promoted_integer
from freehold.c.sema.context import Context
from freehold.c.sema.kinds import (
    BAD,
    BY_KIND,
    FLOAT_RANK,
    LONG,
    ULONG,
    VOID,
    float_kind,
    int_kind,
    is_bool,
    is_complete,
    is_floating,
    is_pointer,
    pointer_to,
)
from freehold.c.sema.spell import spell
from freehold.diagnostics.codes import INCOMPLETE_TYPE
from freehold.mir.values import CastKind
from freehold.source import Span
from freehold.types import FloatKind

_LVALUES = frozenset(
    (tree.VariableRef, tree.Deref, tree.ElementOf, tree.StringRef, tree.CompoundLiteralRef)
)
_PARTS = frozenset((tree.MemberOf, tree.ComplexPart))


def is_lvalue(expr: tree.Expr) -> bool:
    """Tell whether `expr` names an object (or a function)."""
    while isinstance(expr, (tree.MemberOf, tree.ComplexPart)):
        expr = expr.base
    return expr.__class__ in _LVALUES


def value(c: Context, node: ast.Expr) -> tree.Expr:
    """Analyse an expression whose value is wanted."""
    return rvalue(c, c.rules.expression[node.__class__](c, node))


def rvalue(c: Context, expr: tree.Expr) -> tree.Expr:
    """Return the value of `expr`: what is read from an lvalue; arrays and functions decay."""
    cls = expr.__class__
    if cls not in _LVALUES and (cls not in _PARTS or not is_lvalue(expr)):
        return expr
    shape = expr.type.type.__class__
    if shape is Array:
        return decay(expr)
    if shape is Function:
        assert isinstance(expr, tree.Deref)
        return expr.pointer
    if shape is Void:
        return tree.Discard(VOID, expr.span, expr.pointer if isinstance(expr, tree.Deref) else expr)
    if shape is RecordType or shape is EnumType:
        if not is_complete(expr.type):
            what = f"`{spell(expr.type)}` is incomplete here"
            c.report.error(INCOMPLETE_TYPE, expr.span, what)
            return fold.bad(expr.span)
        if expr.type is BAD:
            return fold.bad(expr.span)
    ty = expr.type
    return tree.Load(QualType(ty.type) if ty.quals else ty, expr.span, expr)


def decay(expr: tree.Expr) -> tree.Expr:
    """Return a pointer to the first element of the array lvalue `expr`."""
    mark_address_taken(expr)
    assert isinstance(expr.type.type, Array)
    return tree.Decay(pointer_to(expr.type.type.element), expr.span, expr)


def root_variable(expr: tree.Expr) -> tree.Variable | None:
    """Return the variable that the lvalue `expr` is, or is a part of."""
    while True:
        if isinstance(expr, (tree.MemberOf, tree.ComplexPart)):
            expr = expr.base
        elif isinstance(expr, tree.ElementOf):
            expr = expr.array
        elif isinstance(expr, (tree.VariableRef, tree.CompoundLiteralRef)):
            return expr.variable
        else:
            return None


def mark_address_taken(expr: tree.Expr) -> None:
    """Note that the object of the lvalue `expr` needs its memory."""
    variable = root_variable(expr)
    if variable is not None:
        variable.address_taken = True


def bit_width(expr: tree.Expr) -> int | None:
    """Return the width of the bit-field whose value `expr` is, or None."""
    cls = expr.__class__
    if cls is tree.Load:
        return field_width(expr.place)  # type: ignore[union-attr]
    if cls is tree.Store or cls is tree.CompoundAssign:
        return field_width(expr.target)  # type: ignore[union-attr]
    while isinstance(expr, tree.Sequence):
        expr = expr.right
        if not isinstance(expr, tree.Sequence):
            return bit_width(expr)
    return None


def field_width(place: tree.Expr) -> int | None:
    """Return the width of the bit-field that the lvalue `place` is, or None."""
    if isinstance(place, tree.MemberOf):
        members = place.record.members
        assert members is not None
        return members[place.index].bits
    return None


# ------------------------------------------------------------------------- arithmetic conversions


def promote(expr: tree.Expr) -> tree.Expr:
    """Apply the integer promotions to a value."""
    shape = expr.type.type
    bits = bit_width(expr) if expr.__class__ in _FIELD_VALUES else None
    if isinstance(shape, Integer):
        if bits is None and shape.kind.rank >= IntKind.INT.rank:
            return expr
    elif not isinstance(shape, EnumType):
        return expr
    ty = promoted_integer(expr.type, bits)
    return expr if ty == expr.type else fold.to_integer(expr, ty, expr.span)


_FIELD_VALUES = frozenset((tree.Load, tree.Store, tree.CompoundAssign, tree.Sequence))


def default_promote(expr: tree.Expr) -> tree.Expr:
    """Apply the default argument promotions to a value."""
    if isinstance(expr.type.type, Floating):
        return convert(expr, promoted(expr.type), expr.span)
    return promote(expr)


def common_type(left: QualType, right: QualType) -> QualType:
    """Return the type of the usual arithmetic conversions of two promoted operands."""
    if left is right or left == right:
        return left
    if is_floating(left) or is_floating(right):
        return _common_floating(left, right)
    a, b = int_kind(left), int_kind(right)
    if a.signed == b.signed:
        return BY_KIND[a if a.rank >= b.rank else b]
    signed, other = (a, b) if a.signed else (b, a)
    if other.rank >= signed.rank:
        return BY_KIND[other]
    if signed.bits > other.bits:
        return BY_KIND[signed]
    return BY_KIND[_UNSIGNED[signed]]


_UNSIGNED = {
    IntKind.INT: IntKind.UINT,
    IntKind.LONG: IntKind.ULONG,
    IntKind.LLONG: IntKind.ULLONG,
    IntKind.INT128: IntKind.UINT128,
}


def _common_floating(left: QualType, right: QualType) -> QualType:
    kinds = [float_kind(ty) for ty in (left, right) if is_floating(ty)]
    kind: FloatKind = max(kinds, key=lambda k: FLOAT_RANK[k])
    if isinstance(left.type, Complex) or isinstance(right.type, Complex):
        return QualType(Complex(kind))
    return QualType(Floating(kind))


def arithmetic_operands(left: tree.Expr, right: tree.Expr) -> tuple[tree.Expr, tree.Expr, QualType]:
    """Apply the usual arithmetic conversions to two values; return them and their type."""
    left, right = promote(left), promote(right)
    ty = common_type(left.type, right.type)
    return convert(left, ty, left.span), convert(right, ty, right.span), ty


# ------------------------------------------------------------------------------ scalar conversions


def convert(expr: tree.Expr, ty: QualType, span: Span) -> tree.Expr:
    """Convert a scalar value to the unqualified scalar type `ty`, allowed or not."""
    source = expr.type
    if source is ty or source == ty:
        return expr
    rule = _CONVERT.get((source.type.__class__, ty.type.__class__))
    return expr if rule is None else rule(expr, ty, span)


def _to_complex(expr: tree.Expr, ty: QualType, span: Span) -> tree.Expr:
    if not isinstance(expr.type.type, Complex):
        expr = convert(expr, QualType(Floating(float_kind(ty))), span)
    return tree.Convert(ty, span, CastKind.COMPLEX, expr)


def _from_complex(expr: tree.Expr, ty: QualType, span: Span) -> tree.Expr:
    if is_bool(ty):
        return tree.Convert(ty, span, CastKind.BOOL, expr)
    real = QualType(Floating(float_kind(expr.type)))
    return convert(tree.Convert(real, span, CastKind.COMPLEX_REAL, expr), ty, span)


def _to_pointer(expr: tree.Expr, ty: QualType, span: Span) -> tree.Expr:
    if isinstance(expr, tree.IntValue):
        return tree.IntValue(ty, span, expr.value & 0xFFFF_FFFF_FFFF_FFFF)
    if is_pointer(expr.type):
        return tree.Convert(ty, span, CastKind.POINTER, expr)
    word = LONG if int_kind(expr.type).signed else ULONG
    return tree.Convert(ty, span, CastKind.WITH_EXPOSED, convert(expr, word, span))


def _from_pointer(expr: tree.Expr, ty: QualType, span: Span) -> tree.Expr:
    if is_bool(ty):
        return tree.Convert(ty, span, CastKind.BOOL, expr)
    word = LONG if int_kind(ty).signed else ULONG
    return convert(tree.Convert(word, span, CastKind.EXPOSE, expr), ty, span)


_Conversion = Callable[[tree.Expr, QualType, Span], tree.Expr]
_CONVERT: dict[tuple[type, type], _Conversion] = {
    (Integer, Integer): fold.to_integer,
    (Integer, EnumType): fold.to_integer,
    (EnumType, Integer): fold.to_integer,
    (EnumType, EnumType): fold.to_integer,
    (Integer, Floating): fold.integer_to_float,
    (EnumType, Floating): fold.integer_to_float,
    (Floating, Integer): fold.float_to_integer,
    (Floating, EnumType): fold.float_to_integer,
    (Floating, Floating): fold.float_to_float,
    (Integer, Complex): _to_complex,
    (EnumType, Complex): _to_complex,
    (Floating, Complex): _to_complex,
    (Complex, Complex): _to_complex,
    (Complex, Integer): _from_complex,
    (Complex, EnumType): _from_complex,
    (Complex, Floating): _from_complex,
    (Integer, Pointer): _to_pointer,
    (EnumType, Pointer): _to_pointer,
    (Pointer, Pointer): _to_pointer,
    (Pointer, Integer): _from_pointer,
    (Pointer, EnumType): _from_pointer,
}


def to_index(expr: tree.Expr) -> tree.Expr:
    """Convert an integer value to what counts elements: long, or unsigned long if it is one."""
    ty = ULONG if int_kind(expr.type) in _WIDE_UNSIGNED else LONG
    return convert(expr, ty, expr.span)


_WIDE_UNSIGNED = frozenset((IntKind.ULONG, IntKind.ULLONG, IntKind.UINT128))


def discard(expr: tree.Expr, span: Span) -> tree.Expr:
    """Return `(void) expr`."""
    if expr.type.type.__class__ is Void and not is_lvalue(expr):
        return expr
    if isinstance(expr, tree.Load):
        expr = expr.place
    return tree.Discard(VOID, span, expr)
