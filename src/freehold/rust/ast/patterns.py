"""Patterns."""

from typing import TYPE_CHECKING

from freehold.rust.ast.base import Ident, Node, node
from freehold.rust.ast.paths import Attribute, MacroCall, Path
from freehold.source import Span

if TYPE_CHECKING:
    from freehold.rust.ast.expressions import Block, Expr, Unary
    from freehold.rust.ast.literals import Literal


@node
class WildPattern(Node):
    """`_`."""


@node
class RestPattern(Node):
    """`..` in a tuple, tuple struct or slice pattern; parsed anywhere."""


@node
class IdentPattern(Node):
    """`ref mut name @ sub`. A lone name may turn out to be a constant, unit struct or variant."""

    by_ref: bool
    mutable: bool
    ident: Ident
    sub: "Pattern | None" = None


@node
class LiteralPattern(Node):
    """A literal, or `-` and a number (a Unary)."""

    value: "Literal | Unary"


@node
class RangePattern(Node):
    """`low..=high`, `low..high`, `low..`, `..=high`, `..high`.

    Bounds are literals, negated literals or PathExpr. `legacy`: spelt `...`, which
    edition 2021 refuses.
    """

    low: "Expr | None"
    high: "Expr | None"
    inclusive: bool
    legacy: bool = False


@node
class RefPattern(Node):
    """`&pattern` or `&mut pattern`."""

    mutable: bool
    inner: "Pattern"


@node
class TuplePattern(Node):
    """`(a, b)`, `(a,)`, `()`, `(a, ..)`, `(..)`."""

    elements: "tuple[Pattern, ...]"


@node
class ParenPattern(Node):
    """`(pattern)`."""

    inner: "Pattern"


@node
class PathPattern(Node):
    """A path of several segments, or qualified: a constant, unit struct or variant."""

    path: Path


@node
class TupleStructPattern(Node):
    """`Some(x)`."""

    path: Path
    elements: "tuple[Pattern, ...]"


@node
class FieldPattern(Node):
    """`name: pattern`, `0: pattern`, or `ref mut name` (`shorthand`, an IdentPattern)."""

    attributes: tuple[Attribute, ...]
    ident: Ident
    pattern: "Pattern"
    shorthand: bool


@node
class StructPattern(Node):
    """`Point { x, y: 0, .. }`; `rest` is the span of `..`."""

    path: Path
    fields: tuple[FieldPattern, ...]
    rest: Span | None


@node
class OrPattern(Node):
    """`a | b`, of two alternatives or more."""

    alternatives: "tuple[Pattern, ...]"


@node
class SlicePattern(Node):
    """`[first, .., last]`, `[head, rest @ ..]`."""

    elements: "tuple[Pattern, ...]"


@node
class ConstPattern(Node):
    """`const { ... }`."""

    block: "Block"


@node
class BoxPattern(Node):
    """`box pattern`: never stable, so past parsing it is an error."""

    inner: "Pattern"


@node
class MacroPattern(Node):
    """A macro call as a pattern. Expansion leaves none."""

    call: MacroCall


@node
class ErrorPattern(Node):
    """Where a pattern should have been; the error is reported."""


Pattern = (
    WildPattern
    | RestPattern
    | IdentPattern
    | LiteralPattern
    | RangePattern
    | RefPattern
    | TuplePattern
    | ParenPattern
    | PathPattern
    | TupleStructPattern
    | StructPattern
    | OrPattern
    | SlicePattern
    | ConstPattern
    | BoxPattern
    | MacroPattern
    | ErrorPattern
)
