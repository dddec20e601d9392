"""Impls that are for the same type (E0119), inherent items of one name (E0592)."""

from collections.abc import Iterable

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics import codes_rust as codes
from freehold.rust.collect.impls import ANY
from freehold.rust.infer.instantiate import fresh_arguments, instantiate_trait
from freehold.rust.infer.resolve import Resolver
from freehold.rust.infer.show import show
from freehold.rust.infer.table import Table
from freehold.rust.infer.unify import try_unify, unify_traits
from freehold.rust.itemcheck.orphans import is_local, orphan
from freehold.rust.itemcheck.spans import of_impl
from freehold.rust.items import Impl, Item, Trait, TraitPredicate
from freehold.rust.traits import Outcome, Solver, World, normalized_env
from freehold.rust.traits.goals import Goal, goals_of
from freehold.types import Type
from freehold.types.generic import (
    ErrorType,
    GenericArg,
    InferType,
    ParamType,
    TraitRef,
    is_type,
)


def check(world: World, foreign: set[Impl]) -> None:
    """Compare all impls of the user's crate with those that they may overlap with.

    Those of `foreign` are not the crate's to make: that is reported, and enough.
    """
    mine = world.crates.world.impls[world.crates.user]
    done: set[Trait] = set()
    for impl in mine:
        if impl.of is not None and impl.of not in done:
            done.add(impl.of)
            _of_trait(world, impl.of, foreign)
    _inherent(world, [impl for impl in mine if impl.node and impl.node.trait is None])


def _of_trait(world: World, trait: Trait, foreign: set[Impl]) -> None:
    impls = world.crates.collector.impls
    every = world.crates.impls_of(trait)
    own = [impl for impl in every if is_local(world, impl) and impl not in foreign]
    own.sort(key=_order)
    said: set[Impl] = set()
    for index, impl in enumerate(own):
        if impl.trait is None or impl.self_type is None:
            continue
        head = impls.head(impl)
        others: Iterable[Impl] = impls.of(trait).fitting(head if head != ANY else ANY)
        earlier = set(own[:index])
        for other in others:
            if other is impl or (is_local(world, other) and other not in earlier):
                continue
            if other.trait is None or impl in said:
                continue
            if _overlap(world, impl, other):
                said.add(impl)
                _say(world, impl, other)
                break


def _order(impl: Impl) -> int:
    return impl.node.span.outermost().start if impl.node else 0


def _overlap(world: World, one: Impl, other: Impl) -> bool:
    """Tell whether some type may have both impls."""
    assert one.trait is not None
    assert other.trait is not None
    table = Table()
    left_args = fresh_arguments(table, one.generics)
    right_args = fresh_arguments(table, other.generics)
    solver = Solver(world, normalized_env(world, ()), table)
    nested: list[Goal] = []
    left = solver.normalize_trait(instantiate_trait(one.trait, left_args), nested)
    right = solver.normalize_trait(instantiate_trait(other.trait, right_args), nested)
    if _has_error(left) or _has_error(right):
        return False
    if unify_traits(table, left, right) is not None:
        return False
    goals = [*nested, *goals_of(one.generics.predicates, left_args)]
    goals += goals_of(other.generics.predicates, right_args)
    return not any(_refuted(world, solver, goal) for goal in goals)


def _has_error(trait: TraitRef) -> bool:
    return any(isinstance(one, ErrorType) for one in trait.arguments)


def _refuted(world: World, solver: Solver, goal: Goal) -> bool:
    """Tell whether a requirement cannot hold, now and in any later version of other crates."""
    if solver.evaluate(goal) is not Outcome.NO:
        return False
    if not isinstance(goal, TraitPredicate):
        return True
    trait = Resolver(solver.table).trait_ref(goal.trait)
    if is_local(world, trait.trait) or _fundamental(trait.trait):
        return not any(isinstance(one, InferType) for one in trait.arguments[:1])
    return orphan(world, tuple(map(_covered, trait.arguments))) is True


def _covered(argument: GenericArg) -> GenericArg:
    """Return variables as parameters: nothing is known of them."""
    if is_type(argument) and isinstance(argument, InferType):
        return ParamType(0, "_")
    return argument


def _fundamental(trait: object) -> bool:
    return isinstance(trait, Item) and any(one.name == "fundamental" for one in trait.attributes)


def _say(world: World, impl: Impl, other: Impl) -> None:
    assert impl.of is not None
    assert impl.trait is not None
    shown = _shown(impl, other)
    where = f" for type `{shown}`" if shown else ""
    name = impl.of.name
    arguments = [show(one) for one in impl.trait.arguments[1:] if is_type(one)]
    if arguments:
        name += f"<{', '.join(arguments)}>"
    primary = f"conflicting implementation for `{shown}`" if shown else "conflicting implementation"
    labels: tuple[Label, ...] = ()
    notes: tuple[str, ...] = ()
    if is_local(world, other):
        labels = (Label(of_impl(other), "first implementation here"),)
    else:
        notes = ("there is another implementation in our standard library",)
    if impl.negative != other.negative:
        _both_signs(world, (impl, other), name, shown)
        return
    world.crates.world.report(
        impl.scope,
        Diagnostic(
            codes.CONFLICTING_IMPLS,
            of_impl(impl),
            {"trait": name, "where": where},
            primary,
            labels,
            notes=notes,
        ),
    )


def _both_signs(world: World, pair: tuple[Impl, Impl], name: str, shown: str) -> None:
    impl, other = pair
    world.crates.world.report(
        impl.scope,
        Diagnostic(
            codes.POSITIVE_AND_NEGATIVE_IMPL,
            of_impl(impl),
            {"trait": name, "type": shown},
            f"{'negative' if impl.negative else 'positive'} implementation here",
            (Label(of_impl(other), "the other implementation here"),),
        ),
    )


def _shown(impl: Impl, other: Impl) -> str:
    ty = impl.self_type
    if isinstance(ty, ParamType):
        ty = other.self_type
    return "" if ty is None or isinstance(ty, ParamType) else show(ty)


# ---------------------------------------------------------------------------------------- inherent


def _inherent(world: World, impls: list[Impl]) -> None:
    for index, impl in enumerate(impls):
        for other in impls[:index]:
            same = [name for name in impl.items if name in other.items]
            if same and _same_type(impl, other):
                for name in same:
                    _twice(world, impl, other, name)


def _same_type(one: Impl, other: Impl) -> bool:
    if one.self_type is None or other.self_type is None:
        return False
    table = Table()
    left = fresh_arguments(table, one.generics)
    right = fresh_arguments(table, other.generics)
    return try_unify(table, _with(one.self_type, left), _with(other.self_type, right)) is None


def _with(ty: Type, arguments: tuple[GenericArg, ...]) -> Type:
    from freehold.rust.infer.instantiate import instantiate  # noqa: PLC0415

    return instantiate(ty, arguments)


def _twice(world: World, impl: Impl, other: Impl, name: str) -> None:
    first, second = other.items[name], impl.items[name]
    world.crates.world.report(
        impl.scope,
        Diagnostic(
            codes.DUPLICATE_INHERENT_ITEM,
            first.span,
            {"name": name},
            f"duplicate definitions for `{name}`",
            (Label(second.span, f"other definition for `{name}`"),),
        ),
    )
