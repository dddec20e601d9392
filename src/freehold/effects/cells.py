"""What a region holds: values at byte offsets, and what is everywhere else.

`Cells` is changed in place by the one state that owns it; states share it until then.
"""

from enum import Enum
from itertools import count
from typing import NamedTuple

from freehold.effects.values import UNINITIALISED, Value

_versions = count(1)


class Rest(Enum):
    """What a region holds where no cell stands."""

    UNINITIALISED = "uninitialised"
    ZERO = "zero"
    UNKNOWN = "unknown"  # something, and initialised
    GIVEN = "given"  # what the caller left there
    DATA = "data"  # what the program's text says


class Fill(NamedTuple):
    """The same byte, over and over. A negative one is some byte other than zero."""

    byte: int


class Cell(NamedTuple):
    """`size` bytes that hold `value`."""

    size: int
    value: Value | Fill


class Cells:
    """The contents of one region."""

    __slots__ = ("at", "rest", "tainted", "unit", "version", "written")

    def __init__(self, rest: Rest, *, tainted: bool = False) -> None:
        self.at: dict[int, Cell] = {}
        self.rest = rest
        self.tainted = tainted
        self.version = next(_versions)
        self.unit = -1  # the size of all cells, at multiples of it; 0: they differ; -1: none yet
        self.written: set[int] | None = set()  # None: anywhere

    def copy(self) -> "Cells":
        """Return the same cells, to be changed apart."""
        made = Cells(self.rest, tainted=self.tainted)
        made.at = self.at.copy()
        made.unit = self.unit
        made.version = self.version
        made.written = None if self.written is None else self.written.copy()
        return made

    def get(self, offset: int, size: int) -> Value | Fill | Rest | None:
        """Return what stands there: a value, the rest, or None if it is of several parts."""
        found = self.at.get(offset)
        if found is not None and found.size == size:
            return found.value
        if not self.at or (self.unit == size and offset % size == 0):
            return self.rest
        over = self._over(offset, size)
        if not over:
            return self.rest
        if len(over) == 1:
            start = over[0]
            cell = self.at[start]
            if start <= offset and offset + size <= start + cell.size:
                return _part(cell, offset - start, size)
        parts = [self.at[start].value for start in over]
        if any(part is UNINITIALISED for part in parts):
            return UNINITIALISED
        whole = sum(self.at[start].size for start in over)
        if whole < size and self.rest is Rest.UNINITIALISED:
            return None if self._covers(over, offset, size) else UNINITIALISED
        return None

    def _covers(self, over: list[int], offset: int, size: int) -> bool:
        here = offset
        for start in sorted(over):
            if start > here:
                return False
            here = start + self.at[start].size
        return here >= offset + size

    def overlaps(self, offset: int, size: int) -> bool:
        """Whether a cell has one of those bytes."""
        if not self.at or (self.unit == size and offset % size == 0):
            return offset in self.at
        return bool(self._over(offset, size))

    def _over(self, offset: int, size: int) -> list[int]:
        end = offset + size
        return [
            start for start, cell in self.at.items() if start < end and offset < start + cell.size
        ]

    def put(self, offset: int, size: int, value: Value | Fill, *, found: bool = False) -> None:
        """Write `value`; `found`: it was there all the time."""
        at = self.at
        known = at.get(offset)
        if known is None or known.size != size:
            if self.unit == -1:
                self.unit = size if size and offset % size == 0 else 0
            elif self.unit != size or offset % size:
                self.unit = 0
                self._clear(offset, size)
        at[offset] = Cell(size, value)
        if found:
            return
        self.version = next(_versions)
        if self.written is not None:
            self.written.add(offset)

    def _clear(self, offset: int, size: int) -> None:
        """Cut what stands in the way; of a fill, both ends stay."""
        end = offset + size
        for start in self._over(offset, size):
            cell = self.at.pop(start)
            last = start + cell.size
            if isinstance(cell.value, Fill) or cell.value is UNINITIALISED:
                if start < offset:
                    self.at[start] = Cell(offset - start, cell.value)
                if last > end:
                    self.at[end] = Cell(last - end, cell.value)
            elif self.rest is Rest.UNINITIALISED or self.rest is Rest.ZERO:
                # The other bytes of a value that was partly overwritten are something.
                for byte in range(start, last):
                    if not offset <= byte < end:
                        self.at[byte] = Cell(1, Fill(-2))

    def forget(self, rest: Rest = Rest.UNKNOWN, *, tainted: bool = False) -> None:
        """Let it hold anything."""
        self.version = next(_versions)
        self.at = {}
        self.rest = rest
        self.unit = -1
        self.tainted = tainted
        self.written = None


def _part(cell: Cell, offset: int, size: int) -> Value | Fill | None:
    value = cell.value
    if isinstance(value, Fill) or value is UNINITIALISED:
        return value
    if type(value) is int:
        return value >> offset * 8 & (1 << size * 8) - 1
    return None
