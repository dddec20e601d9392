"""Looking for a method by name: which item, of which type on the way, borrowed how.

For each step of autoderef of the receiver: by value, then behind `&`, then behind `&mut`; in each,
what the type has itself goes before what traits in scope give it. Nothing is bound.
"""

from collections.abc import Iterable
from enum import Enum

from freehold.records import dataclass, field
from freehold.rust.infer.instantiate import fresh_arguments, instantiate
from freehold.rust.infer.resolve import ALIASES, holds
from freehold.rust.infer.table import Table
from freehold.rust.infer.unify import array_parts, unify
from freehold.rust.items import Constant, Constructor, Function, Impl, Trait, TraitPredicate
from freehold.rust.traits.assemble import item_bounds
from freehold.rust.traits.autoderef import LIMIT, Step, built_in_deref, overloaded_deref
from freehold.rust.traits.candidates import NOWHERE
from freehold.rust.traits.goals import Goal, ImplSource, Outcome, Stuck, goals_of
from freehold.rust.traits.matching import may_match
from freehold.rust.traits.solver import Solver
from freehold.rust.traits.unsize import object_traits
from freehold.rust.traits.world import parent_of
from freehold.types import ArrayType, PointerKind, PointerType, SliceType, Type
from freehold.types.generic import (
    ERASED,
    Definition,
    DynType,
    ErrorType,
    GenericArg,
    GenericArrayType,
    InferKind,
    InferType,
    OpaqueType,
    ParamType,
    ProjectionType,
    RefType,
    TraitRef,
    type_argument,
)

Member = Function | Constant | Constructor


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a name is looked up: the traits in scope, and the item in whose body it is."""

    traits: tuple[Trait, ...]
    owner: Definition


class Autoref(Enum):
    """How a receiver is borrowed."""

    NONE = ""
    SHARED = "&"
    MUT = "&mut"
    CONST_POINTER = "*const"


@dataclass(frozen=True, slots=True)
class Found:
    """An item of the right name. `source` says whose: an impl's own, a bound's, or a trait's.

    A `TraitRef` is a where clause, a bound of an associated type, or the trait of a `dyn` type; a
    `Trait` is one in scope, whose Self is not known to implement it.
    """

    item: Member
    source: Impl | TraitRef | Trait


@dataclass(frozen=True, slots=True)
class Pick:
    """The method taken. `steps`: the receiver's type, and what autoderef made of it so far.

    `unsize`: the last is an array, borrowed as a slice.
    """

    found: Found
    steps: tuple[Step, ...]
    autoref: Autoref = Autoref.NONE
    unsize: bool = False


@dataclass(slots=True)
class NoMethod:
    """Nothing fits. `unsatisfied` are the goals that kept items of that name out."""

    steps: tuple[Step, ...]
    unsatisfied: list[tuple[Found, Goal]] = field(default_factory=list)


@dataclass(slots=True)
class Ambiguous:
    """Several fit equally well."""

    candidates: tuple[Found, ...]


@dataclass(slots=True)
class Private:
    """Only what may not be named here fits."""

    item: Member


@dataclass(slots=True)
class Unknown:
    """The receiver's type, or what it dereferences to, is a variable still."""

    type: InferType


Probed = Pick | NoMethod | Ambiguous | Private | Unknown


def probe(solver: Solver, receiver: Type, name: str, scope: Scope) -> Probed:
    """Find the method `name` for a receiver of type `receiver`."""
    steps, open_end = _steps(solver, receiver)
    search = _Search(solver, name, scope, steps)
    picked = search.run()
    if isinstance(picked, NoMethod | Private) and open_end is not None:
        return Unknown(open_end)
    return picked


def _steps(solver: Solver, receiver: Type) -> tuple[list[Step], InferType | None]:
    """Return the steps of autoderef, and the variable that they end at, if they do."""
    table = solver.table
    steps: list[Step] = []
    mark = table.snapshot()
    ty = solver.normalize(receiver, [])
    step = Step(ty)
    for _ in range(LIMIT):
        if isinstance(ty, InferType) and ty.kind is InferKind.ANY:
            table.rollback(mark)
            return steps, ty
        steps.append(step)
        pointee = built_in_deref(ty, raw=True)
        if pointee is not None:
            raw = step.raw or isinstance(ty, PointerType)
            ty = solver.normalize(pointee, [])
            step = Step(ty, raw=raw)
            continue
        found = overloaded_deref(solver, ty, [], NOWHERE)
        if found is None:
            break
        ty = solver.normalize(found[0], [])
        step = Step(ty, found[1], raw=step.raw)
    table.rollback(mark)
    return steps, None


class _Search:
    __slots__ = (
        "_extension",
        "_inherent",
        "_name",
        "_private",
        "_scope",
        "_solver",
        "_steps",
        "_table",
        "_unsatisfied",
    )

    def __init__(self, solver: Solver, name: str, scope: Scope, steps: list[Step]) -> None:
        self._solver = solver
        self._table: Table = solver.table
        self._name = name
        self._scope = scope
        self._steps = steps
        self._private: Member | None = None
        self._unsatisfied: list[tuple[Found, Goal]] = []
        self._inherent = list(self._all_inherent())
        self._extension = extension_candidates(name, scope, methods=True)

    def _all_inherent(self) -> Iterable[Found]:
        seen: set[object] = set()
        types = [step.type for step in self._steps]
        if types and isinstance(types[-1], ArrayType | GenericArrayType):
            types.append(SliceType(array_parts(types[-1])[0]))
        for ty in types:
            for found in inherent_candidates(self._solver, ty, self._name):
                is_method = isinstance(found.item, Function) and found.item.has_self
                if is_method and found not in seen:
                    seen.add(found)
                    yield found

    # ------------------------------------------------------------------------------ the search

    def run(self) -> Probed:
        for at, step in enumerate(self._steps):
            if isinstance(step.type, ErrorType):
                break
            picked = self._at(tuple(self._steps[: at + 1]), step.type, unsize=False)
            if picked is not None:
                return picked
        last = self._steps[-1].type if self._steps else None
        if isinstance(last, ArrayType | GenericArrayType):
            slice_ = SliceType(array_parts(last)[0])
            picked = self._at(tuple(self._steps), slice_, unsize=True)
            if picked is not None:
                return picked
        if self._private is not None:
            return Private(self._private)
        return NoMethod(tuple(self._steps), self._unsatisfied)

    def _at(self, steps: tuple[Step, ...], ty: Type, *, unsize: bool) -> Pick | Ambiguous | None:
        """Look by value, by reference and by mutable reference at one step."""
        tries = [] if unsize else [(Autoref.NONE, ty)]
        tries.append((Autoref.SHARED, RefType(ERASED, ty, mutable=False)))
        tries.append((Autoref.MUT, RefType(ERASED, ty, mutable=True)))
        if isinstance(ty, PointerType) and ty.kind is PointerKind.RAW_MUT:
            constant = PointerType(ty.pointee, PointerKind.RAW_CONST)
            tries.append((Autoref.CONST_POINTER, constant))
        for autoref, self_type in tries:
            found = self._fitting(self_type)
            if isinstance(found, Found):
                return Pick(found, steps, autoref, unsize)
            if found is not None:
                return found
        return None

    def _fitting(self, self_type: Type) -> Found | Ambiguous | None:
        for candidates in (self._inherent, self._extension):
            fitting = [each for each in candidates if self._fits(each, self_type)]
            if fitting:
                return _single(fitting)
        return None

    # -------------------------------------------------------------------------------- one item

    def _fits(self, found: Found, self_type: Type) -> bool:
        item = found.item
        assert isinstance(item, Function)
        assert item.signature is not None
        receiver = item.signature.inputs[0] if item.signature.inputs else None
        if receiver is None or not may_match(receiver, self_type):
            return False
        mark = self._table.snapshot()
        outcome = self._consider(found, item, self_type)
        self._table.rollback(mark)
        if outcome is Outcome.NO:
            return False
        if not is_visible(self._solver, item, self._scope):
            self._private = item
            return False
        return True

    def _consider(self, found: Found, item: Function, self_type: Type) -> Outcome:
        solver = self._solver
        arguments = parent_arguments(solver, found)
        nested: list[Goal] = []
        wanted = receiver_type(solver, item, arguments)
        if holds(wanted, ALIASES):
            wanted = solver.normalize(wanted, nested)
        if unify(self._table, wanted, self_type) is not None:
            return Outcome.NO
        failed = first_failing(solver, [*nested, *requirements(solver, found, arguments)])
        if failed is None:
            return Outcome.YES
        self._unsatisfied += [(found, goal) for goal in why_not(solver, found, failed)]
        return Outcome.NO


def _single(fitting: list[Found]) -> Found | Ambiguous:
    """Return the only one. Several bounds by one trait are that trait, of arguments to be found."""
    if len(fitting) == 1:
        return fitting[0]
    traits = {parent_of(found.item) for found in fitting}
    trait = next(iter(traits))
    if len(traits) == 1 and isinstance(trait, Trait):
        return Found(fitting[0].item, trait)
    return Ambiguous(tuple(fitting))


# ---------------------------------------------------------------------------------- candidates


def inherent_candidates(solver: Solver, ty: Type, name: str) -> list[Found]:
    """Return the items `name` that `ty` has without any trait having to be in scope."""
    bounds: list[TraitRef] = []
    match ty:
        case ParamType():
            bounds = [
                bound
                for declared in solver.env.bounds.values()
                for bound in declared
                if bound.arguments[0] == ty
            ]
        case ProjectionType() | OpaqueType():
            bounds = item_bounds(solver, ty)[0]
        case DynType():
            bounds = object_traits(solver.world, ty)
        case InferType():
            return []
        case _:
            pass
    found = [Found(item, bound) for bound in bounds for item in _member(bound.trait, name)]
    for impl in solver.world.crates.inherent_impls(ty):
        found += [Found(item, impl) for item in _member(impl, name)]
    return found


def extension_candidates(name: str, scope: Scope, *, methods: bool) -> list[Found]:
    """Return the items `name` of the traits in scope."""
    found: dict[Trait, Found] = {}
    for trait in scope.traits:
        for item in _member(trait, name):
            if not methods or (isinstance(item, Function) and item.has_self):
                found[trait] = Found(item, trait)
    return list(found.values())


def _member(owner: Definition, name: str) -> tuple[Member, ...]:
    assert isinstance(owner, Impl | Trait)
    item = owner.items.get(name)
    return (item,) if isinstance(item, Function | Constant) else ()


def is_visible(solver: Solver, item: Member, scope: Scope) -> bool:
    """Tell whether `item` may be named. Those of traits may wherever the trait is known."""
    parent = parent_of(item)
    if isinstance(parent, Trait) or (isinstance(parent, Impl) and parent.of is not None):
        return True
    return solver.world.crates.visible(item, scope.owner)


def parent_arguments(solver: Solver, found: Found) -> tuple[GenericArg, ...]:
    """Return arguments for the impl or trait of an item: new variables where none are known."""
    match found.source:
        case TraitRef(_, arguments):
            return arguments
        case Impl(generics=generics) | Trait(generics=generics):
            return fresh_arguments(solver.table, generics)


def receiver_type(solver: Solver, item: Function, before: tuple[GenericArg, ...]) -> Type:
    """Return the type of a method's receiver, with arguments for its parent's parameters."""
    assert item.signature is not None
    arguments = fresh_arguments(solver.table, item.generics, before)
    return instantiate(item.signature.inputs[0], arguments)


def requirements(solver: Solver, found: Found, arguments: tuple[GenericArg, ...]) -> list[Goal]:
    """Return what has to hold of the parent's arguments for the item to be there."""
    match found.source:
        case Impl(generics=generics):
            nested: list[Goal] = []
            for goal in goals_of(generics.all_predicates(), arguments):
                nested.append(solver.normalize_goal(goal, nested))
            return nested
        case Trait() as trait:
            return [TraitPredicate(TraitRef(trait, arguments), NOWHERE)]
        case TraitRef():
            return []


def first_failing(solver: Solver, goals: list[Goal]) -> Goal | None:
    """Return the first goal that certainly does not hold, settled."""
    for goal in goals:
        if solver.evaluate(goal) is Outcome.NO:
            return solver.settled(goal)
    return None


def why_not(solver: Solver, found: Found, failed: Goal) -> list[Goal]:
    """Return the goals that keep an item out: those of the impl that would give it.

    That a type does not implement a trait in scope at all is no news.
    """
    if not isinstance(found.source, Trait) or not isinstance(failed, TraitPredicate):
        return [failed]
    chosen = solver.select(failed.trait)
    if isinstance(chosen, Stuck) or not isinstance(chosen.source, ImplSource):
        return []
    goal = first_failing(solver, chosen.nested)
    return [] if goal is None else [goal]


def probe_path(solver: Solver, self_type: Type, name: str, scope: Scope) -> Probed:
    """Find the function or constant `self_type::name`."""
    self_type = solver.normalize(self_type, [])
    steps = (Step(self_type),)
    if isinstance(self_type, InferType) and self_type.kind is InferKind.ANY:
        return Unknown(self_type)
    unsatisfied: list[tuple[Found, Goal]] = []
    private: Member | None = None
    inherent = inherent_candidates(solver, self_type, name)
    for candidates in (inherent, extension_candidates(name, scope, methods=False)):
        fitting = []
        for found in dict.fromkeys(candidates):
            if not _fits_path(solver, found, self_type, unsatisfied):
                continue
            if is_visible(solver, found.item, scope):
                fitting.append(found)
            else:
                private = found.item
        if fitting:
            single = _single(fitting)
            return Pick(single, steps) if isinstance(single, Found) else single
    return NoMethod(steps, unsatisfied) if private is None else Private(private)


def self_of(found: Found, arguments: tuple[GenericArg, ...]) -> Type:
    """Return the Self type of the parent of an item, with `arguments`."""
    match found.source:
        case Impl(self_type=self_type):
            assert self_type is not None
            return instantiate(self_type, arguments)
        case _:
            return type_argument(arguments, 0)


def _fits_path(
    solver: Solver, found: Found, self_type: Type, unsatisfied: list[tuple[Found, Goal]]
) -> bool:
    table = solver.table
    mark = table.snapshot()
    try:
        arguments = parent_arguments(solver, found)
        nested: list[Goal] = []
        wanted = solver.normalize(self_of(found, arguments), nested)
        if unify(table, wanted, self_type) is not None:
            return False
        failed = first_failing(solver, [*nested, *requirements(solver, found, arguments)])
        if failed is not None:
            unsatisfied += [(found, goal) for goal in why_not(solver, found, failed)]
        return failed is None
    finally:
        table.rollback(mark)
