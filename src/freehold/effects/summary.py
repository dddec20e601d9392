"""What a function does, as its callers see it: plain values.

A disjunct is one path, or several that do the same: what it asks of its caller, in order; what it
has written when it returns; the regions that it made; its result.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from freehold.effects.cells import Cells, Fill
from freehold.effects.facts import Interval
from freehold.effects.log import Entry, Havoc
from freehold.effects.state import Status
from freehold.effects.values import Linear, Symbol, Terms, Value, split


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

    `blind`: whether it is gone depends on what no caller can tell. `merged`: it stands for several
    paths, some of which may not have written what it stores.
    """

    log: tuple[Entry, ...]
    stores: tuple[Store, ...]
    made: tuple[Made, ...]
    value: Value
    facts: tuple[tuple[Terms, Interval], ...]
    ends: bool = False
    failed: bool = False
    blind: bool = False
    merged: bool = False


def stored(disjunct: Disjunct) -> frozenset[Symbol]:
    """Return what a disjunct leaves pointers to in memory."""
    bases = (split(one.value)[0] for one in disjunct.stores if type(one.value) is Linear)
    return frozenset(base for base in bases if base is not None)


Written = frozenset[tuple[int, int]]  # the number of a parameter, and an offset; -1: anywhere


def written(ways: Sequence[Disjunct], parameters: tuple[Symbol, ...]) -> Written:
    """Return what is written through parameters on some way."""
    found = {(one.base, one.offset) for way in ways for one in way.stores}
    found |= {(one.base, -1) for way in ways for one in way.log if isinstance(one, Havoc)}
    numbers = {symbol: i for i, symbol in enumerate(parameters)}
    return frozenset((numbers[base], at) for base, at in found if base in numbers)


@dataclass(frozen=True, slots=True)
class Summary:
    """All ways through a function; `partial`: some are left out.

    `rest` stands for those beyond `disjuncts`, `whole` for all of them: they say less than each.

    `parameters` are the symbols that stand for the arguments, or for the addresses of aggregates;
    `used` are the numbers of those whose value is looked at; `replaces` has parameter and offset of
    each member that may be given other storage.
    """

    parameters: tuple[Symbol, ...]
    disjuncts: tuple[Disjunct, ...]
    partial: bool = False
    used: frozenset[int] = frozenset()
    replaces: frozenset[tuple[int, int]] = frozenset()
    rest: Disjunct | None = None
    whole: Disjunct | None = None
    sets: Written = frozenset()

    def ways(self, room: int) -> tuple[Disjunct, ...]:
        """Return the ways for a caller that has `room` for so many paths."""
        if room < _FEW and self.whole is not None:
            return (self.whole,)
        return self.disjuncts if self.rest is None else (*self.disjuncts, self.rest)


_FEW = 2
