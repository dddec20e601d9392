"""What borrow checking alone needs is removed, and landing pads that do nothing."""

from dataclasses import replace

from freehold.mir.body import BasicBlock, Body
from freehold.mir.cfg import reverse_postorder, targets_of
from freehold.mir.patch import simplified
from freehold.mir.statements import (
    Ascribe,
    Assert,
    Assign,
    Call,
    Drop,
    FakeRead,
    FakeReadCause,
    FalseEdge,
    FalseUnwind,
    Goto,
    Resume,
    Statement,
    StorageDead,
    StorageLive,
    Switch,
    Terminator,
)
from freehold.mir.values import Block, BorrowKind, Copy, Deref, Discriminant, Move, Ref, Use


def without_borrow_checking(body: Body) -> Body:
    """Return `body` without false edges, fake reads, ascriptions and fake borrows."""
    blocks = [
        BasicBlock(tuple(filter(_is_real, block.statements)), _real(block.terminator))
        for block in body.blocks
    ]
    return simplified(replace(body, blocks=blocks))


def _is_real(statement: Statement) -> bool:
    match statement:
        case FakeRead(FakeReadCause.MENTION, place):
            return Deref() in place.projections  # how it gets there may be wrong
        case FakeRead() | Ascribe() | Assign(rvalue=Ref(BorrowKind.FAKE)):
            return False
        case _:
            return True


def _real(terminator: Terminator) -> Terminator:
    if isinstance(terminator, FalseEdge | FalseUnwind):
        return Goto(terminator.target, terminator.span, terminator.scope)
    return terminator


def cleanup_blocks(body: Body) -> set[Block]:
    """Return the blocks that run while a panic unwinds."""
    found: set[Block] = set()
    stack = [
        unwind
        for block in body.blocks
        if (unwind := getattr(block.terminator, "unwind", None)) is not None
    ]
    while stack:
        block = stack.pop()
        if block not in found:
            found.add(block)
            stack += targets_of(body.blocks[block].terminator)
    return found


def without_idle_cleanup(body: Body) -> Body:
    """Return `body` without unwinding to blocks that do nothing but resume."""
    # idle(b) :- b only ends storage and sets plain locals, and all that follow it are idle.
    idle: set[Block] = set()
    for block in reversed(reverse_postorder(body)):
        content = body.blocks[block]
        if all(map(_is_idle, content.statements)) and _ends_idly(content.terminator, idle):
            idle.add(block)
    if not idle:
        return body
    blocks = [
        BasicBlock(block.statements, _not_into(block.terminator, idle)) for block in body.blocks
    ]
    return simplified(replace(body, blocks=blocks))


def _ends_idly(terminator: Terminator, idle: set[Block]) -> bool:
    if isinstance(terminator, Resume):
        return True
    if not isinstance(terminator, Goto | Switch):
        return False
    return all(target in idle for target in targets_of(terminator))


def _is_idle(statement: Statement) -> bool:
    match statement:
        case StorageLive() | StorageDead():
            return True
        case Assign(place, Use(Copy(source) | Move(source)) | Discriminant(source)):
            return not place.projections and isinstance(source.base, int)
        case Assign(place, Use()):
            return not place.projections
        case _:
            return False


def _not_into(terminator: Terminator, idle: set[Block]) -> Terminator:
    match terminator:
        case Call(unwind=unwind) | Drop(unwind=unwind) | Assert(unwind=unwind) if unwind in idle:
            return replace(terminator, unwind=None)
        case _:
            return terminator
