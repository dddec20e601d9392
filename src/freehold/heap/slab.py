"""Slabs: pages that hold objects of one size each, over a first fit that gives the pages.

An object comes from a slab of its class that has a free slot: the last that came to have one.
"""

from freehold.heap.fits import FitSpace
from freehold.heap.policies import FirstFit, Slab
from freehold.heap.space import NOWHERE, Space, round_up

_SHARE = 8  # an object is at most this part of a slab


class _Page:
    """One slab: where it starts, its class, the free slots (the last to come first), how many."""

    __slots__ = ("free", "size", "slots", "start")

    def __init__(self, start: int, size: int, slots: int) -> None:
        self.start = start
        self.size = size
        self.slots = slots
        self.free = [start + size * slot for slot in reversed(range(slots))]


class SlabSpace(Space):
    """The slabs with free slots of each class, and which slab an object lies in."""

    def __init__(self, policy: Slab) -> None:
        self.policy = policy
        self.unit = policy.align
        self._slab = round_up(policy.slab, policy.align)
        self._largest_object = max(self._slab // _SHARE, policy.align)
        self._pages = FitSpace(FirstFit(align=policy.align))
        self._partial: dict[int, dict[int, _Page]] = {}  # class: slabs by address
        self._page_of: dict[int, _Page] = {}  # object: its slab
        self.held = 0

    @property
    def free(self) -> int:
        return self._pages.free

    @property
    def largest(self) -> int:
        return self._pages.largest

    def holes(self) -> list[tuple[int, int]]:
        return self._pages.holes()

    def reserve(self, size: int) -> int:
        if size > self._largest_object:
            return round_up(size, self.unit)
        # Classes: the powers of two, and halfway between them.
        power = 1 << (max(size, 1) - 1).bit_length()
        between = power * 3 // 4
        return round_up(max(between if size <= between else power, 1), self.unit)

    def take(self, need: int) -> tuple[int, int]:
        if need > self._largest_object:
            return self._pages.take(need)
        partial = self._partial.setdefault(need, {})
        seen = 1
        if not partial:
            start, seen = self._pages.take(self._slab)
            if start == NOWHERE:
                return NOWHERE, seen
            partial[start] = _Page(start, need, self._slab // need)
            self.held += self._slab
        page = partial[next(reversed(partial))]
        found = page.free.pop()
        if not page.free:
            del partial[page.start]
        self._page_of[found] = page
        self.held -= need
        return found, seen

    def give(self, start: int, need: int) -> None:
        page = self._page_of.pop(start, None)
        if page is None:
            self._pages.give(start, need)
            return
        page.free.append(start)
        self.held += need
        partial = self._partial[page.size]
        partial[page.start] = page
        if len(page.free) == page.slots and self.policy.coalesce:
            del partial[page.start]
            self.held -= self._slab
            self._pages.give(page.start, self._slab)

    def add(self, start: int, size: int) -> None:
        self._pages.add(start, size)

    def widen(self, start: int, need: int, new: int) -> bool:
        if start in self._page_of or new <= self._largest_object:
            return need == new
        return self._pages.widen(start, need, new)

    def wanted(self, need: int) -> int:
        return self._slab if need <= self._largest_object else need

    def shortfall(self, need: int, end: int) -> int:
        return self._pages.shortfall(self.wanted(need), end)
