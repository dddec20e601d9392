"""The story of a run: its steps, and the lives of frames and objects.

Position p (0 to the number of steps) is the moment before step p; the last is the end. What step p
does, it does between the positions p and p + 1: an object that it frees is gone at p + 1.
"""

from array import array
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import NamedTuple, Protocol

from freehold.diagnostics import Diagnostic
from freehold.execute.trace import ObjectKind, RawTrace
from freehold.picture.tables import Entry
from freehold.records import dataclass, field
from freehold.source import Source, Span
from freehold.types import Type


class SiteLike(Protocol):
    """A place in the program that a number of the log stands for."""

    @property
    def span(self) -> Span:
        """The text."""

    @property
    def function(self) -> str:
        """The function that it is in."""

    @property
    def name(self) -> str:
        """What is there: of an object its name."""


class GhostKind(Enum):
    """What the compiler does where the source says nothing."""

    DROP = "drop"
    MOVE = "move"
    BORROW = "borrow"  # it ends here
    EARLIER = "earlier"  # a value could be dropped here


class Ghost(NamedTuple):
    """A line of text below line `line` of the first source, or `above` it.

    `since` is the line where a borrow begins that ends here, else 0.
    """

    line: int
    above: bool
    kind: GhostKind
    text: str
    since: int = 0


@dataclass(frozen=True, slots=True)
class Recorded:
    """A run that was recorded. `types` are those of objects, by their sites."""

    trace: RawTrace
    sites: Sequence[SiteLike]
    types: Mapping[int, Type]
    findings: tuple[Diagnostic, ...]
    stdout: bytes
    sources: tuple[Source, ...]
    status: int | None = None
    ghosts: tuple[Ghost, ...] = ()


class Place(NamedTuple):
    """A line: `source` is a number in `Story.sources`."""

    source: int
    line: int


class Step(NamedTuple):
    """A line that is executed, in the frame `frame` (a number in `Story.frames`)."""

    place: Place
    frame: int
    printed: int  # bytes of stdout before it


@dataclass(slots=True)
class Frame:
    """A call of a function: entered by step `entered`, left by step `left` (None: never).

    `caller` is the number of the frame below it, -1 if there is none; `address` that of its frame
    pointer, for unwinding. Its variables lie from `low` to `high`, where the stack pointer is.
    """

    number: int
    function: str
    entered: int
    caller: int
    depth: int
    address: int
    left: int | None = None
    low: int = 0
    high: int = 0

    @property
    def size(self) -> int:
        """The bytes of its variables, with what lies between them."""
        return self.high - self.low

    def hold(self, base: int, size: int) -> None:
        """Reach from `base` on over `size` bytes, too."""
        self.low = min(self.low or base, base)
        self.high = max(self.high, base + size)


class ObjectState(Enum):
    """What an object is at a position."""

    LIVE = "live"
    FREED = "freed"
    GONE = "gone"  # a variable whose scope has ended
    LOST = "lost"  # a block that nothing points to any more, and that is never freed


@dataclass(slots=True)
class Object:
    """A block of the heap, a variable or a static: begun by step `born`, ended by `died`.

    `frame` is the number of a variable's frame, -1 for others. `lost` is the step at which the last
    pointer to a block went that is never freed. `type` is a number in `Story.types`, -1 if it is
    not known; `place` and `died_at` are the lines of birth and death. `renews` is the block whose
    place it took (realloc), -1 if none.
    """

    number: int
    kind: ObjectKind
    name: str
    type: int
    base: int
    size: int
    frame: int
    born: int
    place: Place | None
    died: int | None = None
    died_at: Place | None = None
    lost: int | None = None
    renews: int = -1

    def state(self, position: int) -> ObjectState | None:
        """Return what it is at `position`, None before it exists."""
        if position <= self.born:
            return None
        if self.died is not None and position > self.died:
            heap = self.kind is ObjectKind.HEAP
            return ObjectState.FREED if heap else ObjectState.GONE
        if self.lost is not None and position > self.lost:
            return ObjectState.LOST
        return ObjectState.LIVE


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding in words, and the step that it happened in. `text` is what a terminal shows."""

    step: int
    code: str
    message: str
    line: int
    text: str


class Change(NamedTuple):
    """Bytes of an object change in a step; or they are moved away: `length` is negative then.

    `unset` has a bit for each byte that is not initialised; `targets` are (offset, object number).
    """

    step: int
    object: int
    offset: int
    length: int
    data: bytes
    unset: int
    targets: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Writes:
    """All changes, in columns: a run has millions of them. `start` is where data begin in `data`.

    A length of moved bytes is negative. `unset` and `targets` hold what few changes have.
    """

    step: "array[int]" = field(default_factory=lambda: array("i"))
    object: "array[int]" = field(default_factory=lambda: array("i"))
    offset: "array[int]" = field(default_factory=lambda: array("i"))
    length: "array[int]" = field(default_factory=lambda: array("i"))
    start: "array[int]" = field(default_factory=lambda: array("q"))
    data: bytearray = field(default_factory=bytearray)
    unset: dict[int, int] = field(default_factory=dict)
    targets: dict[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.step)

    def add(self, step: int, number: int, offset: int, data: bytes) -> int:
        """Append a change of bytes; returns its index."""
        self.step.append(step)
        self.object.append(number)
        self.offset.append(offset)
        self.length.append(len(data))
        self.start.append(len(self.data))
        self.data += data
        return len(self.step) - 1

    def add_move(self, step: int, number: int, offset: int, length: int) -> None:
        """Append a move of bytes out of an object."""
        self.add(step, number, offset, b"")
        self.length[-1] = -length

    def __getitem__(self, index: int) -> Change:
        length, start = self.length[index], self.start[index]
        return Change(
            self.step[index],
            self.object[index],
            self.offset[index],
            length,
            bytes(self.data[start : start + max(length, 0)]),
            self.unset.get(index, 0),
            self.targets.get(index, ()),
        )


@dataclass(slots=True)
class Story:
    """A whole run, of which the log took `taken` steps. `full`: it ended before the run did.

    Of the steps after the first `every`, one in 2, one in 4, and so on are here.

    `types` are described in `picture.tables`. `lives` are births and deaths in order: the number
    of an object that begins, -1 minus that of one that ends.
    """

    sources: tuple[Source, ...]
    steps: list[Step]
    frames: list[Frame]
    objects: list[Object]
    writes: Writes
    faults: tuple[Fault, ...]
    stdout: bytes
    taken: int
    full: bool = False
    status: int | None = None
    ghosts: tuple[Ghost, ...] = ()
    types: list[Entry] = field(default_factory=list)
    lives: "array[int]" = field(default_factory=lambda: array("i"))
    every: int = 0

    def type_name(self, one: Object) -> str:
        """Return what a reader calls the type of an object, "" if it is not known."""
        return str(self.types[one.type]["n"]) if one.type >= 0 else ""

    @property
    def rust(self) -> bool:
        """Whether the program is Rust."""
        return any(source.name.endswith(".rs") for source in self.sources)

    @property
    def end(self) -> int:
        """The last position."""
        return len(self.steps)
