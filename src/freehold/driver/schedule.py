"""Which task is given to whom when: units first, then functions, callees before callers.

What comes out does not depend on the workers: a function sees the summaries of those before it in
the program's order, whoever makes them, and findings are put in that order again. A task that was
lost with its worker is given out again, in smaller parts.
"""

from collections.abc import Callable, Iterator, Sequence
from heapq import heappop, heappush

from freehold.driver.ledger import Ledger
from freehold.driver.linked import Linked
from freehold.driver.reader import Files
from freehold.driver.tasks import Analyse, Outcome
from freehold.driver.units import ReadUnit, wanted_by
from freehold.driver.workers import Workers
from freehold.effects.portable import dump
from freehold.effects.program import given_up
from freehold.mir.values import Symbol
from freehold.records import dataclass, field

_BATCH = 16  # functions in a task, at most
_TRIES = 3  # how often a task may be lost
_ROUNDS = 64  # how often a unit may ask for more files

Told = Callable[[str], None]


class Lost(Exception):
    """A unit could not be read; the text says why."""


def read_all(tasks: Sequence[ReadUnit], workers: Workers, files: Files, say: Told) -> list[bytes]:
    """Return what the tasks give, in their order; raises Lost."""
    found: list[bytes] = [b""] * len(tasks)
    waiting = list(range(len(tasks)))[::-1]
    current = [task if workers.disk else _supplied(task, {}) for task in tasks]
    lost = [0] * len(tasks)
    running = done = 0
    texts: dict[str, str | None] = {}
    while waiting or running:
        while waiting and running < workers.room:
            number = waiting.pop()
            workers.start(number, current[number])
            running += 1
        for number, result in workers.wait():
            running -= 1
            if not isinstance(result, bytes):
                lost[number] += 1
                if lost[number] == _TRIES:
                    raise Lost(f"`{tasks[number].name}`: each process that reads it dies")
                waiting.append(number)
                continue
            wanted = () if workers.disk else wanted_by(result)
            if wanted and lost[number] < _ROUNDS:
                texts.update((name, files.text(name)) for name in wanted)
                current[number] = _supplied(tasks[number], texts)
                waiting.append(number)
                continue
            found[number] = result
            done += 1
            say(f"reading C: {done:,} of {len(tasks):,}")
    return found


def _supplied(task: ReadUnit, texts: dict[str, str | None]) -> ReadUnit:
    return ReadUnit(task.name, task.text, task.options, dict(texts))


def analyse_all(ledger: Ledger, workers: Workers, share: Callable[[], None], say: Told) -> None:
    """Make everything known of each function; `share` lets the workers have the program."""
    _Analysis(ledger, workers, share, say).run()


@dataclass(slots=True, eq=False)
class _Analysis:
    """Functions that wait for others, that are ready, that are being analysed."""

    ledger: Ledger
    workers: Workers
    share: Callable[[], None]
    say: Told
    _linked: Linked = field(init=False)
    _open: dict[Symbol, int] = field(default_factory=dict)  # how many it waits for
    _callers: dict[Symbol, list[Symbol]] = field(default_factory=dict)
    _ready: list[tuple[int, Symbol]] = field(default_factory=list)  # a heap
    _misses: list[tuple[Symbol, ...]] = field(default_factory=list)
    _running: dict[int, tuple[Symbol, ...]] = field(default_factory=dict)
    _more: dict[Symbol, set[Symbol]] = field(default_factory=dict)  # asked for besides
    _lost: dict[Symbol, int] = field(default_factory=dict)
    _number: int = 0
    _known: set[Symbol] = field(default_factory=set)
    _shared: bool = False

    def run(self) -> None:
        """Go through the program."""
        self._linked = self.ledger.linked
        for name, rank in self._linked.order.items():
            needs = list(self.ledger.needs(name))
            self._open[name] = len(needs)
            for one in needs:
                self._callers.setdefault(one, []).append(name)
            if not needs:
                heappush(self._ready, (rank, name))
        while self._ready or self._misses or self._running:
            self._look_up()
            self._give_out()
            if self._running:
                for number, result in self.workers.wait():
                    self._take(self._running.pop(number), result)

    def _look_up(self) -> None:
        """Recall what is ready and known from before; what is not, is to be analysed."""
        room = self.workers.room - len(self._running)
        missed: list[Symbol] = []
        while self._ready and len(missed) < max(room, 1) * _BATCH:
            _, name = heappop(self._ready)
            if name not in self._more and self.ledger.recall(name):
                self._finish(name)
            else:
                missed.append(name)
                if self.workers.room == 1:
                    break  # each in its turn
        if missed:
            size = max(1, min(_BATCH, len(missed) // max(room, 1)))
            self._misses += [tuple(missed[i : i + size]) for i in range(0, len(missed), size)]

    def _give_out(self) -> None:
        while self._misses and len(self._running) < self.workers.room:
            if not self._shared:
                self.share()
                self._shared = True
            functions = self._misses.pop(0)
            summaries = {
                name: self.ledger.summary(name) for one in functions for name in self._needs(one)
            }
            self._number += 1
            self._running[self._number] = functions
            self.workers.start(self._number, Analyse(functions, summaries))

    def _needs(self, name: Symbol) -> Iterator[Symbol]:
        yield from self.ledger.needs(name)
        yield from self._more.get(name, ())

    def _take(self, functions: tuple[Symbol, ...], result: object) -> None:
        if not isinstance(result, tuple):
            self._again(functions)
            return
        for outcome in result:
            if outcome.needs is None:
                self.ledger.add(outcome)
                self._finish(outcome.function)
            else:
                self._wait_for(outcome.function, outcome.needs)

    def _wait_for(self, name: Symbol, other: Symbol) -> None:
        """Analyse a function again once `other` is known, which its body does not speak of."""
        self._more.setdefault(name, set()).add(other)
        if other in self._known:
            heappush(self._ready, (self._linked.order[name], name))
        else:
            self._open[name] = 1
            self._callers.setdefault(other, []).append(name)

    def _again(self, functions: tuple[Symbol, ...]) -> None:
        """Give functions out again whose worker died, each by itself; give up what kills it."""
        for name in functions:
            self._lost[name] = self._lost.get(name, 0) + 1
            if self._lost[name] < _TRIES:
                self._misses.append((name,))
                continue
            summary, limits = given_up(self._linked.program.bodies[name])
            self.ledger.forgo(Outcome(name, dump(summary), dump(((), limits))))
            self._finish(name)

    def _finish(self, name: Symbol) -> None:
        self._known.add(name)
        self.say(f"checking C: {len(self._known):,} of {len(self._open):,} functions")
        for caller in self._callers.get(name, ()):
            self._open[caller] -= 1
            if not self._open[caller]:
                heappush(self._ready, (self._linked.order[caller], caller))
