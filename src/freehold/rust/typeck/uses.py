"""How a closure's body uses the variables from around it.

Walks the THIR of the body as written with captures still unknown, where foreign variables are
`Local`s of the writer's. Each use is of a place: a variable, then fields and dereferences; indexing
ends what can be captured apart.
"""

from collections.abc import Callable
from enum import IntEnum
from typing import Any

from freehold.mir.values import BorrowKind
from freehold.records import dataclass
from freehold.rust import thir
from freehold.rust.typeck.draft import LocalVar
from freehold.rust.typeck.writer import DEREF, Writer
from freehold.source import Span
from freehold.types import AdtKind, SliceType, Type
from freehold.types.generic import AdtType


class Use(IntEnum):
    """What is done with a place, weakest first."""

    SHARED = 0
    UNIQUE = 1
    MUT = 2
    MOVE = 3


@dataclass(frozen=True, slots=True)
class UsedPlace:
    """A place of an outer frame. `types[k]` is the type before projection k, the last the whole's.

    `names` are those of the projections: fields' names, "" for a dereference.
    """

    root: LocalVar
    projections: tuple[int, ...]
    types: tuple[Type, ...]
    names: tuple[str, ...]

    def truncated(self, length: int) -> "UsedPlace":
        """Return the place with its first `length` projections only."""
        if length >= len(self.projections):
            return self
        return UsedPlace(
            self.root,
            self.projections[:length],
            self.types[: length + 1],
            self.names[:length],
        )

    @property
    def type(self) -> Type:
        """The type of the place."""
        return self.types[-1]


Record = Callable[[UsedPlace, Use, Span], None]


class Uses:
    """Walks a body and records each use of a foreign place, in order."""

    __slots__ = ("_is_copy", "_record", "_writer")

    def __init__(self, writer: Writer, is_copy: Callable[[Type], bool], record: Record) -> None:
        """Look at what `writer` wrote."""
        self._writer = writer
        self._is_copy = is_copy
        self._record = record

    # ------------------------------------------------------------------------------- places

    def place(self, node: thir.Expr) -> tuple[UsedPlace, bool] | None:
        """Return the foreign place that `node` is in, and whether it is just that."""
        match node:
            case thir.Local():
                path = self._writer.foreign(node)
                if path is None:
                    return None
                return UsedPlace(path.root, (), (node.type,), ()), True
            case thir.Field(base, index, ty, _, name):
                return self._longer(base, index, ty, name or str(index))
            case thir.Deref(base, ty):
                return self._longer(base, DEREF, ty, "")
            case thir.Index(base):
                inner = self.place(base)
                return None if inner is None else (inner[0], False)
            case thir.Ascribed(operand):
                return self.place(operand)
            case _:
                return None

    def _longer(
        self, base: thir.Expr, projection: int, ty: Type, name: str
    ) -> tuple[UsedPlace, bool] | None:
        inner = self.place(base)
        if inner is None or not inner[1]:
            return inner
        found = inner[0]
        made = UsedPlace(
            found.root,
            (*found.projections, projection),
            (*found.types, ty),
            (*found.names, name),
        )
        return made, True

    def note(self, node: thir.Expr, use: Use, span: Span | None = None) -> None:
        """Record a use of the place `node`, if it is foreign."""
        found = self.place(node)
        if found is None:
            return
        place, exact = found
        if not exact and use is Use.MOVE:
            use = Use.SHARED  # out of an index nothing moves
        self._record(place, use, span or node.span)

    # ------------------------------------------------------------------------------- values

    def value(self, node: thir.Expr) -> None:
        """Walk an expression whose value is taken."""
        if isinstance(node, _PLACES):
            self.note(node, Use.SHARED if self._is_copy(node.type) else Use.MOVE)
            self.inside(node)
            return
        _VALUES[type(node)](self, node)

    def inside(self, node: thir.Expr) -> None:
        """Walk what is evaluated to reach a place."""
        match node:
            case thir.Field(base) | thir.Deref(base) | thir.Ascribed(base):
                self._base(base)
            case thir.Index(base, index):
                self._base(base)
                self.value(index)
            case thir.Local() | thir.Upvar() | thir.StaticItem():
                pass
            case _:
                self.value(node)

    def _base(self, base: thir.Expr) -> None:
        if isinstance(base, _PLACES):
            self.inside(base)
        else:
            self.value(base)

    def values(self, nodes: tuple[thir.Expr, ...]) -> None:
        """Walk several values."""
        for node in nodes:
            self.value(node)

    def borrow(self, node: thir.Expr, use: Use) -> None:
        """Walk a place that is borrowed or written."""
        self.note(node, use)
        self._base(node)

    # ----------------------------------------------------------------------------- matching

    def matched(self, subject: thir.Expr, patterns: tuple[thir.Pattern, ...]) -> None:
        """Walk a value that patterns look at: it is used as much as they need."""
        if not isinstance(subject, _PLACES):
            self.value(subject)
            return
        found = self.place(subject)
        if found is not None:
            needs = [use for each in patterns for use in self._needs(each)]
            # What no pattern looks at is not captured; without patterns it must not be there.
            if needs or not patterns:
                self.note(subject, max(needs, default=Use.SHARED))
        self.inside(subject)

    def _needs(  # noqa: PLR0911 (a case a line)
        self, pattern: thir.Pattern
    ) -> list[Use]:
        match pattern:
            case thir.BindPattern(_, by_ref, sub, ty):
                needs = [] if sub is None else self._needs(sub)
                if by_ref is None:
                    return [*needs, Use.SHARED if self._is_copy(ty) else Use.MOVE]
                return [*needs, Use.SHARED if by_ref is BorrowKind.SHARED else Use.MUT]
            case thir.DerefPattern(sub):
                return self._needs(sub)
            case thir.LeafPattern(fields):
                return [use for _, each in fields for use in self._needs(each)]
            case thir.VariantPattern(_, fields, ty):
                assert isinstance(ty, AdtType)
                needs = [use for _, each in fields for use in self._needs(each)]
                return [Use.SHARED, *needs] if len(ty.definition.variants) > 1 else needs
            case thir.SlicePattern(prefix, middle, suffix, _, ty):
                parts = (*prefix, *((middle,) if middle is not None else ()), *suffix)
                needs = [use for each in parts for use in self._needs(each)]
                return [Use.SHARED, *needs] if isinstance(ty, SliceType) else needs
            case thir.OrPattern(alternatives):
                return [use for each in alternatives for use in self._needs(each)]
            case thir.ConstPattern() | thir.RangePattern():
                return [Use.SHARED]
            case thir.WildPattern() | thir.NeverPattern():
                return []


_PLACES = (
    thir.Local,
    thir.Upvar,
    thir.Field,
    thir.Index,
    thir.Deref,
    thir.StaticItem,
    thir.Ascribed,
)

# ---------------------------------------------------------------------------------- by kind


def _nothing(_u: Uses, _node: thir.Expr) -> None:
    pass


_KINDS = {
    BorrowKind.SHARED: Use.SHARED,
    BorrowKind.FAKE: Use.SHARED,
    BorrowKind.UNIQUE: Use.UNIQUE,
    BorrowKind.MUT: Use.MUT,
    BorrowKind.TWO_PHASE: Use.MUT,
}


def _borrow(u: Uses, node: thir.Borrow) -> None:
    u.borrow(node.place, _KINDS[node.kind])


def _raw_borrow(u: Uses, node: thir.RawBorrow) -> None:
    u.borrow(node.place, Use.MUT if node.mutable else Use.SHARED)


def _assign(u: Uses, node: thir.Assign | thir.AssignOp) -> None:
    u.value(node.value)
    u.borrow(node.place, Use.MUT)


def _call(u: Uses, node: thir.Call) -> None:
    u.value(node.callee)
    u.values(node.arguments)


def _adt(u: Uses, node: thir.Adt) -> None:
    for _, each in node.fields:
        u.value(each)
    if node.base is not None:
        _base_of_adt(u, node, node.base)


def _base_of_adt(u: Uses, node: thir.Adt, base: thir.Expr) -> None:
    """The fields not given are taken from the base: a move if one of them is not Copy."""
    if not isinstance(base, _PLACES):
        u.value(base)
        return
    given = {at for at, _ in node.fields}
    left = [t for at, t in enumerate(u._writer.field_types(node.type)) if at not in given]
    moves = any(not u._is_copy(ty) for ty in left)
    u.borrow(base, Use.MOVE if moves else Use.SHARED)


def _block(u: Uses, node: thir.Block) -> None:
    for statement in node.statements:
        if isinstance(statement, thir.ExprStatement):
            _statement(u, statement.value)
        else:
            if statement.value is not None:
                u.matched(statement.value, (statement.pattern,))
            if statement.otherwise is not None:
                u.value(statement.otherwise)
    if node.value is not None:
        u.value(node.value)


def _statement(u: Uses, node: thir.Expr) -> None:
    u.value(node)


def _if(u: Uses, node: thir.If) -> None:
    u.value(node.condition)
    u.value(node.then)
    if node.otherwise is not None:
        u.value(node.otherwise)


def _match(u: Uses, node: thir.Match) -> None:
    u.matched(node.scrutinee, tuple(arm.pattern for arm in node.arms))
    for arm in node.arms:
        if arm.guard is not None:
            u.value(arm.guard)
        u.value(arm.body)


def _closure(u: Uses, node: thir.Closure) -> None:
    u.values(node.captures)


def _optional(u: Uses, node: thir.Break | thir.Return) -> None:
    if node.value is not None:
        u.value(node.value)


def _pair(u: Uses, node: thir.Binary | thir.Logical) -> None:
    u.value(node.left)
    u.value(node.right)


_VALUES: dict[type, Callable[[Uses, Any], None]] = {
    thir.Number: _nothing,
    thir.Float: _nothing,
    thir.String: _nothing,
    thir.Item: _nothing,
    thir.NamedConst: _nothing,
    thir.Continue: _nothing,
    thir.Borrow: _borrow,
    thir.RawBorrow: _raw_borrow,
    thir.Binary: _pair,
    thir.Logical: _pair,
    thir.Unary: lambda u, node: u.value(node.operand),
    thir.Cast: lambda u, node: u.value(node.operand),
    thir.Never: lambda u, node: u.value(node.operand),
    thir.Assign: _assign,
    thir.AssignOp: _assign,
    thir.Call: _call,
    thir.Adt: _adt,
    thir.Tuple: lambda u, node: u.values(node.elements),
    thir.Array: lambda u, node: u.values(node.elements),
    thir.Repeat: lambda u, node: u.value(node.element),
    thir.Closure: _closure,
    thir.Block: _block,
    thir.If: _if,
    thir.Let: lambda u, node: u.matched(node.value, (node.pattern,)),
    thir.Match: _match,
    thir.LoopExpr: lambda u, node: u.value(node.body),
    thir.Break: _optional,
    thir.Continue: _nothing,
    thir.Return: _optional,
}


def is_union(ty: Type) -> bool:
    """Tell whether a type is a union."""
    return isinstance(ty, AdtType) and ty.definition.kind is AdtKind.UNION
