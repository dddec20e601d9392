"""What the compiler does where the source says nothing, as values: ghosts beside its lines.

Knows neither MIR nor how ghosts are shown; `owners` finds them.
"""

from enum import Enum

from freehold.records import dataclass
from freehold.source import Source, Span


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """Where a ghost stands: below line `line`, or `above` it; `function` is the body's name."""

    line: int
    function: str
    above: bool = False


@dataclass(frozen=True, slots=True)
class Owned:
    """What a place holds: its type, its bytes (None if that depends on a parameter).

    `heap`: it owns memory on the heap; `destructor`: the type has a `Drop` of the program's own.
    """

    type: str
    size: int | None
    heap: bool
    destructor: bool


class Exit(Enum):
    """What ends the life of a dropped value."""

    SCOPE = "scope"  # control comes to the end of its scope, or of its statement
    RETURN = "return"
    BREAK = "break"
    CONTINUE = "continue"
    QUESTION = "?"
    ASSIGNED = "assigned"  # another value takes its place


@dataclass(frozen=True, slots=True)
class Dropped:
    """A drop that was put in. Unless `certain`, it happens if the place is still owned there.

    `declared` is the line of its variable: others may have the same name.
    """

    spot: Spot
    place: str
    declared: int
    owned: Owned
    certain: bool
    exit: Exit


class Way(Enum):
    """Where a moved value goes."""

    VARIABLE = "variable"
    PART = "part"  # of another value
    CALL = "call"
    DROP = "drop"  # `drop(x)`
    FORGET = "forget"  # `mem::forget(x)` and the like: never dropped
    CLOSURE = "closure"
    LOOP = "loop"  # a `for` loop, which consumes it
    CALLER = "caller"


@dataclass(frozen=True, slots=True)
class Moved:
    """A move: `target` is the variable, the part or the function that takes the value."""

    spot: Spot
    place: str
    owned: Owned
    way: Way
    target: str


@dataclass(frozen=True, slots=True)
class BorrowEnded:
    """The borrow `borrow` (`&v`), made in line `since`, ends: its holder is not used again.

    `dropped`: the last use is the drop of the holder. `after_loop`: a loop keeps it alive.
    """

    spot: Spot
    borrow: str
    holder: str
    since: int
    dropped: bool
    after_loop: bool


@dataclass(frozen=True, slots=True)
class Earlier:
    """An owner of heap memory could end here, `lines` lines before its scope does.

    `first` is the line where it is declared. With `block`, a block from there to this line ends it
    too: no other variable of these lines is used later.
    """

    spot: Spot
    place: str
    owned: Owned
    first: int
    lines: int
    block: bool


Ghost = Dropped | Moved | BorrowEnded | Earlier


@dataclass(frozen=True, slots=True)
class Owners:
    """The ghosts of a program in the order of its lines, and its `unsafe` blocks.

    `source` is what they are in: of a snippet, the repaired one.
    """

    source: Source
    ghosts: tuple[Ghost, ...]
    unsafe_blocks: tuple[Span, ...]
