"""MIR: bodies, places, statements, terminators; the one program form that both languages reach.

It is rustc's MIR as far as both languages need it, and what C adds. Invariants are what
`freehold.mir.verify` checks; `freehold.mir.text` prints and parses all of this.

Evaluation is explicit: operands have no side effects, a statement has at most one, and every
conversion is a `Cast`. A `Body` is built once by `mir.build` and not changed in place afterwards.
"""

from enum import Enum
from typing import NewType

from freehold.records import dataclass, field
from freehold.source import Span
from freehold.types import FunctionType, Type
from freehold.types.generic import (
    Answers,
    Capture,
    ConstParam,
    Definition,
    GenericArg,
    Signature,
    Variance,
)

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


# ------------------------------------------------------------------------------------ statements


@dataclass(frozen=True, slots=True)
class Assign:
    """`place = rvalue`."""

    place: Place
    rvalue: Rvalue
    span: Span
    scope: Scope


@dataclass(frozen=True, slots=True)
class StorageLive:
    """`local` begins to exist, uninitialised. At a second pass it is uninitialised again.

    `size` (bytes, 64-bit) makes it dynamic: a C variable-length array, whose local then has
    type ArrayType(element, None).
    """

    local: Local
    span: Span
    scope: Scope
    size: Operand | None = None


@dataclass(frozen=True, slots=True)
class StorageDead:
    """`local` ends; pointers to it dangle."""

    local: Local
    span: Span
    scope: Scope


@dataclass(frozen=True, slots=True)
class SetDiscriminant:
    """Write the discriminant of an enum place."""

    place: Place
    variant: int
    span: Span
    scope: Scope


@dataclass(frozen=True, slots=True)
class Barrier:
    """A compiler barrier: `asm volatile("" ::: "memory")`."""

    span: Span
    scope: Scope


class FakeReadCause(Enum):
    """Why a place counts as read though no code reads it."""

    LET = "let"  # `let p = place;`
    MATCH = "match"  # `match place {`
    GUARD = "guard"  # a binding, at the start of its guard
    INDEX = "index"  # the base of an index expression, after its index
    MENTION = "mention"  # `let _ = place;`, `match place`: it is named, and need not be readable


@dataclass(frozen=True, slots=True)
class FakeRead:
    """`place` must be initialised and readable here; nothing is done (Rust, borrow checking)."""

    cause: FakeReadCause
    place: Place
    span: Span
    scope: Scope


@dataclass(frozen=True, slots=True)
class Ascribe:
    """The user wrote that `place` has type `type` (Rust, borrow checking).

    INVARIANT: they are equal. COVARIANT: the place's type is a subtype (`let x: T = place`).
    CONTRAVARIANT: it is a supertype (a constant as a pattern).
    """

    place: Place
    type: Type
    span: Span
    scope: Scope
    variance: Variance = Variance.COVARIANT


Statement = Assign | StorageLive | StorageDead | SetDiscriminant | Barrier | FakeRead | Ascribe


# ----------------------------------------------------------------------------------- terminators


class Intrinsic(Enum):
    """Operations that look like calls and are made in place by codegen.

    va_list operands are pointers to the va_list object. Arguments stand in the call's order.
    """

    VA_START = "va_start"  # (ap)
    VA_ARG = "va_arg"  # (ap) -> value of the destination's type
    VA_COPY = "va_copy"  # (to, from)
    VA_END = "va_end"  # (ap)
    ALLOCA = "alloca"  # (size) -> pointer; lives to the end of the function
    SETJMP = "setjmp"  # (jmp_buf pointer[, keep the signal mask]) -> i32; returns twice
    LONGJMP = "longjmp"  # (jmp_buf pointer, i32)
    TRAP = "trap"  # abnormal end
    UNREACHABLE = "unreachable"  # __builtin_unreachable: a fault when executed
    CLZ = "clz"
    CTZ = "ctz"
    POPCOUNT = "popcount"
    BSWAP = "bswap"
    ADD_OVERFLOW = "add_overflow"  # (a, b, pointer) -> bool, computed in infinite precision
    SUB_OVERFLOW = "sub_overflow"
    MUL_OVERFLOW = "mul_overflow"
    FRAME_ADDRESS = "frame_address"  # (depth) -> pointer
    RETURN_ADDRESS = "return_address"  # (depth) -> pointer
    OBJECT_SIZE = "object_size"  # (pointer, kind) -> u64
    ATOMIC_LOAD = "atomic_load"  # (pointer) -> value
    ATOMIC_STORE = "atomic_store"  # (pointer, value)
    ATOMIC_EXCHANGE = "atomic_exchange"  # (pointer, value) -> old
    ATOMIC_COMPARE_EXCHANGE = "atomic_compare_exchange"  # (ptr, expected ptr, desired) -> bool
    ATOMIC_ADD = "atomic_add"  # (pointer, value) -> old
    ATOMIC_SUB = "atomic_sub"
    ATOMIC_AND = "atomic_and"
    ATOMIC_OR = "atomic_or"
    ATOMIC_XOR = "atomic_xor"
    ATOMIC_NAND = "atomic_nand"
    FENCE = "fence"
    # Rust's. Pointers are to be aligned to the constant `align`.
    COPY = "copy"  # (to, from, bytes, align): all that is there, initialised or not
    COPY_APART = "copy_apart"  # the same; that they overlap is a fault
    FILL = "fill"  # (to, byte, bytes, align)
    SATURATING_ADD = "saturating_add"
    SATURATING_SUB = "saturating_sub"
    ROTATE_LEFT = "rotate_left"  # (value, u32)
    ROTATE_RIGHT = "rotate_right"
    BITREVERSE = "bitreverse"
    VTABLE_WORD = "vtable_word"  # (vtable as u64, constant number) -> u64
    PANIC = "panic"  # (payload pointer): unwinds
    CATCH = "catch"  # (body, data, handler): 1 if body(data) unwinds, after handler(data, payload)


@dataclass(frozen=True, slots=True)
class Goto:
    """Continue at `target`."""

    target: Block
    span: Span
    scope: Scope


@dataclass(frozen=True, slots=True)
class Switch:
    """Branch on an integer or bool `operand`: the first equal value's block, else `otherwise`."""

    operand: Operand
    targets: tuple[tuple[int, Block], ...]
    otherwise: Block
    span: Span
    scope: Scope


class CallSource(Enum):
    """What a call was written as."""

    WRITTEN = "written"
    OPERATOR = "operator"  # an overloaded operator: `+`, `==`, `[]`, `*`, `+=`, `!`
    FOR = "for"  # a `for` loop's `into_iter` and `next`
    TRY = "try"  # what `?` calls


@dataclass(frozen=True, slots=True)
class Call:
    """`destination = callee(arguments)`, then `target` (None: it does not return).

    `callee` is the symbol of a direct call, an operand (a function pointer) of an indirect one, or
    an intrinsic. With `slot` it is the address of a vtable (a u64), whose word of that
    number is called. `type` is the function type that the call was made with. Aggregates are
    passed by value. `unwind` is where a Rust panic goes. Before monomorphisation a direct call of
    Rust's has an `ItemConst` of an `FnDefType` as callee; `receiver_span` is a method's name and
    arguments (rustc's `fn_span`).
    """

    callee: Symbol | Operand | Intrinsic
    type: FunctionType
    arguments: tuple[Operand, ...]
    destination: Place | None
    target: Block | None
    span: Span
    scope: Scope
    unwind: Block | None = None
    receiver_span: Span | None = None
    source: CallSource = CallSource.WRITTEN
    slot: int | None = None


@dataclass(frozen=True, slots=True)
class Drop:
    """Run the destructor of `place`, then `target`.

    `replace`: an assignment follows in `target` and in `unwind`. Until drop elaboration it drops
    what is still initialised; afterwards it drops all of `place`.
    """

    place: Place
    target: Block
    span: Span
    scope: Scope
    unwind: Block | None = None
    replace: bool = False


class AssertKind(Enum):
    """What an assertion of Rust's checks; `Assert.operands` are what its message shows."""

    BOUNDS = "bounds"  # (length, index)
    OVERFLOW = "overflow"  # (left, right) of `Assert.op`; of a negation (operand,)
    DIVISION_BY_ZERO = "division_by_zero"  # (dividend,)
    REMAINDER_BY_ZERO = "remainder_by_zero"  # (dividend,)


@dataclass(frozen=True, slots=True)
class Assert:
    """Panic unless bool `operand` is `expected` (Rust)."""

    operand: Operand
    expected: bool
    kind: AssertKind
    operands: tuple[Operand, ...]
    target: Block
    span: Span
    scope: Scope
    unwind: Block | None = None
    op: "BinOp | UnOp | None" = None


@dataclass(frozen=True, slots=True)
class FalseEdge:
    """Goes to `target`; borrow checking holds that it may go to `imaginary` too (match arms)."""

    target: Block
    imaginary: Block
    span: Span
    scope: Scope


@dataclass(frozen=True, slots=True)
class FalseUnwind:
    """Goes to `target`; borrow checking holds that it may unwind (the head of a `loop`)."""

    target: Block
    span: Span
    scope: Scope
    unwind: Block | None = None


@dataclass(frozen=True, slots=True)
class IndirectGoto:
    """GNU computed goto: `operand` is a LabelConst's value, one of `targets`."""

    operand: Operand
    targets: tuple[Block, ...]
    span: Span
    scope: Scope


@dataclass(frozen=True, slots=True)
class Return:
    """Return the value of local `RETURN` (nothing, if that is void)."""

    span: Span
    scope: Scope


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Never executed."""

    span: Span
    scope: Scope


@dataclass(frozen=True, slots=True)
class Resume:
    """Continue unwinding in the caller."""

    span: Span
    scope: Scope


Terminator = (
    Goto
    | Switch
    | Call
    | Drop
    | IndirectGoto
    | Return
    | Unreachable
    | Resume
    | Assert
    | FalseEdge
    | FalseUnwind
)


# ---------------------------------------------------------------------------------------- bodies


class LocalKind(Enum):
    """What a local stands for."""

    RETURN = "return"
    ARGUMENT = "argument"
    VARIABLE = "variable"
    TEMPORARY = "temporary"


class BindingKind(Enum):
    """How a Rust variable came to be."""

    LET = "let"
    PATTERN = "pattern"  # in a match arm, `if let`, `for`
    PARAMETER = "parameter"
    SELF = "self"  # `self`, `mut self`, `self: T`
    SELF_REF = "&self"
    SELF_REF_MUT = "&mut self"


@dataclass(frozen=True, slots=True)
class Binding:
    """A Rust variable: `by_ref` for `ref x` and for what default binding modes made a reference.

    `type_span` is the type written (`let x: T`, a parameter's), `initialiser` the `let`'s value.
    `matched` is the expression that its pattern is matched against and `place` the place that was,
    unless the whole pattern is the variable. `guard` marks the reference that stands for the
    variable in the guard of its arm. `pattern` is the subpattern that binds it (`ref mut x`).
    """

    kind: BindingKind
    by_ref: bool = False
    type_span: Span | None = None
    initialiser: Span | None = None
    matched: Span | None = None
    place: Place | None = None
    guard: bool = False
    pattern: Span | None = None


@dataclass(frozen=True, slots=True)
class LocalDecl:
    """A local: its type, and for variables its name and where it was declared.

    `volatile` covers every access. `align` (bytes) is a requested alignment, 0 = natural.
    `binding` says how a Rust variable came to be, for the words of a finding.
    """

    type: Type
    kind: LocalKind
    span: Span
    name: str = ""
    mutable: bool = True
    volatile: bool = False
    align: int = 0
    binding: Binding | None = None


@dataclass(frozen=True, slots=True)
class ScopeDecl:
    """A lexical scope: its parent, and the text that it covers."""

    parent: Scope | None
    span: Span


@dataclass(frozen=True, slots=True)
class BasicBlock:
    """Statements in order, then one terminator."""

    statements: tuple[Statement, ...]
    terminator: Terminator


class Linkage(Enum):
    """Who can see a symbol."""

    INTERNAL = "internal"
    EXTERNAL = "external"
    WEAK = "weak"


@dataclass(slots=True, eq=False)
class GenericBody:
    """What Rust's bodies carry until monomorphisation.

    `definition` is the function, closure, constant or static; `signature` as its body sees it:
    regions not erased, late-bound ones free, a closure's self first. `answers` speak of types in
    its environment. `unsafe_blocks` are the spans of its unsafe blocks; `closures` the bodies of
    the closures in it, by definition; `promoted` those of the constants that were made of borrowed
    constant expressions: each is a `NamedConst` in this body.
    """

    definition: Definition
    signature: Signature
    answers: Answers
    captures: tuple[Capture, ...] = ()
    unsafe_blocks: tuple[Span, ...] = ()
    closures: "dict[Definition, Body]" = field(default_factory=dict)
    promoted: "dict[Definition, Body]" = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Body:
    """One function. `locals[0]` is the return value, then `argument_count` arguments.

    `name` is the link name, `display` the name that the user wrote.
    """

    name: Symbol
    display: str
    type: FunctionType
    locals: list[LocalDecl]
    argument_count: int
    blocks: list[BasicBlock]
    scopes: list[ScopeDecl]
    span: Span
    linkage: Linkage = Linkage.EXTERNAL
    attributes: frozenset[str] = frozenset()  # noreturn, constructor, noinline, shim...
    unit: int = 0  # which translation unit it came from
    generic: GenericBody | None = None


@dataclass(frozen=True, slots=True)
class Relocation:
    """At byte `offset` of a global's bytes stands the address of `symbol` plus `addend`.

    With `block` it is the address of that block of body `symbol`; with `minus` too, the difference
    of the two blocks' addresses. `width` is the number of bytes that it fills.
    """

    offset: int
    symbol: Symbol
    addend: int = 0
    block: Block | None = None
    minus: Block | None = None
    width: int = 8


@dataclass(frozen=True, slots=True)
class Global:
    """A static object of `size` bytes: those of `data`, then zeros. No `data`: declared elsewhere.

    String literals and function statics are globals too. `literal` marks string literals. The
    functions in a `vtable` are those that `Call.slot` numbers, and of no use to anything else.
    """

    name: Symbol
    display: str
    type: Type
    data: bytes | None
    span: Span
    relocations: tuple[Relocation, ...] = ()
    size: int = 0  # larger than the type's when a flexible array member is initialised
    align: int = 1
    constant: bool = False
    literal: bool = False
    thread_local: bool = False
    linkage: Linkage = Linkage.INTERNAL
    common: bool = False  # a tentative definition: gives way to another definition
    vtable: bool = False


@dataclass(frozen=True, slots=True)
class Extern:
    """A function that is declared and used but not defined in the program: libc's, or foreign."""

    name: Symbol
    type: FunctionType
    span: Span
    attributes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a function: `mir.link` replaces it by `target`."""

    name: Symbol
    target: Symbol
    span: Span
    linkage: Linkage = Linkage.EXTERNAL


@dataclass(slots=True)
class Program:
    """Everything that is linked together: one translation unit, or several.

    `linked` are functions of Rust's that another object defines, which codegen is told of.
    """

    bodies: dict[Symbol, Body] = field(default_factory=dict)
    globals: dict[Symbol, Global] = field(default_factory=dict)
    externs: dict[Symbol, Extern] = field(default_factory=dict)
    constructors: list[Symbol] = field(default_factory=list)
    destructors: list[Symbol] = field(default_factory=list)
    aliases: dict[Symbol, Alias] = field(default_factory=dict)
    linked: dict[Symbol, FunctionType] = field(default_factory=dict)
