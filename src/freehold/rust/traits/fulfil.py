"""The obligations of one body: kept until types are known well enough, then shown or refuted."""

from collections.abc import Iterator
from enum import Enum

from freehold.records import dataclass
from freehold.rust.infer.resolve import CLOSURES, Resolver, has_error, holds
from freehold.rust.infer.unify import Mismatch, unify
from freehold.rust.items import Predicate, ProjectionPredicate, TraitPredicate
from freehold.rust.traits.builtin import extends
from freehold.rust.traits.compatible import violations
from freehold.rust.traits.goals import (
    Cause,
    ClosureKindGoal,
    Derived,
    DynCompatible,
    Goal,
    ImplSource,
    ItemBound,
    Outcome,
    Plain,
    Stuck,
    WellFormed,
    goals_of,
    opened,
    opened_projection,
    resolved,
)
from freehold.rust.traits.project import Projected, Unprojected, trait_ref_of
from freehold.rust.traits.solver import RECURSION_LIMIT, EndlessError, Solver
from freehold.rust.traits.wellformed import well_formed
from freehold.rust.traits.world import generics_of
from freehold.source import Span
from freehold.types import Type
from freehold.types.generic import (
    Definition,
    GenericArg,
    InferId,
    InferType,
    ProjectionType,
    TraitRef,
)


@dataclass(slots=True)
class Obligation:
    """A goal and why it is one. It sleeps until one of `waits` (constants as ~id) is bound."""

    goal: Goal
    cause: Cause
    waits: tuple[int, ...] = ()
    depth: int = 0


class Failure(Enum):
    """How an obligation failed."""

    UNIMPLEMENTED = "unimplemented"
    MISMATCH = "mismatch"  # an associated type is another
    AMBIGUOUS = "ambiguous"
    OVERFLOW = "overflow"
    CLOSURE_KIND = "closure kind"
    NOT_DYN_COMPATIBLE = "not dyn compatible"


@dataclass(frozen=True, slots=True)
class Unfulfilled:
    """An obligation that failed, as it was known then. `mismatch` has both types."""

    failure: Failure
    goal: Goal
    cause: Cause
    mismatch: Mismatch | None = None
    found: Type | None = None


class Fulfilment:
    """Obligations pending in one body, and the errors so far."""

    __slots__ = ("_grown", "_version", "errors", "pending", "solver", "table")

    def __init__(self, solver: Solver) -> None:
        """Start with none."""
        self.solver = solver
        self.table = solver.table
        self.pending: list[Obligation] = []
        self.errors: list[Unfulfilled] = []
        self._version = -1
        self._grown = False

    # ---------------------------------------------------------------------------- what is asked

    def require(self, goal: Goal, cause: Cause) -> None:
        """Ask for `goal`, whose types are normalised."""
        self.pending.append(Obligation(goal, cause))
        self._grown = True

    def require_goal(self, goal: Goal, at: Span) -> None:
        """Ask for `goal`, for the sake of the expression at `at`."""
        self.require(goal, Cause(at))

    def require_trait(self, trait: Definition, arguments: tuple[GenericArg, ...], at: Span) -> None:
        """Ask for a trait of arguments, Self first."""
        self.require(TraitPredicate(TraitRef(trait, arguments), at), Cause(at))

    def require_lang(self, lang: str, ty: Type, cause: Cause) -> None:
        """Ask for a lang item trait without parameters; nothing if our std lacks it."""
        trait = self.solver.world.lang(lang)
        if trait is not None:
            self.require(TraitPredicate(TraitRef(trait, (ty,)), cause.span), cause)

    def require_item(
        self, definition: Definition, arguments: tuple[GenericArg, ...], at: Span
    ) -> None:
        """Ask for all that an item applied to `arguments` requires, its parents included."""
        predicates = generics_of(definition).all_predicates()
        self.require_all(predicates, arguments, definition, at)

    def require_all(
        self,
        predicates: tuple[Predicate, ...],
        arguments: tuple[GenericArg, ...],
        definition: Definition,
        at: Span,
    ) -> None:
        """Ask for predicates of `definition` with `arguments` for its parameters."""
        declared = [
            each for each in predicates if isinstance(each, TraitPredicate | ProjectionPredicate)
        ]
        for predicate, goal in zip(declared, goals_of(predicates, arguments), strict=True):
            cause = Cause(at, ItemBound(definition, predicate.span, predicate))
            nested: list[Goal] = []
            self.require(self.solver.normalize_goal(goal, nested), cause)
            for each in nested:
                self.require(each, cause)

    def require_well_formed(self, ty: Type, at: Span) -> None:
        """Ask for the where clauses of all items in `ty`."""
        self.require(WellFormed(ty), Cause(at))

    def normalise(self, ty: Type, at: Span) -> Type:
        """Return `ty` with its projections replaced; what they wait for becomes pending."""
        nested: list[Goal] = []
        result = self.solver.normalize(ty, nested, at)
        if nested:
            cause = Cause(at)
            for goal in nested:
                self.require(goal, cause)
        return result

    def mentioning(self, variable: InferType) -> Iterator[Goal]:
        """Return the pending goals whose Self is an unbound variable, unopened."""
        root = self.table.shallow(variable)
        if not isinstance(root, InferType):
            return
        for obligation in self.pending:
            match obligation.goal:
                case TraitPredicate(TraitRef(_, arguments)) | ProjectionPredicate(_, arguments):
                    self_type = arguments[0]
                case _:
                    continue
            if isinstance(self_type, InferType) and self.table.shallow(self_type) == root:
                yield obligation.goal

    # -------------------------------------------------------------------------- what is answered

    def select(self) -> None:
        """Settle what can be settled now."""
        if not self._grown and self._version == self.table.version and not self._has_restless():
            return
        progress = True
        while progress:
            self._grown, progress = False, False
            work, self.pending = self.pending, []
            for obligation in work:
                if obligation.waits and not self._is_woken(obligation):
                    self.pending.append(obligation)
                elif self._settle(obligation):
                    progress = True
        self._version = self.table.version

    def finish(self) -> None:
        """Settle what can be settled, and make errors of the rest: nothing will be known better."""
        self.select()
        for obligation in self.pending:
            self._fail(Failure.AMBIGUOUS, obligation)
        self.pending = []

    def _has_restless(self) -> bool:
        return any(not obligation.waits for obligation in self.pending)

    def _is_woken(self, obligation: Obligation) -> bool:
        table = self.table
        for at in obligation.waits:
            bound = table.is_bound(InferId(at)) if at >= 0 else table.is_const_bound(InferId(~at))
            if bound:
                return True
        return False

    def _settle(self, obligation: Obligation) -> bool:
        """Settle one obligation, or put it back; tell whether it moved."""
        resolver = Resolver(self.table)
        match obligation.goal:
            case TraitPredicate(trait, span, bound):
                known = TraitPredicate(resolver.trait_ref(trait), span, bound)
                obligation.goal = known
                return self._settle_trait(obligation, opened(known), resolver.free)
            case ProjectionPredicate() as projection:
                made = resolved(resolver, projection)
                assert isinstance(made, ProjectionPredicate)
                obligation.goal = made
                return self._settle_projection(obligation, opened_projection(made))
            case ClosureKindGoal(closure, kind):
                found = self.solver.closure(closure).kind
                if found is None:
                    return self._put_back(obligation, [])
                if not extends(found, kind):
                    self._fail(Failure.CLOSURE_KIND, obligation)
                return True
            case WellFormed(ty):
                needs = well_formed(self.solver, ty)
                if needs is None:
                    resolver.type(ty)
                    return self._put_back(obligation, resolver.free)
                at = obligation.cause.span
                for goal, why in needs:
                    cause = obligation.cause if isinstance(why, Plain) else Cause(at, why)
                    self._add(goal, cause, obligation.depth)
                return True
            case DynCompatible(trait):
                if violations(self.solver.world, trait):
                    self._fail(Failure.NOT_DYN_COMPATIBLE, obligation)
                return True

    def _put_back(self, obligation: Obligation, waits: list[int]) -> bool:
        obligation.waits = tuple(waits)
        self.pending.append(obligation)
        return False

    def _add(self, goal: Goal, cause: Cause, depth: int) -> None:
        self.pending.append(Obligation(goal, cause, (), depth))

    def _fail(
        self,
        failure: Failure,
        obligation: Obligation,
        mismatch: Mismatch | None = None,
        found: Type | None = None,
    ) -> None:
        if not _is_silent(obligation.goal):
            goal, cause = obligation.goal, obligation.cause
            self.errors.append(Unfulfilled(failure, goal, cause, mismatch, found))

    # ---------------------------------------------------------------------------------- traits

    def _settle_trait(self, obligation: Obligation, goal: TraitRef, free: list[int]) -> bool:
        solver = self.solver
        try:
            if not free and not self._is_open(goal):
                outcome = solver.judge(TraitPredicate(goal, obligation.cause.span))
                if outcome is Outcome.YES:
                    return True
                if outcome is Outcome.MAYBE:
                    return self._put_back(obligation, [])
            if obligation.depth > RECURSION_LIMIT:
                raise EndlessError(goal)
            chosen = solver.select(goal)
        except EndlessError:
            self._fail(Failure.OVERFLOW, obligation)
            return True
        if chosen is Stuck.AMBIGUOUS:
            return self._put_back(obligation, self._waits(goal, free))
        if isinstance(chosen, Stuck):
            self._fail(Failure.UNIMPLEMENTED, obligation)
            return True
        impl = chosen.source.impl if isinstance(chosen.source, ImplSource) else None
        for nested in chosen.nested:
            span = nested.span if isinstance(nested, TraitPredicate | ProjectionPredicate) else None
            cause = Cause(obligation.cause.span, Derived(goal, obligation.cause, impl, span))
            self._add(nested, cause, obligation.depth + 1)
        return True

    def _is_open(self, goal: TraitRef) -> bool:
        """Tell whether a closure still being checked is in it: it may bind variables."""
        closures = self.solver.closures
        return bool(closures) and any(holds(each, CLOSURES) for each in goal.arguments)

    def _waits(self, goal: TraitRef, free: list[int]) -> list[int]:
        """Return the variables to wait for: while Self is one, only that."""
        self_type = self.table.shallow(goal.self_type)
        return [self_type.id] if isinstance(self_type, InferType) else free

    # ----------------------------------------------------------------------------- projections

    def _settle_projection(self, obligation: Obligation, goal: ProjectionPredicate) -> bool:
        solver, table = self.solver, self.table
        resolver = Resolver(table)
        nested: list[Goal] = []
        normal = solver.normalize_arguments(resolver.arguments(goal.arguments), nested)
        projection = ProjectionType(goal.item, normal)
        mark = table.snapshot()
        try:
            found = solver.project(projection)
        except EndlessError:
            table.rollback(mark)
            self._fail(Failure.OVERFLOW, obligation)
            return True
        if found is Unprojected.AMBIGUOUS:
            table.rollback(mark)
            return self._put_back(obligation, resolver.free)
        if found is Unprojected.UNIMPLEMENTED:
            trait = trait_ref_of(projection)
            self._add(TraitPredicate(trait, goal.span), obligation.cause, obligation.depth)
            return True
        ty: Type = projection
        if isinstance(found, Projected):
            ty, nested = found.type, [*nested, *found.nested]
        mismatch = unify(table, goal.type, ty)
        if mismatch is not None:
            self._fail(Failure.MISMATCH, obligation, mismatch, ty)
            return True
        for each in nested:
            self._add(each, obligation.cause, obligation.depth + 1)
        return True


def _is_silent(goal: Goal) -> bool:
    """Tell whether an error is in the goal that was said already."""
    match goal:
        case TraitPredicate(TraitRef(_, arguments)):
            return any(map(has_error, arguments))
        case ProjectionPredicate(_, arguments, ty):
            return has_error(ty) or any(map(has_error, arguments))
        case ClosureKindGoal() | DynCompatible():
            return False
        case WellFormed(ty):
            return has_error(ty)


def plain(at: Span) -> Cause:
    """Return the cause that the expression at `at` itself needs something."""
    return Cause(at, Plain())
