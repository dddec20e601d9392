"""The records of `runtime/native/fh.h`, decoded."""

import struct
from dataclasses import dataclass
from enum import IntEnum, IntFlag

VERSION = 1
LIMIT = 65536  # bytes of a datagram, more than any record has
_HEAD = struct.Struct("<6I4Q2Q4I6Q2I2Q4I2I")


class RecordKind(IntEnum):
    """enum fh_record_kind."""

    FAULT = 1
    TEXT = 2
    ENDING = 3
    LOSS = 4
    SUMMARY = 5
    COUNT = 6
    OPEN = 7
    NATIVE = 8
    FATAL = 9
    HOLDER = 10
    FORK = 11
    FRAME = 12
    FAILED = 13


class Fault(IntEnum):
    """enum fh_fault."""

    NULL = 1
    WILD = 2
    BOUNDS = 3
    DEAD = 4
    MEMBER = 5
    UNINIT = 6
    UNINIT_VALUE = 7
    ALIGN = 8
    READ_ONLY = 9
    DOUBLE_FREE = 10
    FREE_INTERIOR = 11
    FREE_NON_HEAP = 12
    MISMATCH = 13
    CALL_SIGNATURE = 14
    CALL_TARGET = 15
    BAD_SIZE = 16
    LONGJMP = 17
    VARARG_COUNT = 18
    VARARG_TYPE = 19
    VARARG_LIST = 20
    LAYOUT = 21
    OFFSET = 22


class Kind(IntEnum):
    """enum fh_kind: what sort of object a descriptor is for."""

    NULL = 0
    FOREIGN = 1
    HEAP = 2
    STACK = 3
    GLOBAL = 4
    LITERAL = 5
    FUNCTION = 6
    STATIC = 7
    FILE = 8
    MMAP = 9
    ALLOCA = 10
    VLA = 11
    MEMBER = 12
    MADE_UP = 13
    ARGS = 14
    CONST = 15
    DIR = 16


class State(IntEnum):
    """enum fh_state: how the object is that a handle refers to."""

    NONE = 0
    LIVE = 1
    DEAD = 2
    REUSED = 3
    FORGOTTEN = 4


class Flag(IntFlag):
    """enum fh_record_flag."""

    WRITE = 1
    FREE = 2
    FRAME_LIVE = 8


class Ending(IntEnum):
    """enum fh_ending."""

    EXIT = 1
    SIGNAL = 2
    ABORT = 3
    STACK_OVERFLOW = 4
    ARITHMETIC = 5
    STOPPED = 6
    UNREACHABLE = 7
    TRAP = 8
    FAULTS = 9
    EXHAUSTED = 10


class Stop(IntEnum):
    """enum fh_stop: why the parent stopped the program."""

    NONE = 0
    TIMEOUT = 1
    MEMORY = 2
    OUTPUT = 3
    INTERRUPT = 4


class Cause(IntEnum):
    """enum fh_cause: why blocks are lost."""

    NONE = 0
    GIVEN_UP = 1
    CYCLE = 2


class Loss(IntEnum):
    """enum fh_loss."""

    DEFINITE = 0
    INDIRECT = 1
    POSSIBLE = 2
    REACHABLE = 3


TOTALS = (
    "definite_bytes", "definite_blocks", "indirect_bytes", "indirect_blocks",
    "possible_bytes", "possible_blocks", "reachable_bytes", "reachable_blocks",
    "blocks_made", "frees", "bytes_made", "live_bytes", "live_blocks", "peak_bytes",
    "findings", "faults", "consequences", "attempts", "leaks_checked",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """One record. Addresses and handles are the child's; stacks are return addresses.

    `kind` and `code` are plain numbers: what this version does not know is ignored by the reader.
    """

    kind: int
    code: int
    site: int
    pid: int
    number: int
    count: int
    address: int
    handle: int
    length: int
    base: int
    size: int
    object_kind: Kind
    object_site: int
    state: State
    flags: Flag
    value: tuple[int, ...]
    occupant_kind: Kind
    occupant_site: int
    occupant_base: int
    occupant_size: int
    access: tuple[int, ...]
    alloc: tuple[int, ...]
    release: tuple[int, ...]
    occupant: tuple[int, ...]
    text: bytes

    @property
    def words(self) -> tuple[str, ...]:
        """The text, split at its NULs."""
        return tuple(part.decode(errors="replace") for part in self.text.split(b"\0")[:-1])

    @property
    def offset(self) -> int:
        """Where the access starts, counted from the object's first byte; negative before it."""
        difference = self.address - self.base
        return difference if -(2**63) <= difference < 2**63 else 0


def decode(data: bytes) -> Record | None:
    """Return the record that `data` holds, or None if it holds none."""
    if len(data) < _HEAD.size:
        return None
    head = _HEAD.unpack_from(data)
    if head[0] != VERSION:
        return None
    counts = head[26:30]
    text = head[30]
    at = _HEAD.size
    if len(data) < at + 8 * sum(counts) + text:
        return None
    stacks = []
    for n in counts:
        stacks.append(struct.unpack_from(f"<{n}Q", data, at))
        at += 8 * n
    try:
        kinds = Kind(head[12] & 255), State(head[14]), Kind(head[22] & 255)
    except ValueError:
        return None
    return Record(
        kind=head[1],
        code=head[2],
        site=head[3],
        pid=head[4],
        number=head[5],
        count=head[6],
        address=head[7],
        handle=head[8],
        length=head[9],
        base=head[10],
        size=head[11],
        object_kind=kinds[0],
        object_site=head[13],
        state=kinds[1],
        flags=Flag(head[15]),
        value=head[16:22],
        occupant_kind=kinds[2],
        occupant_site=head[23],
        occupant_base=head[24],
        occupant_size=head[25],
        access=stacks[0],
        alloc=stacks[1],
        release=stacks[2],
        occupant=stacks[3],
        text=data[at : at + text],
    )


def totals(record: Record) -> dict[str, int]:
    """Return a SUMMARY record's figures by name."""
    count = min(len(record.text) // 8, len(TOTALS))
    return dict(zip(TOTALS, struct.unpack_from(f"<{count}Q", record.text), strict=False))
