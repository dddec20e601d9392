"""Tidying: blocks that cannot be reached go, chains of blocks become one."""

from freehold.mir.body import BasicBlock
from freehold.mir.cfg import retarget, targets_of
from freehold.mir.statements import Goto, Terminator
from freehold.mir.values import ENTRY, Block
from freehold.rust.build.graph import Graph


def finish(graph: Graph) -> list[BasicBlock]:
    """Return the blocks that can be reached, numbered in the order in which they were made."""
    terminators = _threaded(graph)
    _join(graph, terminators)
    order = sorted(_reachable(terminators))
    numbers = {old: Block(new) for new, old in enumerate(order)}
    return [
        BasicBlock(
            tuple(graph.statements[block]), retarget(terminators[block], numbers.__getitem__)
        )
        for block in order
    ]


def _threaded(graph: Graph) -> dict[Block, Terminator]:
    """Return the terminators of reachable blocks, leading past blocks that only jump."""
    found: dict[Block, Terminator] = {}

    def final(block: Block) -> Block:
        seen = set()
        while block not in seen:
            seen.add(block)
            terminator = graph.terminators[block]
            if type(terminator) is not Goto or graph.statements[block]:
                break
            block = terminator.target
        return block

    stack = [ENTRY]
    while stack:
        block = stack.pop()
        if block in found:
            continue
        terminator = graph.terminators[block]
        assert terminator is not None, f"block {block} has no end"
        found[block] = retarget(terminator, final)
        stack.extend(targets_of(found[block]))
    return found


def _join(graph: Graph, terminators: dict[Block, Terminator]) -> None:
    """Append to each block the one that alone follows it, where it alone precedes that."""
    edges: dict[Block, int] = {ENTRY: 1}
    for terminator in terminators.values():
        for target in targets_of(terminator):
            edges[target] = edges.get(target, 0) + 1
    for block in sorted(terminators):
        while block in terminators:
            terminator = terminators[block]
            if type(terminator) is not Goto or edges[terminator.target] != 1:
                break
            if terminator.target == block:
                break
            graph.statements[block] += graph.statements[terminator.target]
            terminators[block] = terminators.pop(terminator.target)


def _reachable(terminators: dict[Block, Terminator]) -> set[Block]:
    seen: set[Block] = set()
    stack = [ENTRY]
    while stack:
        block = stack.pop()
        if block not in seen:
            seen.add(block)
            stack.extend(targets_of(terminators[block]))
    return seen
