"""What a path asks of its caller, in order: the part of a summary that is checked at a call."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from freehold.effects.events import Event
from freehold.effects.faults import Fault
from freehold.effects.values import Condition, Number, Symbol, Value
from freehold.types import Type


@dataclass(frozen=True, slots=True)
class Assume:
    """The path holds only if `condition` does."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Access:
    """`size` bytes at `offset` of what `base` points to are read or written.

    `result` is the symbol of what was read, if that is the first to be said of it; of type `type`.
    `checked`: the bytes are used, so that they must be initialised.
    """

    base: Symbol
    offset: Number
    size: Number
    write: bool
    checked: bool
    event: Event
    result: Symbol | None = None
    type: Type | None = None
    soft: bool = False  # it may not happen: only its result is of interest


@dataclass(frozen=True, slots=True)
class Release:
    """What `value` points to is released by `by`."""

    value: Value
    by: str
    family: str
    event: Event


@dataclass(frozen=True, slots=True)
class Havoc:
    """Anything may be written to what `base` points to; `escapes`: it is kept somewhere."""

    base: Symbol
    tainted: bool = False
    escapes: bool = False
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Require:
    """`fault` happens, to the region of `base`, unless `condition` holds."""

    condition: Condition
    fault: Fault
    base: Symbol | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """What `address` points to is read as a string of `unit`-byte characters.

    `result` stands for its length.
    """

    address: Value
    unit: int
    limit: Number | None
    event: Event
    result: Symbol | None = None


Entry = Assume | Access | Release | Havoc | Require | Text


class Log:
    """The entries of a path, last first; paths share what they have in common."""

    __slots__ = ("before", "entry", "length")

    def __init__(self, before: "Log | None", entry: Entry) -> None:
        self.before = before
        self.entry = entry
        self.length: int = before.length + 1 if before is not None else 1


def entries(log: Log | None) -> list[Entry]:
    """Return the entries, first first."""
    found: list[Entry] = []
    while log is not None:
        found.append(log.entry)
        log = log.before
    found.reverse()
    return found


def merged(one: Log | None, other: Log | None) -> Log | None:
    """Return what two paths have in common, the conditions of both, and what either has read."""
    ones: list[Entry] = []
    others: list[Entry] = []
    while one is not other:
        if one is not None and (other is None or one.length >= other.length):
            ones.append(one.entry)
            one = one.before
        elif other is not None:
            others.append(other.entry)
            other = other.before
    both = one
    shared = {entry.condition for entry in others if isinstance(entry, Assume)}
    for entry in (*_soft(ones, shared), *_soft(others, frozenset())):
        both = Log(both, entry)
    return both


def _soft(found: list[Entry], shared: AbstractSet[Condition]) -> Iterator[Entry]:
    for entry in reversed(found):
        if isinstance(entry, Assume):
            if entry.condition in shared:
                yield entry
        elif isinstance(entry, Access) and entry.result is not None:
            yield Access(
                entry.base,
                entry.offset,
                entry.size,
                entry.write,
                False,
                entry.event,
                entry.result,
                entry.type,
                True,
            )
        elif isinstance(entry, Havoc):
            yield entry
