"""MIR's places, operands and rvalues: what statements compute with."""

from enum import Enum
from typing import NewType

from freehold.records import dataclass, field
from freehold.source import Span
from freehold.types import Type
from freehold.types.generic import ConstParam, Definition, GenericArg

Local = NewType("Local", int)
Block = NewType("Block", int)
Scope = NewType("Scope", int)
Symbol = NewType("Symbol", str)  # the link name of a function or global; unique in a Program

RETURN = Local(0)
ENTRY = Block(0)


# ---------------------------------------------------------------------------------------- places


@dataclass(frozen=True, slots=True)
class Deref:
    """The pointee of the pointer that the place so far holds."""


@dataclass(frozen=True, slots=True)
class FieldOf:
    """Field number `index` of a struct, union, tuple or downcast variant; bit-fields too.

    Of a complex number: 0 is its real part, 1 its imaginary part.
    """

    index: int


@dataclass(frozen=True, slots=True)
class Index:
    """Element `local` (a 64-bit integer) of an array or slice lvalue, whose bounds apply."""

    local: Local


@dataclass(frozen=True, slots=True)
class ConstantIndex:
    """Element `offset` of an array or slice, counted from the end (the last is 1) if `from_end`.

    There are at least `min_length` elements where this stands. In arrays it is never `from_end`.
    """

    offset: int
    from_end: bool = False
    min_length: int = 0


@dataclass(frozen=True, slots=True)
class Subslice:
    """Elements `start..end` (`end` counted from the end if `from_end`)."""

    start: int
    end: int
    from_end: bool = False


@dataclass(frozen=True, slots=True)
class Downcast:
    """The fields of enum variant number `variant`."""

    variant: int


Projection = Deref | FieldOf | Index | ConstantIndex | Subslice | Downcast


@dataclass(frozen=True, slots=True)
class Place:
    """A location: a local or a global (`Symbol`), then projections, left to right.

    `volatile`, `atomic` and `unaligned` qualify the access made through this place.
    """

    base: Local | Symbol
    projections: tuple[Projection, ...] = ()
    volatile: bool = False
    atomic: bool = False
    unaligned: bool = False


# -------------------------------------------------------------------------------------- operands


@dataclass(frozen=True, slots=True)
class IntConst:
    """An integer, _Bool or char constant, already wrapped to its type."""

    value: int
    type: Type


@dataclass(frozen=True, slots=True)
class FloatConst:
    """A floating constant; `text` is an exact decimal or hexadecimal spelling (inf and nan too)."""

    text: str
    type: Type


@dataclass(frozen=True, slots=True)
class NullConst:
    """The null pointer of pointer type `type`."""

    type: Type


@dataclass(frozen=True, slots=True)
class AddressConst:
    """The address of function or global `symbol`, plus `offset` bytes, as pointer type `type`."""

    symbol: Symbol
    offset: int
    type: Type


@dataclass(frozen=True, slots=True)
class LabelConst:
    """The address of `block` in this body (GNU labels as values)."""

    block: Block
    type: Type


@dataclass(frozen=True, slots=True)
class ZeroConst:
    """All bytes zero, of any type (aggregates too); also the unit value."""

    type: Type


@dataclass(frozen=True, slots=True)
class UninitConst:
    """No value: what a read of it would report as uninitialised."""

    type: Type


# The constants from here to `Constant` stand in Rust's bodies before monomorphisation only.


@dataclass(frozen=True, slots=True)
class ItemConst:
    """The value of a zero-sized type: a function item, `()`, PhantomData."""

    type: Type


@dataclass(frozen=True, slots=True)
class StringConst:
    """A literal: `"..."` of type `&'static str`, `b"..."` of type `&'static [u8; n]`."""

    data: bytes
    type: Type


@dataclass(frozen=True, slots=True)
class NamedConst:
    """A constant item, an associated constant, or a promoted or inline constant, evaluated later.

    With `static` it is the address of the static `definition`, of type `type`.
    """

    definition: Definition
    arguments: tuple[GenericArg, ...]
    type: Type
    static: bool = False


@dataclass(frozen=True, slots=True)
class ParamConst:
    """The value of a constant parameter."""

    const: ConstParam
    type: Type


Constant = (
    IntConst
    | FloatConst
    | NullConst
    | AddressConst
    | LabelConst
    | ZeroConst
    | UninitConst
    | ItemConst
    | StringConst
    | NamedConst
    | ParamConst
)


@dataclass(frozen=True, slots=True)
class Copy:
    """The value at `place`, which stays usable.

    `span` is the expression that reads it, if that is not the whole statement.
    """

    place: Place
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Move:
    """The value at `place`, which is no longer initialised afterwards."""

    place: Place


Operand = Copy | Move | Constant


# --------------------------------------------------------------------------------------- rvalues


class BorrowKind(Enum):
    """Kinds of reference.

    TWO_PHASE is mutable, and shared until it is first used. UNIQUE is a closure's, of a place that
    need not be `mut` itself. FAKE guards a match: what it covers is not assigned in a guard.
    """

    SHARED = "&"
    MUT = "&mut"
    TWO_PHASE = "&two_phase"
    UNIQUE = "&uniq"
    FAKE = "&fake"


class BinOp(Enum):
    """Binary operations. Both operands have one type, except shifts, OFFSET and PTR_DIFF.

    Comparisons yield a `BOOL`. DIV, REM, SHR, LT... follow the operand type's signedness.
    OFFSET: pointer + i64 count of pointees (bytes for void). PTR_DIFF: (pointer - pointer) in
    pointees, i64.
    """

    ADD = "add"
    SUB = "sub"
    MUL = "mul"
    DIV = "div"
    REM = "rem"
    AND = "and"
    OR = "or"
    XOR = "xor"
    SHL = "shl"
    SHR = "shr"
    EQ = "eq"
    NE = "ne"
    LT = "lt"
    LE = "le"
    GT = "gt"
    GE = "ge"
    OFFSET = "offset"
    PTR_DIFF = "ptr_diff"


class UnOp(Enum):
    """Unary operations: arithmetic negation, and bitwise (for BOOL: logical) complement.

    METADATA of a wide pointer is its length, or its vtable's address, as a u64 (Rust).
    """

    NEG = "neg"
    NOT = "not"
    METADATA = "metadata"


class Overflow(Enum):
    """What happens when an integer result does not fit: wrap, undefined (C).

    CHECKED gives a tuple of the wrapped result and a bool, true if it did not fit (Rust).
    """

    WRAP = "wrap"
    CHECKED = "checked"
    UNDEFINED = "undefined"


class CastKind(Enum):
    """Explicit conversions; source and target types say the rest."""

    INT = "int"  # integer, bool or char to integer: truncate or extend by the source's sign
    BOOL = "bool"  # any scalar to bool: compares unequal to zero
    INT_TO_FLOAT = "int_to_float"
    FLOAT_TO_INT = "float_to_int"
    FLOAT = "float"  # between floating types
    POINTER = "pointer"  # pointer to pointer: same value, same provenance
    EXPOSE = "expose"  # pointer to integer
    WITH_EXPOSED = "with_exposed"  # integer to pointer: provenance found by address
    UNSIZE = "unsize"  # &[T; n] to &[T], and to trait objects; Box, Rc... of them too
    SATURATE = "saturate"  # floating to integer: rounds to zero, saturates, NaN is 0 (Rust)
    REIFY = "reify"  # function item to function pointer
    CLOSURE = "closure"  # closure without captures to function pointer
    TRANSMUTE = "transmute"  # the same bytes as another type of the same size
    COMPLEX = "complex"  # real to complex, or between complex types
    COMPLEX_REAL = "complex_real"  # complex to its real part


@dataclass(frozen=True, slots=True)
class Use:
    """The operand itself. Between two memory places it moves bytes, initialised or not."""

    operand: Operand


@dataclass(frozen=True, slots=True)
class Ref:
    """Borrow `place`."""

    kind: BorrowKind
    place: Place


@dataclass(frozen=True, slots=True)
class RawPointer:
    """The address of `place`, without a borrow: C's `&x`, array decay, Rust's `&raw`."""

    place: Place
    mutable: bool = True


@dataclass(frozen=True, slots=True)
class Binary:
    """`left op right`."""

    op: BinOp
    left: Operand
    right: Operand
    overflow: Overflow = Overflow.WRAP


@dataclass(frozen=True, slots=True)
class Unary:
    """`op operand`."""

    op: UnOp
    operand: Operand
    overflow: Overflow = Overflow.WRAP


@dataclass(frozen=True, slots=True)
class Cast:
    """`operand` converted to `type`."""

    kind: CastKind
    operand: Operand
    type: Type


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A whole aggregate of `type` from its fields or elements, in order; `variant` for enums.

    Of a union, `variant` is the number of its one field. A wide pointer is made of a thin one and
    its metadata.
    """

    type: Type
    operands: tuple[Operand, ...]
    variant: int = 0


@dataclass(frozen=True, slots=True)
class Repeat:
    """An array of `length` copies of `operand`; a parameter before monomorphisation only."""

    operand: Operand
    length: int | ConstParam


@dataclass(frozen=True, slots=True)
class Len:
    """The number of elements of an array or slice place."""

    place: Place


@dataclass(frozen=True, slots=True)
class Discriminant:
    """The discriminant of an enum place."""

    place: Place


Rvalue = Use | Ref | RawPointer | Binary | Unary | Cast | Aggregate | Repeat | Len | Discriminant
