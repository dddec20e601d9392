"""Coherence: no type may have two impls of one trait, nor two inherent items of one name.

Two impls overlap if their headers unify and none of their where clauses certainly fails. Nothing
is certain of what another crate may implement yet: `Solver.coherent` answers so.
"""

from collections.abc import Iterator

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust as codes
from freehold.diagnostics import codes_rust_traits as trait_codes
from freehold.rust.infer.instantiate import fresh_arguments, instantiate, instantiate_trait
from freehold.rust.infer.resolve import Resolver
from freehold.rust.infer.show import show, show_trait
from freehold.rust.infer.unify import unify, unify_arguments
from freehold.rust.items import Function, Impl, Trait
from freehold.rust.traits.env import ParamEnv
from freehold.rust.traits.goals import Goal, Outcome, goals_of
from freehold.rust.traits.matching import all_may_match, may_match
from freehold.rust.traits.solver import Solver
from freehold.rust.traits.world import World
from freehold.source import Span
from freehold.types import Type
from freehold.types.generic import ErrorType, GenericArg, InferKind, InferType, TraitRef

Arguments = tuple[GenericArg, ...]


def overlaps(world: World, impls: list[Impl]) -> Iterator[Diagnostic]:
    """Return the conflicts of the user's `impls` with one another and with those of std."""
    order = {impl: at for at, impl in enumerate(impls)}
    for impl in impls:
        if impl.trait is not None:
            yield from _of_trait(world, impl, order)
        else:
            yield from _inherent(world, impl, order)


def _solver(world: World) -> Solver:
    return Solver(world, ParamEnv(world, ()), coherent=True)


# --------------------------------------------------------------------------------- impls of traits


def _of_trait(world: World, impl: Impl, order: dict[Impl, int]) -> Iterator[Diagnostic]:
    trait = impl.trait
    assert trait is not None
    assert isinstance(trait.trait, Trait)
    if isinstance(trait.self_type, ErrorType):
        return
    solver = _solver(world)
    arguments = fresh_arguments(solver.table, impl.generics)
    header = instantiate_trait(trait, arguments)
    for other in world.impls_for(trait.trait, header.self_type):
        # Each pair once, at the later one; those of std come before.
        if order.get(other, -1) >= order[impl] or other.trait is None:
            continue
        if not all_may_match(other.trait.arguments, header.arguments):
            continue
        mark = solver.table.snapshot()
        shared = _overlap(solver, impl, arguments, header, other)
        if shared is not None:
            yield _conflict(impl, other, shared, is_local=other in order)
        solver.table.rollback(mark)
        if shared is not None:
            return


def _overlap(
    solver: Solver, impl: Impl, arguments: Arguments, header: TraitRef, other: Impl
) -> TraitRef | None:
    """Return what both impls are for; None if there is nothing."""
    assert other.trait is not None
    nested: list[Goal] = []
    theirs = fresh_arguments(solver.table, other.generics)
    left = solver.normalize_arguments(header.arguments, nested)
    right = solver.normalize_arguments(instantiate_trait(other.trait, theirs).arguments, nested)
    if unify_arguments(solver.table, left, right) is not None:
        return None
    goals = [
        *nested,
        *goals_of(impl.generics.all_predicates(), arguments),
        *goals_of(other.generics.all_predicates(), theirs),
    ]
    if _certainly_fails(solver, goals):
        return None
    return Resolver(solver.table).trait_ref(header)


def _certainly_fails(solver: Solver, goals: list[Goal]) -> bool:
    for goal in goals:
        nested: list[Goal] = []
        normal = solver.normalize_goal(goal, nested)
        if any(solver.evaluate(each) is Outcome.NO for each in (normal, *nested)):
            return True
    return False


def _conflict(impl: Impl, other: Impl, shared: TraitRef, *, is_local: bool) -> Diagnostic:
    at = _head(impl)
    if impl.negative is not other.negative:
        shown = f"{show_trait(shared)}` for type `{show(shared.self_type)}"
        first, second = ("negative", "positive") if other.negative else ("positive", "negative")
        labels: tuple[Label, ...] = (Label(_head(other), f"{first} implementation here"),)
        what = {"what": shown}
        label = f"{second} implementation here"
        return Diagnostic(trait_codes.BOTH_POLARITIES, at, what, label, labels)
    self_type = shared.self_type
    bare = isinstance(self_type, InferType) and self_type.kind is InferKind.ANY
    shown = show(self_type)
    facts = {"trait": show_trait(shared), "where": "" if bare else f" for type `{shown}`"}
    suffix = "" if bare else f" for `{shown}`"
    labels = (Label(_head(other), "first implementation here"),) if is_local else ()
    notes = () if is_local else ("conflicting implementation in our std",)
    label = f"conflicting implementation{suffix}"
    return Diagnostic(codes.CONFLICTING_IMPLS, at, facts, label, labels, notes=notes)


def _head(impl: Impl) -> Span:
    return impl.span if impl.node is None else impl.node.head


# ------------------------------------------------------------------------------ inherent impls


def _inherent(world: World, impl: Impl, order: dict[Impl, int]) -> Iterator[Diagnostic]:
    self_type = impl.self_type
    if self_type is None or isinstance(self_type, ErrorType):
        return
    for other in world.crates.inherent_impls(self_type):
        if other is impl or order.get(other, len(order)) <= order[impl]:
            continue
        common = [name for name in impl.items if name in other.items]
        if not common or other.self_type is None:
            continue
        if may_match(other.self_type, self_type) or may_match(self_type, other.self_type):
            yield from _duplicates(world, impl, other, common)


def _duplicates(world: World, impl: Impl, other: Impl, names: list[str]) -> Iterator[Diagnostic]:
    solver = _solver(world)
    ours = fresh_arguments(solver.table, impl.generics)
    theirs = fresh_arguments(solver.table, other.generics)
    nested: list[Goal] = []
    left = solver.normalize(_self_type(impl, ours), nested)
    right = solver.normalize(_self_type(other, theirs), nested)
    if unify(solver.table, left, right) is not None:
        return
    goals = [
        *nested,
        *goals_of(impl.generics.all_predicates(), ours),
        *goals_of(other.generics.all_predicates(), theirs),
    ]
    if _certainly_fails(solver, goals):
        return
    for name in names:
        first, second = impl.items[name], other.items[name]
        label = f"duplicate definitions for `{name}`"
        labels = (Label(_item_head(second), f"other definition for `{name}`"),)
        at = _item_head(first)
        yield Diagnostic(codes.DUPLICATE_INHERENT_ITEM, at, {"name": name}, label, labels)


def _self_type(impl: Impl, arguments: Arguments) -> Type:
    assert impl.self_type is not None
    return instantiate(impl.self_type, arguments)


def _item_head(item: object) -> Span:
    if isinstance(item, Function) and item.node is not None:
        return item.node.signature.span
    span = getattr(item, "span", None)
    assert isinstance(span, Span)
    return span
