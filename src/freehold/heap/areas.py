"""The memory of a replay on one line, for pictures: the chunks of all heaps in a row."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from freehold.records import dataclass

if TYPE_CHECKING:
    from freehold.heap.replay import Replay


@dataclass(frozen=True, slots=True)
class Area:
    """Addresses that lie together: a chunk of heap number `heap`, put at `at` in the picture."""

    heap: int
    start: int
    size: int
    at: int


@dataclass(frozen=True, slots=True)
class Areas:
    """All areas; `gap` bytes of the picture lie between two."""

    areas: tuple[Area, ...]
    _keys: tuple[tuple[int, int], ...]

    @property
    def size(self) -> int:
        """The bytes of the picture."""
        return self.areas[-1].at + self.areas[-1].size if self.areas else 0

    def place(self, heap: int, address: int) -> int:
        """Return where an address of a heap lies in the picture."""
        area = self.areas[bisect_right(self._keys, (heap, address)) - 1]
        return area.at + address - area.start


def areas(result: "Replay") -> Areas:
    """Return the areas of all heaps, by heap and address."""
    found: list[Area] = []
    at = 0
    for number, heap in enumerate(result.heaps.values()):
        for start, size in heap.chunks:
            found.append(Area(number, start, size, at))
            at += size
    return Areas(tuple(found), tuple((area.heap, area.start) for area in found))


def shown_steps(result: "Replay", most: int, of: Sequence[int] | None = None) -> list[int]:
    """Return the steps that a picture shows: all, or evenly chosen ones and the first failures.

    `of` are those to choose from; else it is every step.
    """
    steps = range(result.steps) if of is None else of
    if len(steps) <= most:
        return list(steps)
    failed = [failure.step for failure in result.failures[: most // 4]]
    even = most - len(failed)
    chosen = {steps[(len(steps) - 1) * index // (even - 1)] for index in range(even)}
    return sorted(chosen | set(failed))


def stays_at(result: "Replay", steps: list[int]) -> list[list[int]]:
    """Return, for each of `steps`, which stays are there after its event."""
    found: list[list[int]] = [[] for _ in steps]
    stays = result.stays
    for index in range(len(stays)):
        first = bisect_right(steps, stays.starts[index] - 1)
        end = stays.ends[index]
        last = len(steps) if end < 0 else bisect_right(steps, end - 1)
        for shown in range(first, last):
            found[shown].append(index)
    return found
