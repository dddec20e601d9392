"""The state of one path: values of locals, memory, what regions have become, facts, the log."""

from dataclasses import dataclass
from typing import NamedTuple

from freehold.effects.cells import Cells
from freehold.effects.events import Event
from freehold.effects.facts import Facts
from freehold.effects.log import Log
from freehold.effects.values import Symbol, Value
from freehold.mir.values import Local
from freehold.source import Span


class Status(NamedTuple):
    """What became of a region. Of a live one there is none, or one that only says `escaped`.

    `how` is "freed", "closed", "moved", "scope", "return"; "" while it lives.
    """

    how: str = ""
    event: Event | None = None
    escaped: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A statement: its block, and its number there (the terminator comes last)."""

    block: int
    index: int


class Loop(NamedTuple):
    """How often a path came to the head of a loop, and what held the last time."""

    rounds: int = 0
    forked: int = 0
    forks: int = 0
    widened: bool = False
    last: bool = False  # it goes round no more
    env: "dict[Local, Value] | None" = None
    mem: "dict[Symbol, Cells] | None" = None


class State:
    """One path. Copies share what they have not changed."""

    __slots__ = (
        "blind", "doubts", "end", "env", "facts", "faults", "forks", "guesses", "log", "loops",
        "mem", "merged", "owned", "seen", "status", "tagged", "told", "visited",
    )  # fmt: skip

    def __init__(self) -> None:
        self.env: dict[Local, Value] = {}
        self.mem: dict[Symbol, Cells] = {}
        self.status: dict[Symbol, Status] = {}
        self.facts = Facts()
        self.log: Log | None = None
        self.seen: set[object] = set()  # demands that stand in the log
        self.doubts: frozenset[Symbol] = frozenset()  # nulls that nobody has looked into
        self.guesses: frozenset[Symbol] = frozenset()  # what a callee's conditions were guessed of
        self.owned: set[Symbol] = set()
        self.visited = 0
        self.end: tuple[Point, Span]  # where it returned, once it has
        self.told: frozenset[Symbol] = frozenset()  # regions that a fault was said of
        self.faults: frozenset[tuple[Point, str]] = frozenset()
        self.loops: dict[int, Loop] = {}
        self.forks = 0
        self.merged = False  # it stands for several that differ
        self.blind = False  # it took a way that the caller cannot tell
        self.tagged: frozenset[Symbol] = frozenset()  # objects asked for what they hold

    def fork(self) -> "State":
        """Return the same state, to be changed apart."""
        made = State.__new__(State)
        made.env = self.env.copy()
        made.mem = self.mem.copy()
        made.status = self.status.copy()
        made.facts = self.facts.copy()
        made.log = self.log
        made.seen = self.seen.copy()
        made.doubts = self.doubts
        made.guesses = self.guesses
        made.owned = set()
        self.owned = set()
        made.visited = self.visited
        made.faults = self.faults
        made.told = self.told
        made.loops = self.loops.copy()
        made.forks = self.forks
        made.merged = self.merged
        made.blind = self.blind
        made.tagged = self.tagged
        return made

    def own(self, base: Symbol) -> Cells:
        """Return the cells of a region that has some, to be changed."""
        cells = self.mem[base]
        if base not in self.owned:
            cells = self.mem[base] = cells.copy()
            self.owned.add(base)
        return cells


def is_held(seen: object) -> bool:
    """Whether what was seen is that a resource is held."""
    return isinstance(seen, tuple) and seen[0] == "holds"
