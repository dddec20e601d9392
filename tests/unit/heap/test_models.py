"""Each model, against random requests: nothing overlaps, nothing is lost, holes are complete."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from freehold.events import Block
from freehold.heap import (
    BestFit,
    Buddy,
    Bump,
    Failed,
    FirstFit,
    Growth,
    Heap,
    HeapOptions,
    NextFit,
    Policy,
    Pool,
    Segregated,
    Slab,
    Stack,
    WorstFit,
)

POLICIES: tuple[Policy, ...] = (
    FirstFit(),
    FirstFit(align=8, header=8),
    NextFit(),
    BestFit(align=4),
    WorstFit(),
    Segregated(),
    Segregated(align=1, header=3),
    Buddy(smallest=4),
    Slab(slab=128, align=4),
    Bump(align=2),
    Pool(slot=24),
    Stack(align=8),
    FirstFit(coalesce=False),
    BestFit(coalesce=False),
    Segregated(coalesce=False),
    Buddy(coalesce=False, smallest=1),
    Slab(coalesce=False, slab=64),
)
JOINING = (FirstFit, NextFit, BestFit, WorstFit, Segregated)

# One step: which of the live blocks (by place), what to do with it, how many bytes.
STEPS = st.lists(
    st.tuples(st.integers(0, 50), st.sampled_from("aaaffrR"), st.integers(0, 60)), max_size=60
)
GROWTHS = st.sampled_from(
    (
        (Growth.FIXED, 1, 0),
        (Growth.CONTIGUOUS, 1, 0),
        (Growth.CONTIGUOUS, 64, 700),
        (Growth.CHUNKS, 1, 0),
        (Growth.CHUNKS, 48, 500),
    )
)


def check(heap: Heap) -> None:
    """Every byte of every chunk is a block's, in a hole, or held; and in one of these only."""
    space, options = heap.space, heap.options
    spans = sorted((start, reserved) for start, reserved, _ in heap.live.values())
    holes = list(space.holes())
    assert holes == sorted(holes)
    both = sorted([*spans, *holes])
    for (start, size), (after, _) in pairwise(both):
        assert start + size <= after
    for start, size in both:
        assert size > 0
        assert any(low <= start and start + size <= low + room for low, room in heap.chunks)
    assert heap.reserved == sum(size for _, size in spans)
    assert heap.requested == sum(size for _, _, size in heap.live.values())
    assert space.free == sum(size for _, size in holes)
    assert heap.reserved + space.free + space.held == heap.size
    assert heap.size == sum(size for _, size in heap.chunks)
    assert space.held >= 0
    if not isinstance(options.policy, Pool):
        assert space.largest == max((size for _, size in holes), default=0)
    if isinstance(options.policy, JOINING) and options.policy.coalesce:
        assert not any(a + b == c for (a, b), (c, _) in pairwise(holes))
    if isinstance(options.policy, Buddy) and options.policy.coalesce:
        free = set(holes)
        assert all(start % size == 0 for start, size in free)
        assert not any((start ^ size, size) in free for start, size in free)


def refused(heap: Heap, failed: Failed) -> None:
    """A request fails only if no hole is large enough."""
    if failed.need and heap.options.growth is Growth.FIXED:
        assert heap.space.largest < failed.wanted


def run(heap: Heap, steps: Sequence[tuple[int, str, int]]) -> None:
    made = 0
    for place, act, size in steps:
        live = list(heap.live)
        if act == "R" and size < 3:
            heap.reset()
        elif act in "aR" or not live:
            result = heap.allocate(Block(made), size)
            made += 1
            if isinstance(result, Failed):
                refused(heap, result)
            else:
                assert result.reserved >= size
                assert result.address % getattr(heap.options.policy, "align", 1) == 0
        elif act == "f":
            heap.release(live[place % len(live)])
        else:
            resize(heap, live[place % len(live)], size)
        check(heap)


def resize(heap: Heap, block: Block, size: int) -> None:
    before = heap.live[block]
    result = heap.resize(block, size)
    if isinstance(result, Failed):
        assert heap.live[block] == before
    else:
        assert heap.live[block] == (result.address, result.reserved, size)
        assert result.copied == (min(before[2], size) if result.address != before[0] else 0)
        assert result.reserved >= size


@pytest.mark.parametrize("policy", POLICIES, ids=str)
@settings(max_examples=30)
@given(steps=STEPS, size=st.integers(0, 400), growth=GROWTHS)
def test_no_byte_is_lost_or_shared(
    policy: Policy, steps: list[tuple[int, str, int]], size: int, growth: tuple[Growth, int, int]
) -> None:
    how, step, limit = growth
    heap = Heap(HeapOptions(size, policy, how, step, limit))
    run(heap, steps)
    for block in list(heap.live):
        heap.release(block)
    check(heap)
    if isinstance(policy, JOINING) and policy.coalesce:
        assert len(list(heap.space.holes())) == len(heap.chunks)


class Naive:
    """First, next, best and worst fit, as one writes them down: bytes of one list."""

    def __init__(self, size: int, policy: Policy) -> None:
        self.holes = [(0, size)] if size else []
        self.policy = policy
        self.rover = 0

    def take(self, need: int) -> tuple[int, int]:
        fits = [hole for hole in self.holes if hole[1] >= need]
        seen = len(self.holes)
        match self.policy:
            case NextFit():
                order = [h for h in self.holes if h[0] >= self.rover]
                order += [h for h in self.holes if h[0] < self.rover]
                chosen = next((hole for hole in order if hole[1] >= need), None)
                seen = order.index(chosen) + 1 if chosen is not None else seen
            case BestFit():
                chosen = min(fits, key=lambda hole: (hole[1], hole[0]), default=None)
                exact = chosen is not None and chosen[1] == need
                seen = self.holes.index(chosen) + 1 if chosen is not None and exact else seen
            case WorstFit():
                chosen = max(fits, key=lambda hole: (hole[1], -hole[0]), default=None)
            case _:
                chosen = fits[0] if fits else None
                seen = self.holes.index(chosen) + 1 if chosen is not None else seen
        if chosen is None:
            return -1, seen
        self.holes.remove(chosen)
        if chosen[1] > need:
            self.holes = sorted([*self.holes, (chosen[0] + need, chosen[1] - need)])
        self.rover = chosen[0] + need
        return chosen[0], seen

    def give(self, start: int, size: int) -> None:
        joined: list[tuple[int, int]] = []
        for low, room in sorted([*self.holes, (start, size)]):
            if joined and sum(joined[-1]) == low:
                joined[-1] = (joined[-1][0], joined[-1][1] + room)
            else:
                joined.append((low, room))
        self.holes = joined
        for low, room in joined:
            if low < self.rover < low + room:
                self.rover = low


@pytest.mark.parametrize("policy", [FirstFit(), NextFit(), BestFit(), WorstFit()], ids=str)
@settings(max_examples=50)
@given(
    steps=st.lists(st.tuples(st.integers(0, 99), st.booleans(), st.integers(1, 30)), max_size=120),
    size=st.integers(0, 500),
)
def test_searches_are_those_of_a_plain_list(
    policy: Policy, steps: list[tuple[int, bool, int]], size: int
) -> None:
    heap, naive = Heap(HeapOptions(size, policy)), Naive(size, policy)
    for made, (place, allocate, need) in enumerate(steps):
        live = list(heap.live)
        if allocate or not live:
            start, seen = naive.take(need)
            result = heap.allocate(Block(made), need)
            assert result.seen == seen
            assert start == (-1 if isinstance(result, Failed) else result.address)
        else:
            block = live[place % len(live)]
            naive.give(*heap.live[block][:2])
            heap.release(block)
        assert list(heap.space.holes()) == naive.holes


def test_rows_of_holes_are_cut_and_joined() -> None:
    heap = Heap(HeapOptions(4000))
    for block in range(1000):
        heap.allocate(Block(block), 4)
    for block in range(0, 1000, 2):
        heap.release(Block(block))
    check(heap)
    result = heap.allocate(Block(2000), 5)
    assert isinstance(result, Failed)
    assert (result.seen, result.free, result.largest, result.hole_count) == (500, 2000, 4, 500)
    for block in range(1, 1000, 2):
        heap.release(Block(block))
    assert list(heap.space.holes()) == [(0, 4000)]


def test_options_that_make_no_sense_are_refused() -> None:
    for policy in (FirstFit(align=3), Pool(slot=0), Slab(slab=-1), FirstFit(header=-1)):
        with pytest.raises(ValueError, match=r"is|header"):
            Heap(HeapOptions(10, policy))
