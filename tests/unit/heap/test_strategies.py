"""When memory is released, six ways; and stacks under three designs."""

from freehold.events import read_script
from freehold.events.model import Enter, Event, Leave
from freehold.heap.stacks import Guarded, Segmented, StackEnd, replay_stack
from freehold.heap.strategies import Outcome, mark_sweep, strategies
from freehold.source import Source


def events(script: str) -> list[Event]:
    log, problems = read_script(Source("script", script))
    assert not problems
    return log.events


def outcomes(script: str) -> dict[str, Outcome]:
    return {one.strategy: one for one in strategies(events(script))}


def test_each_strategy_releases_at_its_own_time() -> None:
    # b is used until the end of the scope, a only at once; a is freed by hand in between.
    found = outcomes("{ a=10 use:a b=10 use:b free:a c=10 use:b } d=10")
    assert {name: one.peak for name, one in found.items()} == {
        "never free": 40,
        "manual": 30,
        "scope": 30,
        "last use": 20,
        "reference counting": 30,
        "mark-sweep": 40,
    }
    assert found["never free"].left_bytes == 40
    assert found["last use"].left_bytes == 0
    assert [one.left_bytes for one in (found["scope"], found["reference counting"])] == [10, 10]


def test_counting_leaves_cycles_and_sweeping_does_not() -> None:
    found = outcomes("{ x=8 y=8 x.next->y y.back->x } { z=8 } w=100 v=100")
    counting, sweeping = found["reference counting"], found["mark-sweep"]
    assert (counting.cycles, counting.cycle_bytes) == (2, 16)
    assert sweeping.left_bytes == 200
    assert found["scope"].left_bytes == 200


def test_a_chain_is_released_with_its_head_in_one_pause() -> None:
    links = " ".join(f"n{i}=8 n{i}.next->n{i - 1} n{i - 1}->nil" for i in range(1, 50))
    found = outcomes(f"{{ n0=8 {links} n49->nil }}")
    counting = found["reference counting"]
    assert counting.left_blocks == 0
    assert counting.longest_pause == 50
    assert counting.cycles == 0


def test_a_moved_block_lives_on_with_its_new_owner() -> None:
    returned = outcomes("{ { made=8 move:made } use:made }")
    assert all(one.early == 0 for one in returned.values())
    kept = outcomes("{ list=8 { item=8 list.first->item move:item->list } use:item }")
    assert kept["scope"].early == 0
    assert kept["scope"].left_blocks == 0
    lost = outcomes("{ list=8 { item=8 list.first->item } use:item }")
    assert lost["scope"].early == 1
    assert lost["reference counting"].early == 0


def test_sweeping_collects_at_its_threshold() -> None:
    script = " ".join(f"t->nil b{i}=10 b{i}->nil" for i in range(30))
    often, seldom = (mark_sweep(events(script), threshold=size) for size in (50, 200))
    assert len(often.pauses) > len(seldom.pauses) > 0
    assert often.peak <= 60
    assert seldom.peak <= 210


def calls(depth: int, size: int) -> list[Event]:
    entered: list[Event] = [Enter("f", size)] * depth
    return [*entered, *[Leave()] * depth]


def test_a_deep_recursion_hits_the_guard_or_grows() -> None:
    deep = calls(100, 1000)
    guarded = replay_stack(deep, Guarded(50_000))
    assert (guarded.end, guarded.calls, guarded.call) == (StackEnd.OVERFLOW, 51, "f")
    grown = replay_stack(deep, Segmented(10_000))
    assert (grown.end, grown.allocations, grown.releases) == (StackEnd.DONE, 10, 9)
    assert grown.peak == 100_000
    assert replay_stack(deep, Segmented(10_000, limit=50_000)).end is StackEnd.EXHAUSTED
    assert replay_stack(calls(50, 1000), Guarded(50_000)).end is StackEnd.DONE


def test_a_large_frame_passes_over_the_guard_unless_probed() -> None:
    jump: list[Event] = [Enter("main", 1000), Enter("big", 100_000)]
    assert replay_stack(jump, Guarded(50_000)).end is StackEnd.TRAMPLED
    assert replay_stack(jump, Guarded(50_000, probes=True)).end is StackEnd.OVERFLOW
    assert replay_stack(jump, Guarded(50_000), touched={1: 200}).end is StackEnd.DONE
    assert replay_stack(jump, Guarded(50_000, probes=True), {1: 200}).end is StackEnd.OVERFLOW


def test_a_call_at_a_boundary_is_a_hot_split_unless_one_is_kept() -> None:
    leaf: list[Event] = [Enter("leaf", 200), Leave()]
    loop = [Enter("main", 900), *leaf * 50]
    hot = replay_stack(loop, Segmented(1000))
    assert (hot.allocations, hot.releases) == (51, 50)
    kept = replay_stack(loop, Segmented(1000, keep=True))
    assert (kept.allocations, kept.releases) == (2, 0)
    assert kept.lost == 100
