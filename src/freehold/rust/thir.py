"""THIR: bodies after type checking, with every type known and every implicit step explicit.

`rust.typeck` makes it, `rust.build` turns it into MIR. Autoderef, autoref, coercions, overloaded
operators, method calls and default binding modes are all spelled out; there are no names left but
those of variables. Types have erased regions; only `user_type`s keep the regions as written.

An expression is a *place* (Variable, Upvar, Field, Index, Deref, StaticItem) or a value. `Scoped`
nodes are not needed: `rust.build` follows rustc's rules on temporaries from the shape of the tree
(statements, `let` initialisers with extended temporaries, conditions, arms, blocks).
"""

from enum import Enum
from typing import NewType

from freehold.mir.body import BindingKind
from freehold.mir.values import BinOp, BorrowKind, CastKind, UnOp
from freehold.records import dataclass, field
from freehold.source import Span
from freehold.types import Type
from freehold.types.generic import (
    AdtDef,
    Answers,
    ClosureDef,
    Const,
    Definition,
    GenericArg,
    Signature,
)

Variable = NewType("Variable", int)  # a local variable of the body, an index into Body.variables
Loop = NewType("Loop", int)  # a loop or labelled block of the body

# -------------------------------------------------------------------------------------- literals


@dataclass(frozen=True, slots=True, eq=False)
class Number:
    """An integer, bool, char or byte, already wrapped to its type."""

    value: int
    type: Type
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Float:
    """A floating-point literal: its exact text, without suffix and underscores."""

    text: str
    type: Type
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class String:
    """A string, byte string or C string literal: its bytes; the type says which it is."""

    data: bytes
    type: Type
    span: Span


# ---------------------------------------------------------------------------------- places


@dataclass(frozen=True, slots=True, eq=False)
class Local:
    """A variable of this body."""

    variable: Variable
    type: Type
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Upvar:
    """The captured place number `index` of this closure: the place itself, not the reference.

    `rust.build` goes through the closure's self and, for captures by reference, the reference.
    """

    index: int
    type: Type
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """`base.name`: field `index` of a struct, union or tuple place."""

    base: "Expr"
    index: int
    type: Type
    span: Span
    name: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """`base[index]` of an array or slice place, built in: index is a usize, bounds are checked."""

    base: "Expr"
    index: "Expr"
    type: Type
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Deref:
    """`*base` of a reference, raw pointer or Box, built in.

    An overloaded one is a Deref of a call of `deref` or `deref_mut`. `implicit`: by autoderef.
    """

    base: "Expr"
    type: Type
    span: Span
    implicit: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class StaticItem:
    """A static."""

    definition: Definition
    type: Type
    span: Span


# ------------------------------------------------------------------------------------ operations


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A function item, constructor, or unit struct or variant as a value (of an `FnDefType`)."""

    type: Type
    span: Span
    user_type: "UserType | None" = None


@dataclass(frozen=True, slots=True, eq=False)
class NamedConst:
    """A constant item, an associated constant or a constant parameter (`const` set)."""

    definition: Definition | None
    arguments: tuple[GenericArg, ...]
    type: Type
    span: Span
    const: Const | None = None
    user_type: "UserType | None" = None


@dataclass(frozen=True, slots=True, eq=False)
class Borrow:
    """`&place`, `&mut place`; TWO_PHASE for autoref of receivers and of compound assignments."""

    kind: BorrowKind
    place: "Expr"
    type: Type
    span: Span
    implicit: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class RawBorrow:
    """`&raw const place`, `&raw mut place`; also what `as *const T` of a reference makes."""

    place: "Expr"
    mutable: bool
    type: Type
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Binary:
    """A built-in binary operation on scalars (comparisons too), not lazy.

    Overflow, zero divisors and shift distances are checked where Rust's debug builds check them.
    """

    op: BinOp
    left: "Expr"
    right: "Expr"
    type: Type
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Logical:
    """`left && right` (`both`), or `left || right`."""

    both: bool
    left: "Expr"
    right: "Expr"
    type: Type
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Unary:
    """Built-in `-operand` or `!operand`."""

    op: UnOp
    operand: "Expr"
    type: Type
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Cast:
    """A conversion of values: `as`, or a coercion (`implicit`). NEVER_TO_ANY is `Never`."""

    kind: CastKind
    operand: "Expr"
    type: Type
    span: Span
    implicit: bool = False
    user_type: "UserType | None" = None


@dataclass(frozen=True, slots=True, eq=False)
class Never:
    """An operand of type `!`, standing for a value of any type."""

    operand: "Expr"
    type: Type
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Ascribed:
    """An operand (place or value) of which the user wrote the type."""

    operand: "Expr"
    user_type: "UserType"
    type: Type
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Assign:
    """`place = value` (drops the old value first)."""

    place: "Expr"
    value: "Expr"
    type: Type
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class AssignOp:
    """Built-in `place op= value`."""

    op: BinOp
    place: "Expr"
    value: "Expr"
    type: Type
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """A call of a function item, function pointer, method or (through Fn* traits) closure.

    `callee` is an `Item` for all that is known statically; methods have their receiver, already
    adjusted, as first argument. `operator` marks overloaded operators; `method_span` is a method
    call's `name(args)`, an overloaded index' `[index]`.
    """

    callee: "Expr"
    arguments: tuple["Expr", ...]
    type: Type
    span: Span
    operator: bool = False
    method_span: Span | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Adt:
    """`Name { fields, ..base }`, and calls of tuple constructors; `fields` in written order.

    `base_types` are the types of the fields taken from `base`, in order of declaration.
    """

    definition: AdtDef
    variant: int
    fields: tuple[tuple[int, "Expr"], ...]
    type: Type
    span: Span
    base: "Expr | None" = None
    user_type: "UserType | None" = None


@dataclass(frozen=True, slots=True, eq=False)
class Tuple:
    """`(a, b)`; () too."""

    elements: tuple["Expr", ...]
    type: Type
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Array:
    """`[a, b]`."""

    elements: tuple["Expr", ...]
    type: Type
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Repeat:
    """`[element; length]`."""

    element: "Expr"
    length: Const
    type: Type
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Closure:
    """A closure expression: its captures, in order, as expressions of the surrounding body.

    A capture by move is the place, by reference a `Borrow` of it. Its body is
    `Body.closures[definition]`.
    """

    definition: ClosureDef
    captures: tuple["Expr", ...]
    type: Type
    span: Span


# --------------------------------------------------------------------------------------- control


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """`{ statements; value }`. `label` if breaks may leave it. `unsafe` for unsafe blocks."""

    statements: tuple["Statement", ...]
    value: "Expr | None"
    type: Type
    span: Span
    label: Loop | None = None
    unsafe: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class If:
    """`if condition { then } else { otherwise }`; the condition may hold `Let`s under `&&`."""

    condition: "Expr"
    then: "Expr"
    otherwise: "Expr | None"
    type: Type
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Let:
    """`let pattern = value` inside a condition; a bool."""

    pattern: "Pattern"
    value: "Expr"
    type: Type
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Arm:
    """`pattern if guard => body`."""

    pattern: "Pattern"
    guard: "Expr | None"
    body: "Expr"
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """`match scrutinee { arms }`. `source` is "match", "for", "?" or "let else"."""

    scrutinee: "Expr"
    arms: tuple[Arm, ...]
    type: Type
    span: Span
    source: str = "match"


@dataclass(frozen=True, slots=True, eq=False)
class LoopExpr:
    """`loop { body }`; `while` and `for` are loops with a conditional break or a match."""

    label: Loop
    body: "Expr"
    type: Type
    span: Span
    source: str = "loop"


@dataclass(frozen=True, slots=True, eq=False)
class Break:
    """`break 'label value`."""

    label: Loop
    value: "Expr | None"
    type: Type
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Continue:
    """`continue 'label`."""

    label: Loop
    type: Type
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Return:
    """`return value`."""

    value: "Expr | None"
    type: Type
    span: Span


Expr = (
    Number
    | Float
    | String
    | Local
    | Upvar
    | Field
    | Index
    | Deref
    | StaticItem
    | Item
    | NamedConst
    | Borrow
    | RawBorrow
    | Binary
    | Logical
    | Unary
    | Cast
    | Never
    | Ascribed
    | Assign
    | AssignOp
    | Call
    | Adt
    | Tuple
    | Array
    | Repeat
    | Closure
    | Block
    | If
    | Let
    | Match
    | LoopExpr
    | Break
    | Continue
    | Return
)


@dataclass(frozen=True, slots=True, eq=False)
class LetStatement:
    """`let pattern: T = value else { otherwise };`."""

    pattern: "Pattern"
    value: Expr | None
    span: Span
    otherwise: Block | None = None
    user_type: "UserType | None" = None


@dataclass(frozen=True, slots=True, eq=False)
class ExprStatement:
    """`value;`: its temporaries end here."""

    value: Expr
    span: Span


Statement = LetStatement | ExprStatement


# -------------------------------------------------------------------------------------- patterns


@dataclass(frozen=True, slots=True, eq=False)
class WildPattern:
    """`_`, and `..` has been spelled out."""

    type: Type
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class BindPattern:
    """`x`, `mut x`, `ref x`, `x @ sub`. `by_ref` is None (by value), SHARED or MUT.

    The alternatives of an or-pattern share their variables. `type` is the type matched; the
    variable's own type is in `Body.variables`.
    """

    variable: Variable
    by_ref: BorrowKind | None
    sub: "Pattern | None"
    type: Type
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class DerefPattern:
    """`&p`, `&mut p`, a Box pattern, or the reference that a default binding mode looks through."""

    sub: "Pattern"
    type: Type
    span: Span
    implicit: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class ConstPattern:
    """A literal or constant: `value` is a Number, Float, String or NamedConst.

    `user_type` is the constant's type, if its path has arguments.
    """

    value: Expr
    type: Type
    span: Span
    user_type: "UserType | None" = None


@dataclass(frozen=True, slots=True, eq=False)
class RangePattern:
    """`low..=high`, `low..high`, `low..`; ends are Numbers or Floats, None is open."""

    low: Expr | None
    high: Expr | None
    inclusive: bool
    type: Type
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class LeafPattern:
    """A struct or tuple: patterns of some of its fields."""

    fields: tuple[tuple[int, "Pattern"], ...]
    type: Type
    span: Span
    user_type: "UserType | None" = None


@dataclass(frozen=True, slots=True, eq=False)
class VariantPattern:
    """Variant number `variant` of an enum."""

    variant: int
    fields: tuple[tuple[int, "Pattern"], ...]
    type: Type
    span: Span
    user_type: "UserType | None" = None


@dataclass(frozen=True, slots=True, eq=False)
class SlicePattern:
    """`[prefix.., middle @ .., suffix..]` of an array or slice; `middle` is None without a rest.

    `rest` tells `[a, b]` from `[a, .., b]`, whose middle is then wild.
    """

    prefix: tuple["Pattern", ...]
    middle: "Pattern | None"
    suffix: tuple["Pattern", ...]
    rest: bool
    type: Type
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class OrPattern:
    """`a | b`."""

    alternatives: tuple["Pattern", ...]
    type: Type
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class NeverPattern:
    """What had an error."""

    type: Type
    span: Span


Pattern = (
    WildPattern
    | BindPattern
    | DerefPattern
    | ConstPattern
    | RangePattern
    | LeafPattern
    | VariantPattern
    | SlicePattern
    | OrPattern
    | NeverPattern
)


# ---------------------------------------------------------------------------------------- bodies


@dataclass(frozen=True, slots=True)
class UserType:
    """A type that the user wrote, its regions kept: `_` and elided ones are erased.

    For a path to an item (`Vec::<&'a T>::new`) it is the item's type with the arguments written.
    """

    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class VariableDecl:
    """A local variable."""

    name: str
    type: Type
    mutable: bool
    span: Span
    kind: BindingKind
    by_ref: bool = False


@dataclass(frozen=True, slots=True)
class ParameterDecl:
    """A parameter of a function or closure: its pattern (None: an implicit self of a closure).

    `user_type` is what was written of a closure's; a function's signature says it all.
    """

    pattern: Pattern | None
    type: Type
    span: Span
    type_span: Span | None = None
    user_type: UserType | None = None


class BodyKind(Enum):
    """What a body belongs to."""

    FUNCTION = "function"
    CLOSURE = "closure"
    CONSTANT = "constant"
    STATIC = "static"


@dataclass(slots=True, eq=False)
class Body:
    """A function, closure, constant or static, type-checked.

    `signature` has its regions (late-bound ones free), a closure's erased where not written; for a
    constant it has no inputs. A closure's `parameters` do not include its self, which
    `closure_self` gives (`&C`, `&mut C` or `C`). `equality` is `PartialEq::eq`, which patterns that
    are strings or constants call. `result_type` is what was written of a closure's result.
    """

    kind: BodyKind
    definition: Definition
    signature: Signature
    parameters: tuple[ParameterDecl, ...]
    value: Expr
    variables: list[VariableDecl]
    answers: Answers
    span: Span
    closures: dict[ClosureDef, "Body"] = field(default_factory=dict)
    closure_self: Type | None = None
    equality: Definition | None = None
    result_type: UserType | None = None
