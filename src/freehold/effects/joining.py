"""Making one path of two that hold the same."""

from collections.abc import Set

from freehold.effects.cells import Cells
from freehold.effects.facts import Facts, hull
from freehold.effects.log import merged
from freehold.effects.state import State, is_held
from freehold.effects.values import Symbol

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
        and all(same_cells(cells, other.mem[base]) for base, cells in one.mem.items())
    )


def _same_loops(one: State, other: State) -> bool:
    return all(
        loop.widened == other.loops[head].widened
        and loop.last == other.loops[head].last
        and loop.rounds == other.loops[head].rounds
        for head, loop in one.loops.items()
        if head in other.loops
    )


def same_cells(mine: Cells, its: Cells) -> bool:
    """Whether a region holds the same on two paths."""
    return mine is its or (mine.at == its.at and mine.rest is its.rest)


def join(one: State, other: State) -> State:
    """Return one path for two that hold the same."""
    status = other.status
    gone = {base for base in status if status[base].how}
    take_in(one, other, hull(one.facts, other.facts), gone)
    other.blind |= one.blind
    other.merged |= one.merged
    return other


def take_in(one: State, other: State, facts: Facts, gone: Set[Symbol]) -> None:
    """Let `other` stand for both: what both ask of the caller, what was said on either.

    `facts` hold on both, and what is `gone` is so on both.
    """
    other.facts = facts
    if one.log is not other.log:
        other.log = merged(one.log, other.log, facts, gone)
        held = {one for one in (*one.seen, *other.seen) if is_held(one)}
        other.seen &= one.seen
        other.seen |= held
    missing = {f for f in one.faults if other.visited >> f[0].block & 1} - other.faults
    missing |= {f for f in other.faults if one.visited >> f[0].block & 1} - one.faults
    other.faults = (one.faults | other.faults) - missing
    other.visited |= one.visited
    other.told |= one.told
    other.doubts |= one.doubts
    other.guesses |= one.guesses
    other.tagged |= one.tagged
    other.forks = max(one.forks, other.forks)
