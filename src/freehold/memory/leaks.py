"""Leaks by memcheck's definitions: what roots reach, and what only lost blocks reach."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from freehold.diagnostics import Diagnostic, codes
from freehold.diagnostics.report import HeapUse, Loss
from freehold.memory.objects import Object, Pointer

if TYPE_CHECKING:
    from freehold.memory.heap import Heap


def losses(heap: "Heap") -> HeapUse:
    """Return the heap's figures as they are now."""
    live = heap.live()
    direct, possible = _reachable(heap)
    leaders, indirect = _lost([found for found in live if found not in direct | possible])
    totals = heap.totals
    return HeapUse(
        in_use=_sum(live),
        allocations=totals.allocations,
        releases=totals.releases,
        allocated_bytes=totals.bytes,
        definite=_sum(leaders),
        indirect=_sum(indirect),
        possible=_sum(possible - direct),
        reachable=_sum(direct),
    )


def lost(heap: "Heap") -> list[Diagnostic]:
    """Return a finding for each block that is definitely lost, with what is lost through it."""
    direct, possible = _reachable(heap)
    gone = [found for found in heap.live() if found not in direct | possible]
    leaders, _ = _lost(gone)
    sizes = {
        leader: sum(one.size for one in _closure([leader], gone)) - leader.size
        for leader in leaders
    }
    order = sorted(leaders, key=lambda one: (-one.size - sizes[one], one.base))
    return [_finding(leader, sizes[leader]) for leader in order]


def _finding(leader: Object, below: int) -> Diagnostic:
    figures = f"{leader.size:,}"
    if below:
        figures = f"{leader.size + below:,} ({leader.size:,} direct, {below:,} indirect)"
    at = leader.made[0].span if leader.made else None
    facts: dict[str, object] = {"bytes": figures, "blocks": "1"}
    return Diagnostic(codes.DEFINITELY_LOST, at, facts, "allocated here", stack=leader.made)


def summary(use: HeapUse) -> tuple[str, ...]:
    """Return the figures in valgrind's words."""
    counts = f"{use.allocations:,} allocs, {use.releases:,} frees"
    head = (
        "HEAP SUMMARY:",
        f"    in use at exit: {_amount(use.in_use)}",
        f"  total heap usage: {counts}, {use.allocated_bytes:,} bytes allocated",
        "",
    )
    if not use.in_use.blocks:
        return (*head, "All heap blocks were freed -- no leaks are possible")
    return (
        *head,
        "LEAK SUMMARY:",
        f"   definitely lost: {_amount(use.definite)}",
        f"   indirectly lost: {_amount(use.indirect)}",
        f"     possibly lost: {_amount(use.possible)}",
        f"   still reachable: {_amount(use.reachable)}",
    )


def _amount(loss: Loss) -> str:
    return f"{loss.bytes:,} bytes in {loss.blocks:,} blocks"


def _sum(found: Iterable[Object]) -> Loss:
    its = list(found)
    return Loss(sum(one.size for one in its), len(its))


def _targets(pointers: Iterable[Pointer], live: set[Object]) -> list[tuple[Object, bool]]:
    """Return the live blocks that are pointed to, and whether to their start."""
    return [
        (pointer.target, pointer.offset == 0)
        for pointer in pointers
        if pointer.target is not None and pointer.target in live
    ]


def _reachable(heap: "Heap") -> tuple[set[Object], set[Object]]:
    """Return what roots reach by pointers to starts, and what they reach by others."""
    live = set(heap.live())
    roots = [pointer.target for pointer in heap.statics.values() if pointer.target is not None]
    roots += heap.stack.objects()
    todo = [(to, start) for root in roots for to, start in _targets(root.pointers.values(), live)]
    direct: set[Object] = set()
    possible: set[Object] = set()
    while todo:
        found, start = todo.pop()
        if found in direct or (found in possible and not start):
            continue
        (direct if start else possible).add(found)
        inner = _targets(found.pointers.values(), live)
        todo += [(to, start and its) for to, its in inner]
    return direct, possible - direct


def _closure(first: list[Object], among: Iterable[Object]) -> set[Object]:
    allowed, seen, todo = set(among), set(first), list(first)
    while todo:
        for to, _ in _targets(todo.pop().pointers.values(), allowed):
            if to not in seen:
                seen.add(to)
                todo.append(to)
    return seen


def _lost(gone: list[Object]) -> tuple[set[Object], set[Object]]:
    """Split what is lost into leaders, which nothing lost points to, and what they lead to.

    Of a cycle that nothing leads to, the block at the lowest address is the leader.
    """
    leaders: set[Object] = set()
    below: set[Object] = set()
    for found in sorted(gone, key=lambda one: one.base):
        if found in below:
            continue
        reached = _closure([found], gone) - {found}
        leaders -= reached
        below |= reached
        leaders.add(found)
    return leaders, below
