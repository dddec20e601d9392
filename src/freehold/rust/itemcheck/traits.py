"""Traits: no circle of supertraits."""

from freehold.diagnostics import Diagnostic
from freehold.diagnostics import codes_rust as codes
from freehold.rust.items import Trait
from freehold.rust.traits import World


def check(world: World, trait: Trait) -> None:
    """Report a trait that is among its own supertraits (E0391), once for each circle."""
    collector = world.crates.collector
    circle: list[Trait] = []
    at: Trait | None = trait
    while at is not None and at not in circle:
        circle.append(at)
        named = (collector.trait_named(one.path, at.scope) for one in collector.super_bounds(at))
        at = next((one for one in named if one is trait or _leads_to(world, one, trait)), None)
    if at is not trait or min(circle, key=lambda one: one.span.start) is not trait:
        return
    bound = next(collector.super_bounds(trait))
    what = f"computing the super predicates of `{trait.name}`"
    world.crates.world.report(trait.scope, Diagnostic(codes.CYCLE, bound.span, {"what": what}))


def _leads_to(world: World, start: Trait | None, goal: Trait) -> bool:
    collector = world.crates.collector
    seen, queue = {start}, [start]
    for one in queue:
        for bound in collector.super_bounds(one) if one is not None else ():
            named = collector.trait_named(bound.path, one.scope) if one is not None else None
            if named is goal:
                return True
            if named not in seen:
                seen.add(named)
                queue.append(named)
    return False
