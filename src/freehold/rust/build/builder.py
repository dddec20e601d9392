"""The state of building one body, and the ways in which an expression is evaluated.

An expression is evaluated `into` a place, to an `operand`, to a `temporary`, to an `rvalue`, as a
`place`, or as a `statement` whose value nobody wants. Which way is chosen, and which of them falls
back to which, decides the order of evaluation and how long temporaries live; it follows rustc's.
What is done for each kind of expression is in tables; their functions come back here for parts.
"""

from collections.abc import Callable
from typing import Any

from freehold.mir.body import LocalDecl, LocalKind
from freehold.mir.statements import Assign, CallSource, FakeRead, FakeReadCause, StorageLive
from freehold.mir.typing import Projected, VariantType, project
from freehold.mir.values import Block, Constant, Copy, Local, Move, Operand, Place, Rvalue, Use
from freehold.records import dataclass, field
from freehold.rust import thir
from freehold.rust.build.drops import DropKind
from freehold.rust.build.graph import Graph
from freehold.rust.build.scopes import Region, Scopes
from freehold.source import Span
from freehold.types import UNIT, NeverType, Type, Variant

Into = Callable[["Builder", Place, Any], None]
AsPlace = Callable[["Builder", Any, "Access"], Place]
AsRvalue = Callable[["Builder", Any, Region | None], Rvalue]
AsConstant = Callable[["Builder", Any], Constant]
AsStatement = Callable[["Builder", Any], None]


@dataclass(frozen=True, slots=True)
class Handlers:
    """What is done for each kind of expression. Each kind is in one of the first four tables.

    `statements` are those of which nobody wants the value: assignments and jumps. `let` goes on
    where the pattern of a `let` in a condition matches.
    """

    into: dict[type, Into]
    places: dict[type, AsPlace]
    rvalues: dict[type, AsRvalue]
    constants: dict[type, AsConstant]
    statements: dict[type, AsStatement]
    let: "Callable[[Builder, thir.Let, Terms], None]"


@dataclass(frozen=True, slots=True)
class Terms:
    """How a condition is built: the variables of a `let` in it live in `region`.

    The bools that are tested live in `tested`, else in the region at hand. `declare`: variables
    are declared by the `let`; else they were before.
    """

    region: Region
    tested: Region | None = None
    declare: bool = True


@dataclass(slots=True)
class Access:
    """How a place is wanted: temporaries in it `mutable`; inside of an index expression, `fakes`.

    `fakes` are the fake borrows of the references that an index goes through: they may not change
    between the bounds check and the access.
    """

    mutable: bool = True
    fakes: list[Local] | None = None


@dataclass(slots=True)
class Variable:
    """The locals of a variable: its own, and in the guard of its arm a reference to what it is."""

    own: Local
    in_guard: Local | None = None
    region: Region | None = None


# Kinds that evaluate nothing else: no region is entered for them.
_LEAVES = frozenset(
    {
        thir.Number,
        thir.Float,
        thir.String,
        thir.Local,
        thir.Upvar,
        thir.StaticItem,
        thir.Item,
        thir.NamedConst,
    }
)
# Kinds that may be made around an expression without being one of the source.
_LAYERED = frozenset({thir.Borrow, thir.RawBorrow, thir.Cast, thir.Never, thir.Deref})
# Kinds that never have a value: a temporary of theirs is never live.
_JUMPS = (thir.Break, thir.Continue, thir.Return)


@dataclass(slots=True, eq=False)
class Builder:
    """One body in the making."""

    source: thir.Body
    handlers: Handlers
    graph: Graph = field(default_factory=Graph)
    locals: list[LocalDecl] = field(default_factory=list)
    scopes: Scopes = field(init=False)
    argument_count: int = 0
    variables: dict[thir.Variable, Variable] = field(default_factory=dict)
    guards: list[set[thir.Variable]] = field(default_factory=list)
    extended: dict[thir.Expr, Region | None] = field(default_factory=dict)
    unsafe_blocks: list[Span] = field(default_factory=list)
    call_sources: dict[thir.Expr, CallSource] = field(default_factory=dict)
    guard_region: Region | None = None
    guard_temporaries: dict[thir.Expr, Local] = field(default_factory=dict)
    _adjusted: set[thir.Expr] = field(default_factory=set)
    _needs_drop: dict[Type, bool] = field(default_factory=dict)
    _is_copy: dict[Type, bool] = field(default_factory=dict)
    _unit: Place | None = None

    def __post_init__(self) -> None:
        """Start outside of all regions."""
        self.scopes = Scopes(self.graph, self._drops, self.source.span)

    # ------------------------------------------------------------------------------- types

    def _drops(self, local: Local) -> bool:
        return self.needs_drop(self.locals[local].type)

    def needs_drop(self, ty: Type) -> bool:
        """Say whether the end of a value of type `ty` may do something."""
        found = self._needs_drop.get(ty)
        if found is None:
            found = self._needs_drop[ty] = self.source.answers.needs_drop(ty)
        return found

    def is_copy(self, ty: Type) -> bool:
        """Say whether values of type `ty` are copied."""
        found = self._is_copy.get(ty)
        if found is None:
            found = self._is_copy[ty] = self.source.answers.is_copy(ty)
        return found

    def type_of(self, place: Place) -> Type:
        """Return the type of `place`."""
        assert isinstance(place.base, int)
        here: Projected = self.locals[place.base].type
        for projection in place.projections:
            here = project(here, projection)
            if not isinstance(here, Variant | VariantType):
                here = self.source.answers.normalise(here)
        assert not isinstance(here, Variant | VariantType)
        return here

    def consume(self, place: Place, ty: Type) -> Operand:
        """Return the value at `place`, of type `ty`: copied if that can be, else moved."""
        return Copy(place) if self.is_copy(ty) else Move(place)

    # ------------------------------------------------------------------------------- locals

    def add_local(self, decl: LocalDecl) -> Local:
        """Add a local."""
        self.locals.append(decl)
        return Local(len(self.locals) - 1)

    def parameter(self, number: int) -> Local:
        """Return the local of a parameter; a closure's first one is itself."""
        return Local(number + 1)

    def scratch(self, ty: Type, span: Span) -> Place:
        """Return a new temporary whose storage is not tracked: it holds one plain value."""
        return Place(self.add_local(LocalDecl(ty, LocalKind.TEMPORARY, span)))

    def unit_place(self) -> Place:
        """Return where the units go that nobody wants."""
        if self._unit is None:
            self._unit = self.scratch(UNIT, self.source.span)
        return self._unit

    # ------------------------------------------------------------------------------- statements

    def assign(self, place: Place, rvalue: Rvalue, span: Span) -> None:
        """Add an assignment to the current block."""
        self.graph.push(Assign(place, rvalue, span, self.scopes.source))

    def assign_in(self, block: Block, place: Place, rvalue: Rvalue, span: Span) -> None:
        """Add an assignment to `block`."""
        self.graph.push_to(block, Assign(place, rvalue, span, self.scopes.source))

    def storage_live(self, local: Local, span: Span) -> None:
        """Begin the storage of `local`."""
        self.graph.push(StorageLive(local, span, self.scopes.source))

    def fake_read(self, cause: FakeReadCause, place: Place, span: Span) -> None:
        """Demand that `place` can be read here."""
        self.graph.push(FakeRead(cause, place, span, self.scopes.source))

    def goto(self, block: Block, target: Block, span: Span) -> None:
        """End `block` with a jump."""
        self.graph.goto(block, target, span, self.scopes.source)

    # ------------------------------------------------------------------------------- regions

    def lifetime(self, e: thir.Expr) -> Region | None:
        """Return to whose end a temporary that holds `e` lives; None: for ever."""
        if e in self.extended:
            return self.extended[e]
        return self.scopes.temporaries()

    def enter(self, e: thir.Expr, *, terminating: bool = False) -> Region | None:
        """Enter the region of expression `e`; None if it has none of its own."""
        kind = type(e)
        if not terminating and (kind in _LEAVES or e in self._adjusted):
            return None
        if kind in _LAYERED:
            self._adjusted.update(layers(e)[1:])
        return self.scopes.enter(e.span, terminating=terminating)

    def join(self, e: thir.Expr) -> None:
        """Let `e` have no region of its own."""
        self._adjusted.add(e)

    def leave(self, region: Region | None) -> None:
        """Leave the region of an expression."""
        if region is not None:
            self.scopes.leave(region)

    # ------------------------------------------------------------------------------- evaluation

    def into(self, to: Place, e: thir.Expr, *, terminating: bool = False) -> None:
        """Evaluate `e` into the place `to`, which is not initialised."""
        region = self.enter(e, terminating=terminating)
        self._into(to, e)
        self.leave(region)

    def _into(self, to: Place, e: thir.Expr) -> None:
        kind = type(e)
        into = self.handlers.into.get(kind)
        if into is not None:
            into(self, to, e)
        elif kind in self.handlers.places:
            place = self._place(e, Access())
            self.assign(to, Use(self.consume(place, e.type)), e.span)
        elif kind in self.handlers.statements and kind in _JUMPS:
            self.handlers.statements[kind](self, e)
        else:
            assert not isinstance(e, thir.Let), "a let is no value"
            self.assign(to, self._rvalue(e, self.scopes.innermost), e.span)

    def place(self, e: thir.Expr, access: Access | None = None) -> Place:
        """Evaluate `e` as a place; a value is put into a temporary."""
        region = self.enter(e)
        place = self._place(e, Access() if access is None else access)
        self.leave(region)
        return place

    def _place(self, e: thir.Expr, access: Access) -> Place:
        place = self.handlers.places.get(type(e))
        if place is not None:
            return place(self, e, access)
        return Place(self.hold(e, self.lifetime(e), mutable=access.mutable))

    def temporary(
        self,
        e: thir.Expr,
        lifetime: Region | None,
        *,
        mutable: bool = True,
        terminating: bool = False,
    ) -> Local:
        """Evaluate `e` into a new temporary, which lives to the end of `lifetime`."""
        region = self.enter(e, terminating=terminating)
        local = self.hold(e, lifetime, mutable=mutable)
        self.leave(region)
        return local

    def hold(self, e: thir.Expr, lifetime: Region | None, *, mutable: bool = True) -> Local:
        """Evaluate `e`, whose region was entered, into a temporary."""
        # A guard is built once for each alternative of its arm: they share its temporaries.
        shared = self.guard_region is not None and self.guard_region is lifetime
        local = self.guard_temporaries.get(e) if shared else None
        if local is None:
            decl = LocalDecl(e.type, LocalKind.TEMPORARY, e.span, mutable=mutable)
            local = self.add_local(decl)
        if shared:
            self.guard_temporaries[e] = local
        if not _has_no_value(e):
            self.storage_live(local, e.span)
            if lifetime is not None:
                self.scopes.schedule(local, lifetime, DropKind.STORAGE)
        self._into(Place(local), e)
        if lifetime is not None:
            self.scopes.schedule(local, lifetime, DropKind.VALUE)
        return local

    def operand(
        self, e: thir.Expr, lifetime: Region | None = None, *, kept: bool = False
    ) -> Operand:
        """Evaluate `e` to an operand, which lives to the end of `lifetime`, else of this region.

        `kept`: others are evaluated before it is used, so that it must be dropped if they unwind.
        """
        lifetime = self.scopes.innermost if lifetime is None else lifetime
        region = self.enter(e)
        made: Operand
        constant = self.handlers.constants.get(type(e))
        if constant is not None and not (kept and self.needs_drop(e.type)):
            made = constant(self, e)
        else:
            made = Move(Place(self.hold(e, lifetime, mutable=True)))
        self.leave(region)
        return made

    def rvalue(self, e: thir.Expr) -> Rvalue:
        """Evaluate `e` to an rvalue; its operands live to the end of the region at hand."""
        lifetime = self.scopes.innermost
        region = self.enter(e)
        made = self._rvalue(e, lifetime)
        self.leave(region)
        return made

    def _rvalue(self, e: thir.Expr, lifetime: Region | None) -> Rvalue:
        kind = type(e)
        constant = self.handlers.constants.get(kind)
        if constant is not None:
            return Use(constant(self, e))
        rvalue = self.handlers.rvalues.get(kind)
        if rvalue is not None:
            return rvalue(self, e, lifetime)
        return Use(Move(Place(self.hold(e, lifetime, mutable=True))))

    def statement(self, e: thir.Expr, lifetime: Region) -> None:
        """Evaluate `e` for what it does; its value lives to the end of `lifetime`."""
        region = self.enter(e)
        handler = self.handlers.statements.get(type(e))
        if handler is not None:
            handler(self, e)
        else:
            self.hold(e, lifetime, mutable=False)
        self.leave(region)


def _has_no_value(e: thir.Expr) -> bool:
    if isinstance(e, thir.Block):
        return e.value is None and e.label is None and isinstance(e.type, NeverType)
    return isinstance(e, _JUMPS)


def layers(e: thir.Expr) -> list[thir.Expr]:
    """Return `e` and the parts of it that are the same expression of the source, outermost first.

    Coercions, autoderef and autoref are made around an expression; an overloaded `*` or `[]` is a
    call that gives a reference, and its Deref.
    """
    found = [e]
    while True:
        match e:
            case thir.Borrow(place=inner, implicit=True) | thir.Cast(operand=inner, implicit=True):
                e = inner
            case thir.Never(operand=inner):
                e = inner
            case thir.RawBorrow(place=thir.Deref(implicit=True) as inner):
                e = inner
            case thir.Deref(base=thir.Call(operator=True) as called, implicit=implicit):
                found.append(called)
                if not implicit:
                    return found
                e = called.arguments[0]
            case thir.Deref(base=inner, implicit=True):
                e = inner
            case _:
                return found
        found.append(e)
