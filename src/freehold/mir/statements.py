"""MIR's statements and terminators: what a block does, and where it goes."""

from enum import Enum

from freehold.mir.values import (
    BinOp,
    Block,
    Local,
    Operand,
    Place,
    Rvalue,
    Scope,
    Symbol,
    UnOp,
)
from freehold.records import dataclass
from freehold.source import Span
from freehold.types import FunctionType, Type
from freehold.types.generic import Variance

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
    IN_BOUNDS = "in_bounds"  # (pointer, i64 bytes): all that it passes over is of its object
    INITIALISED = "initialised"  # (value): it is, but for padding
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
    arguments, an index' brackets (rustc's `fn_span`): panics name its start.
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
