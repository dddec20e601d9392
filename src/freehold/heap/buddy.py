"""The buddy system: blocks of powers of two, each at a multiple of its size.

The buddy of a block is the other half of what it was cut from: its address differs in one bit.
"""

from freehold.heap.policies import Buddy
from freehold.heap.space import NOWHERE, Space, round_up


class BuddySpace(Space):
    """A list of free blocks for each power of two; the last to come is the first to go."""

    def __init__(self, policy: Buddy) -> None:
        self.policy = policy
        self.unit = policy.smallest
        self._coalesce = policy.coalesce
        self._lists: list[dict[int, None]] = [{} for _ in range(64)]
        self._filled = 0
        self._order_at: dict[int, int] = {}  # start of a free block: the power of its size
        self._free = 0

    @property
    def free(self) -> int:
        return self._free

    @property
    def largest(self) -> int:
        return 1 << self._filled.bit_length() - 1 if self._filled else 0

    def holes(self) -> list[tuple[int, int]]:
        return sorted((start, 1 << order) for start, order in self._order_at.items())

    def reserve(self, size: int) -> int:
        return max(1 << (size - 1).bit_length() if size > 1 else 1, self.unit)

    def take(self, need: int) -> tuple[int, int]:
        order = need.bit_length() - 1
        fitting = self._filled >> order
        if not fitting:
            return NOWHERE, 0
        found = order + (fitting & -fitting).bit_length() - 1
        start = next(reversed(self._lists[found]))
        self._forget(start, found)
        for half in range(found - 1, order - 1, -1):
            self._remember(start + (1 << half), half)
        return start, found - order + 1

    def _remember(self, start: int, order: int) -> None:
        self._lists[order][start] = None
        self._filled |= 1 << order
        self._order_at[start] = order
        self._free += 1 << order

    def _forget(self, start: int, order: int) -> None:
        its = self._lists[order]
        del its[start], self._order_at[start]
        if not its:
            self._filled ^= 1 << order
        self._free -= 1 << order

    def give(self, start: int, need: int) -> None:
        order = need.bit_length() - 1
        while self._coalesce and self._order_at.get(start ^ 1 << order) == order:
            buddy = start ^ 1 << order
            self._forget(buddy, order)
            start = min(start, buddy)
            order += 1
        self._remember(start, order)

    def add(self, start: int, size: int) -> None:
        # Cut into the largest blocks that their addresses allow.
        while size:
            fits = 1 << size.bit_length() - 1
            block = min(start & -start, fits) if start else fits
            self.give(start, block)
            start += block
            size -= block

    def widen(self, start: int, need: int, new: int) -> bool:
        while need > new:  # the upper halves are free
            need //= 2
            self.give(start + need, need)
        return need == new

    def shortfall(self, need: int, end: int) -> int:
        low = end // need * need
        at = end
        while at > low:
            # A free block that ends here has a size that divides the address.
            sizes = (1 << order for order in range((at & -at).bit_length()))
            size = next((s for s in sizes if self._order_at.get(at - s) == s.bit_length() - 1), 0)
            if not size or not self._coalesce:
                return round_up(end, need) + need - end
            at -= size
        return low + need - end

    def home(self, need: int, start: int) -> int:
        return round_up(start, need)
