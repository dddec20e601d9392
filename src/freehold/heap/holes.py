"""Holes in the order of their addresses, in short rows: a search skips rows that are too small.

The count of holes seen is that of a walk through one list, hole after hole; it only runs faster.
"""

from bisect import bisect_left, bisect_right, insort

_ROW = 48  # a row twice as long is cut in two

Found = tuple[int, int, int]  # row, place in the row, holes seen


class Holes:
    """Start and size of each hole, by address."""

    __slots__ = ("_firsts", "_largest", "_sizes", "_starts", "count", "free")

    def __init__(self) -> None:
        self._starts: list[list[int]] = []
        self._sizes: list[list[int]] = []
        self._firsts: list[int] = []  # the first start of each row
        self._largest: list[int] = []  # the largest size of each row
        self.count = 0
        self.free = 0

    @property
    def largest(self) -> int:
        """The size of the largest hole, 0 if there is none."""
        return max(self._largest, default=0)

    def all(self) -> list[tuple[int, int]]:
        """Return start and size of each hole, by address."""
        return [
            pair
            for starts, sizes in zip(self._starts, self._sizes, strict=True)
            for pair in zip(starts, sizes, strict=True)
        ]

    def insert(self, start: int, size: int) -> None:
        """Add a hole."""
        self.count += 1
        self.free += size
        if not self._firsts:
            self._starts.append([start])
            self._sizes.append([size])
            self._firsts.append(start)
            self._largest.append(size)
            return
        row = max(bisect_right(self._firsts, start) - 1, 0)
        starts = self._starts[row]
        place = bisect_left(starts, start)
        starts.insert(place, start)
        self._sizes[row].insert(place, size)
        if place == 0:
            self._firsts[row] = start
        self._largest[row] = max(self._largest[row], size)
        if len(starts) > 2 * _ROW:
            self._cut(row)

    def _cut(self, row: int) -> None:
        starts, sizes = self._starts[row], self._sizes[row]
        self._starts[row : row + 1] = [starts[:_ROW], starts[_ROW:]]
        self._sizes[row : row + 1] = [sizes[:_ROW], sizes[_ROW:]]
        self._firsts[row : row + 1] = [starts[0], starts[_ROW]]
        self._largest[row : row + 1] = [max(sizes[:_ROW]), max(sizes[_ROW:])]

    def place_of(self, start: int) -> tuple[int, int]:
        """Return row and place of the hole that starts at `start`."""
        row = bisect_right(self._firsts, start) - 1
        return row, bisect_left(self._starts[row], start)

    def at(self, row: int, place: int) -> tuple[int, int]:
        """Return start and size of a hole."""
        return self._starts[row][place], self._sizes[row][place]

    def rank(self, row: int, place: int) -> int:
        """Return how many holes lie below."""
        return sum(map(len, self._starts[:row])) + place

    def remove(self, row: int, place: int) -> None:
        """Take a hole out."""
        starts, sizes = self._starts[row], self._sizes[row]
        del starts[place]
        size = sizes.pop(place)
        self.count -= 1
        self.free -= size
        if not starts:
            del self._starts[row], self._sizes[row], self._firsts[row], self._largest[row]
            return
        if place == 0:
            self._firsts[row] = starts[0]
        if size == self._largest[row]:
            self._largest[row] = max(sizes)

    def replace(self, row: int, place: int, start: int, size: int) -> None:
        """Change a hole; it stays between the same neighbours."""
        sizes = self._sizes[row]
        old = sizes[place]
        self._starts[row][place] = start
        sizes[place] = size
        self.free += size - old
        if place == 0:
            self._firsts[row] = start
        largest = self._largest
        if size > largest[row]:
            largest[row] = size
        elif old == largest[row] and size < old:
            largest[row] = max(sizes)

    def first(self, need: int) -> Found | None:
        """Return the first hole of at least `need` bytes."""
        for row, most in enumerate(self._largest):
            if most >= need:
                for place, size in enumerate(self._sizes[row]):
                    if size >= need:
                        return row, place, self.rank(row, place) + 1
        return None

    def next(self, need: int, start: int) -> Found | None:
        """Return the first hole of at least `need` bytes from `start` on, then from below."""
        if not self._firsts:
            return None
        first = max(bisect_right(self._firsts, start) - 1, 0)
        skipped = bisect_left(self._starts[first], start)
        rows = len(self._largest)
        below = self.rank(first, skipped)
        for row in range(first, rows):
            if self._largest[row] >= need:
                sizes = self._sizes[row]
                for place in range(skipped if row == first else 0, len(sizes)):
                    if sizes[place] >= need:
                        return row, place, self.rank(row, place) - below + 1
        found = self.first(need)
        if found is None:
            return None
        row, place, seen = found
        return row, place, seen + self.count - below


class Sizes:
    """The starts of the holes of each size."""

    __slots__ = ("_sizes", "_starts")

    def __init__(self) -> None:
        self._starts: dict[int, list[int]] = {}
        self._sizes: list[int] = []

    def insert(self, start: int, size: int) -> None:
        """Add a hole."""
        starts = self._starts.get(size)
        if starts is None:
            self._starts[size] = [start]
            insort(self._sizes, size)
        else:
            insort(starts, start)

    def remove(self, start: int, size: int) -> None:
        """Take a hole out."""
        starts = self._starts[size]
        if len(starts) == 1:
            del self._starts[size]
            del self._sizes[bisect_left(self._sizes, size)]
        else:
            del starts[bisect_left(starts, start)]

    def smallest(self, need: int) -> int | None:
        """Return the start of the smallest hole of at least `need` bytes, the lowest of equals."""
        at = bisect_left(self._sizes, need)
        return self._starts[self._sizes[at]][0] if at < len(self._sizes) else None

    def largest(self) -> int | None:
        """Return the start of the largest hole, the lowest of equals."""
        return self._starts[self._sizes[-1]][0] if self._sizes else None
