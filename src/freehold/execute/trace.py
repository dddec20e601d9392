"""The log of a recorded run as the child writes it: `enum fh_event` and what follows each."""

import struct
from collections.abc import Iterator, Mapping
from enum import IntEnum
from typing import NamedTuple

from freehold.records import dataclass, field


@dataclass(frozen=True, slots=True)
class RawTrace:
    """The bytes of a log. `steps` are the steps taken; it is `full` if the log ends before them.

    Of the steps past the `limit` only some are in it: one in 2, then one in 4, and so on.
    `functions` are those that pointers point to, by their address.
    """

    data: bytes
    steps: int = 0
    full: bool = False
    limit: int = 0
    functions: Mapping[int, str] = field(default_factory=dict)


class ObjectKind(IntEnum):
    """enum fh_kind, of the objects that a log tells of."""

    HEAP = 2
    STACK = 3
    GLOBAL = 4
    LITERAL = 5
    STATIC = 7
    FILE = 8
    MMAP = 9
    ALLOCA = 10
    VLA = 11
    CONST = 15
    DIR = 16
    LIBRARY = 32  # a block that only std's statics hold: no kind of the log's


class Step(NamedTuple):
    """The program comes to the line of `site`."""

    site: int


class Entered(NamedTuple):
    """A function of the user's begins."""

    site: int
    frame: int


class Left(NamedTuple):
    """The function whose frame this is ends."""

    frame: int


class Unwound(NamedTuple):
    """All frames below this address are left."""

    frame: int


class Began(NamedTuple):
    """An object begins to exist: a block of the heap, a variable, a static."""

    site: int
    kind: int
    base: int
    size: int
    handle: int


class Ended(NamedTuple):
    """The object ends: freed, or its scope is left."""

    handle: int


class Changed(NamedTuple):
    """Bytes from `address` on are now `data`.

    `unset` has a bit for each byte that is still uninitialised (bit 0 is the first byte).
    `handles` are those of the pointers among them, by address.
    """

    address: int
    data: bytes
    unset: int
    handles: tuple[tuple[int, int], ...]


class Moved(NamedTuple):
    """What is in these bytes is moved: it is not there any more."""

    address: int
    size: int


class Renewed(NamedTuple):
    """The block that began last takes the place of this one: a realloc."""

    handle: int


class Faulted(NamedTuple):
    """The finding of this number happens."""

    number: int


class Printed(NamedTuple):
    """Standard output has had so many bytes."""

    bytes: int


RawEvent = (
    Step | Entered | Left | Unwound | Began | Ended | Changed | Moved | Renewed | Faulted | Printed
)

_WORDS = struct.Struct("<QQ")
_BEGAN = struct.Struct("<QQQQ")
_BYTES = 7


def read_events(trace: RawTrace) -> Iterator[RawEvent]:
    """Yield the events in order."""
    data = trace.data
    at, end = 0, len(data)
    while at + 8 <= end:
        kind, flags = data[at], data[at + 1]
        number = int.from_bytes(data[at + 4 : at + 8], "little")
        if kind == _BYTES:
            count = int.from_bytes(data[at + 2 : at + 4], "little")
            event, at = _changed(data, at, number, count, masked=bool(flags))
            yield event
        elif kind == 1:
            at += 8
            yield Step(number)
        elif kind == 5:
            _, base, size, handle = _BEGAN.unpack_from(data, at)
            at += 32
            yield Began(number, flags, base, size, handle)
        else:
            word = _WORDS.unpack_from(data, at)[1]
            at += 16
            yield _small(kind, number, word)


def _changed(data: bytes, at: int, size: int, count: int, *, masked: bool) -> tuple[Changed, int]:
    address = _WORDS.unpack_from(data, at)[1]
    start = at + 16
    at = start + -(-size // 8) * 8
    unset = 0
    if masked:
        words = -(-size // 64) * 8
        set_ = int.from_bytes(data[at : at + words], "little")
        unset = ~set_ & ((1 << size) - 1)
        at += words
    handles = tuple(_WORDS.unpack_from(data, at + 16 * n) for n in range(count))
    changed = Changed(address, data[start : start + size], unset, handles)
    return changed, at + 16 * count


def _small(kind: int, number: int, word: int) -> RawEvent:
    match kind:
        case 2:
            return Entered(number, word)
        case 3:
            return Left(word)
        case 4:
            return Unwound(word)
        case 6:
            return Ended(word)
        case 8:
            return Moved(word, number)
        case 9:
            return Faulted(number)
        case 10:
            return Printed(word)
        case 11:
            return Renewed(word)
        case _:
            raise ValueError(f"no event of kind {kind}")
