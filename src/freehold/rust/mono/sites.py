"""Where a call is made."""

from dataclasses import dataclass

from freehold.mir.body import Block, Place


@dataclass(frozen=True, slots=True)
class Site:
    """Where the result of a call goes, and what follows: `unwind` after a panic.

    `target` is None where nothing follows.
    """

    destination: Place | None
    target: Block | None
    unwind: Block | None
