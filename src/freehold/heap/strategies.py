"""When memory is released, decided in six ways on one log: what each costs, and what it leaves.

The log says what the program did: allocations, uses, scopes, pointers stored, its own releases. A
strategy decides when a block dies. What no scope encloses is
static: it lives to the end. Work is counted in blocks and pointers looked at, not in seconds.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from freehold.events import (
    Alloc,
    Block,
    Enter,
    Event,
    Free,
    Leave,
    Move,
    Point,
    Read,
    Reset,
    Resize,
    Write,
)
from freehold.records import dataclass, field


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a strategy came to; sizes in bytes.

    `byte_steps` sums the live bytes over all steps. `pauses` is the work of each time that the
    strategy stopped the program to release. `cycles` are blocks that only keep one another alive at
    the end; `early` counts uses of blocks that it had released already.
    """

    strategy: str
    peak: int
    byte_steps: int
    released: int
    left_blocks: int
    left_bytes: int
    pauses: tuple[int, ...] = ()
    cycles: int = 0
    cycle_bytes: int = 0
    early: int = 0
    bookkeeping: int = 0  # counts changed, at every pointer stored

    @property
    def longest_pause(self) -> int:
        """The work of the longest pause."""
        return max(self.pauses, default=0)


@dataclass(slots=True)
class _Graph:
    """Who points to whom: the variables of each frame, the slots of each block."""

    frames: list[dict[str, Block]] = field(default_factory=lambda: [{}])
    slots: dict[Block, dict[str, Block]] = field(default_factory=dict)

    def store(self, event: Point) -> Block | None:
        """Store a pointer; return what the place pointed to before."""
        its = self.frames[-1] if event.holder is None else self.slots.setdefault(event.holder, {})
        old = its.pop(event.slot, None)
        if event.target is not None:
            its[event.slot] = event.target
        return old

    def reached(self, live: Iterable[Block]) -> tuple[set[Block], int]:
        """Return the live blocks that variables lead to, and how much was looked at."""
        left = set(live)
        todo = [block for frame in self.frames for block in frame.values() if block in left]
        found: set[Block] = set()
        work = 0
        while todo:
            block = todo.pop()
            work += 1
            if block in found:
                continue
            found.add(block)
            todo += [to for to in self.slots.get(block, {}).values() if to in left]
        return found, work


@dataclass(slots=True)
class _Book:
    """Live blocks and their bytes; what every strategy counts."""

    live: dict[Block, int] = field(default_factory=dict)
    now: int = 0
    peak: int = 0
    byte_steps: int = 0
    released: int = 0
    early: int = 0
    pauses: list[int] = field(default_factory=list)

    def take(self, block: Block, size: int) -> None:
        """A block is allocated, or has another size."""
        self.now += size - self.live.get(block, 0)
        self.live[block] = size
        self.peak = max(self.peak, self.now)

    def release(self, block: Block) -> None:
        """A block is released, if it is still there."""
        size = self.live.pop(block, None)
        if size is not None:
            self.now -= size
            self.released += 1

    def use(self, block: Block) -> None:
        """A block is used."""
        self.early += block not in self.live


Act = Callable[[int, Event], None]


def never_free(events: "list[Event]") -> Outcome:
    """Release nothing."""
    return _run("never free", events, _Book(), lambda step, event: None)


def manual(events: "list[Event]") -> Outcome:
    """Release where the program says so."""
    book = _Book()
    heap_of: dict[Block, str] = {}

    def act(step: int, event: Event) -> None:
        del step
        match event:
            case Alloc(block, _, _, heap):
                heap_of[block] = heap
            case Free(block):
                book.release(block)
            case Reset(heap):
                for block in [block for block in book.live if heap_of[block] == heap]:
                    book.release(block)
            case _:
                return

    return _run("manual", events, book, act)


@dataclass(slots=True)
class _Scopes:
    """Which scope owns a block, or which block does."""

    book: _Book
    frames: list[dict[Block, None]] = field(default_factory=lambda: [{}])
    frame_of: dict[Block, dict[Block, None]] = field(default_factory=dict)
    owned: dict[Block, list[Block]] = field(default_factory=dict)

    def act(self, step: int, event: Event) -> None:
        """Take an event."""
        del step
        match event:
            case Alloc(block):
                self.frames[-1][block] = None
                self.frame_of[block] = self.frames[-1]
            case Enter():
                self.frames.append({})
            case Leave() if len(self.frames) > 1:
                self._leave()
            case Move(int(block), into=into, outward=outward) if block in self.frame_of:
                self._move(block, into, outward)
            case _:
                return

    def _leave(self) -> None:
        ending = self.frames.pop()
        work = 0
        for block in reversed(ending):
            del self.frame_of[block]
            work += self._drop(block)
        self.book.pauses += [work] if work else []

    def _drop(self, block: Block) -> int:
        todo, work = [block], 0
        while todo:
            block = todo.pop()
            work += 1
            self.book.release(block)
            todo += self.owned.pop(block, [])
        return work

    def _move(self, block: Block, into: Block | None, outward: int) -> None:
        if into is not None:
            del self.frame_of.pop(block)[block]
            self.owned.setdefault(into, []).append(block)
        elif outward:  # else it stays in its scope, in another variable
            del self.frame_of.pop(block)[block]
            target = self.frames[max(len(self.frames) - 1 - outward, 0)]
            target[block] = None
            self.frame_of[block] = target


def scope(events: "list[Event]") -> Outcome:
    """Release at the end of the scope that allocated, or of the one that it was moved to.

    What was moved into a block goes with that block.
    """
    book = _Book()
    return _run("scope", events, book, _Scopes(book).act)


def last_use(events: "list[Event]") -> Outcome:
    """Release after the last use: what no strategy beats, since it knows what comes."""
    last: dict[Block, int] = {}
    for step, event in enumerate(events):
        for block in _used(event):
            last[block] = step
    ends: dict[int, list[Block]] = {}
    for block, step in last.items():
        ends.setdefault(step, []).append(block)
    book = _Book()

    def act(step: int, event: Event) -> None:
        del event
        for block in ends.get(step, ()):
            book.release(block)

    return _run("last use", events, book, act)


@dataclass(slots=True)
class _Counts:
    """How many pointers lead to each block."""

    book: _Book
    graph: _Graph = field(default_factory=_Graph)
    counts: dict[Block, int] = field(default_factory=dict)
    changed: int = 0

    def act(self, step: int, event: Event) -> None:
        """Take an event."""
        del step
        work = 0
        match event:
            case Alloc(block, _, name):
                self.counts[block] = 0
                work = self._store(Point(None, name or f"#{block}", block))
            case Point():
                work = self._store(event)
            case Move(int(block), outward=outward) if outward:
                _carry(self.graph, block, outward)
            case Enter():
                self.graph.frames.append({})
            case Leave() if len(self.graph.frames) > 1:
                work = self._down(list(self.graph.frames.pop().values()))
            case _:
                return
        self.book.pauses += [work] if work else []

    def _store(self, event: Point) -> int:
        if event.target is not None and event.target in self.counts:
            self.counts[event.target] += 1
            self.changed += 1
        old = self.graph.store(event)
        return self._down([old] if old is not None else [])

    def _down(self, todo: list[Block]) -> int:
        """Take one from the count of each; release those at 0, and go on with what they held."""
        work = 0
        while todo:
            block = todo.pop()
            if block not in self.counts:
                continue
            self.changed += 1
            self.counts[block] -= 1
            if self.counts[block] == 0:
                work += 1
                del self.counts[block]
                self.book.release(block)
                todo += self.graph.slots.pop(block, {}).values()
        return work


def reference_counting(events: "list[Event]") -> Outcome:
    """Release when the last pointer to a block goes; cycles stay."""
    book = _Book()
    state = _Counts(book)
    outcome = _run("reference counting", events, book, state.act)
    reached, _ = state.graph.reached(book.live)
    return _with_cycles(outcome, book, reached, state.changed)


def mark_sweep(events: "list[Event]", *, threshold: int = 0) -> Outcome:
    """Collect when the live bytes have grown to `threshold`, and to twice what was left after that.

    Marks from the variables; sweeps over every block. Without a threshold: an eighth of all that
    the log allocates.
    """
    sizes = [event.size for event in events if type(event) is Alloc]
    least = max(threshold or sum(sizes) // 8, 1)
    book, graph = _Book(), _Graph()
    limit = least

    def collect() -> None:
        nonlocal limit
        reached, work = graph.reached(book.live)
        work += len(book.live)
        for block in [block for block in book.live if block not in reached]:
            graph.slots.pop(block, None)
            book.release(block)
        book.pauses.append(work)
        limit = max(2 * book.now, least)

    def act(step: int, event: Event) -> None:
        del step
        match event:
            case Alloc(block, _, name):
                graph.store(Point(None, name or f"#{block}", block))
                if book.now > limit:
                    collect()
            case Point():
                graph.store(event)
            case Move(int(block), outward=outward) if outward:
                _carry(graph, block, outward)
            case Enter():
                graph.frames.append({})
            case Leave() if len(graph.frames) > 1:
                graph.frames.pop()
            case _:
                return

    return _run("mark-sweep", events, book, act)


STRATEGIES: tuple[Callable[["list[Event]"], Outcome], ...] = (
    never_free,
    manual,
    scope,
    last_use,
    reference_counting,
    mark_sweep,
)


def strategies(events: Iterable[Event]) -> list[Outcome]:
    """Return what each strategy comes to on the log."""
    its = list(events)
    return [strategy(its) for strategy in STRATEGIES]


def _run(name: str, events: "list[Event]", book: _Book, act: Act) -> Outcome:
    for step, event in enumerate(events):
        match event:
            case Alloc(block, size) | Resize(block, size):
                if type(event) is Alloc or block in book.live:
                    book.take(block, size)
            case Read(block) | Write(block):
                book.use(block)
            case _:
                pass
        act(step, event)
        book.byte_steps += book.now
    return Outcome(
        name,
        book.peak,
        book.byte_steps,
        book.released,
        len(book.live),
        book.now,
        tuple(book.pauses),
        early=book.early,
    )


def _with_cycles(outcome: Outcome, book: _Book, reached: set[Block], changed: int) -> Outcome:
    kept = [block for block in book.live if block not in reached]
    lost = sum(book.live[block] for block in kept)
    return replace(outcome, cycles=len(kept), cycle_bytes=lost, bookkeeping=changed)


def _used(event: Event) -> tuple[Block, ...]:
    match event:
        case Alloc(block) | Resize(block) | Read(block) | Write(block):
            return (block,)
        case Point(holder, _, target):
            return tuple(block for block in (holder, target) if block is not None)
        case _:
            return ()


def _carry(graph: _Graph, block: Block, outward: int) -> None:
    """A variable of the innermost frame that holds `block` goes with it to an outer frame."""
    frame = graph.frames[-1]
    target = graph.frames[max(len(graph.frames) - 1 - outward, 0)]
    for name in [name for name, held in frame.items() if held == block][:1]:
        del frame[name]
        target[f"{name} of frame {len(graph.frames)}"] = block
