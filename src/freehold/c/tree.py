"""The typed tree of C: every name resolved, every conversion explicit, every constant folded.

`freehold.c.sema` makes it and `freehold.c.lower` turns it into MIR; neither looks further. The
lowering never inspects C's conversion rules: operands of `Arithmetic` already have the result's
type, an lvalue is read only through `Load`, arrays become pointers only through `Decay`.

Lvalue expressions: VariableRef, Deref, MemberOf (of an lvalue), ElementOf, StringRef,
CompoundLiteralRef, ComplexPart (of an lvalue). All others are values. `type` is the expression's C
type; values have no qualifiers.
"""

from enum import Enum

from freehold.c.ctype import Array, Function, QualType, RecordType
from freehold.mir.body import Linkage
from freehold.mir.statements import Intrinsic
from freehold.mir.values import BinOp, CastKind
from freehold.records import dataclass, field
from freehold.source import Span

# -------------------------------------------------------------------------------------- entities


class Storage(Enum):
    """Where a variable lives."""

    AUTO = "auto"
    PARAMETER = "parameter"
    STATIC = "static"  # file scope or function static
    EXTERN = "extern"
    THREAD = "thread"


@dataclass(eq=False, slots=True)
class Variable:
    """An object with a name. `symbol` is the link name of those with static storage.

    `address_taken` is set by sema when `&`, decay or a capture needs its memory. `extent` variables
    of VLAs are hidden AUTO variables named "". `vla_size` is, for a VLA, its size in bytes.
    `cleanup` is GNU's cleanup attribute.
    """

    name: str
    type: QualType
    storage: Storage
    span: Span
    symbol: str = ""
    linkage: Linkage = Linkage.INTERNAL
    align: int = 0
    address_taken: bool = False
    vla_size: "Expr | None" = None
    cleanup: "Function_ | None" = None
    initial: "StaticData | None" = None  # of a defined static; None = declared only (extern)
    defined: bool = False
    thread_local: bool = False
    constant: bool = False


@dataclass(eq=False, slots=True)
class Function_:  # `ctype.Function` is its type
    """A function: declared, and defined if `body` is set."""

    name: str
    type: Function
    span: Span
    symbol: str
    linkage: Linkage = Linkage.EXTERNAL
    parameters: list[Variable] = field(default_factory=list)
    body: "Block | None" = None
    attributes: frozenset[str] = frozenset()  # noreturn, returns_twice, constructor, destructor,
    #                                           weak, noinline, const, pure, format... (names only)
    alias: str = ""  # __attribute__((alias("...")))
    labels: "list[LabelTarget]" = field(default_factory=list)


@dataclass(eq=False, slots=True)
class LabelTarget:
    """A label of a function."""

    name: str
    span: Span
    address_taken: bool = False


@dataclass(frozen=True, slots=True)
class StaticRelocation:
    """The address of `target` plus `addend` stands at byte `offset`.

    A label difference (`&&a - &&b`) has `minus`.
    """

    offset: int
    target: "Variable | Function_ | StringLiteral | LabelTarget"
    addend: int = 0
    minus: "LabelTarget | None" = None
    width: int = 8


@dataclass(frozen=True, slots=True)
class StaticData:
    """Bytes of a static object, with relocations; the size may exceed the type's (flexible)."""

    data: bytes
    relocations: tuple[StaticRelocation, ...] = ()


@dataclass(eq=False, slots=True)
class StringLiteral:
    """The array object of one string literal, terminator included; `width` bytes a character."""

    data: bytes
    type: QualType
    span: Span
    width: int = 1


# ----------------------------------------------------------------------------------- expressions


@dataclass(frozen=True, slots=True, eq=False)
class Typed:
    """Anything with a type and a place."""

    type: QualType
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class IntValue(Typed):
    """An integer constant (also _Bool, enum), wrapped to its type; of pointer type: its address.

    The null pointer is the IntValue 0 of a pointer type.
    """

    value: int


@dataclass(frozen=True, slots=True, eq=False)
class FloatValue(Typed):
    """A floating constant, as an exact spelling that MIR's FloatConst takes."""

    text: str


@dataclass(frozen=True, slots=True, eq=False)
class VariableRef(Typed):
    """Lvalue: a variable."""

    variable: Variable


@dataclass(frozen=True, slots=True, eq=False)
class StringRef(Typed):
    """Lvalue: a string literal's array."""

    literal: StringLiteral


@dataclass(frozen=True, slots=True, eq=False)
class CompoundLiteralRef(Typed):
    """Lvalue: an unnamed object, initialised each time that it is evaluated.

    At file scope sema makes a static Variable instead.
    """

    variable: Variable
    initializer: "Initial"


@dataclass(frozen=True, slots=True, eq=False)
class Deref(Typed):
    """Lvalue: what `pointer` points to (also a function designator, if of function type)."""

    pointer: "Expr"


@dataclass(frozen=True, slots=True, eq=False)
class MemberOf(Typed):
    """Member number `index` of `base`: an lvalue if base is one, else a value.

    Members of anonymous members are reached through one MemberOf each.
    """

    base: "Expr"
    record: RecordType
    index: int


@dataclass(frozen=True, slots=True, eq=False)
class ElementOf(Typed):
    """Lvalue: `array[index]` where `array` is an array lvalue: the array's bounds apply.

    `index` has type long or unsigned long. Not used for VLAs, whose indexing is PointerAdd.
    """

    array: "Expr"
    index: "Expr"


@dataclass(frozen=True, slots=True, eq=False)
class ComplexPart(Typed):
    """`__real__` or `__imag__` of a complex lvalue or value."""

    base: "Expr"
    imaginary: bool


@dataclass(frozen=True, slots=True, eq=False)
class FunctionRef(Typed):
    """The address of a function (its type is a pointer to function)."""

    function: Function_


@dataclass(frozen=True, slots=True, eq=False)
class LabelRef(Typed):
    """GNU `&&label`, a `void *`."""

    label: LabelTarget


@dataclass(frozen=True, slots=True, eq=False)
class Load(Typed):
    """The value of an lvalue (lvalue conversion)."""

    place: "Expr"


@dataclass(frozen=True, slots=True, eq=False)
class Decay(Typed):
    """A pointer to the first element of an array lvalue."""

    array: "Expr"


@dataclass(frozen=True, slots=True, eq=False)
class AddressOf(Typed):
    """`&place`."""

    place: "Expr"


@dataclass(frozen=True, slots=True, eq=False)
class Arithmetic(Typed):
    """`left op right` on values of one arithmetic type (shifts: the left's type is the result's).

    `op` is ADD..SHR. Integer overflow is undefined if the type is signed.
    """

    op: BinOp
    left: "Expr"
    right: "Expr"


@dataclass(frozen=True, slots=True, eq=False)
class Compare(Typed):
    """EQ..GE on two values of one arithmetic or pointer type; the result has type int."""

    op: BinOp
    left: "Expr"
    right: "Expr"


@dataclass(frozen=True, slots=True, eq=False)
class PointerAdd(Typed):
    """`pointer + index` elements (`-` if `subtract`); `index` is long or unsigned long.

    `scale` (size_t, bytes) is given if the element's size is not constant.
    """

    pointer: "Expr"
    index: "Expr"
    subtract: bool = False
    scale: "Expr | None" = None


@dataclass(frozen=True, slots=True, eq=False)
class PointerDifference(Typed):
    """`left - right` in elements, of type long; `scale` as in PointerAdd."""

    left: "Expr"
    right: "Expr"
    scale: "Expr | None" = None


@dataclass(frozen=True, slots=True, eq=False)
class Negate(Typed):
    """`-operand`, of the operand's type."""

    operand: "Expr"


@dataclass(frozen=True, slots=True, eq=False)
class Complement(Typed):
    """`~operand` (conjugate, of a complex value)."""

    operand: "Expr"


@dataclass(frozen=True, slots=True, eq=False)
class LogicalNot(Typed):
    """`!operand` of any scalar; the result has type int."""

    operand: "Expr"


@dataclass(frozen=True, slots=True, eq=False)
class Logical(Typed):
    """`&&` or `||` of scalars, with short circuit; the result has type int."""

    is_and: bool
    left: "Expr"
    right: "Expr"


@dataclass(frozen=True, slots=True, eq=False)
class Conditional(Typed):
    """`condition ? then : otherwise`, both already of the result's type (or void)."""

    condition: "Expr"
    then: "Expr"
    otherwise: "Expr"


@dataclass(frozen=True, slots=True, eq=False)
class Elvis(Typed):
    """GNU `condition ?: otherwise`: `value` is the condition's value (a Hole of its type, once

    evaluated) converted to the result's type.
    """

    condition: "Expr"
    hole: "Hole"
    value: "Expr"
    otherwise: "Expr"


@dataclass(frozen=True, slots=True, eq=False)
class Hole(Typed):
    """A value that the enclosing node has computed: see Elvis and CompoundAssign."""


@dataclass(frozen=True, slots=True, eq=False)
class Sequence(Typed):
    """`left, right`."""

    left: "Expr"
    right: "Expr"


@dataclass(frozen=True, slots=True, eq=False)
class Store(Typed):
    """`target = value`; value has target's unqualified type. The value is what was stored.

    (For a bit-field: truncated to its width.) Aggregates too.
    """

    target: "Expr"
    value: "Expr"


@dataclass(frozen=True, slots=True, eq=False)
class CompoundAssign(Typed):
    """`target op= value`, `++target` and `target++`.

    The target is located once. `hole` stands for its old value (its unqualified type); `value`
    computes the new one from it, already converted to the target's type. The result is the new
    value, or the old one if `post`.
    """

    target: "Expr"
    hole: Hole
    value: "Expr"
    post: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Convert(Typed):
    """A conversion of a scalar value, implicit or cast; `kind` as MIR has it."""

    kind: CastKind
    operand: "Expr"


@dataclass(frozen=True, slots=True, eq=False)
class Discard(Typed):
    """`(void) operand`: evaluated for its effects; not a read of its value."""

    operand: "Expr"


@dataclass(frozen=True, slots=True, eq=False)
class Call(Typed):
    """A call. `callee` is a Function_ when the name is known, else a pointer value.

    Arguments are converted (default promotions past the prototype).
    """

    callee: "Function_ | Expr"
    function_type: Function
    arguments: "tuple[Expr, ...]"


@dataclass(frozen=True, slots=True, eq=False)
class IntrinsicCall(Typed):
    """A builtin that codegen makes in place. VA_ARG's `type` is the type asked for."""

    intrinsic: Intrinsic
    arguments: "tuple[Expr, ...]"


@dataclass(frozen=True, slots=True, eq=False)
class BlockExpr(Typed):
    """GNU `({ ... })`: the value of the last expression statement, if it has one."""

    block: "Block"
    result: "Expr | None"


Expr = (
    IntValue
    | FloatValue
    | VariableRef
    | StringRef
    | CompoundLiteralRef
    | Deref
    | MemberOf
    | ElementOf
    | ComplexPart
    | FunctionRef
    | LabelRef
    | Load
    | Decay
    | AddressOf
    | Arithmetic
    | Compare
    | PointerAdd
    | PointerDifference
    | Negate
    | Complement
    | LogicalNot
    | Logical
    | Conditional
    | Elvis
    | Hole
    | Sequence
    | Store
    | CompoundAssign
    | Convert
    | Discard
    | Call
    | IntrinsicCall
    | BlockExpr
)


# --------------------------------------------------------------------------------- initialisers


@dataclass(frozen=True, slots=True)
class InitStep:
    """One step of a path into an aggregate: a member of a record, or an element of an array."""

    container: "RecordType | Array"
    index: int


@dataclass(frozen=True, slots=True)
class InitStore:
    """`object.path = value`. `last` repeats it for the elements up to that index (GNU ranges).

    A string literal initialising a char array is a `value` of array type (StringRef), whose bytes
    are copied and cut or zero-filled to the target's size.
    """

    path: tuple[InitStep, ...]
    value: Expr
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Initial:
    """How an automatic object begins: zero-filled first if `zero`, then the stores, in order.

    A scalar or whole-struct initialiser is one InitStore with an empty path.
    """

    zero: bool
    stores: tuple[InitStore, ...]


# ------------------------------------------------------------------------------------ statements


@dataclass(frozen=True, slots=True, eq=False)
class Statement_:
    """Anything that is executed and has a place."""

    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Block(Statement_):
    """A scope: its automatic variables (live from its start, or from their VLA declaration).

    `end` is the span of the closing brace, where they end. `labels` are those declared inside it.
    """

    variables: tuple[Variable, ...]
    body: "tuple[Statement, ...]"
    end: Span


@dataclass(frozen=True, slots=True, eq=False)
class Declare(Statement_):
    """Execution reaches the declaration of an automatic variable: it is uninitialised, or

    initialised. A VLA begins to exist here.
    """

    variable: Variable
    initial: Initial | None


@dataclass(frozen=True, slots=True, eq=False)
class SetExtent(Statement_):
    """Evaluate the element count of a variably modified type into its hidden variable.

    A count that is not positive is a fault.
    """

    variable: Variable
    value: Expr


@dataclass(frozen=True, slots=True, eq=False)
class Evaluate(Statement_):
    """An expression statement."""

    expr: Expr


@dataclass(frozen=True, slots=True, eq=False)
class If(Statement_):
    """`if`; the condition is any scalar."""

    condition: Expr
    then: "Statement"
    otherwise: "Statement | None"


@dataclass(frozen=True, slots=True, eq=False)
class Loop(Statement_):
    """`while`, `do` (`test_last`) and `for` (with `step`); condition None is true.

    The init part of a `for` stands before it in an enclosing Block.
    """

    condition: Expr | None
    body: "Statement"
    step: Expr | None = None
    test_last: bool = False


@dataclass(eq=False, slots=True)
class CaseTarget:
    """A case label: values low..high; low None is `default`."""

    low: int | None
    high: int | None
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Switch(Statement_):
    """`switch` on a promoted integer value; the cases' CaseLabel statements are in `body`."""

    value: Expr
    cases: tuple[CaseTarget, ...]
    body: "Statement"


@dataclass(frozen=True, slots=True, eq=False)
class CaseLabel(Statement_):
    """The place that `target` marks (the labelled statement follows it)."""

    target: CaseTarget


@dataclass(frozen=True, slots=True, eq=False)
class LabelMark(Statement_):
    """The place that a label marks."""

    label: LabelTarget


@dataclass(frozen=True, slots=True, eq=False)
class Jump(Statement_):
    """`goto label`."""

    label: LabelTarget


@dataclass(frozen=True, slots=True, eq=False)
class ComputedJump(Statement_):
    """GNU `goto *target`."""

    target: Expr


@dataclass(frozen=True, slots=True, eq=False)
class Break(Statement_):
    """Leave the innermost loop or switch."""


@dataclass(frozen=True, slots=True, eq=False)
class Continue(Statement_):
    """Continue the innermost loop."""


@dataclass(frozen=True, slots=True, eq=False)
class Return(Statement_):
    """`return value;`, converted to the function's result type."""

    value: Expr | None


@dataclass(frozen=True, slots=True, eq=False)
class CompilerBarrier(Statement_):
    """`asm volatile("" ::: "memory")`."""


Statement = (
    Block
    | Declare
    | SetExtent
    | Evaluate
    | If
    | Loop
    | Switch
    | CaseLabel
    | LabelMark
    | Jump
    | ComputedJump
    | Break
    | Continue
    | Return
    | CompilerBarrier
)


@dataclass(eq=False, slots=True)
class TranslationUnit:
    """What sema made of one source: entities in order of first declaration."""

    functions: list[Function_]
    variables: list[Variable]  # static storage, function statics included
    strings: list[StringLiteral]
    records: list[RecordType] = field(default_factory=list)  # those that were completed
    typedefs: dict[str, QualType] = field(default_factory=dict)  # of file scope
