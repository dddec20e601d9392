"""Applying a summary at a call: symbols get the caller's values, the log is replayed."""

from collections.abc import Callable
from typing import Any

from freehold.effects.cells import Cell, Cells, Fill, Rest
from freehold.effects.faults import Extent, Fault, Kind
from freehold.effects.job import Dead, Job
from freehold.effects.log import Access, Assume, Entry, Havoc, Log, Release, Require, Text
from freehold.effects.memory import (
    ask_read,
    cells_of,
    escape,
    forget,
    is_unset,
    keep,
    locate,
    reach,
    read,
    release,
    write,
)
from freehold.effects.state import State, Status
from freehold.effects.strings import read_text
from freehold.effects.summary import Disjunct, Summary, written
from freehold.effects.values import (
    UNINITIALISED,
    Condition,
    Linear,
    Number,
    Region,
    Relation,
    Symbol,
    Value,
    add,
    form,
    fresh,
    is_tainted,
    is_visible,
    split,
)
from freehold.mir.values import Symbol as Name

_WIDE = 16
_SIZES = frozenset((Kind.BAD_SIZE, Kind.SIZE_OVERFLOW))


class Refuted(Exception):
    """The disjunct does not apply here."""


class _Image:
    """What the callee's symbols stand for in the caller."""

    __slots__ = ("_job", "_made", "chosen", "guessed", "state", "vague")

    def __init__(self, job: Job, state: State, made: dict[Symbol, Value]) -> None:
        self._job = job
        self.state = state
        self.guessed = False  # a condition of the disjunct was not decided by the caller
        self.vague = False  # and it is about more than numbers that the caller was given
        self.chosen = False  # ... that tells a tag or letter of which nobody knows anything
        self._made = made

    def fork(self) -> "_Image":
        """Return the same image for another path from here."""
        made = _Image(self._job, self.state.fork(), self._made.copy())
        made.guessed = self.guessed
        made.vague = self.vague
        made.chosen = self.chosen
        return made

    def set(self, symbol: Symbol, value: Value) -> None:
        """Let `symbol` stand for `value`."""
        self._made[symbol] = value

    def symbol(self, symbol: Symbol) -> Value:
        """Return what `symbol` stands for."""
        known = self._made.get(symbol)
        if known is not None:
            return known
        made = self._new(symbol)
        self._made[symbol] = made
        return made

    def _new(self, symbol: Symbol) -> Value:
        if symbol.name:
            return self._job.whole.address(Name(symbol.name))
        how = symbol.definition
        if how is not None:
            left, right = self.value(how.left), self.value(how.right)
            return self._job.arithmetic.again(self.state.facts, how, left, right)
        region = symbol.region
        if region is not None:
            region = self._region(region)
        again = Symbol(
            symbol.low,
            symbol.high,
            pointer=symbol.pointer,
            tainted=symbol.tainted,
            region=region,
        )
        if region is not None:
            self._job.made_at[again] = self._job.point
        elif symbol.pointer and symbol.high == 0:
            self.state.doubts |= {again}
        return form(again)

    def _region(self, region: Region) -> Region:
        size = self.value(region.size) if region.size is not None else None
        event = region.event.through(self._job.span) if region.event is not None else None
        known = size if type(size) is int or type(size) is Linear else None
        return Region(region.kind, known, region.name, event, region.family, region.nullable)

    def value(self, value: Value) -> Value:
        """Return a value of the callee's as one of the caller's."""
        if type(value) is int or value is UNINITIALISED:
            return value
        if type(value) is Condition:
            inner = self.number(value.form)
            if type(inner) is int:
                return int(_holds(value.relation, inner))
            assert isinstance(inner, Linear)
            return self.state.facts.known(Condition(value.relation, inner))
        assert isinstance(value, Linear)
        if len(value.terms) == 1 and value.terms[0][1] == 1 and not value.constant:
            return self.symbol(value.terms[0][0])
        return self.number(value)

    def number(self, value: Number) -> Number:
        """Return a number of the callee's as one of the caller's."""
        if type(value) is int:
            return value
        assert isinstance(value, Linear)
        total: Number = value.constant
        for symbol, k in value.terms:
            one = self.symbol(symbol)
            if one is UNINITIALISED:
                one = fresh(None)
            total = add(total, self._job.arithmetic.number(one, None), k)
        return total


def _holds(relation: Relation, number: int) -> bool:
    if relation is Relation.LE:
        return number <= 0
    return (number == 0) == (relation is Relation.EQ)


Results = list[tuple[State, Value]]


def apply(job: Job, state: State, summary: Summary, arguments: list[Value]) -> Results:
    """Return the states after a call, each with the result; one that ends has none."""
    ways = summary.ways(job.room)
    job.steps += sum((len(one.log) + len(one.stores)) // 2 for one in ways)
    image = _Image(job, state, dict(zip(summary.parameters, arguments, strict=False)))
    found = _Replay(job, summary).results(image, ways)
    if len(found) > 1:
        for here, _ in found:
            here.forks += 1
    return found


class _Replay:
    """The ways through a callee, followed together as far as their logs are the same."""

    def __init__(self, job: Job, summary: Summary) -> None:
        self._job = job
        self._summary = summary
        self._found: Results = []
        self._may_differ = summary.partial or any(one.value != 0 for one in summary.disjuncts)

    def results(self, image: _Image, ways: tuple[Disjunct, ...]) -> Results:
        """Return the states that come back some ways, with their results."""
        self._follow(image, list(ways), 0)
        return self._found

    def _follow(self, image: _Image, ways: list[Disjunct], depth: int) -> None:
        job = self._job
        while True:
            parts = _parted(ways, depth)
            if len(parts) > 1:
                break
            entry, _ = parts[0]
            try:
                if entry is None:
                    break
                _REPLAY[type(entry)](job, image.state, image, entry)
            except Refuted:
                return
            except Dead:
                job.end(image.state, died=True)
                return
            depth += 1
        last = len(parts) - 1
        for i, (entry, some) in enumerate(parts):
            here = image if i == last else image.fork()
            if entry is not None:
                self._follow(here, some, depth)
                continue
            for number, way in enumerate(some, 1):
                self._end(here if number == len(some) else here.fork(), way)

    def _end(self, image: _Image, way: Disjunct) -> None:
        job, state = self._job, image.state
        try:
            value = _finish(job, state, image, way)
            guessed = image.guessed or way.blind or self._summary.partial
            vague = image.vague or way.blind or self._summary.partial
            if vague and value == 0 and self._may_differ and not way.failed:
                value = _doubtful(state)
            if guessed:
                if not job.ignores:
                    _leave_open(job, state, image, self._summary, way)
                _keep_doubtful(job, state, image, self._summary, way)
        except Refuted:
            return
        except Dead:
            job.end(state, died=True)
            return
        if way.ends:
            job.leave(state)
            return
        self._found.append((state, value))


def _parted(ways: list[Disjunct], depth: int) -> list[tuple[Entry | None, list[Disjunct]]]:
    """Return the next entries of some ways, each with those that have it; None: they are done."""
    if len(ways) == 1:
        log = ways[0].log
        return [(log[depth] if depth < len(log) else None, ways)]
    parts: dict[int, tuple[Entry | None, list[Disjunct]]] = {}
    for way in ways:
        entry = way.log[depth] if depth < len(way.log) else None
        parts.setdefault(id(entry), (entry, []))[1].append(way)
    return list(parts.values())


def _leave_open(
    job: Job, state: State, image: _Image, summary: Summary, disjunct: Disjunct
) -> None:
    """What a callee sets on some of its paths is not taken to be unset on one that was guessed."""
    every = range(len(summary.parameters))
    numbers = every if summary.partial else sorted({number for number, _ in summary.sets})
    bases = [(number, split(image.symbol(summary.parameters[number]))[0]) for number in numbers]
    given = [(number, base) for number, base in bases if base is not None and base in job.own]
    if not given:
        return
    own = written([disjunct], summary.parameters)
    unset = {number for number, _ in summary.sets - own}
    for number, base in given:
        # Where ways are left out, they may set what these do not.
        open_ = summary.partial or number in unset
        if open_ and cells_of(job, state, base).rest is Rest.UNINITIALISED:
            state.own(base).rest = Rest.UNKNOWN


def _keep_doubtful(
    job: Job, state: State, image: _Image, summary: Summary, disjunct: Disjunct
) -> None:
    """Take what a callee keeps on other paths that answer the same as kept: who could tell?"""
    kept = {
        base
        for other in summary.disjuncts
        if other is not disjunct and other.value == disjunct.value
        for base in job.stored(other)
    }
    for parameter in kept.intersection(summary.parameters) - job.stored(disjunct):
        keep(job, state, image.symbol(parameter))


def _doubtful(state: State) -> Value:
    """Return a null that the callee gives for a reason that nobody has looked into."""
    null = Symbol(0, 0, pointer=True)
    state.doubts |= {null}
    return form(null)


# ----------------------------------------------------------------------------------------- entries


def _assume(job: Job, state: State, image: _Image, entry: Assume) -> None:
    condition = image.value(entry.condition)
    if type(condition) is int:
        if not condition:
            raise Refuted
        return
    assert isinstance(condition, Condition)
    image.guessed = True
    relation, value = condition
    if not all(symbol in job.given_numbers or symbol.tainted for symbol, _ in value.terms):
        image.vague = True
    for symbol, _ in value.terms:
        if not (symbol.tainted or symbol.pointer):
            state.guesses |= {symbol}
            image.chosen |= relation is not Relation.LE and not symbol.visible
    if relation is Relation.EQ and len(value.terms) == 1 and not value.constant:
        symbol = value.terms[0][0]
        if symbol.pointer and symbol.region is None:
            # That a callee is careful does not say that null ever comes.
            state.doubts |= {symbol}
    assume(job, state, condition)


def assume(job: Job, state: State, condition: Condition) -> None:
    """Go on only if `condition` can hold."""
    if not state.facts.assume(condition):
        raise Refuted
    if is_visible(condition):
        state.log = Log(state.log, Assume(condition))
    else:
        state.blind = True
        state.tagged = state.tagged.union(job.origins(condition.form))


def holds(job: Job, state: State, condition: Condition) -> bool:
    """Take in that `condition` holds; False if it cannot."""
    try:
        assume(job, state, condition)
    except Refuted:
        return False
    return True


def _access(job: Job, state: State, image: _Image, entry: Access) -> None:
    pointer = image.symbol(entry.base)
    event = entry.event.through(job.span)
    size = image.number(entry.size)
    if pointer is UNINITIALISED and not entry.soft:
        if not image.chosen:
            job.fault(state, Fault(Kind.UNINITIALISED, event, name=job.reading))
        raise Dead
    if pointer == 0 and image.vague and not entry.soft:
        raise Dead  # whether the callee follows what it is not given hangs on what nobody knows
    address = add(job.arithmetic.number(pointer, None), image.number(entry.offset))
    if not entry.sure:
        reach(job, state, address, size, event, write=entry.write)
        return
    found: tuple[Symbol, Number] | None
    if entry.soft:
        base, offset = split(address)
        found = (base, offset) if base is not None else None
    else:
        found = locate(
            job,
            state,
            address,
            size,
            event,
            write=entry.write,
            checked=entry.checked,
            ask=entry.result is None,
        )
    small = type(size) is int and 0 < size <= _WIDE and not entry.write
    if found is None or not small:
        if entry.result is not None:
            image.set(entry.result, fresh(entry.type))
        return
    assert type(size) is int
    base, offset = found
    unset = entry.checked and is_unset(job, state, base, offset, size)
    if unset and base not in state.told and not image.chosen:
        job.fault(state, Fault(Kind.UNINITIALISED, event, name=_name_of(base)), base)
    if entry.result is not None:
        value = read(
            job,
            state,
            base,
            offset,
            size,
            entry.type,
            event,
            checked=entry.checked,
            soft=entry.soft,
        )
        if not entry.soft:
            ask_read(job, state, base, offset, size, event, checked=entry.checked)
        unset = unset or (entry.soft and value is UNINITIALISED)
        image.set(entry.result, fresh(entry.type) if unset else value)


def _name_of(base: Symbol) -> str:
    return base.region.name if base.region is not None else ""


def _release(job: Job, state: State, image: _Image, entry: Release) -> None:
    value = image.value(entry.value)
    release(job, state, value, entry.by, entry.family, entry.event.through(job.span))


def _havoc(job: Job, state: State, image: _Image, entry: Havoc) -> None:
    pointer = image.symbol(entry.base)
    if entry.escapes:
        base, _ = split(pointer)
        if base is not None and base.visible and base.region is None:
            state.log = Log(state.log, Havoc(base, escapes=True))
        escape(job, state, pointer, tainted=entry.tainted)
        return
    base, _ = split(pointer)
    if base is not None:
        forget(job, state, base, tainted=entry.tainted)


def _require(job: Job, state: State, image: _Image, entry: Require) -> None:
    condition = image.value(entry.condition)
    if type(condition) is int and condition:
        return
    call = job.span
    old = entry.fault
    extent = old.extent
    if extent is not None:
        offset, size = image.number(extent.offset), image.number(extent.size)
        region = extent.region
        if region is not None:
            room = image.number(region.size) if region.size is not None else None
            region = Region(region.kind, room, region.name, None, region.family)
        extent = Extent(offset, size, extent.write, region)
    events = tuple(event.through(call) for event in old.events)

    def fault(*, certain: bool) -> Fault:
        at = old.at.through(call)
        return Fault(old.kind, at, certain, old.name, extent, events, old.by)

    if type(condition) is int:
        wide = extent.size if extent is not None else 0
        if old.kind in _SIZES and type(wide) is Linear and not is_tainted(wide):
            raise Dead  # no number, but what the path took it to be, makes it so large
        base = split(image.symbol(entry.base))[0] if entry.base is not None else None
        if base is None or base not in state.told:
            job.fault(state, fault(certain=True), base)
        return
    assert isinstance(condition, Condition)
    if is_tainted(condition):
        job.fault(state, fault(certain=False))
    elif is_visible(condition):
        state.log = Log(state.log, Require(condition, fault(certain=True), entry.base))
    state.facts.assume(condition)


def _text(job: Job, state: State, image: _Image, entry: Text) -> None:
    address = image.value(entry.address)
    limit = image.number(entry.limit) if entry.limit is not None else None
    length = read_text(job, state, address, entry.unit, entry.event.through(job.span), limit)
    if entry.result is not None:
        image.set(entry.result, length)


_REPLAY: dict[type, Callable[[Job, State, _Image, Any], None]] = {
    Assume: _assume,
    Access: _access,
    Release: _release,
    Havoc: _havoc,
    Require: _require,
    Text: _text,
}


# ------------------------------------------------------------------------------------------ effects


def _finish(job: Job, state: State, image: _Image, disjunct: Disjunct) -> Value:
    for made in disjunct.made:
        base, _ = split(image.symbol(made.symbol))
        if base is None:
            continue
        state.mem[base] = _cells(image, made.cells)
        state.owned.add(base)
        if made.status != Status():
            event = made.status.event
            inner = event.through(job.span) if event is not None else None
            state.status[base] = Status(made.status.how, inner, made.status.escaped)
    for store in disjunct.stores:
        base, offset = split(image.symbol(store.base))
        if base is None:
            continue
        at = state.facts.known(add(offset, store.offset))
        if disjunct.merged and type(at) is int:
            _keep_old(job, state, base, at)
        _put(job, state, image, base, add(offset, store.offset), store.size, store.value)
    for terms, (low, high) in disjunct.facts:
        value = image.number(Linear(terms))
        if type(value) is int:
            continue
        assert isinstance(value, Linear)
        at_most = Condition(Relation.LE, Linear(value.terms, value.constant - high))
        negative = tuple((s, -k) for s, k in value.terms)
        at_least = Condition(Relation.LE, Linear(negative, low - value.constant))
        if not (state.facts.assume(at_most) and state.facts.assume(at_least)):
            raise Refuted
        if high == 0 and len(value.terms) == 1:
            # What it took to be null is so on this way alone.
            state.doubts |= {value.terms[0][0]}
    return image.value(disjunct.value)


def _keep_old(job: Job, state: State, base: Symbol, at: int) -> None:
    """Take what is perhaps not overwritten as kept."""
    cells = state.mem.get(base)
    old = cells.at.get(at) if cells is not None else None
    if old is not None and not isinstance(old.value, Fill):
        keep(job, state, old.value)


def _put(
    job: Job,
    state: State,
    image: _Image,
    base: Symbol,
    offset: Number,
    size: int,
    value: Value | Fill,
) -> None:
    if isinstance(value, Fill):
        known = state.facts.known(offset)
        if type(known) is int:
            cells_of(job, state, base)
            state.own(base).put(known, size, value)
        else:
            forget(job, state, base)
        return
    write(job, state, base, offset, size, image.value(value))


def _cells(image: _Image, cells: Cells) -> Cells:
    made = Cells(Rest.UNKNOWN if cells.rest is Rest.GIVEN else cells.rest, tainted=cells.tainted)
    made.unit = cells.unit
    for at, cell in cells.at.items():
        value = cell.value
        new = value if isinstance(value, Fill) else image.value(value)
        made.at[at] = Cell(cell.size, new)
    return made
