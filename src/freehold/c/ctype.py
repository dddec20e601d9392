"""C's own types: kinds that C tells apart, qualifiers, incomplete and variably modified types.

They die in lowering: `lower_type` maps them to `freehold.types`, from which sizes and offsets come
(so that layout exists once). Records and enumerations are compared by identity.
"""

from enum import Enum, IntFlag
from typing import TYPE_CHECKING

from freehold.records import dataclass, field
from freehold.source import Span
from freehold.types import Adt, FloatKind

if TYPE_CHECKING:
    from freehold.c.tree import Variable


class Quals(IntFlag):
    """Type qualifiers."""

    NONE = 0
    CONST = 1
    VOLATILE = 2
    RESTRICT = 4
    ATOMIC = 8


class IntKind(Enum):
    """The integer types, each with its spelling, bits, signedness and conversion rank."""

    BOOL = ("_Bool", 8, False, 0)
    CHAR = ("char", 8, True, 1)
    SCHAR = ("signed char", 8, True, 1)
    UCHAR = ("unsigned char", 8, False, 1)
    SHORT = ("short", 16, True, 2)
    USHORT = ("unsigned short", 16, False, 2)
    INT = ("int", 32, True, 3)
    UINT = ("unsigned int", 32, False, 3)
    LONG = ("long", 64, True, 4)
    ULONG = ("unsigned long", 64, False, 4)
    LLONG = ("long long", 64, True, 5)
    ULLONG = ("unsigned long long", 64, False, 5)
    INT128 = ("__int128", 128, True, 6)
    UINT128 = ("unsigned __int128", 128, False, 6)

    def __init__(self, spelling: str, bits: int, signed: bool, rank: int) -> None:  # noqa: FBT001
        self.spelling = spelling
        self.bits = bits
        self.signed = signed
        self.rank = rank


@dataclass(frozen=True, slots=True)
class Void:
    """`void`."""


@dataclass(frozen=True, slots=True)
class Integer:
    """An integer type other than an enumeration."""

    kind: IntKind


@dataclass(frozen=True, slots=True)
class Floating:
    """A real floating type; `long double` is F80, `_Float128` is F128."""

    kind: FloatKind


@dataclass(frozen=True, slots=True)
class Complex:
    """A complex type."""

    kind: FloatKind


@dataclass(frozen=True, slots=True)
class Pointer:
    """A pointer to a qualified type."""

    target: "QualType"


@dataclass(frozen=True, slots=True)
class Array:
    """An array: `length` elements; None and no `extent` is incomplete.

    A variable-length array has the hidden variable (`size_t`) that holds its element count in
    `extent`; `[*]` has `star`.
    """

    element: "QualType"
    length: int | None
    extent: "Variable | None" = None
    star: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """A function type; parameters are already adjusted (arrays and functions are pointers)."""

    result: "QualType"
    parameters: "tuple[QualType, ...]"
    variadic: bool = False
    prototype: bool = True


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a record; anonymous members have name "". `bits` is a bit-field's width.

    `pack` is the limit of `#pragma pack` for a bit-field.
    """

    name: str
    type: "QualType"
    span: Span
    bits: int | None = None
    align: int = 0
    packed: bool = False
    pack: int = 0


@dataclass(eq=False, slots=True)
class RecordType:
    """A struct or union. `members` is None while it is incomplete. `adt` is its lowered form.

    `alias` is the first typedef of one without a tag.
    """

    keyword: str
    tag: str
    span: Span
    members: tuple[Member, ...] | None = None
    packed: bool = False
    align: int = 0
    transparent: bool = False
    adt: Adt | None = field(default=None, repr=False)
    alias: str = ""


@dataclass(eq=False, slots=True)
class EnumType:
    """An enumeration; `underlying` is fixed once it is complete (unsigned int unless negative)."""

    tag: str
    span: Span
    underlying: Integer = Integer(IntKind.UINT)
    complete: bool = False


CType = Void | Integer | Floating | Complex | Pointer | Array | Function | RecordType | EnumType


@dataclass(frozen=True, slots=True)
class QualType:
    """A type with its qualifiers. Qualifiers of an array stand on its element."""

    type: CType
    quals: Quals = Quals.NONE
