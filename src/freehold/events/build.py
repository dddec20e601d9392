"""From the rows of a trace to events: names become blocks, and what cannot be is said."""

from collections.abc import Callable
from typing import NamedTuple

from freehold.events.model import (
    Alloc,
    Block,
    Enter,
    Event,
    Free,
    Leave,
    Log,
    Move,
    Point,
    Read,
    Reset,
    Resize,
    Write,
)
from freehold.records import dataclass, field

_LARGEST = 1 << 62
_UNITS = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}


class TraceError(Exception):
    """A row that makes no sense where it stands."""


class Row(NamedTuple):
    """One row of a trace, as it was written; what is not given is ""."""

    event: str
    block: str = ""
    size: str = ""
    name: str = ""
    heap: str = ""
    slot: str = ""
    target: str = ""


@dataclass(slots=True)
class Builder:
    """Takes rows in order and appends their events to `log`."""

    log: Log
    _live: dict[str, Block] = field(default_factory=dict)
    _ended: set[str] = field(default_factory=set)
    _heaps: dict[str, str] = field(default_factory=dict)
    _made: int = 0
    _depth: int = 0

    def add(self, row: Row) -> None:
        """Append the event of `row`; raises TraceError."""
        make = _MAKE.get(row.event)
        if make is None:
            raise TraceError(f"no event `{row.event}`; there are {', '.join(_MAKE)}")
        self.log.events.append(make(self, row))

    # ------------------------------------------------------------------------- by kind of event

    def _alloc(self, row: Row) -> Event:
        if not row.block:
            raise TraceError("an allocation needs a block")
        if row.block in self._live:
            raise TraceError(f"`{row.block}` is allocated already")
        block = self._live[row.block] = Block(self._made)
        self._heaps[row.block] = row.heap
        self._made += 1
        return Alloc(block, number(row.size), row.name or row.block, row.heap)

    def _resize(self, row: Row) -> Event:
        return Resize(self._known(row.block), number(row.size))

    def _free(self, row: Row) -> Event:
        block = self._known(row.block)
        del self._live[row.block], self._heaps[row.block]
        self._ended.add(row.block)
        return Free(block)

    def _reset(self, row: Row) -> Event:
        for name in [name for name, heap in self._heaps.items() if heap == row.heap]:
            del self._live[name], self._heaps[name]
            self._ended.add(name)
        return Reset(row.heap)

    def _read(self, row: Row) -> Event:
        return Read(self._known(row.block), 0, number(row.size or "0"))

    def _write(self, row: Row) -> Event:
        return Write(self._known(row.block))

    def _point(self, row: Row) -> Event:
        holder = self._known(row.block) if row.block else None
        if not row.slot:
            raise TraceError("a pointer needs the slot or the variable that it is stored in")
        return Point(holder, row.slot, self._known(row.target) if row.target else None)

    def _enter(self, row: Row) -> Event:
        self._depth += 1
        return Enter(row.name, number(row.size or "0"))

    def _leave(self, _: Row) -> Event:
        if not self._depth:
            raise TraceError("nothing is entered that could be left")
        self._depth -= 1
        return Leave()

    def _move(self, row: Row) -> Event:
        block = self._known(row.block)
        if not row.target:
            return Move(block, row.block, outward=1)
        return Move(block, row.block, row.target, self._known(row.target))

    def _known(self, name: str) -> Block:
        block = self._live.get(name)
        if block is None:
            why = "is not allocated any more" if name in self._ended else "is not allocated"
            raise TraceError(f"`{name}` {why}")
        return block


def number(text: str) -> int:
    """Return the number of bytes in `text`, such as 64K; raises TraceError."""
    digits, unit = (text[:-1], _UNITS[text[-1]]) if text[-1:] in _UNITS else (text, 1)
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > 19:
        raise TraceError(f"`{text[:40]}` is no number of bytes")
    if int(digits) * unit > _LARGEST:
        raise TraceError(f"{text} bytes are more than an address space holds")
    return int(digits) * unit


_MAKE: dict[str, Callable[[Builder, Row], Event]] = {
    "alloc": Builder._alloc,
    "resize": Builder._resize,
    "free": Builder._free,
    "reset": Builder._reset,
    "read": Builder._read,
    "write": Builder._write,
    "point": Builder._point,
    "enter": Builder._enter,
    "leave": Builder._leave,
    "move": Builder._move,
}
