"""Points: the statements and terminators of a body, numbered block after block."""

from typing import NewType

from freehold.mir.body import Body
from freehold.mir.cfg import predecessors, successors
from freehold.mir.statements import Statement, Terminator
from freehold.mir.values import Block, Scope
from freehold.source import Span

Point = NewType("Point", int)


class Graph:
    """The control-flow graph of a body, by blocks and by points.

    A point is before its statement; what the statement does holds from the points after it on.
    """

    __slots__ = ("_block_of", "after", "before", "body", "count", "starts")

    def __init__(self, body: Body) -> None:
        self.body = body
        self.starts: list[int] = []
        self._block_of: list[Block] = []
        for number, block in enumerate(body.blocks):
            self.starts.append(len(self._block_of))
            self._block_of += [Block(number)] * (len(block.statements) + 1)
        self.count = len(self._block_of)
        self.after = successors(body)
        self.before = predecessors(body)

    def block(self, point: Point) -> Block:
        """Return the block that holds `point`."""
        return self._block_of[point]

    def index(self, point: Point) -> int:
        """Return the place of `point` in its block; the terminator is past the statements."""
        return point - self.starts[self._block_of[point]]

    def start(self, block: Block) -> Point:
        """Return the first point of `block`."""
        return Point(self.starts[block])

    def end(self, block: Block) -> Point:
        """Return the point of the terminator of `block`."""
        return Point(self.starts[block] + len(self.body.blocks[block].statements))

    def is_terminator(self, point: Point) -> bool:
        """Say whether `point` is a terminator."""
        return point == self.end(self._block_of[point])

    def at(self, point: Point) -> Statement | Terminator:
        """Return the statement or terminator at `point`."""
        block = self._block_of[point]
        statements = self.body.blocks[block].statements
        index = point - self.starts[block]
        return statements[index] if index < len(statements) else self.body.blocks[block].terminator

    def span(self, point: Point) -> Span:
        """Return the source of `point`."""
        return self.at(point).span

    def scope(self, point: Point) -> Scope:
        """Return the scope of `point`."""
        return self.at(point).scope

    def successors(self, point: Point) -> list[Point]:
        """Return the points that may follow."""
        block = self._block_of[point]
        if point < self.end(block):
            return [Point(point + 1)]
        return [Point(self.starts[next_]) for next_ in self.after[block]]

    def predecessors(self, point: Point) -> list[Point]:
        """Return the points that `point` may follow."""
        block = self._block_of[point]
        if point > self.starts[block]:
            return [Point(point - 1)]
        return [self.end(before) for before in self.before[block]]
