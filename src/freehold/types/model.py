"""The types that cross from the front ends into MIR: C's and Rust's, without surface detail.

Qualifiers, typedef names, C's `long` against `long long`, Rust's lifetimes and generics have all
died by the time that a type arrives here. Types are compared structurally, except `Adt`, whose
identity is its object (so that recursive types need no special care).
"""

from enum import Enum

from freehold.records import dataclass, field


class FloatKind(Enum):
    """Floating-point formats: IEEE binary32, binary64, x87 extended (16 bytes), binary128."""

    F32 = "f32"
    F64 = "f64"
    F80 = "f80"
    F128 = "f128"


class PointerKind(Enum):
    """What a pointer promises."""

    C = "*"
    RAW_CONST = "*const"
    RAW_MUT = "*mut"
    REF = "&"
    REF_MUT = "&mut"


class AdtKind(Enum):
    """Kinds of aggregate that a program declares."""

    STRUCT = "struct"
    UNION = "union"
    ENUM = "enum"


@dataclass(frozen=True, slots=True)
class VoidType:
    """C's void: no value, and one byte wide for pointer arithmetic."""


@dataclass(frozen=True, slots=True)
class NeverType:
    """The type of what does not return."""


@dataclass(frozen=True, slots=True)
class BoolType:
    """C's _Bool and Rust's bool: one byte, 0 or 1."""


@dataclass(frozen=True, slots=True)
class CharType:
    """Rust's char: a Unicode scalar value in four bytes."""


@dataclass(frozen=True, slots=True)
class IntType:
    """An integer of 8, 16, 32, 64 or 128 bits.

    `pointer_sized` tells Rust's usize and isize from u64 and i64, before monomorphisation only.
    """

    bits: int
    signed: bool
    pointer_sized: bool = False


@dataclass(frozen=True, slots=True)
class FloatType:
    """A floating-point number."""

    kind: FloatKind


@dataclass(frozen=True, slots=True)
class ComplexType:
    """C's complex number: two floats of `kind`, real first."""

    kind: FloatKind


@dataclass(frozen=True, slots=True)
class PointerType:
    """A pointer; a pointer to a slice, str or trait object is two words."""

    pointee: "Type"
    kind: PointerKind = PointerKind.C


@dataclass(frozen=True, slots=True)
class ArrayType:
    """`length` elements in a row; length None is C's incomplete or flexible array (size 0)."""

    element: "Type"
    length: int | None


@dataclass(frozen=True, slots=True)
class SliceType:
    """Rust's unsized [T]."""

    element: "Type"


@dataclass(frozen=True, slots=True)
class StrType:
    """Rust's unsized str."""


@dataclass(frozen=True, slots=True)
class DynamicType:
    """Rust's unsized trait object; `name` tells one trait from another."""

    name: str


@dataclass(frozen=True, slots=True)
class TupleType:
    """Rust's tuples; the empty one is the unit type."""

    elements: "tuple[Type, ...]"


@dataclass(frozen=True, slots=True)
class FunctionType:
    """A function; as a value it always stands behind a pointer.

    `prototype` is False for C's `int f()`, whose callers may pass anything. `unwinds`: a Rust
    panic may come out of it, which its caller asks for after each call.
    """

    parameters: "tuple[Type, ...]"
    result: "Type"
    variadic: bool = False
    prototype: bool = True
    unwinds: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A member. `bits` is a bit-field's width; `align` a requested alignment in bytes, 0 if none.

    An unnamed bit-field has name "" (width 0 ends the unit). An anonymous struct or union member
    has name "" and no bits. `pack` is the limit of `#pragma pack` for a bit-field's alignment:
    under it bit-fields follow one another without padding.
    """

    name: str
    type: "Type"
    bits: int | None = None
    align: int = 0
    packed: bool = False
    pack: int = 0


@dataclass(frozen=True, slots=True)
class Variant:
    """One alternative of an enum, or the single body of a struct or union."""

    name: str
    fields: tuple[Field, ...]
    discriminant: int = 0


@dataclass(eq=False, slots=True)
class Adt:
    """A struct, union or enum. Fields are set once, after creation, so that types may recurse.

    `packed` and `align` are the declaration's attributes (bytes; 0 = natural). `rust_layout`: by
    Rust's rules, with fields reordered and niches used. For it alone: `ordered` keeps the fields in
    order (repr(C)); `pack` is the N of `packed(N)`; `tag` the integer of an enum's `repr(u8)` and
    its like; `fixed_tail` keeps the last field last, since it may be unsized; `opaque` hides the
    niches inside (UnsafeCell); `valid` are the least and the greatest value of the first scalar
    (NonNull, NonZero). `alias` is what C's typedef calls a struct without a name, for people.
    """

    kind: AdtKind
    name: str
    variants: tuple[Variant, ...] = ()
    packed: bool = False
    align: int = 0
    rust_layout: bool = False
    complete: bool = False
    cached: object = field(default=None, repr=False)
    pack: int = 0
    tag: IntType | None = None
    ordered: bool = False
    fixed_tail: bool = False
    opaque: bool = False
    valid: tuple[int, int] | None = None
    alias: str = ""

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of a struct or union."""
        return self.variants[0].fields if self.variants else ()


class GenericType:
    """Base of the types that exist before monomorphisation only: `freehold.types.generic`."""

    __slots__ = ()


Type = (
    VoidType
    | NeverType
    | BoolType
    | CharType
    | IntType
    | FloatType
    | ComplexType
    | PointerType
    | ArrayType
    | SliceType
    | StrType
    | DynamicType
    | TupleType
    | FunctionType
    | Adt
    | GenericType
)

VOID = VoidType()
NEVER = NeverType()
BOOL = BoolType()
CHAR = CharType()
I8, I16, I32, I64, I128 = (IntType(bits, signed=True) for bits in (8, 16, 32, 64, 128))
U8, U16, U32, U64, U128 = (IntType(bits, signed=False) for bits in (8, 16, 32, 64, 128))
F32, F64, F80, F128 = (FloatType(kind) for kind in FloatKind)
UNIT = TupleType(())
