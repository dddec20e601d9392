"""Segregated fit: a list of holes for each range of sizes, and a bit for each list with some.

A request looks through its own list, then takes from the next list that has a hole: there any fits.
"""

from freehold.heap.policies import Segregated
from freehold.heap.space import NOWHERE, Space

_EXACT = 128  # lists of one size each
_KNOWN = 1 << 12  # units whose list is looked up rather than reckoned


def _list_of(units: int) -> int:
    if units < _EXACT:
        return units
    bits = units.bit_length()  # 8 for the first that shares
    return _EXACT + (bits - 8) * 8 + (units >> bits - 4 & 7)


_LISTS = [_list_of(units) for units in range(_KNOWN)]


class SegregatedSpace(Space):
    """Holes in lists by size; two tables say which holes touch a block."""

    def __init__(self, policy: Segregated) -> None:
        self.policy = policy
        self.unit = policy.align
        self._more = policy.header + policy.align - 1
        self._units = -policy.align  # a mask: align is a power of two
        self._shift = policy.align.bit_length() - 1
        self._coalesce = policy.coalesce
        self._lists: list[dict[int, int]] = [{} for _ in range(_EXACT + 8 * 64)]
        self._filled = 0
        self._free = 0
        self._size_at: dict[int, int] = {}  # start of a hole: its size
        self._start_of: dict[int, int] = {}  # end of a hole: its start

    @property
    def free(self) -> int:
        return self._free

    @property
    def largest(self) -> int:
        if not self._filled:
            return 0
        return max(self._lists[self._filled.bit_length() - 1].values())

    def holes(self) -> list[tuple[int, int]]:
        return sorted(self._size_at.items())

    def reserve(self, size: int) -> int:
        return (size or 1) + self._more & self._units

    def take(self, need: int) -> tuple[int, int]:
        units = need >> self._shift
        at = _LISTS[units] if units < _KNOWN else _list_of(units)
        its = self._lists[at]
        start, seen = NOWHERE, 0
        if its:
            if at < _EXACT:
                start, size = its.popitem()
                seen = 1
            else:
                start, seen = _first(its, need)
                size = its.pop(start, 0)
        if start == NOWHERE:
            larger = self._filled >> at + 1
            if not larger:
                return NOWHERE, seen
            at += (larger & -larger).bit_length()
            its = self._lists[at]
            start, size = its.popitem()
            seen += 1
        if not its:
            self._filled ^= 1 << at
        self._free -= need
        del self._size_at[start]
        if size == need:
            del self._start_of[start + size]
        else:
            self._put(start + need, start + size)
        return start, seen

    def _put(self, start: int, end: int) -> None:
        """List a hole."""
        size = self._size_at[start] = end - start
        self._start_of[end] = start
        units = size >> self._shift
        at = _LISTS[units] if units < _KNOWN else _list_of(units)
        its = self._lists[at]
        if not its:
            self._filled |= 1 << at
        its[start] = size

    def _unlist(self, start: int, size: int) -> None:
        units = size >> self._shift
        at = _LISTS[units] if units < _KNOWN else _list_of(units)
        its = self._lists[at]
        del its[start]
        if not its:
            self._filled ^= 1 << at

    def give(self, start: int, need: int) -> None:
        end = start + need
        self._free += need
        if self._coalesce:
            above = self._size_at.pop(end, 0)
            if above:
                self._unlist(end, above)
                end += above
            below = self._start_of.pop(start, None)
            if below is not None:
                self._unlist(below, start - below)
                start = below
        self._put(start, end)

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
            del self._size_at[end], self._start_of[end + above]
            self._unlist(end, above)
            self._free -= above
            if above > new - need:
                self.give(start + new, above - (new - need))
        return True

    def shortfall(self, need: int, end: int) -> int:
        last = self._start_of.get(end) if self._coalesce else None
        return need - (end - last) if last is not None else need


def _first(holes: dict[int, int], need: int) -> tuple[int, int]:
    """Return the hole put last among those that are large enough, and how many were looked at."""
    seen = 0
    for seen, (start, size) in enumerate(reversed(holes.items()), 1):
        if size >= need:
            return start, seen
    return NOWHERE, seen
