"""Blocks in the making: statements are added to the current one, or to a block that is named."""

from freehold.mir.statements import Goto, Statement, Terminator
from freehold.mir.values import ENTRY, Block, Scope
from freehold.source import Span


class Graph:
    """The blocks of one body. Where control cannot come is a block without predecessors."""

    __slots__ = ("current", "statements", "terminators")

    def __init__(self) -> None:
        """Start with the entry block, open."""
        self.statements: list[list[Statement]] = [[]]
        self.terminators: list[Terminator | None] = [None]
        self.current: Block = ENTRY

    def block(self) -> Block:
        """Add a block."""
        self.statements.append([])
        self.terminators.append(None)
        return Block(len(self.statements) - 1)

    def push(self, statement: Statement) -> None:
        """Add a statement to the current block."""
        self.statements[self.current].append(statement)

    def push_to(self, block: Block, statement: Statement) -> None:
        """Add a statement to `block`."""
        self.statements[block].append(statement)

    def end(self, terminator: Terminator) -> Block:
        """End the current block, and return it. Another must become current."""
        self.terminators[self.current] = terminator
        return self.current

    def end_block(self, block: Block, terminator: Terminator) -> None:
        """End `block`."""
        self.terminators[block] = terminator

    def goto(self, block: Block, target: Block, span: Span, scope: Scope) -> None:
        """End `block` with a jump."""
        self.terminators[block] = Goto(target, span, scope)
