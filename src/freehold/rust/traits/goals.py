"""What is to be shown of types, why, and the answers."""

from enum import Enum

from freehold.records import dataclass
from freehold.rust.infer.instantiate import instantiate_predicate, open_arguments, open_type
from freehold.rust.infer.instantiate import open_trait as _open_trait
from freehold.rust.infer.resolve import Resolver
from freehold.rust.items import (
    Impl,
    Predicate,
    ProjectionPredicate,
    RegionOutlives,
    Trait,
    TraitPredicate,
    TypeOutlives,
)
from freehold.source import Span
from freehold.types import Type
from freehold.types.generic import (
    ClosureKind,
    ClosureType,
    Definition,
    GenericArg,
    Signature,
    TraitRef,
)

# ------------------------------------------------------------------------------------------- goals


@dataclass(frozen=True, slots=True)
class ClosureKindGoal:
    """`closure` can be called as `kind` wants: known once its body is checked."""

    closure: ClosureType
    kind: ClosureKind


@dataclass(frozen=True, slots=True)
class WellFormed:
    """The where clauses of all items in `type` hold."""

    type: Type


@dataclass(frozen=True, slots=True)
class DynCompatible:
    """`dyn trait` is a type."""

    trait: Trait


Goal = TraitPredicate | ProjectionPredicate | ClosureKindGoal | WellFormed | DynCompatible


def goals_of(predicates: tuple[Predicate, ...], arguments: tuple[GenericArg, ...]) -> list[Goal]:
    """Return an item's predicates with `arguments`; those on regions are not typeck's."""
    found: list[Goal] = []
    for predicate in predicates:
        if isinstance(predicate, TraitPredicate | ProjectionPredicate):
            made = instantiate_predicate(predicate, arguments)
            assert isinstance(made, TraitPredicate | ProjectionPredicate)
            found.append(made)
    return found


def opened(predicate: TraitPredicate) -> TraitRef:
    """Return the predicate's trait reference, the lifetimes that it binds erased."""
    return _open_trait(predicate.trait) if predicate.bound else predicate.trait


def opened_projection(predicate: ProjectionPredicate) -> ProjectionPredicate:
    """Return the predicate with the lifetimes that it binds erased."""
    if not predicate.bound:
        return predicate
    arguments, ty = open_arguments(predicate.arguments), open_type(predicate.type)
    return ProjectionPredicate(predicate.item, arguments, ty, predicate.span)


def resolved(resolver: Resolver, goal: Goal) -> Goal:
    """Return the goal with all bindings put in; `resolver.free` then are its variables."""
    match goal:
        case TraitPredicate(trait, span, bound):
            return TraitPredicate(resolver.trait_ref(trait), span, bound)
        case ProjectionPredicate(item, arguments, ty, span, bound):
            # The result comes last: what the projection waits for are its arguments.
            return ProjectionPredicate(
                item, resolver.arguments(arguments), resolver.type(ty), span, bound
            )
        case ClosureKindGoal() | DynCompatible():
            return goal
        case WellFormed(ty):
            return WellFormed(resolver.type(ty))


def as_goal(predicate: Predicate) -> Goal | None:
    """Return a predicate as a goal; None for one on regions."""
    return None if isinstance(predicate, TypeOutlives | RegionOutlives) else predicate


# ----------------------------------------------------------------------------------------- causes


@dataclass(frozen=True, slots=True)
class Plain:
    """Needed for the expression itself."""


@dataclass(frozen=True, slots=True)
class ItemBound:
    """A where clause of `definition`, written at `span`; `predicate` is in its parameters."""

    definition: Definition
    span: Span
    predicate: "TraitPredicate | ProjectionPredicate | None" = None


@dataclass(frozen=True, slots=True)
class Derived:
    """Needed for `parent` to hold, by `impl` (None: built in), whose clause is at `span`."""

    parent: TraitRef
    cause: "Cause"
    impl: Impl | None
    span: Span | None


@dataclass(frozen=True, slots=True)
class Noted:
    """A rule of the language, worded for a note: "all local variables must have ..."."""

    note: str
    help: str = ""


Why = Plain | ItemBound | Derived | Noted


@dataclass(frozen=True, slots=True)
class Cause:
    """Where, and why, something has to hold."""

    span: Span
    why: Why = Plain()

    @property
    def root(self) -> "Cause":
        """The cause that is not derived from another."""
        cause = self
        while isinstance(cause.why, Derived):
            cause = cause.why.cause
        return cause

    @property
    def depth(self) -> int:
        """How many steps of derivation lie behind it."""
        depth, cause = 0, self
        while isinstance(cause.why, Derived):
            depth, cause = depth + 1, cause.why.cause
        return depth


# ---------------------------------------------------------------------------------------- answers


class Outcome(Enum):
    """Whether something holds. MAYBE: types have to be known better."""

    NO = 0
    MAYBE = 1
    YES = 2

    def __and__(self, other: "Outcome") -> "Outcome":
        """Return whether both hold."""
        return self if self.value <= other.value else other


class Stuck(Enum):
    """Why no candidate was selected."""

    AMBIGUOUS = "ambiguous"
    UNIMPLEMENTED = "unimplemented"
    OVERFLOW = "overflow"


@dataclass(frozen=True, slots=True)
class ImplSource:
    """An impl, with arguments for its parameters."""

    impl: Impl
    arguments: tuple[GenericArg, ...]


@dataclass(frozen=True, slots=True)
class BoundSource:
    """A where clause, or a bound of an associated or opaque type."""

    trait: TraitRef


@dataclass(frozen=True, slots=True)
class ObjectSource:
    """The trait, or a supertrait, of a `dyn` type."""

    trait: TraitRef


@dataclass(frozen=True, slots=True)
class BuiltinSource:
    """The language itself."""


@dataclass(frozen=True, slots=True)
class CallSource:
    """A closure, function item or function pointer can be called: `signature` is opened."""

    signature: Signature


Source = ImplSource | BoundSource | ObjectSource | BuiltinSource | CallSource


@dataclass(slots=True)
class Chosen:
    """What makes a trait hold, provided that `nested` does."""

    source: Source
    nested: list[Goal]
