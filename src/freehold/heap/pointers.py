"""Bump pointer, pool and stack: models that look at one place only."""

from freehold.heap.policies import Bump, Pool, Stack
from freehold.heap.space import NOWHERE, Space, round_up


class BumpSpace(Space):
    """A pointer into the newest region; what it has passed never comes back one by one."""

    def __init__(self, policy: Bump) -> None:
        self.policy = policy
        self.unit = policy.align
        self._top = self._end = 0
        self.held = 0

    @property
    def free(self) -> int:
        return self._end - self._top

    @property
    def largest(self) -> int:
        return self.free

    def holes(self) -> list[tuple[int, int]]:
        return [(self._top, self.free)] if self.free else []

    def reserve(self, size: int) -> int:
        return round_up(max(size, 1), self.unit)

    def take(self, need: int) -> tuple[int, int]:
        start = self._top
        if need > self._end - start:
            return NOWHERE, 1
        self._top = start + need
        return start, 1

    def give(self, start: int, need: int) -> None:
        del start
        self.held += need

    def add(self, start: int, size: int) -> None:
        if start != self._end:  # another region: what is left of this one is lost
            self.held += self.free
            self._top = start
        self._end = start + size

    def widen(self, start: int, need: int, new: int) -> bool:
        if start + need == self._top and start + new <= self._end:
            self._top = start + new
            return True
        if new < need:
            self.held += need - new
            return True
        return need == new

    def shortfall(self, need: int, end: int) -> int:
        return need - self.free if end == self._end else need


class PoolSpace(Space):
    """Slots that came back, and regions that were never cut."""

    def __init__(self, policy: Pool) -> None:
        self.policy = policy
        self._slot = policy.slot
        self._back: list[int] = []
        self._fresh: list[list[int]] = []  # start and end; each a whole number of slots
        self._end = -1
        self._tail = 0  # bytes at the end of the newest region that are no slot
        self._uncut = 0  # bytes in `_fresh`
        self.held = 0

    @property
    def free(self) -> int:
        return len(self._back) * self._slot + self._uncut

    @property
    def largest(self) -> int:
        return self._slot if self.free else 0

    def holes(self) -> list[tuple[int, int]]:
        # Slots that were never used lie together: they count as one hole, that is cut on demand.
        uncut = [(low, high - low) for low, high in self._fresh]
        return sorted([*((start, self._slot) for start in self._back), *uncut])

    def reserve(self, size: int) -> int:
        return self._slot if size <= self._slot else 0

    def take(self, need: int) -> tuple[int, int]:
        if self._back:
            return self._back.pop(), 1
        if not self._fresh:
            return NOWHERE, 1
        region = self._fresh[0]
        start = region[0]
        region[0] += need
        self._uncut -= need
        if region[0] == region[1]:
            self._fresh.pop(0)
        return start, 1

    def give(self, start: int, need: int) -> None:
        del need
        self._back.append(start)

    def add(self, start: int, size: int) -> None:
        if start == self._end:  # the rest of the last region becomes part of a slot
            start, size = start - self._tail, size + self._tail
            self.held -= self._tail
        self._end = start + size
        self._tail = size % self._slot
        self.held += self._tail
        if size >= self._slot:
            self._fresh.append([start, start + size - self._tail])
            self._uncut += size - self._tail

    def shortfall(self, need: int, end: int) -> int:
        return need - self._tail if end == self._end else need


class StackSpace(Space):
    """Blocks in the order of their making; the top goes down past those that are free."""

    def __init__(self, policy: Stack) -> None:
        self.policy = policy
        self.unit = policy.align
        self._regions: list[list[int]] = []  # start, top, end
        self._at = 0  # the region that has the top
        self._blocks: list[int] = []  # starts, lowest first
        self._dead: dict[int, int] = {}  # freed, not yet below the top: start, bytes
        self.held = 0

    @property
    def free(self) -> int:
        return sum(end - top for _, top, end in self._regions[self._at :])

    @property
    def largest(self) -> int:
        return max((end - top for _, top, end in self._regions[self._at :]), default=0)

    def holes(self) -> list[tuple[int, int]]:
        return [(top, end - top) for _, top, end in self._regions[self._at :] if end > top]

    def reserve(self, size: int) -> int:
        return round_up(max(size, 1), self.unit)

    def take(self, need: int) -> tuple[int, int]:
        seen = 0
        for index in range(self._at, len(self._regions)):
            region = self._regions[index]
            seen += 1
            if region[2] - region[1] < need:
                continue
            for passed in range(self._at, index):
                self.held += self._regions[passed][2] - self._regions[passed][1]
            self._at = index
            start = region[1]
            region[1] += need
            self._blocks.append(start)
            return start, seen
        return NOWHERE, seen

    def give(self, start: int, need: int) -> None:
        self._dead[start] = need
        self.held += need
        while self._blocks and self._blocks[-1] in self._dead:
            top = self._blocks.pop()
            self.held -= self._dead.pop(top)
            self._lower(top)

    def _lower(self, top: int) -> None:
        self._regions[self._at][1] = top
        # Back at the start of a region: the one below has the top again.
        while self._at and self._regions[self._at][1] == self._regions[self._at][0]:
            self._at -= 1
            below = self._regions[self._at]
            self.held -= below[2] - below[1]

    def add(self, start: int, size: int) -> None:
        if self._regions and self._regions[-1][2] == start:
            self._regions[-1][2] += size
        else:
            self._regions.append([start, start, start + size])

    def widen(self, start: int, need: int, new: int) -> bool:
        region = self._regions[self._at]
        if self._blocks[-1] == start and start + new <= region[2]:
            region[1] = start + new
            return True
        return need == new

    def shortfall(self, need: int, end: int) -> int:
        del end
        top = self._regions[-1] if self._regions else None
        return need - (top[2] - top[1]) if top is not None else need
