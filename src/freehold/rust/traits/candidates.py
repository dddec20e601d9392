"""The ways in which a trait may come to hold, and what each one then needs in turn.

`confirm` binds variables so that the candidate fits the goal, and says what is left to show; None
if it does not fit.
"""

from collections.abc import Callable
from enum import IntEnum
from typing import TYPE_CHECKING, Protocol

from freehold.records import dataclass
from freehold.rust.infer.instantiate import fresh_arguments, instantiate_trait
from freehold.rust.infer.resolve import ALIASES, holds
from freehold.rust.infer.unify import unify, unify_arguments
from freehold.rust.items import Impl, TraitPredicate
from freehold.rust.traits.goals import (
    BoundSource,
    BuiltinSource,
    CallSource,
    Chosen,
    ClosureKindGoal,
    Goal,
    ImplSource,
    ObjectSource,
    goals_of,
)
from freehold.source import Source, Span
from freehold.types import TupleType, Type
from freehold.types.generic import (
    ClosureKind,
    ClosureType,
    Definition,
    GenericArg,
    Signature,
    TraitRef,
    type_argument,
)

if TYPE_CHECKING:
    from freehold.rust.traits.solver import Solver

NOWHERE = Span(Source("", ""), 0, 0)  # of goals that only the language asks for


class Rank(IntEnum):
    """Which kind of candidate goes before which, when several fit."""

    LANGUAGE = 0
    WHERE_CLAUSE = 1
    ITEM_BOUND = 2
    OBJECT = 3
    IMPL = 4


class Candidate(Protocol):
    """One way for a trait to hold."""

    @property
    def rank(self) -> Rank:
        """Its place among the others."""

    def confirm(self, solver: "Solver", goal: TraitRef) -> Chosen | None:
        """Make it fit `goal`; None if it cannot."""


@dataclass(frozen=True, slots=True)
class ImplCandidate:
    """An impl, positive or negative."""

    impl: Impl

    @property
    def rank(self) -> Rank:
        """Last of all."""
        return Rank.IMPL

    def confirm(self, solver: "Solver", goal: TraitRef) -> Chosen | None:
        """Unify the header; the where clauses are left to show."""
        impl = self.impl
        assert impl.trait is not None
        nested: list[Goal] = []
        arguments = fresh_arguments(solver.table, impl.generics)
        header = instantiate_trait(impl.trait, arguments).arguments
        if solver.world.has_projections(impl):
            header = solver.normalize_arguments(header, nested)
        if unify_arguments(solver.table, header, goal.arguments) is not None:
            return None
        for clause in goals_of(impl.generics.all_predicates(), arguments):
            nested.append(solver.normalize_goal(clause, nested))
        if solver.world.has_loose_parameters(impl):
            nested = solver.bind_projections(nested)
        return Chosen(ImplSource(impl, arguments), nested)


@dataclass(frozen=True, slots=True)
class BoundCandidate:
    """A where clause (`rank` WHERE_CLAUSE), or a bound of an associated or opaque type."""

    trait: TraitRef
    rank: Rank

    def confirm(self, solver: "Solver", goal: TraitRef) -> Chosen | None:
        """Unify; what is left to show is what projections in the bound are."""
        nested: list[Goal] = []
        arguments = self.trait.arguments
        if self.rank is Rank.ITEM_BOUND:
            arguments = normal_but_self(solver, arguments, nested)
        if unify_arguments(solver.table, arguments, goal.arguments) is not None:
            return None
        return Chosen(BoundSource(self.trait), nested)


@dataclass(frozen=True, slots=True)
class ObjectCandidate:
    """The trait of a `dyn` type, or one of its supertraits, with the type itself as Self."""

    trait: TraitRef

    @property
    def rank(self) -> Rank:
        """Before impls."""
        return Rank.OBJECT

    def confirm(self, solver: "Solver", goal: TraitRef) -> Chosen | None:
        """Unify; what a supertrait's arguments stand for is left to show."""
        nested: list[Goal] = []
        arguments = normal_but_self(solver, self.trait.arguments, nested)
        if unify_arguments(solver.table, arguments, goal.arguments) is not None:
            return None
        return Chosen(ObjectSource(self.trait), nested)


@dataclass(frozen=True, slots=True)
class BuiltinCandidate:
    """The language implements the trait if all of `parts` have it."""

    parts: tuple[Type, ...] = ()

    @property
    def rank(self) -> Rank:
        """First of all if nothing is needed, else like an impl."""
        return Rank.IMPL if self.parts else Rank.LANGUAGE

    def confirm(self, solver: "Solver", goal: TraitRef) -> Chosen | None:
        """Ask the trait of all parts."""
        nested: list[Goal] = []
        for part in self.parts:
            ty = solver.normalize(part, nested)
            nested.append(TraitPredicate(TraitRef(goal.trait, (ty,)), NOWHERE))
        return Chosen(BuiltinSource(), nested)


@dataclass(frozen=True, slots=True)
class CallCandidate:
    """`Fn*` of something callable: `signature` is opened. `closure` waits for its kind."""

    signature: Signature
    closure: ClosureType | None = None
    kind: ClosureKind = ClosureKind.FN

    @property
    def rank(self) -> Rank:
        """Like an impl."""
        return Rank.IMPL

    def confirm(self, solver: "Solver", goal: TraitRef) -> Chosen | None:
        """Unify the parameters, as a tuple, with the trait's argument."""
        inputs = TupleType(self.signature.inputs)
        if unify(solver.table, type_argument(goal.arguments, 1), inputs) is not None:
            return None
        nested: list[Goal] = []
        if self.closure is not None:
            nested.append(ClosureKindGoal(self.closure, self.kind))
        return Chosen(CallSource(self.signature), nested)


@dataclass(frozen=True, slots=True)
class SpecialCandidate:
    """What has rules of its own (`Unsize`): `fit` binds, and says what is left."""

    fit: Callable[[], "list[Goal] | None"]

    @property
    def rank(self) -> Rank:
        """Like an impl."""
        return Rank.IMPL

    def confirm(self, solver: "Solver", goal: TraitRef) -> Chosen | None:
        """Bind by its own rule."""
        del solver, goal
        nested = self.fit()
        return None if nested is None else Chosen(BuiltinSource(), nested)


def normal_but_self(
    solver: "Solver", arguments: tuple[GenericArg, ...], nested: list[Goal]
) -> tuple[GenericArg, ...]:
    """Return the arguments of a bound of an item normalised; the first, its Self, is."""
    if not any(holds(each, ALIASES) for each in arguments[1:]):
        return arguments
    return (arguments[0], *solver.normalize_arguments(arguments[1:], nested))


def trait_goal(trait: Definition, self_type: Type) -> TraitPredicate:
    """Return `self_type: trait` for a trait without parameters."""
    return TraitPredicate(TraitRef(trait, (self_type,)), NOWHERE)
