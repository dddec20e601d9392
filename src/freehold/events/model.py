"""The events, and the log that holds them. Knows nothing of who records or replays them.

Events are named tuples rather than dataclasses: a log has millions of them, and these are made
three times as fast. Two kinds with equal fields compare equal, so ask `type(event)` first.
"""

from array import array
from typing import NamedTuple, NewType

from freehold.diagnostics.model import Diagnostic, Frame
from freehold.records import dataclass, field
from freehold.source import Source, Span

Block = NewType("Block", int)  # each allocation has its own, also at an address used before


class Alloc(NamedTuple):
    """`size` bytes are allocated; the variable `name` of the innermost frame holds them, if any."""

    block: Block
    size: int
    name: str = ""
    heap: str = ""


class Resize(NamedTuple):
    """The block is to have `size` bytes, where it is or elsewhere (realloc)."""

    block: Block
    size: int


class Free(NamedTuple):
    """The block is released."""

    block: Block


class Reset(NamedTuple):
    """Every block of a heap is released at once."""

    heap: str = ""


class Read(NamedTuple):
    """`size` bytes of the block are read (0: it is used in some way)."""

    block: Block
    offset: int = 0
    size: int = 0


class Write(NamedTuple):
    """Bytes of the block change from `old` to `new`."""

    block: Block
    offset: int = 0
    old: bytes = b""
    new: bytes = b""


class Point(NamedTuple):
    """A pointer to `target` (None: to nothing) is stored.

    It goes to `slot` of the block `holder`, or to the variable `slot` of the innermost frame.
    """

    holder: Block | None
    slot: str
    target: Block | None


class Enter(NamedTuple):
    """A function or a scope starts; its frame has `size` bytes."""

    name: str = ""
    size: int = 0


class Leave(NamedTuple):
    """The innermost function or scope ends, with its variables."""


class Move(NamedTuple):
    """Who has to release the block changes: to another variable, into a block, or outwards.

    `outward` counts the frames that the owner goes up; `into` is the block that owns it from now.
    """

    block: Block | None
    source: str = ""
    target: str = ""
    into: Block | None = None
    outward: int = 0


class Borrow(NamedTuple):
    """A reference to `place` is made, exclusive if `mutable`."""

    place: str
    mutable: bool = False
    block: Block | None = None


class BorrowEnd(NamedTuple):
    """A reference to `place` is used no more."""

    place: str
    mutable: bool = False
    block: Block | None = None


class Drop(NamedTuple):
    """The value of `place`, of type `type`, is dropped; what it owns is released next."""

    place: str
    type: str = ""
    block: Block | None = None


class Fault(NamedTuple):
    """Something is wrong here."""

    found: Diagnostic


Event = (
    Alloc
    | Resize
    | Free
    | Reset
    | Read
    | Write
    | Point
    | Enter
    | Leave
    | Move
    | Borrow
    | BorrowEnd
    | Drop
    | Fault
)


@dataclass(slots=True)
class Log:
    """Events in order; an event's index is its step.

    Where a step comes from is a stretch of `source` (`starts`, `ends`: of each step, or empty), or
    a call stack in `stacks`, innermost frame first.
    """

    events: list[Event] = field(default_factory=list)
    source: Source | None = None
    starts: "array[int]" = field(default_factory=lambda: array("q"))
    ends: "array[int]" = field(default_factory=lambda: array("q"))
    stacks: dict[int, tuple[Frame, ...]] = field(default_factory=dict)

    def add(self, event: Event, stack: tuple[Frame, ...] = ()) -> int:
        """Append `event`; returns its step."""
        step = len(self.events)
        self.events.append(event)
        if stack:
            self.stacks[step] = stack
        return step

    def span(self, step: int) -> Span | None:
        """Return where the event of `step` is written, None if it is written nowhere."""
        if self.source is not None and step < len(self.starts):
            return Span(self.source, self.starts[step], self.ends[step])
        stack = self.stacks.get(step, ())
        return stack[0].span if stack else None

    def text(self, step: int) -> str:
        """Return the event of `step` as it was written, else its words."""
        if self.source is not None and step < len(self.starts):
            return self.source.text[self.starts[step] : self.ends[step]]
        return words(self.events[step])


def words(event: Event) -> str:
    """Return an event in a few words: `alloc A 5`."""
    name = type(event).__name__.lower()
    match event:
        case Alloc(block, size, label):
            return f"{name} {label or block} {size}"
        case Resize(block, size):
            return f"{name} {block} {size}"
        case Fault(found):
            return f"{name} {found.message}"
        case _:
            return " ".join([name, *(str(part) for part in event if part not in {None, ""})])
