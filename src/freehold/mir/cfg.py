"""The control-flow graph of a body: edges, orders, dominators."""

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from freehold.mir.body import Body
from freehold.mir.statements import (
    Assert,
    Call,
    Drop,
    FalseEdge,
    FalseUnwind,
    Goto,
    IndirectGoto,
    Resume,
    Return,
    Switch,
    Terminator,
    Unreachable,
)
from freehold.mir.values import ENTRY, Block


def targets_of(terminator: Terminator) -> tuple[Block, ...]:
    """Return the blocks that may follow, each once for each edge."""
    match terminator:
        case Goto(target):
            return (target,)
        case Switch(targets=targets, otherwise=otherwise):
            return (*(block for _, block in targets), otherwise)
        case Call(target=target, unwind=unwind):
            return tuple(block for block in (target, unwind) if block is not None)
        case (
            Drop(target=target, unwind=unwind)
            | Assert(target=target, unwind=unwind)
            | FalseUnwind(target=target, unwind=unwind)
        ):
            return (target,) if unwind is None else (target, unwind)
        case FalseEdge(target=target, imaginary=imaginary):
            return (target, imaginary)
        case IndirectGoto(targets=goto_targets):
            return goto_targets
        case Return() | Unreachable() | Resume():
            return ()
        case _:
            assert_never(terminator)


def retarget(  # noqa: PLR0911 (a case a line)
    terminator: Terminator, to: Callable[[Block], Block]
) -> Terminator:
    """Return `terminator` with every target replaced by `to(target)`."""
    match terminator:
        case Goto(goal, span, scope):
            return Goto(to(goal), span, scope)
        case Switch(operand, targets, otherwise, span, scope):
            pairs = tuple((value, to(block)) for value, block in targets)
            return Switch(operand, pairs, to(otherwise), span, scope)
        case Call(target=after, unwind=unwind):
            moved = _moved(after, to), _moved(unwind, to)
            return _call(terminator, *moved)
        case Drop(dropped, next_, span, scope, unwind, assigned):
            return Drop(dropped, to(next_), span, scope, _moved(unwind, to), assigned)
        case Assert(target=next_, unwind=unwind):
            return replace(terminator, target=to(next_), unwind=_moved(unwind, to))
        case FalseUnwind(target=next_, unwind=unwind):
            return replace(terminator, target=to(next_), unwind=_moved(unwind, to))
        case FalseEdge(real, imaginary, span, scope):
            return FalseEdge(to(real), to(imaginary), span, scope)
        case IndirectGoto(operand, goto_targets, span, scope):
            return IndirectGoto(operand, tuple(to(block) for block in goto_targets), span, scope)
        case Return() | Unreachable() | Resume():
            return terminator
        case _:
            assert_never(terminator)


def _call(call: Call, target: Block | None, unwind: Block | None) -> Call:
    # In full: `replace` is slow, and this is asked for often.
    return Call(
        call.callee,
        call.type,
        call.arguments,
        call.destination,
        target,
        call.span,
        call.scope,
        unwind,
        call.receiver_span,
        call.source,
        call.slot,
    )


def _moved(block: Block | None, to: Callable[[Block], Block]) -> Block | None:
    return None if block is None else to(block)


def successors(body: Body) -> list[tuple[Block, ...]]:
    """Return for each block the blocks that may follow it, each once."""
    return [tuple(dict.fromkeys(targets_of(block.terminator))) for block in body.blocks]


def predecessors(body: Body) -> list[list[Block]]:
    """Return for each block the blocks that it may follow, each once, in ascending order."""
    before: list[list[Block]] = [[] for _ in body.blocks]
    for number, after in enumerate(successors(body)):
        for block in after:
            before[block].append(Block(number))
    return before


def reverse_postorder(body: Body, *, in_turn: bool = False) -> list[Block]:
    """Return the blocks that are reachable from the entry, each before its successors.

    `in_turn`: what the first of several edges leads to comes first, as rustc visits it.
    """
    edges = successors(body)
    if in_turn:
        edges = [tuple(reversed(targets)) for targets in edges]
    seen = {ENTRY}
    order: list[Block] = []
    stack = [(ENTRY, iter(edges[ENTRY]))]
    while stack:
        block, rest = stack[-1]
        following = next((b for b in rest if b not in seen), None)
        if following is None:
            order.append(block)
            stack.pop()
        else:
            seen.add(following)
            stack.append((following, iter(edges[following])))
    order.reverse()
    return order


def dominators(body: Body) -> list[int]:
    """Return for each block the set of its dominators (itself too), bit n standing for block n.

    A block that cannot be reached has the empty set.
    """
    # dom(entry) = {entry};  dom(b) = {b} + the intersection of dom(p) over predecessors p of b.
    order = reverse_postorder(body)
    before = predecessors(body)
    everything = (1 << len(body.blocks)) - 1
    sets = [0] * len(body.blocks)
    for block in order:
        sets[block] = everything
    sets[ENTRY] = 1 << ENTRY
    changed = True
    while changed:
        changed = False
        for block in order[1:]:
            common = everything
            for pred in before[block]:
                if sets[pred]:  # a predecessor that cannot be reached says nothing
                    common &= sets[pred]
            common |= 1 << block
            if common != sets[block]:
                sets[block] = common
                changed = True
    return sets


def natural_loops(body: Body) -> dict[Block, set[Block]]:
    """Return the blocks of each loop, by its header: loops that share one are one."""
    dominated = dominators(body)
    before = predecessors(body)
    loops: dict[Block, set[Block]] = {}
    for index, targets in enumerate(successors(body)):
        latch = Block(index)
        for header in targets:
            if not dominated[latch] >> header & 1:
                continue
            blocks = loops.setdefault(header, {header})
            pending = [latch]
            while pending:
                block = pending.pop()
                if block not in blocks:
                    blocks.add(block)
                    pending += before[block]
    return loops
