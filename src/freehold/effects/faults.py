"""What the symbolic execution finds, before it is worded: kinds, facts, events."""

from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from freehold.effects.events import Event
from freehold.effects.values import Number, Region
from freehold.source import Span


class Kind(Enum):
    """Kinds of fault. `checks` has a file for each group."""

    BOUNDS = "bounds"
    BELOW = "below"
    MEMBER = "member"
    FREED_USE = "freed use"
    DEAD_USE = "dead use"
    DOUBLE_FREE = "double free"
    INTERIOR_FREE = "interior free"
    NON_HEAP_FREE = "non-heap free"
    MISMATCH = "mismatch"
    LEAK = "leak"
    MEMBER_LOST = "member lost"
    ORDER = "order"
    REPLACED = "replaced"
    UNINITIALISED = "uninitialised"
    NULL = "null"
    UNCHECKED = "unchecked"
    READ_ONLY = "read-only"
    BAD_SIZE = "bad size"
    SIZE_OVERFLOW = "size overflow"
    OVERLAP = "overlap"
    LOCAL_RETURNED = "local returned"
    LOST_REALLOC = "lost realloc"
    STALE = "stale"
    POINTER_SIZE = "pointer size"
    ODD_SIZE = "odd size"
    ZERO_GROWTH = "zero growth"
    APART = "apart"
    CALL_TARGET = "call target"
    CALL_TYPE = "call type"
    PART = "part"
    DIVISION = "division"


class Extent(NamedTuple):
    """Which bytes were accessed: `size` of them, `offset` from the start of `region`."""

    offset: Number
    size: Number
    write: bool
    region: Region | None


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault on one path. `at` is where it happens in the function at hand.

    `certain`: it happens on this path whatever the values; else for some. `name` is a local, a
    function or a member, as the kind has it. `events` led to it.
    """

    kind: Kind
    at: Event
    certain: bool = True
    name: str = ""
    extent: Extent | None = None
    events: tuple[Event, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of a function, with how surely it comes: on `every` path that reaches its line."""

    fault: Fault
    function: str
    every: bool
    span: Span = field(compare=False)
