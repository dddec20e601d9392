"""What items must satisfy as they are declared: impls fit their traits, types have a size, ...

Bodies are not looked at. Everything of the user's crate is made here, so all errors that making
it may meet are reported after this. Questions on types are asked of `rust.traits`.
"""

from freehold.diagnostics import Diagnostic
from freehold.rust.itemcheck import (
    adts,
    compare,
    constrained,
    copies,
    drops,
    functions,
    impls,
    main,
    orphans,
    traits,
    uses,
)
from freehold.rust.itemcheck.force import force
from freehold.rust.items import Impl
from freehold.rust.resolve.scopes import module_scope
from freehold.rust.traits import World
from freehold.rust.traits.coherence import overlaps
from freehold.rust.traits.compare import compare_impl
from freehold.rust.traits.signatures import check_item


def check_items(world: World) -> None:
    """Check all items of the user's crate; errors go to `world.crates.diagnostics`."""
    force(world.crates)
    crate = world.crates.user
    for adt in crate.adts:
        adts.check(world, adt)
    for trait in crate.traits:
        traits.check(world, trait)
    for function in crate.functions:
        functions.check(world, function)
    every = world.crates.world.impls[crate]
    for impl in every:
        impls.check_items_of(world, impl)
    wrong = {impl for impl in every if not _coherent(world, impl)}
    _report(world, list(overlaps(world, [impl for impl in every if impl not in wrong])))
    for impl in every:
        if impl not in wrong:
            before = len(world.crates.diagnostics)
            compare.check(world, impl)
            # Types of items that differ in their parameters cannot be compared.
            if len(world.crates.diagnostics) == before:
                _report(world, compare_impl(world, impl))
    _signatures(world, wrong)
    uses.check(world)
    main.check(world.crates)


def _coherent(world: World, impl: Impl) -> bool:
    """Check by itself an impl; what is wrong with it silences what would follow from that."""
    before = len(world.crates.diagnostics)
    impls.check(world, impl)
    orphans.check(world, impl)
    drops.check(world, impl)
    copies.check(world, impl)
    fine = len(world.crates.diagnostics) == before and not _broken(impl)
    constrained.check(world, impl)
    return fine


def _broken(impl: Impl) -> bool:
    return impl.node is not None and impl.node.trait is not None and impl.trait is None


def _signatures(world: World, wrong: set[Impl]) -> None:
    crate = world.crates.user
    for impl in world.crates.world.impls[crate]:
        if impl not in wrong:
            _report(world, check_item(world, impl))
    for items in (crate.adts, crate.traits, crate.functions, crate.constants, crate.statics):
        for item in items:
            if item.parent not in wrong:
                _report(world, check_item(world, item))


def _report(world: World, found: list[Diagnostic]) -> None:
    root = world.crates.world.scopes[world.crates.user.root]
    for one in found:
        world.crates.world.report(module_scope(root), one)


__all__ = ["check_items"]
