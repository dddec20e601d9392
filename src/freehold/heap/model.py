"""A heap: chunks of addresses, the blocks that live in them, and one policy over the rest.

Knows nothing of what blocks hold; `freehold.memory` adds the bytes, `replay` the time.
"""

from dataclasses import replace
from enum import Enum
from typing import NamedTuple, assert_never

from freehold.events import Block
from freehold.heap.buddy import BuddySpace
from freehold.heap.fits import FitSpace
from freehold.heap.pointers import BumpSpace, PoolSpace, StackSpace
from freehold.heap.policies import (
    BestFit,
    Buddy,
    Bump,
    FirstFit,
    NextFit,
    Policy,
    Pool,
    Segregated,
    Slab,
    Stack,
    WorstFit,
    checked,
)
from freehold.heap.segregated import SegregatedSpace
from freehold.heap.slab import SlabSpace
from freehold.heap.space import NOWHERE, Space, round_up
from freehold.records import dataclass, field


class Growth(Enum):
    """What a heap does when no hole is large enough."""

    FIXED = "fixed"  # the request fails
    CONTIGUOUS = "contiguous"  # the heap's end moves up
    CHUNKS = "chunks"  # another chunk is added, apart; no block spans two


@dataclass(frozen=True, slots=True)
class HeapOptions:
    """How a heap is made. It grows by multiples of `step` bytes, up to `limit` (0: none)."""

    size: int = 0
    policy: Policy = field(default_factory=FirstFit)
    growth: Growth = Growth.FIXED
    step: int = 1
    limit: int = 0
    base: int = 0


class Why(Enum):
    """Why a request failed."""

    NEVER = "no hole will ever do"  # larger than the policy serves
    FULL = "not enough bytes are free"
    HELD = "enough bytes are free, but kept from this request"
    FRAGMENTED = "enough bytes are free, but no hole is large enough"


class Served(NamedTuple):
    """A request that was served: where, how much it takes, what the search looked at.

    `grown` are the bytes that the heap grew by, `copied` those that a resize moved.
    """

    address: int
    reserved: int
    seen: int
    grown: int = 0
    copied: int = 0


@dataclass(frozen=True, slots=True)
class Failed:
    """A request that was not served, and the heap as it was then.

    `need` is what the policy makes of `size`, `wanted` the hole that it looks for.
    """

    why: Why
    size: int
    need: int
    wanted: int
    seen: int
    free: int
    held: int
    largest: int
    holes: tuple[int, ...]  # the sizes of the first holes, by address
    hole_count: int
    limited: bool = False  # it would have grown, but for the limit


Live = tuple[int, int, int]  # of an allocated block: address, bytes reserved, bytes asked for
Taken = tuple[int, int, int, int]  # address, bytes reserved, places seen, bytes grown


_LISTED = 8
_DETAILED = 1000


@dataclass(slots=True, eq=False)
class Heap:
    """The model; `live` are its blocks, `chunks` start and size of its memory."""

    options: HeapOptions
    live: dict[Block, Live] = field(default_factory=dict)
    chunks: list[tuple[int, int]] = field(default_factory=list)
    space: Space = field(init=False)
    requested: int = 0  # bytes that the live blocks asked for
    reserved: int = 0  # bytes that they take
    size: int = 0  # bytes of all chunks
    failures: int = 0

    def __post_init__(self) -> None:
        self.space = space_for(checked(self.options.policy))
        unit = self.space.unit
        self.options = replace(self.options, base=round_up(self.options.base, unit))
        size = self.options.size // unit * unit
        if size:
            self._add(self.options.base, size)

    def _add(self, start: int, size: int) -> None:
        if self.chunks and sum(self.chunks[-1]) == start:
            self.chunks[-1] = (self.chunks[-1][0], self.chunks[-1][1] + size)
        else:
            self.chunks.append((start, size))
        self.size += size
        self.space.add(start, size)

    def allocate(self, block: Block, size: int) -> Served | Failed:
        """Serve a request of `size` bytes, if it can be."""
        taken = self.take(block, size)
        return taken if isinstance(taken, Failed) else Served(*taken)

    def take(self, block: Block, size: int) -> Taken | Failed:
        """As `allocate`, for replays."""
        need = self.space.reserve(size)
        if not need:
            return self._failed(size, 0, 0)
        address, seen = self.space.take(need)
        grown = 0
        if address == NOWHERE:
            grown = self._grow(need)
            if grown:
                address, more = self.space.take(need)
                seen += more
            if address == NOWHERE:
                return self._failed(size, need, seen)
        self.live[block] = address, need, size
        self.requested += size
        self.reserved += need
        return address, need, seen, grown

    def release(self, block: Block) -> Live:
        """Release a block that is live; return what it was."""
        live = self.live.pop(block)
        address, reserved, size = live
        self.requested -= size
        self.reserved -= reserved
        self.space.give(address, reserved)
        return live

    def resize(self, block: Block, size: int) -> Served | Failed:
        """Give a live block another size: where it is if that can be, else by moving it."""
        address, reserved, old = self.live[block]
        need = self.space.reserve(size)
        if not need:
            return self._failed(size, 0, 0)
        if need == reserved or self.space.widen(address, reserved, need):
            self.live[block] = address, need, size
            self.requested += size - old
            self.reserved += need - reserved
            return Served(address, need, 1)
        if need < reserved:  # it keeps what it has
            self.live[block] = address, reserved, size
            self.requested += size - old
            return Served(address, reserved, 1)
        made = self.allocate(block, size)  # beside the old one: both live while bytes are copied
        if isinstance(made, Failed):
            return made
        self.requested -= old
        self.reserved -= reserved
        self.space.give(address, reserved)
        return made._replace(copied=min(old, size))

    def reset(self) -> None:
        """Release every block at once; the chunks stay."""
        self.live.clear()
        self.requested = self.reserved = 0
        self.space = space_for(self.options.policy)
        for start, size in self.chunks:
            self.space.add(start, size)

    def _grow(self, need: int) -> int:
        """Add memory for `need` bytes, as the options say; return how much."""
        options, unit = self.options, self.space.unit
        end = sum(self.chunks[-1]) if self.chunks else options.base
        match options.growth:
            case Growth.FIXED:
                return 0
            case Growth.CONTIGUOUS:
                start, amount = end, self.space.shortfall(need, end)
            case Growth.CHUNKS:
                # A gap keeps chunks apart, so that no hole spans two.
                start = self.space.home(need, end + 1 if self.chunks else end)
                amount = self.space.wanted(need)
            case _:
                assert_never(options.growth)
        least = round_up(max(amount, 1), unit)
        amount = round_up(round_up(least, max(options.step, 1)), unit)
        if options.limit:
            amount = min(amount, (options.limit - self.size) // unit * unit)
            if amount < least:
                return 0
        self._add(start, amount)
        return amount

    def _failed(self, size: int, need: int, seen: int) -> Failed:
        space = self.space
        self.failures += 1
        # All holes are looked at here: not for each of a million failures.
        holes = space.holes() if self.failures <= _DETAILED else []
        free, held = space.free, space.held
        wanted = space.wanted(need)
        if not need:
            why = Why.NEVER
        elif free >= wanted:
            why = Why.FRAGMENTED
        else:
            why = Why.HELD if free + held >= wanted else Why.FULL
        listed = tuple(length for _, length in holes[:_LISTED])
        limited = self.options.growth is not Growth.FIXED and bool(need)
        largest = space.largest
        return Failed(
            why, size, need, wanted, seen, free, held, largest, listed, len(holes), limited
        )


def space_for(policy: Policy) -> Space:
    """Return empty free memory under `policy`."""
    match policy:
        case FirstFit() | NextFit() | BestFit() | WorstFit():
            return FitSpace(policy)
        case Segregated():
            return SegregatedSpace(policy)
        case Buddy():
            return BuddySpace(policy)
        case Slab():
            return SlabSpace(policy)
        case Bump():
            return BumpSpace(policy)
        case Pool():
            return PoolSpace(policy)
        case Stack():
            return StackSpace(policy)
        case _:
            assert_never(policy)
