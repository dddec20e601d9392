"""Changes to a body, gathered and then made at once: places in it stay what they are until then."""

from collections.abc import Callable
from dataclasses import replace

from freehold.mir.body import BasicBlock, Body, LocalDecl, LocalKind
from freehold.mir.cfg import retarget, targets_of
from freehold.mir.statements import Goto, Statement, Terminator
from freehold.mir.values import ENTRY, Block, Local
from freehold.source import Span
from freehold.types import Type


class Patch:
    """New blocks, locals and statements, and other terminators, for one body."""

    __slots__ = ("_body", "_inserts", "_terminators", "blocks", "locals")

    def __init__(self, body: Body) -> None:
        self._body = body
        self.blocks: list[BasicBlock] = list(body.blocks)
        self.locals: list[LocalDecl] = list(body.locals)
        self._inserts: dict[Block, list[tuple[int, Statement]]] = {}
        self._terminators: dict[Block, Terminator] = {}

    def temporary(self, ty: Type, span: Span) -> Local:
        """Add a temporary."""
        self.locals.append(LocalDecl(ty, LocalKind.TEMPORARY, span))
        return Local(len(self.locals) - 1)

    def block(self, statements: tuple[Statement, ...], terminator: Terminator) -> Block:
        """Add a block."""
        self.blocks.append(BasicBlock(statements, terminator))
        return Block(len(self.blocks) - 1)

    def terminate(self, block: Block, terminator: Terminator) -> None:
        """End `block` with another terminator."""
        self._terminators[block] = terminator

    def terminator(self, block: Block) -> Terminator:
        """Return the terminator that `block` is to have."""
        return self._terminators.get(block) or self.blocks[block].terminator

    def insert(self, block: Block, index: int, statement: Statement) -> None:
        """Put `statement` before statement `index` of `block`, after what was put there before."""
        self._inserts.setdefault(block, []).append((index, statement))

    def apply(self) -> Body:
        """Return the changed body. Blocks keep their numbers."""
        blocks = list(self.blocks)
        for number in range(len(blocks)):
            statements = self._with_inserts(Block(number))
            blocks[number] = BasicBlock(statements, self.terminator(Block(number)))
        return replace(self._body, blocks=blocks, locals=self.locals)

    def _with_inserts(self, block: Block) -> tuple[Statement, ...]:
        old = self.blocks[block].statements
        inserts = self._inserts.get(block)
        if inserts is None:
            return old
        merged: list[Statement] = []
        done = 0
        for index, statement in sorted(inserts, key=lambda insert: insert[0]):
            merged += old[done:index]
            merged.append(statement)
            done = index
        return (*merged, *old[done:])


def simplified(body: Body) -> Body:
    """Return `body` without blocks that only jump, chains of blocks, and unreachable blocks."""
    blocks = dict(enumerate(body.blocks))
    final = _Threads(blocks)
    for number, block in blocks.items():
        terminator = retarget(block.terminator, final.target)
        blocks[number] = BasicBlock(block.statements, terminator)
    reached = _reached(blocks)
    edges = [0] * len(blocks)
    edges[ENTRY] = 1
    for number in reached:
        for target in targets_of(blocks[number].terminator):
            edges[target] += 1
    _join_chains(blocks, reached, edges)
    order = sorted(_reached(blocks))
    numbers = {old: Block(new) for new, old in enumerate(order)}
    move: Callable[[Block], Block] = numbers.__getitem__
    kept = [
        BasicBlock(blocks[old].statements, retarget(blocks[old].terminator, move)) for old in order
    ]
    return replace(body, blocks=kept)


class _Threads:
    """Where each block that only jumps leads in the end."""

    def __init__(self, blocks: dict[int, BasicBlock]) -> None:
        self._final: dict[Block, Block] = {}
        jumps = {
            Block(number): block.terminator.target
            for number, block in blocks.items()
            if isinstance(block.terminator, Goto) and not block.statements
        }
        for start in jumps:
            at, seen = start, {start}
            while at in jumps and jumps[at] not in seen:
                at = jumps[at]
                seen.add(at)
            self._final[start] = at

    def target(self, block: Block) -> Block:
        """Return where `block` leads."""
        return self._final.get(block, block)


def _reached(blocks: dict[int, BasicBlock]) -> set[Block]:
    seen: set[Block] = set()
    stack = [ENTRY]
    while stack:
        block = stack.pop()
        if block not in seen:
            seen.add(block)
            stack += targets_of(blocks[block].terminator)
    return seen


def _join_chains(blocks: dict[int, BasicBlock], reached: set[Block], edges: list[int]) -> None:
    """Append to each block the one that alone follows it, where it alone precedes that."""
    gone: set[Block] = set()
    for number in sorted(reached):
        if number in gone:
            continue
        statements, terminator = list(blocks[number].statements), blocks[number].terminator
        while (
            isinstance(terminator, Goto)
            and edges[terminator.target] == 1
            and terminator.target not in (number, ENTRY)
        ):
            gone.add(terminator.target)
            statements += blocks[terminator.target].statements
            terminator = blocks[terminator.target].terminator
        blocks[number] = BasicBlock(tuple(statements), terminator)
