"""What a function does, as its callers see it: plain values.

A disjunct is one path, or several that do the same: what it asks of its caller, in order; what it
has written when it returns; the regions that it made; its result.
"""

from dataclasses import dataclass

from freehold.effects.cells import Cells, Fill
from freehold.effects.facts import Interval
from freehold.effects.log import Entry
from freehold.effects.state import Status
from freehold.effects.values import Symbol, Terms, Value


@dataclass(frozen=True, slots=True)
class Store:
    """`value` stands in `size` bytes at `offset` of what `base` points to."""

    base: Symbol
    offset: int
    size: int
    value: Value | Fill


@dataclass(frozen=True, slots=True)
class Made:
    """A region that the function made and the caller can reach, or that is dead."""

    symbol: Symbol
    cells: Cells
    status: Status


@dataclass(frozen=True, slots=True)
class Disjunct:
    """One way through a function. `ends`: it does not return; `failed`: an allocation did.

    `blind`: whether it is gone depends on what no caller can tell.
    """

    log: tuple[Entry, ...]
    stores: tuple[Store, ...]
    made: tuple[Made, ...]
    value: Value
    facts: tuple[tuple[Terms, Interval], ...]
    ends: bool = False
    failed: bool = False
    blind: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """All ways through a function; `partial`: some are left out.

    `parameters` are the symbols that stand for the arguments, or for the addresses of aggregates;
    `used` are the numbers of those whose value is looked at; `replaces` has parameter and offset of
    each member that may be given other storage.
    """

    parameters: tuple[Symbol, ...]
    disjuncts: tuple[Disjunct, ...]
    partial: bool = False
    used: frozenset[int] = frozenset()
    replaces: frozenset[tuple[int, int]] = frozenset()
