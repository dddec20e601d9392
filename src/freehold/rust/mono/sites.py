"""Where a call is made."""

from freehold.mir.values import Block, Place
from freehold.records import dataclass


@dataclass(frozen=True, slots=True)
class Site:
    """Where the result of a call goes, and what follows: `unwind` after a panic.

    `target` is None where nothing follows.
    """

    destination: Place | None
    target: Block | None
    unwind: Block | None
