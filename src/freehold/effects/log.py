"""What a path asks of its caller, in order: the part of a summary that is checked at a call."""

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from typing import assert_never

from freehold.effects.events import Event
from freehold.effects.facts import Facts
from freehold.effects.faults import Fault
from freehold.effects.values import (
    Condition,
    Linear,
    Number,
    RegionKind,
    Relation,
    Symbol,
    Value,
    form,
    split,
)
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


def merged(one: Log | None, other: Log | None, facts: Facts, gone: Set[Symbol]) -> Log | None:
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


def _soft(found: list[Entry], facts: Facts, gone: Set[Symbol]) -> Iterator[Entry]:
    for entry in reversed(found):
        if isinstance(entry, Access):
            yield from _softened(entry, facts)
        elif isinstance(entry, Assume):
            if facts.decide(entry.condition):
                yield entry
        elif isinstance(entry, Havoc):
            yield entry
        elif isinstance(entry, Release):
            base, _ = split(entry.value)
            if base is not None and base in gone:
                yield entry
            elif base is not None and base.visible:
                yield Havoc(base, escapes=True)


def _softened(entry: Access, facts: Facts) -> Iterator[Entry]:
    if entry.soft:
        if entry.result is not None:
            yield entry
        return
    if entry.base.region is None and facts.bounds(entry.base)[0] > 0:
        # The accesses of both have shown it.
        yield Assume(Condition(Relation.NE, form(entry.base)))
    # What stands at a place that is no number is not worth telling.
    if entry.result is not None and type(entry.offset) is int:
        yield replace(entry, checked=False, soft=True)


def shared(logs: Sequence[Log | None], facts: Facts, gone: Set[Symbol]) -> Log | None:
    """Return what several paths have in common, of which only `facts` hold on all.

    What is read on all of them stays; a release on some is one that may have been.
    """
    both = logs[0]
    for log in logs[1:]:
        both = _common(both, log)
    start = both
    counts: dict[Symbol, int] = {}
    tails: dict[int, Entry] = {}
    for log in logs:
        here = log
        results: set[Symbol] = set()
        own: list[Entry] = []
        while here is not start:
            assert here is not None
            own.append(here.entry)
            here = here.before
        for entry in reversed(own):
            tails[id(entry)] = entry
            if isinstance(entry, Access) and entry.result is not None:
                results.add(entry.result)
        for result in results:
            counts[result] = counts.get(result, 0) + 1
    every = len(logs)
    read = {result for result, count in counts.items() if count == every}
    soft = list(_soft(list(reversed(tails.values())), facts, gone))
    said: set[object] = set()
    for entry in needed(soft, lambda entry: entry.result in read, set()):
        key: object = entry
        if isinstance(entry, Access):
            key = entry.result
        elif isinstance(entry, Release):
            key = entry.value
        if key not in said:
            said.add(key)
            both = Log(both, entry)
    return both


def needed(
    found: Sequence[Entry], wanted: Callable[[Access], bool], used: set[Symbol]
) -> list[Entry]:
    """Leave out reads whose result is not wanted, nor `used`, nor used by what comes after."""
    kept: list[Entry] = []
    for entry in reversed(found):
        if (
            isinstance(entry, Access)
            and _is_idle(entry)
            and entry.result not in used
            and not wanted(entry)
        ):
            continue
        for value in _values_of(entry):
            use(value, used)
        kept.append(entry)
    kept.reverse()
    return kept


def _is_idle(entry: Access) -> bool:
    """Whether an access is there for its result alone: it goes wrong nowhere."""
    if entry.soft:
        return entry.result is not None
    region, offset, size = entry.base.region, entry.offset, entry.size
    if region is None or not (type(offset) is type(size) is type(region.size) is int):
        return False
    always = region.kind is RegionKind.STATIC or (
        region.kind is RegionKind.LITERAL and not entry.write
    )
    return always and offset >= 0 and offset + size <= region.size


def use(value: object, used: set[Symbol]) -> None:
    """Add the symbols that `value` is made of."""
    if type(value) is Condition:
        value = value.form
    if type(value) is not Linear:
        return
    for symbol, _ in value.terms:
        if symbol not in used:
            used.add(symbol)
            how = symbol.definition
            if how is not None:
                use(how.left, used)
                use(how.right, used)


def _values_of(entry: Entry) -> tuple[Value, ...]:
    match entry:
        case Assume(condition):
            return (condition,)
        case Access():
            return (form(entry.base), entry.offset, entry.size)
        case Release(value):
            return (value,)
        case Havoc(base):
            return (form(base),)
        case Require():
            return _values_required(entry)
        case Text(address, _, limit):
            return (address,) if limit is None else (address, limit)
        case _:
            assert_never(entry)


def _values_required(entry: Require) -> tuple[Value, ...]:
    parts: tuple[Value, ...] = (entry.condition,)
    if entry.base is not None:
        parts += (form(entry.base),)
    extent = entry.fault.extent
    if extent is not None:
        parts += (extent.offset, extent.size)
        if extent.region is not None and extent.region.size is not None:
            parts += (extent.region.size,)
    return parts


def _common(one: Log | None, other: Log | None) -> Log | None:
    """Return where two logs part."""
    while one is not other:
        if one is not None and (other is None or one.length >= other.length):
            one = one.before
        elif other is not None:
            other = other.before
    return one
