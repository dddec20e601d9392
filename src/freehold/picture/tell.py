"""From the log of a run to its story."""

from array import array
from bisect import bisect_right, insort
from collections.abc import Callable
from typing import Any

from freehold.collector import without_collector
from freehold.diagnostics import Diagnostic
from freehold.diagnostics.ansi import Palette
from freehold.diagnostics.render_text import render
from freehold.diagnostics.report import is_finding
from freehold.execute.trace import (
    Began,
    Changed,
    Ended,
    Entered,
    Faulted,
    Left,
    Moved,
    ObjectKind,
    Printed,
    Renewed,
    Unwound,
    read_events,
)
from freehold.execute.trace import Step as RawStep
from freehold.picture.holds import pointee_at, view_of
from freehold.picture.story import Fault, Frame, Object, Place, Recorded, Step, Story, Writes
from freehold.picture.tables import Tables
from freehold.records import dataclass, field
from freehold.source import Source
from freehold.types import ArrayType, Type

_MEMORY = "FH07"  # findings with lesser codes are faults of memory
_NOBODY = -1  # number of what is not told


def tell(recorded: Recorded) -> Story:
    """Return the story of a recorded run."""
    teller = _Teller(recorded)
    handlers: dict[type, Callable[[Any], None]] = {
        RawStep: teller.step,
        Entered: teller.entered,
        Left: teller.left,
        Unwound: teller.unwound,
        Began: teller.began,
        Ended: teller.ended,
        Changed: teller.changed,
        Moved: teller.moved,
        Renewed: teller.renewed,
        Faulted: teller.faulted,
        Printed: teller.printed,
    }
    with without_collector():
        for event in read_events(recorded.trace):
            handlers[type(event)](event)
    return teller.finish()


def _fault(step: int, found: Diagnostic) -> Fault:
    at = found.at.outermost() if found.at is not None else None
    line = at.line if at is not None else 0
    return Fault(step, found.code.id, found.message, line, render(found, Palette()))


def _of_library(event: Began) -> Object:
    """Return a static of std's: not told, but what it holds is known to be of std."""
    kind = ObjectKind.LIBRARY
    return Object(_NOBODY, kind, "", -1, event.base, event.size, -1, -1, None)


@dataclass(slots=True)
class _Teller:
    recorded: Recorded
    steps: list[Step] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    objects: list[Object] = field(default_factory=list)
    writes: Writes = field(default_factory=Writes)
    faults: list[int] = field(default_factory=list)
    stack: list[int] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)  # of the sources
    live: dict[int, Object] = field(default_factory=dict)  # by handle
    known: dict[int, Object] = field(default_factory=dict)  # by handle, the dead ones too
    bases: list[int] = field(default_factory=list)
    at_base: dict[int, Object] = field(default_factory=dict)
    types: list[Type | None] = field(default_factory=list)  # of the objects
    words: list[dict[int, int]] = field(default_factory=list)  # pointers in them, by their offset
    released: dict[int, dict[int, int]] = field(default_factory=dict)  # by block: see _lose
    pointers: dict[int, int] = field(default_factory=dict)  # to each block: how many there are
    places: dict[int, Place] = field(default_factory=dict)
    output: int = 0
    lives: "array[int]" = field(default_factory=lambda: array("i"))

    def __post_init__(self) -> None:
        for source in self.recorded.sources:
            self._number(source)

    @property
    def now(self) -> int:
        """The number of the step that is being executed; -1 before the first."""
        return len(self.steps) - 1

    def _number(self, source: Source) -> int:
        """Return the number of a source: a compiled program that was kept has one of its own."""
        number = self.numbers.setdefault((source.name, source.text), len(self.sources))
        if number == len(self.sources):
            self.sources.append(source)
        return number

    def _place(self, site: int) -> Place:
        known = self.places.get(site)
        if known is None:
            at = self.recorded.sites[site].span.outermost()
            known = self.places[site] = Place(self._number(at.source), at.line)
        return known

    # --------------------------------------------------------------------------- steps, frames

    def step(self, event: RawStep) -> None:
        """Begin the next step."""
        frame = self.stack[-1] if self.stack else -1
        self.steps.append(Step(self._place(event.site), frame, self.output))

    def entered(self, event: Entered) -> None:
        """Begin a call."""
        function = self.recorded.sites[event.site].function
        caller = self.stack[-1] if self.stack else -1
        made = Frame(len(self.frames), function, self.now, caller, len(self.stack), event.frame)
        self.frames.append(made)
        self.stack.append(made.number)

    def left(self, event: Left) -> None:
        """End a call."""
        if self.stack and self.frames[self.stack[-1]].address == event.frame:
            self._leave()

    def unwound(self, event: Unwound) -> None:
        """End the calls that a longjmp leaves."""
        while self.stack and self.frames[self.stack[-1]].address < event.frame:
            self._leave()

    def _leave(self) -> None:
        self.frames[self.stack.pop()].left = self.now

    # -------------------------------------------------------------------------------- objects

    def began(self, event: Began) -> None:
        """Begin the life of an object, if it is one of the user's."""
        kind, site = ObjectKind(event.kind), event.site
        heap = kind is ObjectKind.HEAP
        if not heap and (site not in self.recorded.types or self._is_std(site)):
            if kind is ObjectKind.GLOBAL:
                self._place_at(event.base, _of_library(event))
            return
        name = "" if heap else self.recorded.sites[site].name
        ty = None if heap else self._declared(event)
        local = kind in {ObjectKind.STACK, ObjectKind.ALLOCA, ObjectKind.VLA}
        frame = self.stack[-1] if local and self.stack else -1
        place = self.steps[-1].place if heap and self.steps else None
        if not heap and site:
            place = self._place(site)
        made = Object(
            len(self.objects), kind, name, -1, event.base, event.size, frame, self.now, place
        )
        self.objects.append(made)
        self.lives.append(made.number)
        self.types.append(ty)
        self.words.append({})
        self.live[event.handle] = self.known[event.handle] = made
        self.pointers[made.number] = 0
        if heap:
            made.lost = self.now
        if frame >= 0:
            self.frames[frame].hold(event.base, event.size)
        self._place_at(event.base, made)

    def _declared(self, event: Began) -> Type | None:
        ty = self.recorded.types.get(event.site)
        if isinstance(ty, ArrayType) and ty.length is None:
            return view_of(ty.element, event.size)  # a variable-length array
        return ty

    def _place_at(self, base: int, one: Object) -> None:
        if base not in self.at_base:
            insort(self.bases, base)
        self.at_base[base] = one

    def _is_std(self, site: int) -> bool:
        return self.recorded.sites[site].span.in_std

    def ended(self, event: Ended) -> None:
        """End the life of an object."""
        one = self.live.pop(event.handle, None)
        if one is None:
            return
        self.lives.append(-1 - one.number)
        one.died = self.now
        one.lost = None
        one.died_at = self.steps[-1].place if self.steps else None
        words = self.words[one.number]
        for target in words.values():
            self._release(target, one.number)
        words.clear()
        self.released.pop(one.number, None)
        if self.at_base.get(one.base) is one:
            del self.at_base[one.base]
            del self.bases[bisect_right(self.bases, one.base) - 1]

    def renewed(self, event: Renewed) -> None:
        """Note that the youngest block takes the place of another."""
        old = self.known.get(event.handle)
        if old is not None:
            self.objects[-1].renews = old.number

    def _holder(self, address: int) -> Object | None:
        index = bisect_right(self.bases, address) - 1
        if index < 0:
            return None
        one = self.at_base[self.bases[index]]
        return one if address < one.base + one.size else None

    # ---------------------------------------------------------------------------------- bytes

    def changed(self, event: Changed) -> None:
        """Note what bytes are now, in each of the objects that they lie in."""
        at, end = event.address, event.address + len(event.data)
        while at < end:
            one = self._holder(at)
            if one is None:
                index = bisect_right(self.bases, at)
                if index == len(self.bases) or self.bases[index] >= end:
                    return
                at = self.bases[index]
                continue
            stop = min(end, one.base + one.size)
            self._write(one, event, at, stop)
            at = stop

    def _write(self, one: Object, event: Changed, at: int, stop: int) -> None:
        if one.kind is ObjectKind.LIBRARY and one.number == _NOBODY:
            self._keep_for_library(event, at, stop)
            return
        skip = at - event.address
        data = event.data[skip : stop - event.address]
        index = self.writes.add(self.now, one.number, at - one.base, data)
        unset = event.unset >> skip & ((1 << len(data)) - 1)
        if unset:
            self.writes.unset[index] = unset
        self._forget(one, at, stop)
        targets = [
            (address - one.base, held.number)
            for address, handle in event.handles
            if at <= address < stop and (held := self.known.get(handle)) is not None
        ]
        if targets:
            self.writes.targets[index] = tuple(targets)
            for offset, number in targets:
                self._hold(one, offset, number)

    def _keep_for_library(self, event: Changed, at: int, stop: int) -> None:
        """Note which blocks are std's own: its output's buffer, say. No reader asks for them."""
        for address, handle in event.handles:
            held = self.known.get(handle)
            if at <= address < stop and held is not None and held.kind is ObjectKind.HEAP:
                held.kind = ObjectKind.LIBRARY

    def _forget(self, one: Object, at: int, stop: int) -> None:
        words = self.words[one.number]
        if not words:
            return
        first, last = (at - one.base) & ~7, stop - one.base
        if last - first > 8 * len(words):
            gone = [offset for offset in words if first <= offset < last]
        else:
            gone = [offset for offset in range(first, last, 8) if offset in words]
        for offset in gone:
            self._release(words.pop(offset), one.number)

    def _hold(self, one: Object, offset: int, number: int) -> None:
        self.words[one.number][offset] = number
        self.pointers[number] += 1
        target = self.objects[number]
        target.lost = None
        if target.kind is ObjectKind.LIBRARY:
            target.kind = ObjectKind.HEAP
        if self.types[number] is None and self.types[one.number] is not None:
            self._view(one.number, offset, number)

    def _view(self, holder: int, offset: int, number: int) -> None:
        """Let the pointer at `offset` of `holder` tell what block `number` holds, and so on."""
        pending = [(holder, offset, number)]
        while pending:
            holder, offset, number = pending.pop()
            ty = self.types[holder]
            if ty is None or self.types[number] is not None:
                continue
            pointee = pointee_at(ty, offset)
            if pointee is not None:
                self.types[number] = view_of(pointee, self.objects[number].size)
                pending += [(number, at, held) for at, held in self.words[number].items()]

    def _release(self, number: int, holder: int) -> None:
        self.pointers[number] -= 1
        target = self.objects[number]
        if target.kind is not ObjectKind.HEAP or target.died is not None:
            return
        self.released.setdefault(number, {})[holder] = self.now
        if not self.pointers[number]:
            target.lost = self.now

    def moved(self, event: Moved) -> None:
        """Note that a value has gone from where it was."""
        one = self._holder(event.address)
        if one is not None and one.number != _NOBODY:
            offset = event.address - one.base
            self.writes.add_move(self.now, one.number, offset, event.size)
            self._forget(one, event.address, event.address + event.size)

    # ------------------------------------------------------------------------------- the rest

    def faulted(self, _: Faulted) -> None:
        """Note that the next finding belongs to this step."""
        self.faults.append(self.now)

    def printed(self, event: Printed) -> None:
        """Note how much stands on standard output."""
        self.output = event.bytes

    def finish(self) -> Story:
        """Return the story."""
        faults = [
            one for one in self.recorded.findings if is_finding(one) and one.code.id < _MEMORY
        ]
        self._lose()
        rust = any(source.name.endswith(".rs") for source in self.sources)
        tables = Tables(rust=rust, functions=self.recorded.trace.functions)
        for one, ty in zip(self.objects, self.types, strict=True):
            one.type = tables.number(ty)
        trace = self.recorded.trace
        return Story(
            tuple(self.sources),
            self.steps,
            self.frames,
            self.objects,
            self.writes,
            tuple(_fault(step, one) for step, one in zip(self.faults, faults, strict=False)),
            self.recorded.stdout,
            trace.steps,
            trace.full,
            self.recorded.status,
            self.recorded.ghosts,
            tables.entries,
            self.lives,
            min(trace.limit, len(self.steps)),
        )

    def _lose(self) -> None:
        """Say when each block was lost that nothing reaches in the end.

        That is when the last pointer from without went, to it or to a lost block that leads to it:
        `released` has the last step in which a pointer to a block went from each holder.
        """
        if self.recorded.trace.full:
            return
        live = list(self.live.values())
        pending = [one for one in live if one.kind is not ObjectKind.HEAP]
        reached = {one.number for one in pending}
        while pending:
            for number in self.words[pending.pop().number].values():
                if number not in reached:
                    reached.add(number)
                    pending.append(self.objects[number])
        lost = {one.number: one for one in live if one.number not in reached}
        went = {number: self._went(number, lost) for number in lost}
        for number in sorted(lost, key=went.__getitem__, reverse=True):
            held = [number]
            while held:
                one = lost.pop(held.pop(), None)
                if one is not None:
                    one.lost = went[number]
                    held += self.words[one.number].values()

    def _went(self, number: int, lost: dict[int, Object]) -> int:
        """Return the step in which the last pointer to a lost block from without went."""
        holders = self.released.get(number, {})
        steps = [step for holder, step in holders.items() if holder not in lost]
        return max(steps, default=self.objects[number].born)
