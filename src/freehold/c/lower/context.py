"""The state of lowering: of a unit (types, symbols in use) and of one function.

How each kind of node is lowered stands in tables (`Rules`) which `lower.rules` fills; so the
modules of this package need not know each other. An *operand* may be a lazy read, `Copy` of the
user's own memory: it must be consumed before anything that could change it is emitted. Where two
operands are evaluated in a row, the first is guarded by `mark` and `settle`.
"""

from collections.abc import Callable
from typing import Any

from freehold.c import tree
from freehold.c.ctype import CType, Function, QualType
from freehold.c.lower.scopes import CScope, Jump, LabelPlace
from freehold.c.lowertype import lower_type
from freehold.diagnostics import Diagnostic
from freehold.mir.body import Global, LocalKind
from freehold.mir.build import BodyBuilder, Position
from freehold.mir.statements import Assign, Call, Goto, Intrinsic, Switch
from freehold.mir.values import (
    Block,
    Copy,
    Deref,
    Index,
    Local,
    Operand,
    Place,
    RawPointer,
    Rvalue,
    Scope,
    Symbol,
    Use,
)
from freehold.records import dataclass, field
from freehold.source import Span
from freehold.types import FunctionType, PointerType, Type

DEREF = Deref()


class Unsupported(Exception):
    """A construct that lowering does not know; it becomes a diagnostic at `span`."""

    def __init__(self, what: str, span: Span) -> None:
        super().__init__(what)
        self.what = what
        self.span = span


@dataclass(slots=True)
class UnitContext:
    """What the functions of one unit share. Types are interned: equal ones are one object."""

    stem: str = ""
    literals: dict[int, Symbol] = field(default_factory=dict)
    functions: dict[int, tree.Function_] = field(default_factory=dict)  # used, by id
    variables: dict[int, tree.Variable] = field(default_factory=dict)  # used externs, by id
    pool: dict[tuple[bytes, Type, tuple[Any, ...]], Global] = field(default_factory=dict)
    labels: dict[int, tuple[Symbol, Block]] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    _types: dict[int, tuple[Type, CType]] = field(default_factory=dict)
    _interned: dict[Type, Type] = field(default_factory=dict)

    def type_of(self, ty: CType) -> Type:
        """Return the lowered form of `ty`."""
        known = self._types.get(id(ty))
        if known is None:
            lowered = lower_type(ty)
            lowered = self._interned.setdefault(lowered, lowered)
            # The C type is kept, so that its id stays its own.
            known = self._types[id(ty)] = (lowered, ty)
        return known[0]

    def function_type(self, ty: Function) -> FunctionType:
        """Return the lowered form of a function type."""
        lowered = self.type_of(ty)
        assert isinstance(lowered, FunctionType)
        return lowered

    def intern(self, ty: Type) -> Type:
        """Return the one object that stands for types equal to `ty`."""
        return self._interned.setdefault(ty, ty)


@dataclass(frozen=True, slots=True)
class Rules:
    """How to lower each kind of node. A value expression is in `operand` or in `rvalue`.

    `into`, `effect` and `branch` hold the kinds that have a better way than by their value.
    """

    operand: dict[type, Callable[["Lowering", Any], Operand]]
    rvalue: dict[type, Callable[["Lowering", Any], Rvalue]]
    into: dict[type, Callable[["Lowering", Place, Any], None]]
    effect: dict[type, Callable[["Lowering", Any], None]]
    branch: dict[type, Callable[["Lowering", Any, Block, Block], None]]
    place: Callable[["Lowering", tree.Expr], Place]
    statement: dict[type, Callable[["Lowering", Any], None]]
    initialise: Callable[["Lowering", Place, QualType, tree.Initial], None]
    body: Callable[["Lowering", tree.Block], None]


Mark = tuple[Position, int, int]


class Lowering:
    """One function being lowered."""

    __slots__ = (
        "_assigned",
        "_stores",
        "break_to",
        "builder",
        "cases",
        "continue_to",
        "entered_blocks",
        "escaping",
        "function",
        "jumps",
        "known",
        "labels",
        "pinned_blocks",
        "places",
        "returns_twice",
        "rules",
        "scope",
        "unit",
    )

    def __init__(
        self, unit: UnitContext, rules: Rules, function: tree.Function_, builder: BodyBuilder
    ) -> None:
        self.unit = unit
        self.rules = rules
        self.function = function
        self.builder = builder
        self.scope = CScope(None, Scope(0), function.span)
        self.places: dict[int, Place] = {}  # of variables, by id
        self.escaping: set[Local] = set()
        self.known: dict[int, Operand] = {}  # values computed already, by their node's id
        self.labels: dict[int, LabelPlace] = {}
        self.jumps: list[Jump] = []
        self.cases: dict[int, LabelPlace] = {}
        self.break_to: tuple[Block, CScope] | None = None
        self.continue_to: tuple[Block, CScope] | None = None
        self.returns_twice = False
        self.entered_blocks: set[int] = set()  # by id: those that a goto or case may enter
        self.pinned_blocks: set[int] = set()  # and those that a computed goto may enter
        self._stores = 0  # stores to memory, and calls, so far
        self._assigned: list[Local] = []  # locals assigned so far

    # ------------------------------------------------------------------------------ types, temps

    def type_of(self, ty: QualType) -> Type:
        """Return the lowered form of `ty`."""
        return self.unit.type_of(ty.type)

    def pointer_to(self, ty: Type) -> Type:
        """Return the type of C pointers to `ty`."""
        return self.unit.intern(PointerType(ty))

    def hold(self, rvalue: Rvalue, ty: Type, span: Span) -> Copy:
        """Put `rvalue` into a new temporary."""
        place = Place(self.builder.temporary(ty, span))
        self.builder.push(Assign(place, rvalue, span, self.scope.scope))
        return Copy(place)

    def address(self, place: Place, ty: Type, span: Span) -> Copy:
        """Put the address of `place`, a pointer of type `ty`, into a new temporary."""
        return self.hold(RawPointer(place), ty, span)

    def is_stable(self, operand: Operand) -> bool:
        """Say whether nothing that is emitted later can change what `operand` reads."""
        if type(operand) is not Copy:
            return True
        place = operand.place
        base = place.base
        if not isinstance(base, int) or (place.projections and place.projections[0] is DEREF):
            return False
        return self.is_temporary(base) and base not in self.escaping

    def is_temporary(self, local: Local) -> bool:
        """Say whether `local` is a temporary, which has no storage of its own to begin or end."""
        return self.builder.locals[local].kind is LocalKind.TEMPORARY

    def stable(self, operand: Operand, ty: Type, span: Span) -> Operand:
        """Return `operand`, or a temporary that has its value now."""
        return operand if self.is_stable(operand) else self.hold(Use(operand), ty, span)

    # ------------------------------------------------------------------------------ the order

    def mark(self) -> Mark:
        """Return the present point, for `settle`."""
        return self.builder.here(), self._stores, len(self._assigned)

    def settle(self, operand: Operand, mark: Mark, ty: Type, span: Span) -> Operand:
        """Return `operand` as it was at `mark`: read there, if something may have changed it."""
        if type(operand) is not Copy or not self._changed(operand.place, mark):
            return operand
        place = Place(self.builder.temporary(ty, span))
        self.builder.insert(mark[0], Assign(place, Use(operand), span, self.scope.scope))
        return Copy(place)

    def settle_rvalue(self, rvalue: Rvalue, mark: Mark, ty: Type, span: Span) -> Rvalue:
        """Return `rvalue` as it was at `mark`."""
        if type(rvalue) is Use:
            operand = self.settle(rvalue.operand, mark, ty, span)
            return rvalue if operand is rvalue.operand else Use(operand)
        if mark[1] == self._stores and mark[2] == len(self._assigned):
            return rvalue
        place = Place(self.builder.temporary(ty, span))
        self.builder.insert(mark[0], Assign(place, rvalue, span, self.scope.scope))
        return Use(Copy(place))

    def _changed(self, place: Place, mark: Mark) -> bool:
        _, stores, assigned = mark
        base = place.base
        if stores != self._stores and self._is_memory(place):
            return True
        recent = self._assigned[assigned:]
        return bool(recent) and (
            base in recent or any(type(p) is Index and p.local in recent for p in place.projections)
        )

    def _is_memory(self, place: Place) -> bool:
        projections = place.projections
        return (
            not isinstance(place.base, int)
            or (bool(projections) and projections[0] is DEREF)
            or place.base in self.escaping
        )

    def note_store(self, place: Place) -> None:
        """Remember that `place` is being changed."""
        if isinstance(place.base, int) and not (
            place.projections and place.projections[0] is DEREF
        ):
            self._assigned.append(place.base)
            if place.base in self.escaping:
                self._stores += 1
        else:
            self._stores += 1

    def note_call(self) -> None:
        """Remember that anything in memory may have changed."""
        self._stores += 1

    # ------------------------------------------------------------------------------ emitting

    def assign(self, place: Place, rvalue: Rvalue, span: Span) -> None:
        """Emit `place = rvalue`."""
        self.note_store(place)
        self.builder.push(Assign(place, rvalue, span, self.scope.scope))

    def goto(self, target: Block, span: Span) -> None:
        """End the block with a jump."""
        self.builder.terminate(Goto(target, span, self.scope.scope))

    def enter(self, block: Block, span: Span) -> None:
        """Continue in `block`; control falls into it from where it is."""
        self.goto(block, span)
        self.builder.enter(block)

    def switch(self, operand: Operand, then: Block, otherwise: Block, span: Span) -> None:
        """Branch to `then` if `operand`, an integer or a bool, is not zero."""
        self.builder.terminate(Switch(operand, ((0, otherwise),), then, span, self.scope.scope))

    def call(
        self,
        callee: Symbol | Operand | Intrinsic,
        ty: FunctionType,
        arguments: tuple[Operand, ...],
        destination: Place | None,
        span: Span,
        *,
        returns: bool = True,
    ) -> None:
        """Emit a call, and continue after it; where it does not return, control ends."""
        self.note_call()
        if destination is not None:
            self.note_store(destination)
        target = self.builder.block() if returns else None
        self.builder.terminate(
            Call(callee, ty, arguments, destination, target, span, self.scope.scope)
        )
        if target is not None:
            self.builder.enter(target)

    # ------------------------------------------------------------------------------ the rules

    def operand(self, expr: tree.Expr) -> Operand:
        """Lower the value of `expr` to an operand, which may be a lazy read."""
        if self.known:
            known = self.known.get(id(expr))
            if known is not None:
                return known
        rule = self.rules.operand.get(type(expr))
        if rule is not None:
            return rule(self, expr)
        rvalue = self.rules.rvalue[type(expr)](self, expr)
        if type(rvalue) is Use:
            return rvalue.operand
        return self.hold(rvalue, self.unit.type_of(expr.type.type), expr.span)

    def rvalue(self, expr: tree.Expr) -> Rvalue:
        """Lower the value of `expr` to an rvalue, to be used at once."""
        rule = self.rules.rvalue.get(type(expr))
        return Use(self.operand(expr)) if rule is None else rule(self, expr)

    def operands(self, left: tree.Expr, right: tree.Expr) -> tuple[Operand, Operand]:
        """Lower two values, left to right."""
        first = self.operand(left)
        if type(first) is not Copy:
            return first, self.operand(right)
        mark = self.mark()
        second = self.operand(right)
        return self.settle(first, mark, self.type_of(left.type), left.span), second

    def into(self, place: Place, expr: tree.Expr, span: Span) -> None:
        """Lower the value of `expr` into `place`."""
        rule = self.rules.into.get(type(expr))
        if rule is None:
            self.assign(place, self.rvalue(expr), span)
        else:
            rule(self, place, expr)

    def effect(self, expr: tree.Expr) -> None:
        """Lower `expr` for its effects alone."""
        rule = self.rules.effect.get(type(expr))
        if rule is None:
            self.operand(expr)
        else:
            rule(self, expr)

    def branch(self, expr: tree.Expr, then: Block, otherwise: Block) -> None:
        """Lower a condition: continue at `then` if it is not zero, else at `otherwise`."""
        rule = self.rules.branch.get(type(expr)) or self.rules.branch[object]
        rule(self, expr, then, otherwise)

    def place(self, expr: tree.Expr) -> Place:
        """Lower an lvalue to its place, without its qualifiers."""
        return self.rules.place(self, expr)

    def access(self, expr: tree.Expr) -> Place:
        """Lower an lvalue to the place of an access, with its qualifiers."""
        place = self.rules.place(self, expr)
        quals = expr.type.quals
        if quals > 1 and int.__and__(quals, 10):
            volatile, atomic = bool(int.__and__(quals, 2)), bool(int.__and__(quals, 8))
            return Place(place.base, place.projections, volatile, atomic)
        return place

    def statement(self, statement: tree.Statement) -> None:
        """Lower a statement."""
        self.rules.statement[type(statement)](self, statement)
