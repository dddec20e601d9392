"""What a path asks of its caller, in order: the part of a summary that is checked at a call."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from freehold.effects.events import Event
from freehold.effects.facts import Facts
from freehold.effects.faults import Fault
from freehold.effects.values import Condition, Number, Relation, Symbol, Value, form, split
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
    sure: bool = True  # else only the last round of a loop may come to it


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


def merged(
    one: Log | None, other: Log | None, facts: Facts, gone: Callable[[Symbol], bool]
) -> Log | None:
    """Return what two paths have in common, and what either has read.

    Of their conditions those stay that hold on both, as `facts` tell; of their releases those of
    what is `gone` on both.
    """
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
    said: set[object] = set()
    for entry in (*_soft(ones, facts, gone), *_soft(others, facts, gone)):
        key: object = entry
        if isinstance(entry, Access):
            key = entry.result
        elif isinstance(entry, Release):
            key = entry.value
        if key not in said:
            said.add(key)
            both = Log(both, entry)
    return both


def _soft(found: list[Entry], facts: Facts, gone: Callable[[Symbol], bool]) -> Iterator[Entry]:
    for entry in reversed(found):
        if isinstance(entry, Assume):
            if facts.decide(entry.condition):
                yield entry
        elif isinstance(entry, Access):
            there = Condition(Relation.NE, form(entry.base))
            if not entry.soft and entry.base.region is None and facts.decide(there):
                yield Assume(there)  # the accesses of both have shown it
            if entry.result is not None:
                yield entry if entry.soft else replace(entry, checked=False, soft=True)
        elif isinstance(entry, Havoc):
            yield entry
        elif isinstance(entry, Release):
            base, _ = split(entry.value)
            if base is not None and gone(base):
                yield entry
            elif base is not None and base.visible:
                yield Havoc(base, escapes=True)
