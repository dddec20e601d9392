"""The second phase: THIR from drafts, once every type is known.

A writer belongs to one frame. Places of other frames are captures of this frame's closure: a
place that is captured as a whole becomes an `Upvar`. While captures are still being found they
stay `Local`s, under the number that their variable has in the outermost body.
"""

from collections.abc import Callable

from freehold.mir.values import BorrowKind, CastKind
from freehold.records import dataclass, field
from freehold.rust import thir
from freehold.rust.infer import Table, instantiate
from freehold.rust.infer.adjust import (
    Adjustment,
    BorrowStep,
    ClosureStep,
    DerefStep,
    MutToConstStep,
    NeverStep,
    Overloaded,
    RawBorrowStep,
    ReifyStep,
    UnsafeStep,
    UnsizeStep,
)
from freehold.rust.infer.resolve import Resolver
from freehold.rust.typeck.draft import Draft, Frame, LocalVar, PatternDraft
from freehold.source import Span
from freehold.types import UNIT, Type
from freehold.types.fold import erase
from freehold.types.generic import (
    ERASED,
    ERROR,
    AdtType,
    BoundRegion,
    ClosureDef,
    Const,
    ConstInfer,
    Definition,
    FnDefType,
    FnPtrType,
    GenericArg,
    InferType,
    RefType,
    Region,
    Signature,
    is_region,
    is_type,
)

Projections = tuple[int, ...]  # numbers of fields; DEREF
DEREF = -1


@dataclass(frozen=True, slots=True)
class PlacePath:
    """A place of an outer frame: a variable, then fields and derefs."""

    root: LocalVar
    projections: Projections = ()


@dataclass(slots=True, eq=False)
class Notes:
    """What all writers of one outermost body share.

    `unknown` are the types that nothing determined, with where. `captured` are the captures of
    each closure, in order, once they are known.
    """

    table: Table
    lang: Callable[[str], Definition | None]
    final: bool = True
    unknown: list[tuple[Type, Span]] = field(default_factory=list)
    captured: dict[ClosureDef, tuple[PlacePath, ...]] = field(default_factory=dict)


class _Finish(Resolver):
    """Puts bindings in and erases regions that are not bound inside the type."""

    __slots__ = ()

    def region(self, region: Region) -> Region:
        bound = isinstance(region, BoundRegion) and region.depth < self.depth
        return region if bound else ERASED


class _Keep(Resolver):
    """Puts bindings in, their regions erased, and keeps those that were written."""

    __slots__ = ()

    def type(self, ty: Type) -> Type:
        if isinstance(ty, InferType):
            return erase(super().type(ty))
        return self.parts(ty)


class _NoVariables(Resolver):
    """Puts the error type where nothing is known."""

    __slots__ = ()

    def const(self, const: Const) -> Const:
        return const

    def type(self, ty: Type) -> Type:
        return ERROR if isinstance(ty, InferType) else self.parts(ty)


class Writer:
    """Writes the expressions and patterns of one frame."""

    __slots__ = ("_foreign", "_memo", "_upvars", "bodies", "frame", "notes")

    def __init__(self, notes: Notes, frame: Frame) -> None:
        """Write for `frame`."""
        self.notes = notes
        self.frame = frame
        self.bodies: dict[ClosureDef, thir.Body] = {}
        self._memo: dict[Type, Type] = {}
        self._foreign: dict[thir.Expr, PlacePath] = {}
        captured = notes.captured.get(frame.closure, ()) if frame.closure else ()
        self._upvars = {path: index for index, path in enumerate(captured)}

    # -------------------------------------------------------------------------------- types

    def type(self, ty: Type, span: Span | None = None) -> Type:
        """Return `ty` with all variables replaced and regions erased."""
        found = self._memo.get(ty)
        if found is None:
            finish = _Finish(self.notes.table)
            found = finish.type(ty)
            if finish.free:
                return self._unknown(found, span)
            self._memo[ty] = found
        return found

    def _unknown(self, ty: Type, span: Span | None) -> Type:
        if not self.notes.final:
            return ty
        self.notes.unknown.append((ty, span or self.frame.span))
        return _NoVariables(self.notes.table).type(ty)

    def argument(self, argument: GenericArg, span: Span | None = None) -> GenericArg:
        """Return a generic argument, finished."""
        if is_type(argument):
            return self.type(argument, span)
        finish = _Finish(self.notes.table)
        found = finish.argument(argument)
        if isinstance(found, ConstInfer) and self.notes.final:
            self.notes.unknown.append((ERROR, span or self.frame.span))
        return found

    def arguments(
        self, arguments: tuple[GenericArg, ...], span: Span | None = None
    ) -> tuple[GenericArg, ...]:
        """Return generic arguments, finished."""
        return tuple(self.argument(argument, span) for argument in arguments)

    def user(self, ty: Type, span: Span) -> thir.UserType:
        """Return a type as the user wrote it, its regions kept, its omissions filled in."""
        return thir.UserType(_Keep(self.notes.table).type(ty), span)

    def signature(self, signature: Signature, span: Span) -> Signature:
        """Return a signature, finished: only its own bound lifetimes stay."""
        found = self.type(FnPtrType(signature), span)
        return found.signature if isinstance(found, FnPtrType) else signature

    def variables(self) -> list[thir.VariableDecl]:
        """Return the variables of the frame."""
        return [
            thir.VariableDecl(
                each.name,
                self.type(each.type, each.span),
                each.mutable,
                each.span,
                each.kind,
                each.by_ref,
            )
            for each in self.frame.variables
        ]

    def field_types(self, ty: Type) -> tuple[Type, ...]:
        """Return the types of a struct's fields."""
        if not isinstance(ty, AdtType):
            return ()
        return tuple(instantiate(each.type, ty.arguments) for each in ty.definition.fields)

    # ------------------------------------------------------------------------------- places

    def local(self, variable: LocalVar, span: Span) -> thir.Expr:
        """Return the place that a variable is."""
        ty = self.type(variable.type, variable.span)
        if variable.frame is self.frame:
            return thir.Local(thir.Variable(variable.index), ty, span)
        node = thir.Local(thir.Variable(variable.number), ty, span)
        return self._captured(node, PlacePath(variable))

    def field(self, base: thir.Expr, index: int, ty: Type, span: Span, name: str = "") -> thir.Expr:
        """Return field `index` of a place or value; `ty` is finished."""
        node = thir.Field(base, index, ty, span, name)
        path = self._foreign.get(base)
        return node if path is None else self._captured(node, _longer(path, index))

    def deref(self, base: thir.Expr, ty: Type, span: Span, *, implicit: bool = False) -> thir.Expr:
        """Return what a reference, pointer or Box points to; `ty` is finished."""
        node = thir.Deref(base, ty, span, implicit)
        path = self._foreign.get(base)
        return node if path is None else self._captured(node, _longer(path, DEREF))

    def _captured(self, node: thir.Expr, path: PlacePath) -> thir.Expr:
        index = self._upvars.get(path)
        if index is not None:
            return thir.Upvar(index, node.type, node.span)
        self._foreign[node] = path
        return node

    def foreign(self, node: thir.Expr) -> PlacePath | None:
        """Return which place of an outer frame `node` is, if it is one and not captured."""
        return self._foreign.get(node)

    def matched(
        self, node: thir.Expr, patterns: tuple[thir.Pattern, ...]
    ) -> tuple[thir.Expr, tuple[thir.Pattern, ...]]:
        """Return what is matched with its patterns; nothing at all if no pattern looks at it.

        A place that no pattern looks at is not captured: inside of the closure there is none.
        """
        if not self.notes.final or node not in self._foreign:
            return node, patterns
        nothing = thir.Tuple((), UNIT, node.span)
        return nothing, tuple(thir.WildPattern(UNIT, each.span) for each in patterns)

    # -------------------------------------------------------------------------- expressions

    def expr(self, draft: Draft) -> thir.Expr:
        """Write an expression with its adjustments."""
        node = draft.write(self)
        for step in draft.adjustments:
            node = _ADJUST[type(step)](self, node, step)
        return node

    def exprs(self, drafts: "list[Draft] | tuple[Draft, ...]") -> tuple[thir.Expr, ...]:
        """Write several expressions."""
        return tuple(map(self.expr, drafts))

    def pattern(self, draft: PatternDraft) -> thir.Pattern:
        """Write a pattern, under the references that it looks through."""
        node = draft.write(self)
        for ty in reversed(draft.derefs):
            node = thir.DerefPattern(node, self.type(ty, draft.span), draft.span, implicit=True)
        return node

    def item(
        self,
        function: Definition,
        arguments: tuple[GenericArg, ...],
        span: Span,
        written: tuple[GenericArg, ...] | None = None,
    ) -> thir.Item:
        """Return a function item applied to its arguments, kept as they were `written`, if so."""
        ty = FnDefType(function, self.arguments(arguments, span))
        user = None if written is None else self.user(FnDefType(function, written), span)
        return thir.Item(ty, span, user)

    def deref_call(
        self, node: thir.Expr, called: Overloaded, target: Type, *, implicit: bool = False
    ) -> thir.Expr:
        """Return the place `*deref(&node)`, or by `deref_mut`."""
        mutable = called.method.parent is self.notes.lang("deref_mut")
        kind = BorrowKind.MUT if mutable else BorrowKind.SHARED
        span = node.span
        borrowed = thir.Borrow(kind, node, RefType(ERASED, node.type, mutable), span, implicit=True)
        result = RefType(ERASED, target, mutable)
        callee = self.item(called.method, called.arguments, span)
        call = thir.Call(callee, (borrowed,), result, span, operator=True)
        return thir.Deref(call, target, span, implicit)


def erase_arguments(arguments: tuple[GenericArg, ...]) -> tuple[GenericArg, ...]:
    """Return generic arguments with the lifetimes in them erased."""
    return tuple(
        ERASED if is_region(each) else erase(each) if is_type(each) else each for each in arguments
    )


def _longer(path: PlacePath, projection: int) -> PlacePath:
    return PlacePath(path.root, (*path.projections, projection))


# -------------------------------------------------------------------------------- adjustments


def _deref(w: Writer, node: thir.Expr, step: DerefStep) -> thir.Expr:
    ty = w.type(step.type, node.span)
    if step.overloaded is not None:
        return w.deref_call(node, step.overloaded, ty, implicit=True)
    return w.deref(node, ty, _tail_span(node), implicit=True)


def _tail_span(node: thir.Expr) -> Span:
    """Return where a value comes from: a block's from the expression at its end, as rustc says."""
    if isinstance(node, thir.Block) and node.value is not None:
        return node.value.span
    return node.span


def borrow_kind(*, mutable: bool, two_phase: bool = False) -> BorrowKind:
    """Return the kind of a borrow."""
    if not mutable:
        return BorrowKind.SHARED
    return BorrowKind.TWO_PHASE if two_phase else BorrowKind.MUT


def _borrow(w: Writer, node: thir.Expr, step: BorrowStep) -> thir.Expr:
    kind = borrow_kind(mutable=step.mutable, two_phase=step.two_phase)
    return thir.Borrow(kind, node, w.type(step.type, node.span), node.span, implicit=True)


def _raw_borrow(w: Writer, node: thir.Expr, step: RawBorrowStep) -> thir.Expr:
    return thir.RawBorrow(node, step.mutable, w.type(step.type, node.span), node.span)


def _cast(kind: CastKind) -> "Callable[[Writer, thir.Expr, Adjustment], thir.Expr]":
    def write(w: Writer, node: thir.Expr, step: Adjustment) -> thir.Expr:
        span = _tail_span(node) if kind is CastKind.UNSIZE else node.span
        return thir.Cast(kind, node, w.type(step.type, node.span), span, implicit=True)

    return write


def _never(w: Writer, node: thir.Expr, step: NeverStep) -> thir.Expr:
    return thir.Never(node, w.type(step.type, node.span), node.span)


_ADJUST: dict[type, Callable[..., thir.Expr]] = {
    DerefStep: _deref,
    BorrowStep: _borrow,
    RawBorrowStep: _raw_borrow,
    UnsizeStep: _cast(CastKind.UNSIZE),
    ReifyStep: _cast(CastKind.REIFY),
    ClosureStep: _cast(CastKind.CLOSURE),
    UnsafeStep: _cast(CastKind.POINTER),
    MutToConstStep: _cast(CastKind.POINTER),
    NeverStep: _never,
}
