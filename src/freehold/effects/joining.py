"""Making one path of two that hold the same."""

from freehold.effects.facts import hull
from freehold.effects.log import merged
from freehold.effects.state import State
from freehold.effects.values import (
    Symbol,
)

_FEW = 3


def alike(one: State, other: State, waiting: int) -> bool:
    """Whether two paths hold the same: then what they came by does not matter."""
    if one.log is not other.log and waiting < _FEW:
        return False
    return (
        one.env == other.env
        and one.status == other.status
        and one.mem.keys() == other.mem.keys()
        and _same_loops(one, other)
        and all(_same_cells(one, other, base) for base in one.mem)
    )


def _same_loops(one: State, other: State) -> bool:
    return all(
        loop.widened == other.loops[head].widened
        and loop.last == other.loops[head].last
        and loop.rounds == other.loops[head].rounds
        for head, loop in one.loops.items()
        if head in other.loops
    )


def _same_cells(one: State, other: State, base: Symbol) -> bool:
    mine, its = one.mem[base], other.mem[base]
    return mine is its or (mine.at == its.at and mine.rest is its.rest)


def join(one: State, other: State) -> State:
    """Return one path for two that hold the same."""
    other.facts = hull(one.facts, other.facts)
    if one.log is not other.log:
        status = other.status
        other.log = merged(
            one.log, other.log, other.facts, lambda base: base in status and bool(status[base].how)
        )
        other.seen &= one.seen
    missing = {f for f in one.faults if other.visited >> f[0].block & 1} - other.faults
    missing |= {f for f in other.faults if one.visited >> f[0].block & 1} - one.faults
    other.faults = (one.faults | other.faults) - missing
    other.visited |= one.visited
    other.told |= one.told
    other.blind |= one.blind
    other.tagged |= one.tagged
    other.forks = max(one.forks, other.forks)
    return other
