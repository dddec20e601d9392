"""The state of checking one body, and what all checks are built from.

Handlers by kind of node are in tables that `dispatch` fills; handlers come back here for parts.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust as codes
from freehold.diagnostics.codes import UNSUPPORTED
from freehold.mir.body import BindingKind
from freehold.records import dataclass, field
from freehold.rust import ast, thir
from freehold.rust.crates import Crates, Lowerer, Owner
from freehold.rust.edition import Edition
from freehold.rust.infer import (
    Difference,
    Mismatch,
    Origin,
    Table,
    first_free,
    instantiate,
    resolve,
    show,
    unify,
)
from freehold.rust.infer.adjust import Adjustment, BorrowStep, NeverStep
from freehold.rust.items import Function, Trait
from freehold.rust.resolve.names import Names
from freehold.rust.resolve.scopes import crate_of
from freehold.rust.traits import (
    Cause,
    Coerced,
    Fulfilment,
    Noted,
    Outcome,
    Solver,
    coerce,
)
from freehold.rust.traits.report import CallSite
from freehold.rust.typeck.binders import is_general
from freehold.rust.typeck.draft import (
    ANYTHING,
    Draft,
    Expectation,
    Frame,
    LocalVar,
    PatternDraft,
    Wish,
    expecting,
)
from freehold.rust.typeck.mismatches import mismatch_diagnostic
from freehold.rust.typeck.places import make_adjusted_mutable
from freehold.rust.typeck.unknown import unknown_type
from freehold.rust.typeck.writer import Notes, erase_arguments
from freehold.source import Span
from freehold.types import (
    BoolType,
    CharType,
    FloatType,
    IntType,
    NeverType,
    PointerType,
    Type,
)
from freehold.types.fold import Folder, erase, regions_of
from freehold.types.generic import (
    ERASED,
    ERROR,
    AdtType,
    Answers,
    ClosureDef,
    ClosureKind,
    Const,
    Definition,
    ErrorRegion,
    FieldDef,
    GenericArg,
    InferKind,
    InferType,
    RefType,
    Region,
    TraitRef,
    is_type,
)

if TYPE_CHECKING:
    from freehold.rust.typeck.closures import ClosureCheck
    from freehold.rust.typeck.upvars import Captured

Handler = Callable[["Checker", Any, Expectation], Draft]


@dataclass(slots=True, eq=False)
class Tables:
    """How each kind of node is checked."""

    expressions: dict[type, Handler]
    patterns: dict[type, Callable[..., PatternDraft]]


@dataclass(slots=True, eq=False)
class Checker:
    """What is known so far about one body and the closures in it.

    `identity` are the owner's own parameters as arguments. `diverges`: what was checked last never
    comes to its end. `deferred` are checks that wait for all types, in order. `calls_of` settle
    calls of closures of which it is not known yet how they may be called; `kind_causes` are the
    uses that say so. `sized` are types that must have a size, and why. `calls` tell errors of
    where clauses which argument is to blame.
    """

    crates: Crates
    owner: Owner
    names: Names
    solver: Solver
    fulfilment: Fulfilment
    tables: Tables
    frame: Frame
    notes: Notes
    answers: Answers
    identity: tuple[GenericArg, ...] = ()
    lowerer: Lowerer = field(init=False)
    table: Table = field(init=False)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    locals: dict[ast.Node, LocalVar] = field(default_factory=dict)
    variables: int = 0
    loops: int = 0
    diverges: bool = False
    failed: bool = False
    deferred: list[Callable[[], None]] = field(default_factory=list)
    closures: "list[ClosureCheck]" = field(default_factory=list)
    calls_of: dict[ClosureDef, list[Callable[[ClosureKind], None]]] = field(default_factory=dict)
    kind_causes: "dict[ClosureDef, Captured]" = field(default_factory=dict)
    sized: list[tuple[Type, Span, str]] = field(default_factory=list)
    calls: dict[Span, CallSite] = field(default_factory=dict)
    hidden: Folder | None = None
    trait_paths: set[Span] = field(default_factory=set)
    negated: set[ast.Expr] = field(default_factory=set)
    region_of: Callable[[Span], Region] = lambda _span: ERASED

    def __post_init__(self) -> None:
        """Take the table of the solver."""
        self.table = self.solver.table

    @property
    def equality(self) -> Definition | None:
        """`PartialEq::eq`, which patterns that are strings or constants call."""
        trait = self.solver.world.lang_trait("eq")
        return None if trait is None else trait.items.get("eq")

    # ------------------------------------------------------------------------------- report

    def report(self, diagnostic: Diagnostic) -> None:
        """Take note of an error."""
        self.failed = True
        self.diagnostics.append(diagnostic)

    def unsupported(self, span: Span, what: str) -> None:
        """Say that this cannot be checked yet."""
        self.report(Diagnostic(UNSUPPORTED, span, {"what": what}))

    def erroneous(self, span: Span) -> Draft:
        """Return what stands for an expression that had an error."""
        self.failed = True
        return Draft(span, ERROR, lambda _w: thir.Tuple((), ERROR, span))

    # -------------------------------------------------------------------------------- types

    def fresh(self, span: Span | None = None, name: str = "") -> InferType:
        """Return a new type variable."""
        return self.table.fresh(Origin(span, name))

    def fresh_int(self, span: Span) -> InferType:
        """Return a variable for an integer type."""
        return self.table.fresh(Origin(span), InferKind.INT)

    def fresh_float(self, span: Span) -> InferType:
        """Return a variable for a floating type."""
        return self.table.fresh(Origin(span), InferKind.FLOAT)

    def shallow(self, ty: Type) -> Type:
        """Return what a variable is bound to."""
        return self.table.shallow(ty)

    def resolve(self, ty: Type) -> Type:
        """Return `ty` with all bindings put in."""
        return resolve(self.table, ty)

    def show(self, ty: Type) -> str:
        """Return `ty` as messages print it."""
        return show(ty, self.table)

    def try_known(self, ty: Type) -> Type:
        """Return `ty` as far as it is known, after selecting obligations that may tell."""
        free = first_free(self.table, ty)
        if free is not None:
            self.fulfilment.select()
        return self.table.shallow(ty)

    def known(self, ty: Type, span: Span) -> Type:
        """Return `ty`, which must be known here: `ERROR` after saying so if it is not."""
        ty = self.try_known(ty)
        if isinstance(ty, InferType) and ty.kind is InferKind.ANY:
            if not self.failed:
                self.say_unknown(ty, span)
            self.unify(ty, ERROR)
            return ERROR
        return ty

    def say_unknown(self, ty: Type, span: Span) -> None:
        """Report E0282, unless it may come of an error said before."""
        if self.crates.diagnostics:
            self.failed = True
            return
        self.report(unknown_type(self.table, self.locals.values(), ty, span))

    def normalise(self, ty: Type, span: Span) -> Type:
        """Return `ty` with its projections replaced, or to be found.

        The body's own opaque types are what it finds them to be.
        """
        if self.hidden is not None:
            ty = self.hidden.type(ty)
        return self.fulfilment.normalise(ty, span)

    def inferred(self, written: tuple[GenericArg, ...], span: Span) -> tuple[GenericArg, ...]:
        """Return arguments as inference takes them: lifetimes erased, projections replaced."""
        return tuple(
            self.normalise(each, span) if is_type(each) else each
            for each in erase_arguments(written)
        )

    def lower(self, node: ast.TypeExpr) -> tuple[Type, Type]:
        """Return the type that `node` spells: as it was written, and as inference takes it."""
        written = self.lowerer.type(node)
        return written, self.sound(self.normalise(erase(written), node.span), written)

    def sound(self, ty: Type, written: Type) -> Type:
        """Return `ty`, or the error type if `written`, from which it is, has a wrong lifetime."""
        if not self.crates.diagnostics:
            return ty
        if not any(isinstance(region, ErrorRegion) for region in regions_of(written)):
            return ty
        self.failed = True
        return ERROR

    def field_type(self, adt: AdtType, found: FieldDef, span: Span) -> Type:
        """Return the type of a field of `adt`."""
        ty = self.normalise(instantiate(found.type, adt.arguments), span)
        return self.sound(ty, found.type)

    def hint(self, expected: Expectation) -> Type | None:
        """Return the type hoped for, in whatever way."""
        return None if expected.type is None else self.table.shallow(expected.type)

    def only(self, expected: Expectation) -> Type | None:
        """Return the type that is to be, if that is what the expectation says."""
        if expected.wish is not Wish.TYPE or expected.type is None:
            return None
        return self.table.shallow(expected.type)

    def target(self, expected: Expectation, span: Span) -> Type:
        """Return the type that is to be, or a new variable."""
        return self.only(expected) or self.fresh(span)

    # ------------------------------------------------------------------------------- checks

    def check(self, e: ast.Expr, expected: Expectation = ANYTHING) -> Draft:
        """Check an expression; its type need not be as hoped for."""
        before, self.diverges = self.diverges, False
        draft = self.tables.expressions[type(e)](self, e, expected)
        draft.node = e
        if isinstance(self.table.shallow(draft.type), NeverType):
            self.diverges = True
        self.diverges = self.diverges or before
        return draft

    def check_coerced(self, e: ast.Expr, ty: Type, expected: Expectation | None = None) -> Draft:
        """Check an expression that has to have type `ty`, or coerce to it."""
        draft = self.check(e, expected or expecting(ty))
        self.demand_coerce(draft, ty)
        return draft

    def check_exact(self, e: ast.Expr, ty: Type) -> Draft:
        """Check an expression that has to have type `ty` as it is (or never yield a value)."""
        draft = self.check(e, expecting(ty))
        found = self.table.shallow(draft.adjusted)
        if isinstance(found, NeverType) and not isinstance(self.table.shallow(ty), NeverType):
            draft.adjustments.append(NeverStep(ty))
            return draft
        self.demand(draft.span, ty, draft.adjusted)
        return draft

    # ------------------------------------------------------------------------------ demands

    def unify(self, expected: Type, found: Type) -> Mismatch | None:
        """Make two types equal, or say why they cannot be."""
        return unify(self.table, expected, found)

    def demand(
        self, span: Span, expected: Type, found: Type, labels: tuple[Label, ...] = ()
    ) -> bool:
        """Make two types equal; E0308 if they cannot be."""
        mismatch = unify(self.table, expected, found)
        if mismatch is None:
            return True
        self.mismatch(span, expected, found, mismatch, labels)
        return False

    def mismatch(
        self,
        span: Span,
        expected: Type,
        found: Type,
        mismatch: Mismatch,
        labels: tuple[Label, ...] = (),
    ) -> None:
        """Report E0308, unless one of the types is an error already said."""
        found_error = mismatch_diagnostic(self.table, span, expected, found, mismatch, labels)
        if found_error is None:
            self.failed = True
        else:
            self.report(found_error)

    def coerce(self, draft: Draft, target: Type, *, two_phase: bool = False) -> Mismatch | None:
        """Coerce a checked expression to `target`, if it can be."""
        # An argument is reborrowed: a closure then captures what is behind the reference, not it.
        # What is returned has one lifetime with its target, and is not.
        argument = two_phase and draft.place and self.frame.kind is thir.BodyKind.CLOSURE
        found = coerce(
            self.fulfilment,
            draft.adjusted,
            target,
            draft.span,
            two_phase=two_phase,
            reborrows=argument,
        )
        if not isinstance(found, Coerced):
            return found
        if not is_general(self.table, target, draft.adjusted):
            return Mismatch(Difference.BINDERS, target, draft.adjusted)
        self.adjust(draft, found.adjustments)
        return None

    def demand_coerce(self, draft: Draft, target: Type, labels: tuple[Label, ...] = ()) -> bool:
        """Coerce a checked expression to `target`; E0308 if it cannot be."""
        self.fulfilment.select()
        mismatch = self.coerce(draft, target)
        if mismatch is None:
            return True
        self.mismatch(draft.span, target, draft.adjusted, mismatch, labels)
        return False

    def adjust(self, draft: Draft, adjustments: Sequence[Adjustment]) -> None:
        """Add adjustments to an expression; a mutable borrow goes through `deref_mut`."""
        draft.adjustments.extend(adjustments)
        if any(isinstance(each, BorrowStep) and each.mutable for each in adjustments):
            make_adjusted_mutable(self, draft)

    # ---------------------------------------------------------------------------- variables

    def declare(
        self, node: ast.Node, name: str, ty: Type, kind: BindingKind, *, mutable: bool
    ) -> LocalVar:
        """Declare the variable that `node` binds."""
        frame = self.frame
        variable = LocalVar(
            name, ty, mutable, node.span, kind, frame, self.variables, len(frame.variables)
        )
        self.variables += 1
        frame.variables.append(variable)
        self.locals[node] = variable
        return variable

    def new_loop(self) -> thir.Loop:
        """Return a number for a loop or labelled block."""
        self.loops += 1
        return thir.Loop(self.loops - 1)

    # ----------------------------------------------------------------------------- requires

    def require_item(
        self, definition: Definition, arguments: tuple[GenericArg, ...], span: Span
    ) -> None:
        """Require what an item asks of its arguments."""
        self.fulfilment.require_item(definition, arguments, span)

    def require_sized(self, ty: Type, span: Span, note: str) -> None:
        """Require that the size of `ty` is known; looked at when all types are."""
        if type(ty) not in _SIZED:
            self.sized.append((ty, span, note))

    def require_lang(self, lang: str, ty: Type, span: Span, note: str = "") -> None:
        """Require a lang item trait."""
        cause = Cause(span, Noted(note)) if note else Cause(span)
        self.fulfilment.require_lang(lang, ty, cause)

    def implements(self, trait: Definition, arguments: tuple[GenericArg, ...]) -> bool:
        """Tell whether a trait holds, or may."""
        return self.solver.holds(TraitRef(trait, arguments)) is not Outcome.NO

    def is_copy(self, ty: Type) -> bool:
        """Tell whether using a value of a type copies it, as far as that is known."""
        return self.solver.implements(self.resolve(ty), "copy") is not Outcome.NO

    def is_sized(self, ty: Type) -> bool:
        """Tell whether the size of a type is known."""
        return self.solver.implements(self.resolve(ty), "sized") is not Outcome.NO

    def has_drop(self, ty: Type) -> bool:
        """Tell whether a type has a `Drop` impl itself."""
        ty = self.table.shallow(ty)
        return isinstance(ty, AdtType) and ty.definition.drop is not None

    def traits_at(self, node: ast.MethodCall | ast.Path) -> tuple[Trait, ...]:
        """Return the traits in scope at a method call or path."""
        return self.names.traits.get(node) or self.crates.traits_in_scope(self.owner)

    @property
    def edition(self) -> Edition:
        """The edition of the crate that the body is in."""
        return crate_of(self.owner.scope).edition

    @property
    def lacks_imports(self) -> bool:
        """Tell whether some `use` of the crate names what there is not."""
        return any(each.code is codes.UNRESOLVED_IMPORT for each in self.crates.diagnostics)

    def lang_function(self, name: str) -> Function:
        """Return a function that is a lang item."""
        found = self.crates.lang(name)
        assert isinstance(found, Function)
        return found

    @contextmanager
    def eliding(self, region: Callable[[Span], Region]) -> Iterator[None]:
        """Let `region` say what elided lifetimes are."""
        before, self.region_of = self.region_of, region
        try:
            yield
        finally:
            self.region_of = before

    # --------------------------------------------------------- how types in the body are completed

    def type(self, span: Span) -> Type:
        """Return a type for `_` or an omitted type argument."""
        return self.fresh(span)

    def const(self, span: Span, type_: Type) -> Const:
        """Return a constant for `_` or an omitted constant argument."""
        del span, type_
        return self.table.fresh_const()

    def region(self, span: Span) -> Region:
        """Return a region for an elided lifetime."""
        return self.region_of(span)

    def relative(self, base: Type, segment: ast.PathSegment, span: Span) -> Type:
        """Return `base::segment`: only of parameters and `Self` are associated types known so."""
        del base, segment
        self.report(Diagnostic(codes.ASSOCIATED_TYPE_OF_UNKNOWN_TRAIT, span, {}))
        return ERROR


_SIZED = frozenset((IntType, FloatType, BoolType, CharType, RefType, PointerType, NeverType))
