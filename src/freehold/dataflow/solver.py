"""The fixpoint: gen and kill sets over blocks, joined by union."""

from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from freehold.dataflow.points import Graph
from freehold.mir.cfg import reverse_postorder
from freehold.mir.values import ENTRY, Block
from freehold.records import dataclass, field


class Effect(NamedTuple):
    """What a statement, block or edge does to a set: `(set & ~kill) | gen`."""

    gen: int = 0
    kill: int = 0

    def of(self, state: int) -> int:
        """Return the set after the effect."""
        return (state & ~self.kill) | self.gen

    def then(self, after: "Effect") -> "Effect":
        """Return this effect followed by `after`."""
        return Effect((self.gen & ~after.kill) | after.gen, self.kill | after.kill)


NOTHING = Effect()


class Gate(NamedTuple):
    """An edge that is taken only if the set, after effect `before`, has an item of `needed`."""

    target: Block
    before: Effect
    needed: int


@dataclass(frozen=True, slots=True)
class ForwardProblem:
    """Effects of the blocks in flow order, and of edges besides.

    An edge that stands twice (two values of a switch that lead to one block) is there with the
    effects of both, joined. `gates` are by the block that they leave.
    """

    entry: int
    blocks: Sequence[Effect]
    edges: dict[tuple[Block, Block], tuple[Effect, ...]]
    gates: dict[Block, Gate] = field(default_factory=dict)

    def is_open(self, block: Block, target: Block, state: int) -> bool:
        """Say whether the edge is taken if `state` holds at the entry of `block`."""
        gate = self.gates.get(block)
        if gate is None or gate.target != target:
            return True
        return bool(gate.before.of(state) & gate.needed)


def solve_forward(graph: Graph, problem: ForwardProblem) -> list[int | None]:
    """Return the set at the entry of each block, None of those that cannot be reached."""
    # in(b) = union over edges (p, b) of edge(p, b)(block(p)(in(p)))
    order = reverse_postorder(graph.body)
    rank = {block: number for number, block in enumerate(order)}
    states: list[int | None] = [None] * len(graph.body.blocks)
    states[ENTRY] = problem.entry
    pending = [0]
    queued = {0}
    while pending:
        number = heappop(pending)
        queued.discard(number)
        block = order[number]
        state = states[block]
        assert state is not None
        out = problem.blocks[block].of(state)
        for target in graph.after[block]:
            if problem.gates and not problem.is_open(block, target, state):
                continue
            arriving = out
            effects = problem.edges.get((block, target))
            if effects is not None:
                arriving = 0
                for effect in effects:
                    arriving |= effect.of(out)
            old = states[target]
            new = arriving if old is None else old | arriving
            if new != old:
                states[target] = new
                if rank[target] not in queued:
                    queued.add(rank[target])
                    heappush(pending, rank[target])
    return states


def solve_backward(graph: Graph, blocks: Sequence[Effect]) -> list[int]:
    """Return the set at the end of each block; `blocks` are their effects against the flow."""
    # out(b) = union over successors s of block(s)(out(s))
    states = [0] * len(graph.body.blocks)
    order = reverse_postorder(graph.body)
    rank = {block: len(order) - number for number, block in enumerate(order)}
    by_rank = {number: block for block, number in rank.items()}
    pending = list(by_rank)
    heapify(pending)
    queued = set(pending)
    while pending:
        number = heappop(pending)
        queued.discard(number)
        block = by_rank[number]
        before = blocks[block].of(states[block])
        for source in graph.before[block]:
            if source in rank and before & ~states[source]:
                states[source] |= before
                if rank[source] not in queued:
                    queued.add(rank[source])
                    heappush(pending, rank[source])
    return states
