"""Replays a log on a model: what each request met, and how the heap looked over time."""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from struct import pack
from typing import Any, NamedTuple

from freehold.collector import without_collector
from freehold.events import Alloc, Block, Event, Free, Log, Reset, Resize, read_script
from freehold.heap.model import Failed, Growth, Heap, HeapOptions
from freehold.heap.policies import FirstFit, Policy
from freehold.heap.space import NOWHERE
from freehold.records import dataclass, field
from freehold.source import Source

SAMPLES = 2000


class Sample(NamedTuple):
    """All heaps together after the event of `step`; sizes in bytes."""

    step: int
    size: int
    requested: int
    reserved: int
    free: int
    held: int
    largest: int

    @property
    def external(self) -> float:
        """The part of the free bytes that is not in the largest hole."""
        return 1 - self.largest / self.free if self.free else 0.0

    @property
    def internal(self) -> float:
        """The part of the reserved bytes that nobody asked for."""
        return 1 - self.requested / self.reserved if self.reserved else 0.0


class Failure(NamedTuple):
    """A request that failed."""

    step: int
    block: Block
    heap: str
    failed: Failed


@dataclass(slots=True)
class Stays:
    """Where blocks lay and when, in columns: the rectangles of a picture of time and address.

    `ends` is -1 for what lives at the end. A block that was moved or resized has several.
    """

    blocks: "array[int]" = field(default_factory=lambda: array("q"))
    starts: "array[int]" = field(default_factory=lambda: array("q"))
    ends: "array[int]" = field(default_factory=lambda: array("q"))
    addresses: "array[int]" = field(default_factory=lambda: array("q"))
    sizes: "array[int]" = field(default_factory=lambda: array("q"))
    heaps: "array[int]" = field(default_factory=lambda: array("q"))

    def __len__(self) -> int:
        return len(self.blocks)


@dataclass(slots=True)
class Requests:
    """What each request came to, in columns: its step, the stay that it led to, the places seen.

    `stays` is -1 for a request that failed. `grown` and `copied` have bytes by request.
    """

    steps: "array[int]" = field(default_factory=lambda: array("q"))
    stays: "array[int]" = field(default_factory=lambda: array("q"))
    seen: "array[int]" = field(default_factory=lambda: array("q"))
    grown: dict[int, int] = field(default_factory=dict)
    copied: dict[int, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.steps)


class Added(NamedTuple):
    """Memory that a heap got after the event of `step` (-1: it was made with it)."""

    step: int
    heap: int
    start: int
    size: int


@dataclass(slots=True)
class Replay:
    """A log as it went on a model. `heaps` are the models as they were at the end, by name.

    `samples` are of each step, or of 2000 of them; `peak_requested` and `peak_reserved` are exact.
    """

    log: Log
    options: HeapOptions
    heaps: dict[str, Heap] = field(default_factory=dict)
    requests: Requests = field(default_factory=Requests)
    stays: Stays = field(default_factory=Stays)
    samples: list[Sample] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    added: list[Added] = field(default_factory=list)
    steps: int = 0
    releases: int = 0
    moves: int = 0
    copied: int = 0
    peak_requested: int = 0
    peak_reserved: int = 0

    @property
    def served(self) -> bool:
        """Whether no request failed."""
        return not self.failures

    def names(self) -> dict[int, str]:
        """Return the names of the blocks that have one."""
        return {event.block: event.name for event in self.log.events if type(event) is Alloc}

    @property
    def last(self) -> Sample:
        """The heaps at the end."""
        return sample(self.heaps.values(), self.steps - 1)

    def _repr_html_(self) -> str:
        from freehold.heap.draw_svg import shown  # noqa: PLC0415  (only for a notebook)

        return shown(self)


def replay(  # noqa: PLR0913  (the options of a heap, by name)
    trace: "Log | Iterable[Event] | str",
    *,
    size: int | None = None,
    policy: Policy | None = None,
    growth: Growth | None = None,
    step: int = 1,
    limit: int = 0,
    heaps: Mapping[str, HeapOptions] | None = None,
    until_failure: bool = False,
) -> Replay:
    """Replay `trace`, a log, events, or a script such as `A=5 free:A`, on a heap of `size` bytes.

    Without a size the heap starts empty and grows. `heaps` has options for heaps by name; others
    are made as the first. With `until_failure` it stops at the first request that fails. Raises
    ValueError for a script that makes no sense, and for options that do not.
    """
    if growth is None:
        growth = Growth.CONTIGUOUS if size is None else Growth.FIXED
    options = HeapOptions(size or 0, policy or FirstFit(), growth, step, limit)
    return replay_log(_log(trace), options, heaps or {}, until_failure=until_failure)


def _log(trace: "Log | Iterable[Event] | str") -> Log:
    if isinstance(trace, Log):
        return trace
    if not isinstance(trace, str):
        return Log(list(trace))
    log, problems = read_script(Source("script", trace))
    if problems:
        raise ValueError(problems[0].message)
    return log


def replay_log(
    log: Log, options: HeapOptions, heaps: Mapping[str, HeapOptions], *, until_failure: bool = False
) -> Replay:
    """Replay `log`; heaps that `heaps` does not name are made with `options`."""
    result = Replay(log, options)
    run = _Run(result, heaps, until_failure=until_failure)
    every = max(len(log.events) // SAMPLES, 1)
    with without_collector():
        for first in range(0, len(log.events), every):
            result.steps = run.play(first, log.events[first : first + every]) + 1
            result.samples.append(sample(result.heaps.values(), result.steps - 1))
            if until_failure and result.failures:
                break
    if not result.heaps:
        run.seat("")
    run.finish()
    return result


def sample(heaps: Iterable[Heap], step: int) -> Sample:
    """Return the heaps together, as they are."""
    size = requested = reserved = free = held = largest = 0
    for heap in heaps:
        size += heap.size
        requested += heap.requested
        reserved += heap.reserved
        free += heap.space.free
        held += heap.space.held
        largest = max(largest, heap.space.largest)
    return Sample(step, size, requested, reserved, free, held, largest)


class _Failed(Exception):
    """A request failed, and the replay is to stop there."""


_Act = Callable[[int, Any], None]


class _Run:
    """The state of a replay: the heaps by name and by number, and where each block is.

    What is noted goes to rows, and from there to the columns of the result in one go.
    """

    def __init__(
        self, result: Replay, heaps: Mapping[str, HeapOptions], *, until_failure: bool
    ) -> None:
        self.result = result
        self._until_failure = until_failure
        self._options = heaps
        self._numbers: dict[str, int] = {}
        self._heaps: list[Heap] = []
        self._where: dict[Block, tuple[int, Heap]] = {}  # stay and heap of what is live
        self._requests: list[tuple[int, int, int]] = []
        self._stays: list[tuple[int, int, int, int, int]] = []
        self._opened = self._releases = 0
        self._ends = [-1] * len(result.log.events)
        self._requested = self._reserved = self._most = self._most_reserved = 0
        for name in heaps:
            self.seat(name)

    def play(self, first: int, events: list[Event]) -> int:
        """Replay `events`, which start at step `first`; return the step of the last one.

        What most of a log consists of stands in the loop itself: a million calls are dear.
        """
        step = first - 1
        where, ends = self._where, self._ends
        rare: dict[type, _Act] = {Resize: self._resize, Reset: self._reset}
        try:
            for step, event in enumerate(events, first):
                if type(event) is Free:
                    found = where.pop(event[0], None)
                    if found is not None:  # it was served
                        stay, heap = found
                        _, reserved, size = heap.release(event[0])
                        self._requested -= size
                        self._reserved -= reserved
                        self._releases += 1
                        ends[stay] = step
                elif type(event) is Alloc:
                    block, size, _, name = event
                    number = self._numbers.get(name)
                    if number is None:
                        number = self.seat(name)
                    heap = self._heaps[number]
                    taken = heap.take(block, size)
                    if isinstance(taken, Failed):
                        self._fail(step, block, name, taken)
                        continue
                    address, reserved, seen, grown = taken
                    stay = self._opened
                    self._opened = stay + 1
                    self._stays.append((block, step, address, reserved, number))
                    self._requests.append((step, stay, seen))
                    where[block] = stay, heap
                    self._requested += size
                    self._reserved += reserved
                    if self._requested > self._most:  # noqa: PLR1730  (a call of `max` is dearer)
                        self._most = self._requested
                    if self._reserved > self._most_reserved:  # noqa: PLR1730
                        self._most_reserved = self._reserved
                    if grown:
                        self._grew(step, number, grown)
                elif type(event) in rare:
                    rare[type(event)](step, event)
        except _Failed:
            pass
        self._flush()
        return step

    def _flush(self) -> None:
        requests, stays = self.result.requests, self.result.stays
        _extend((requests.steps, requests.stays, requests.seen), self._requests)
        places = stays.blocks, stays.starts, stays.addresses, stays.sizes, stays.heaps
        _extend(places, self._stays)
        self._requests.clear()
        self._stays.clear()

    def finish(self) -> None:
        """Note the sums and the peaks."""
        self.result.stays.ends.frombytes(_packed(self._ends[: self._opened]))
        self.result.releases = self._releases
        self.result.peak_requested = self._most
        self.result.peak_reserved = self._most_reserved

    def seat(self, name: str) -> int:
        """Return the number of the heap of that name, made when it is first used."""
        number = self._numbers.get(name)
        if number is None:
            heap = self.result.heaps[name] = Heap(self._options.get(name, self.result.options))
            number = self._numbers[name] = len(self._heaps)
            self._heaps.append(heap)
            for start, size in heap.chunks:
                self.result.added.append(Added(-1, number, start, size))
        return number

    def _resize(self, step: int, event: Resize) -> None:
        block, size = event
        found = self._where.get(block)
        if found is None:
            return
        stay, heap = found
        number = self._heaps.index(heap)
        address, reserved, old = heap.live[block]
        made = heap.resize(block, size)
        if isinstance(made, Failed):
            self._fail(step, block, list(self._numbers)[number], made)
            return
        if made.address != address:
            self.result.moves += 1
            self.result.copied += made.copied
            self.result.requests.copied[self._asked()] = made.copied
            # While it was copied, both were there.
            self._most_reserved = max(self._most_reserved, self._reserved + made.reserved)
        if (made.address, made.reserved) != (address, reserved):
            self._ends[stay] = step
            stay = self._opened
            self._opened += 1
            self._stays.append((block, step, made.address, made.reserved, number))
            self._where[block] = stay, heap
        self._note(step, stay, made.seen)
        if made.grown:
            self._grew(step, number, made.grown)
        self._requested += size - old
        self._reserved += made.reserved - reserved
        self._most = max(self._most, self._requested)
        self._most_reserved = max(self._most_reserved, self._reserved)

    def _reset(self, step: int, event: Reset) -> None:
        heap = self._heaps[self.seat(event.heap)]
        self._requested -= heap.requested
        self._reserved -= heap.reserved
        for block in heap.live:
            self._ends[self._where.pop(block)[0]] = step
        self._releases += len(heap.live)
        heap.reset()

    def _fail(self, step: int, block: Block, heap: str, failed: Failed) -> None:
        self.result.failures.append(Failure(step, block, heap, failed))
        self._note(step, NOWHERE, failed.seen)
        if self._until_failure:
            raise _Failed

    def _note(self, step: int, stay: int, seen: int) -> None:
        """Note a request: the stay that it led to, what it looked at."""
        self._requests.append((step, stay, seen))

    def _asked(self) -> int:
        return len(self.result.requests) + len(self._requests)

    def _grew(self, step: int, number: int, grown: int) -> None:
        """Note that the last request made a heap grow."""
        self.result.requests.grown[self._asked() - 1] = grown
        end = sum(self._heaps[number].chunks[-1])
        self.result.added.append(Added(step, number, end - grown, grown))


def _extend(columns: "tuple[array[int], ...]", rows: Sequence[tuple[int, ...]]) -> None:
    for column, values in zip(columns, zip(*rows, strict=True), strict=False):
        column.frombytes(_packed(values))


def _packed(values: Sequence[int]) -> bytes:
    # Half the time of `array.extend`, which reads each item as an argument of a function.
    return pack(f"{len(values)}q", *values)
