"""C's types as constants, and the questions that one type alone answers."""

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
    Quals,
    QualType,
    RecordType,
    Void,
)
from freehold.source import Source, Span
from freehold.types import FloatKind

NOWHERE = Span(Source("<built-in>", ""), 0, 0)

BY_KIND = {kind: QualType(Integer(kind)) for kind in IntKind}
BOOL = BY_KIND[IntKind.BOOL]
CHAR = BY_KIND[IntKind.CHAR]
SCHAR = BY_KIND[IntKind.SCHAR]
UCHAR = BY_KIND[IntKind.UCHAR]
SHORT = BY_KIND[IntKind.SHORT]
USHORT = BY_KIND[IntKind.USHORT]
INT = BY_KIND[IntKind.INT]
UINT = BY_KIND[IntKind.UINT]
LONG = BY_KIND[IntKind.LONG]
ULONG = BY_KIND[IntKind.ULONG]
LLONG = BY_KIND[IntKind.LLONG]
ULLONG = BY_KIND[IntKind.ULLONG]
INT128 = BY_KIND[IntKind.INT128]
UINT128 = BY_KIND[IntKind.UINT128]
SIZE, PTRDIFF, WCHAR, CHAR16, CHAR32 = ULONG, LONG, INT, USHORT, UINT

FLOAT = QualType(Floating(FloatKind.F32))
DOUBLE = QualType(Floating(FloatKind.F64))
LDOUBLE = QualType(Floating(FloatKind.F80))
FLOAT128 = QualType(Floating(FloatKind.F128))

VOID = QualType(Void())
VOID_POINTER = QualType(Pointer(VOID))
CONST_VOID_POINTER = QualType(Pointer(QualType(Void(), Quals.CONST)))
CHAR_POINTER = QualType(Pointer(CHAR))
CONST_CHAR_POINTER = QualType(Pointer(QualType(CHAR.type, Quals.CONST)))

# x86-64's va_list: an array of one, so that it is passed by address.
VA_LIST_TAG = RecordType(
    "struct",
    "__va_list_tag",
    NOWHERE,
    (
        Member("gp_offset", UINT, NOWHERE),
        Member("fp_offset", UINT, NOWHERE),
        Member("overflow_arg_area", VOID_POINTER, NOWHERE),
        Member("reg_save_area", VOID_POINTER, NOWHERE),
    ),
)
VA_LIST = QualType(Array(QualType(VA_LIST_TAG), 1))

# The type of what is wrong already: whatever touches it is not reported again.
BAD_RECORD = RecordType("struct", "<error>", NOWHERE, ())
BAD = QualType(BAD_RECORD)

_INTEGER = frozenset((Integer, EnumType))
_REAL = frozenset((Integer, EnumType, Floating))
_ARITHMETIC = frozenset((Integer, EnumType, Floating, Complex))
_SCALAR = frozenset((Integer, EnumType, Floating, Complex, Pointer))
_FLOATING = frozenset((Floating, Complex))
_DERIVED = frozenset((Array, Function))

FLOAT_RANK = {FloatKind.F32: 0, FloatKind.F64: 1, FloatKind.F80: 2, FloatKind.F128: 3}


def is_bad(ty: QualType) -> bool:
    """Tell whether `ty` stands for something already reported."""
    return ty.type is BAD_RECORD


def is_integer(ty: QualType) -> bool:
    """Tell whether `ty` is an integer type: char, _Bool and enumerations too."""
    return ty.type.__class__ in _INTEGER


def is_real(ty: QualType) -> bool:
    """Tell whether `ty` is an integer or real floating type."""
    return ty.type.__class__ in _REAL


def is_arithmetic(ty: QualType) -> bool:
    """Tell whether `ty` is an arithmetic type."""
    return ty.type.__class__ in _ARITHMETIC


def is_floating(ty: QualType) -> bool:
    """Tell whether `ty` is a real or complex floating type."""
    return ty.type.__class__ in _FLOATING


def is_scalar(ty: QualType) -> bool:
    """Tell whether `ty` is an arithmetic or pointer type."""
    return ty.type.__class__ in _SCALAR


def is_pointer(ty: QualType) -> bool:
    """Tell whether `ty` is a pointer type."""
    return ty.type.__class__ is Pointer


def is_void(ty: QualType) -> bool:
    """Tell whether `ty` is void, qualified or not."""
    return ty.type.__class__ is Void


def is_bool(ty: QualType) -> bool:
    """Tell whether `ty` is _Bool."""
    return isinstance(ty.type, Integer) and ty.type.kind is IntKind.BOOL


def is_record(ty: QualType) -> bool:
    """Tell whether `ty` is a struct or union."""
    return ty.type.__class__ is RecordType


def is_char_like(ty: QualType) -> bool:
    """Tell whether `ty` is one of the three character types."""
    return isinstance(ty.type, Integer) and ty.type.kind.rank == 1


def target_of(ty: QualType) -> QualType:
    """Return what the pointer type `ty` points to."""
    assert isinstance(ty.type, Pointer)
    return ty.type.target


def is_function_pointer(ty: QualType) -> bool:
    """Tell whether `ty` is a pointer to function."""
    return isinstance(ty.type, Pointer) and isinstance(ty.type.target.type, Function)


def is_void_pointer(ty: QualType) -> bool:
    """Tell whether `ty` is a pointer to void."""
    return isinstance(ty.type, Pointer) and ty.type.target.type.__class__ is Void


def int_kind(ty: QualType) -> IntKind:
    """Return the integer kind of an integer type; an enumeration's is its underlying type's."""
    inner = ty.type
    if isinstance(inner, EnumType):
        return inner.underlying.kind
    assert isinstance(inner, Integer)
    return inner.kind


def float_kind(ty: QualType) -> FloatKind:
    """Return the format of a real or complex floating type."""
    assert isinstance(ty.type, (Floating, Complex))
    return ty.type.kind


def unqualified(ty: QualType) -> QualType:
    """Return `ty` without its qualifiers (an array's stand on its element, and stay)."""
    return QualType(ty.type) if ty.quals else ty


def qualified(ty: QualType, quals: Quals) -> QualType:
    """Return `ty` with `quals` added; an array passes them on to its element."""
    if not quals or ty.type is BAD_RECORD:
        return ty
    if isinstance(ty.type, Array):
        array = ty.type
        element = qualified(array.element, quals)
        return QualType(Array(element, array.length, array.extent, array.star))
    return QualType(ty.type, ty.quals | quals)


def element_quals(ty: QualType) -> Quals:
    """Return the qualifiers of `ty`, or those of the innermost element of an array."""
    while isinstance(ty.type, Array):
        ty = ty.type.element
    return ty.quals


def strip_array_quals(ty: QualType) -> QualType:
    """Return `ty` with no qualifiers, on the element either if it is an array."""
    if not isinstance(ty.type, Array):
        return unqualified(ty)
    array = ty.type
    element = strip_array_quals(array.element)
    return QualType(Array(element, array.length, array.extent, array.star))


def pointer_to(ty: QualType) -> QualType:
    """Return the type of a pointer to `ty`."""
    return QualType(Pointer(ty))


def is_vla(ty: QualType) -> bool:
    """Tell whether `ty` is an array whose size is only known at run time."""
    inner = ty.type
    while isinstance(inner, Array):
        if inner.extent is not None or inner.star:
            return True
        inner = inner.element.type
    return False


def is_variably_modified(ty: QualType) -> bool:
    """Tell whether a variable-length array stands anywhere in the declarator of `ty`."""
    inner = ty.type
    while True:
        if isinstance(inner, Array):
            if inner.extent is not None or inner.star:
                return True
            inner = inner.element.type
        elif isinstance(inner, Pointer):
            inner = inner.target.type
        elif isinstance(inner, Function):
            inner = inner.result.type
        else:
            return False


def is_complete(ty: QualType) -> bool:
    """Tell whether the size of `ty` is known, if only at run time."""
    inner: CType = ty.type
    while isinstance(inner, Array):
        if inner.length is None and inner.extent is None and not inner.star:
            return False
        inner = inner.element.type
    if isinstance(inner, RecordType):
        return inner.members is not None
    if isinstance(inner, EnumType):
        return inner.complete
    return inner.__class__ is not Void and inner.__class__ is not Function


def has_flexible_end(record: RecordType) -> bool:
    """Tell whether `record` ends in a flexible array member, or holds a record that does."""
    members = record.members
    if not members:
        return False
    if record.keyword == "union":
        return any(_ends_flexible(m.type) for m in members)
    return _ends_flexible(members[-1].type)


def _ends_flexible(ty: QualType) -> bool:
    inner = ty.type
    if isinstance(inner, Array):
        return inner.length is None and inner.extent is None
    return isinstance(inner, RecordType) and has_flexible_end(inner)
