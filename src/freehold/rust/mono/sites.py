"""Where a call is made."""

from freehold.mir.values import Block, Place
from freehold.records import dataclass
from freehold.source import Span


@dataclass(frozen=True, slots=True)
class Site:
    """Where the result of a call goes, and what follows: `unwind` after a panic.

    `target` is None where nothing follows. `named` is where the name of a called method stands.
    """

    destination: Place | None
    target: Block | None
    unwind: Block | None
    named: Span | None = None
