"""What items must satisfy as they are declared: impls fit their traits, types have a size, ...

Bodies are not looked at. Everything of the user's crate is made here, so all errors that making
it may meet are reported after this.
"""

from freehold.rust.itemcheck import (
    adts,
    compare,
    constrained,
    copies,
    drops,
    impls,
    main,
    orphans,
    overlap,
    traits,
    uses,
)
from freehold.rust.itemcheck.force import force
from freehold.rust.items import Impl
from freehold.rust.traits import World


def check_items(world: World) -> None:
    """Check all items of the user's crate; errors go to `world.crates.diagnostics`."""
    force(world.crates)
    crate = world.crates.user
    for adt in crate.adts:
        adts.check(world, adt)
    for trait in crate.traits:
        traits.check(world, trait)
    foreign: set[Impl] = set()
    for impl in world.crates.world.impls[crate]:
        impls.check(world, impl)
        if not orphans.check(world, impl):
            foreign.add(impl)
        constrained.check(world, impl)
        drops.check(world, impl)
        compare.check(world, impl)
        copies.check(world, impl)
    overlap.check(world, foreign)
    uses.check(world)
    main.check(world.crates)


__all__ = ["check_items"]
