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
        self._lists: list[dict[int, None]] = [{} for _ in range(_EXACT + 8 * 64)]
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
        return max(map(self._size_at.__getitem__, self._lists[self._filled.bit_length() - 1]))

    def holes(self) -> list[tuple[int, int]]:
        return sorted(self._size_at.items())

    def reserve(self, size: int) -> int:
        return (size or 1) + self._more & self._units

    def take(self, need: int) -> tuple[int, int]:
        units = need >> self._shift
        own = _LISTS[units] if units < _KNOWN else _list_of(units)
        seen = 0
        its = self._lists[own]
        if its:
            size_at = self._size_at
            for start in reversed(its):
                seen += 1
                if size_at[start] >= need:
                    self._carve(own, start, need)
                    return start, seen
        larger = self._filled >> own + 1
        if not larger:
            return NOWHERE, seen
        at = own + (larger & -larger).bit_length()
        start = next(reversed(self._lists[at]))
        self._carve(at, start, need)
        return start, seen + 1

    def _carve(self, at: int, start: int, need: int) -> None:
        """Take the first `need` bytes of a hole in list number `at`."""
        size = self._size_at.pop(start)
        its = self._lists[at]
        del its[start]
        if not its:
            self._filled ^= 1 << at
        self._free -= need
        end = start + size
        if size == need:
            del self._start_of[end]
            return
        rest, left = start + need, size - need
        self._size_at[rest] = left
        self._start_of[end] = rest
        units = left >> self._shift
        into = _LISTS[units] if units < _KNOWN else _list_of(units)
        its = self._lists[into]
        if not its:
            self._filled |= 1 << into
        its[rest] = None

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
                self._unlist(below, self._size_at[below])
                start = below
        size = self._size_at[start] = end - start
        self._start_of[end] = start
        units = size >> self._shift
        at = _LISTS[units] if units < _KNOWN else _list_of(units)
        its = self._lists[at]
        if not its:
            self._filled |= 1 << at
        its[start] = None

    def _unlist(self, start: int, size: int) -> None:
        units = size >> self._shift
        at = _LISTS[units] if units < _KNOWN else _list_of(units)
        its = self._lists[at]
        del its[start]
        if not its:
            self._filled ^= 1 << at

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
            self._carve(_list_of(above >> self._shift), end, new - need)
        return True

    def shortfall(self, need: int, end: int) -> int:
        last = self._start_of.get(end) if self._coalesce else None
        return need - (end - last) if last is not None else need
