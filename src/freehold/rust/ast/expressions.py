"""Expressions and blocks."""

from typing import TYPE_CHECKING

from freehold.rust.ast.base import Ident, Lifetime, Node, node
from freehold.rust.ast.formats import FormatArgs, OffsetOf
from freehold.rust.ast.literals import Literal
from freehold.rust.ast.paths import Attribute, LifetimeParam, MacroCall, Path, PathSegment
from freehold.rust.ast.patterns import Pattern
from freehold.rust.ast.types import TypeExpr
from freehold.source import Span

if TYPE_CHECKING:
    from freehold.rust.ast.items import Statement


@node
class PathExpr(Node):
    """A path as an expression: a local, a constant, a function, `Vec::<T>::new`."""

    path: Path


@node
class Unary(Node):
    """`-operand` or `!operand`."""

    op: str
    operand: "Expr"


@node
class Deref(Node):
    """`*operand`."""

    operand: "Expr"


@node
class Borrow(Node):
    """`&operand` or `&mut operand`."""

    mutable: bool
    operand: "Expr"


@node
class RawBorrow(Node):
    """`&raw const operand` or `&raw mut operand`; `addr_of!` expands to it."""

    mutable: bool
    operand: "Expr"


@node
class Binary(Node):
    """`left op right`: `+ - * / % & | ^ << >> == != < > <= >=`.

    Chains lean left and have no limit: whoever walks one must loop down `left`, not recurse.
    """

    op: str
    left: "Expr"
    right: "Expr"
    op_span: Span


@node
class Lazy(Node):
    """`left && right` or `left || right`; chains as in Binary."""

    op: str
    left: "Expr"
    right: "Expr"
    op_span: Span


@node
class Assign(Node):
    """`target = value`; the target may be a destructuring one."""

    target: "Expr"
    value: "Expr"
    op_span: Span


@node
class CompoundAssign(Node):
    """`target += value`; `op` is the operator without `=`."""

    op: str
    target: "Expr"
    value: "Expr"
    op_span: Span


@node
class Range(Node):
    """`a..b`, `a..=b`, `a..`, `..b`, `..=b`, `..`."""

    start: "Expr | None"
    end: "Expr | None"
    inclusive: bool


@node
class Cast(Node):
    """`operand as type`."""

    operand: "Expr"
    type: TypeExpr


@node
class Call(Node):
    """`function(arguments)`: also tuple structs and variants."""

    function: "Expr"
    arguments: "tuple[Expr, ...]"


@node
class MethodCall(Node):
    """`receiver.method::<T>(arguments)`. Chains have no limit: loop down `receiver`."""

    receiver: "Expr"
    method: PathSegment
    arguments: "tuple[Expr, ...]"


@node
class Field(Node):
    """`base.name`."""

    base: "Expr"
    ident: Ident


@node
class TupleField(Node):
    """`base.0`."""

    base: "Expr"
    index: int
    index_span: Span


@node
class Index(Node):
    """`base[index]`; `op_span` is that of `[index]`."""

    base: "Expr"
    index: "Expr"
    op_span: Span


@node
class Try(Node):
    """`operand?`."""

    operand: "Expr"


@node
class Await(Node):
    """`operand.await`."""

    operand: "Expr"


@node
class Let(Node):
    """`let pattern = scrutinee` in the condition of `if`, `while` or a match guard."""

    pattern: Pattern
    scrutinee: "Expr"


@node
class If(Node):
    """`if condition then else otherwise`; the condition may hold `Let` in a chain of `&&`.

    `otherwise` is an If or a BlockExpr. Rows of else-if have no limit: loop, do not recurse.
    """

    condition: "Expr"
    then: "Block"
    otherwise: "Expr | None"


@node
class Arm(Node):
    """`pattern if guard => body`."""

    attributes: tuple[Attribute, ...]
    pattern: Pattern
    guard: "Expr | None"
    body: "Expr"


@node
class Match(Node):
    """`match scrutinee { arms }`."""

    scrutinee: "Expr"
    arms: tuple[Arm, ...]


@node
class Loop(Node):
    """`'label: loop { }`."""

    label: Lifetime | None
    body: "Block"


@node
class While(Node):
    """`'label: while condition { }`; the condition may hold `Let`."""

    label: Lifetime | None
    condition: "Expr"
    body: "Block"


@node
class For(Node):
    """`'label: for pattern in iterable { }`."""

    label: Lifetime | None
    pattern: Pattern
    iterable: "Expr"
    body: "Block"


@node
class Block(Node):
    """`{ statements result }`: a scope. No expression itself: `BlockExpr` is.

    A braced macro call that ends the block is a MacroStatement still: expansion sets `result`.
    """

    statements: "tuple[Statement, ...]"
    result: "Expr | None"
    attributes: tuple[Attribute, ...] = ()


@node
class BlockExpr(Node):
    """`{ }`, `'label: { }` or `unsafe { }`."""

    block: Block
    label: Lifetime | None = None
    is_unsafe: bool = False


@node
class ConstBlock(Node):
    """`const { }`."""

    block: Block


@node
class AsyncBlock(Node):
    """`async move { }`."""

    is_move: bool
    block: Block


@node
class ClosureParam(Node):
    """A parameter of a closure."""

    attributes: tuple[Attribute, ...]
    pattern: Pattern
    type: TypeExpr | None


@node
class Closure(Node):
    """`for<'a> static async move |x: T| -> U body`. `head` is the span from `|` to the body."""

    lifetimes: tuple[LifetimeParam, ...]
    is_async: bool
    is_move: bool
    parameters: tuple[ClosureParam, ...]
    output: TypeExpr | None
    body: "Expr"
    head: Span


@node
class FieldInit(Node):
    """`name: value`, `0: value` or `name` (`shorthand`, a PathExpr)."""

    attributes: tuple[Attribute, ...]
    ident: Ident
    value: "Expr"
    shorthand: bool


@node
class StructLiteral(Node):
    """`Point { x: 1, ..base }`; `rest`: the span of a `..` with no base, in a destructuring."""

    path: Path
    fields: tuple[FieldInit, ...]
    base: "Expr | None"
    rest: Span | None = None


@node
class Array(Node):
    """`[a, b]`."""

    elements: "tuple[Expr, ...]"


@node
class Repeat(Node):
    """`[element; length]`."""

    element: "Expr"
    length: "Expr"


@node
class Tuple(Node):
    """`(a, b)`, `(a,)`, `()`."""

    elements: "tuple[Expr, ...]"


@node
class Paren(Node):
    """`(inner)`."""

    inner: "Expr"


@node
class Underscore(Node):
    """`_` as a target of a destructuring assignment."""


@node
class Return(Node):
    """`return value`."""

    value: "Expr | None"


@node
class Break(Node):
    """`break 'label value`."""

    label: Lifetime | None
    value: "Expr | None"


@node
class Continue(Node):
    """`continue 'label`."""

    label: Lifetime | None


@node
class MacroExpr(Node):
    """A macro call as an expression. Expansion leaves none."""

    call: MacroCall


@node
class Attributed(Node):
    """`#[attribute] expression`, wherever one may stand. Expansion leaves none."""

    attributes: tuple[Attribute, ...]
    inner: "Expr"


@node
class ErrorExpr(Node):
    """Where an expression should have been; the error is reported."""


Expr = (
    Literal
    | PathExpr
    | Unary
    | Deref
    | Borrow
    | RawBorrow
    | Binary
    | Lazy
    | Assign
    | CompoundAssign
    | Range
    | Cast
    | Call
    | MethodCall
    | Field
    | TupleField
    | Index
    | Try
    | Await
    | Let
    | If
    | Match
    | Loop
    | While
    | For
    | BlockExpr
    | ConstBlock
    | AsyncBlock
    | Closure
    | StructLiteral
    | Array
    | Repeat
    | Tuple
    | Paren
    | Underscore
    | Return
    | Break
    | Continue
    | MacroExpr
    | Attributed
    | ErrorExpr
    | FormatArgs
    | OffsetOf
)
