"""First, next, best and worst fit: one list of holes, and four ways to choose from it.

A block is cut from the low end of its hole. First and next fit look at holes until one is large
enough; best fit until one fits exactly, else at all; worst fit at all.
"""

from collections.abc import Callable
from typing import assert_never

from freehold.heap.holes import Found, Holes, Sizes
from freehold.heap.policies import BestFit, FirstFit, NextFit, WorstFit
from freehold.heap.space import NOWHERE, Space


class FitSpace(Space):
    """Holes by address; two tables say which holes touch a block."""

    def __init__(self, policy: FirstFit | NextFit | BestFit | WorstFit) -> None:
        self.policy = policy
        self.unit = policy.align
        self._coalesce = policy.coalesce
        self._more = policy.header + policy.align - 1
        self._units = -policy.align  # a mask: align is a power of two
        self._table = Holes()
        self._sizes = Sizes() if isinstance(policy, (BestFit, WorstFit)) else None
        self._size_at: dict[int, int] = {}  # start of a hole: its size
        self._start_of: dict[int, int] = {}  # end of a hole: its start
        self._next = 0
        self._choose = self._chooser(policy)

    @property
    def free(self) -> int:
        return self._table.free

    @property
    def largest(self) -> int:
        return self._table.largest

    def holes(self) -> list[tuple[int, int]]:
        return self._table.all()

    def reserve(self, size: int) -> int:
        return (size or 1) + self._more & self._units

    def take(self, need: int) -> tuple[int, int]:
        found = self._choose(need)
        if found is None:
            return NOWHERE, self._table.count
        start = self._carve(found[0], found[1], need)
        self._next = start + need
        return start, found[2]

    def _chooser(
        self, policy: FirstFit | NextFit | BestFit | WorstFit
    ) -> Callable[[int], Found | None]:
        match policy:
            case FirstFit():
                return self._table.first
            case NextFit():
                return self._round
            case BestFit():
                return self._best
            case WorstFit():
                return self._worst
            case _:
                assert_never(policy)

    def _round(self, need: int) -> Found | None:
        return self._table.next(need, self._next)

    def _best(self, need: int) -> Found | None:
        assert self._sizes is not None
        start = self._sizes.smallest(need)
        if start is None:
            return None
        row, place = self._table.place_of(start)
        exact = self._size_at[start] == need
        return row, place, self._table.rank(row, place) + 1 if exact else self._table.count

    def _worst(self, need: int) -> Found | None:
        assert self._sizes is not None
        start = self._sizes.largest()
        if start is None or self._size_at[start] < need:
            return None
        row, place = self._table.place_of(start)
        return row, place, self._table.count

    def _carve(self, row: int, place: int, need: int) -> int:
        """Take the first `need` bytes of a hole; return where they start."""
        start, size = self._table.at(row, place)
        end = start + size
        del self._size_at[start]
        if self._sizes is not None:
            self._sizes.remove(start, size)
        if size == need:
            del self._start_of[end]
            self._table.remove(row, place)
            return start
        rest, left = start + need, size - need
        self._size_at[rest] = left
        self._start_of[end] = rest
        self._table.replace(row, place, rest, left)
        if self._sizes is not None:
            self._sizes.insert(rest, left)
        return start

    def give(self, start: int, need: int) -> None:
        end = start + need
        if not self._coalesce:
            self._hole(start, end)
            return
        below = self._start_of.get(start)
        above = self._size_at.get(end)
        if below is None and above is None:
            self._hole(start, end)
            return
        if above is not None:
            row, place = self._table.place_of(end)
            self._forget(end, end + above)
            end += above
            if below is not None:
                self._table.remove(row, place)
        if below is not None:
            row, place = self._table.place_of(below)
            self._forget(below, start)
            start = below
        self._table.replace(row, place, start, end - start)
        self._remember(start, end)
        if start < self._next < end:
            self._next = start  # the search goes on at a hole, not inside of one

    def _hole(self, start: int, end: int) -> None:
        self._table.insert(start, end - start)
        self._remember(start, end)

    def _remember(self, start: int, end: int) -> None:
        self._size_at[start] = end - start
        self._start_of[end] = start
        if self._sizes is not None:
            self._sizes.insert(start, end - start)

    def _forget(self, start: int, end: int) -> None:
        del self._size_at[start], self._start_of[end]
        if self._sizes is not None:
            self._sizes.remove(start, end - start)

    def add(self, start: int, size: int) -> None:
        self.give(start, size)

    def widen(self, start: int, need: int, new: int) -> bool:
        end = start + need
        if new < need:
            self.give(start + new, need - new)
            return True
        above = self._size_at.get(end, 0)
        if above < new - need:
            return False
        if new > need:
            row, place = self._table.place_of(end)
            self._carve(row, place, new - need)
        return True

    def shortfall(self, need: int, end: int) -> int:
        last = self._start_of.get(end) if self._coalesce else None
        return need - (end - last) if last is not None else need
