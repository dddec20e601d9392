"""Trees of drops: ways out of nested regions that share what they have in common.

A node is one drop; its parent is the drop that follows it. All ways out of a loop by `break`, say,
are one tree, whose root is where they meet. Each way enters at the node of its first drop.
"""

from collections.abc import Callable
from enum import Enum
from typing import NewType

from freehold.mir.statements import Drop, Goto, StorageDead
from freehold.mir.values import Block, Local, Place, Scope
from freehold.records import dataclass, field
from freehold.rust.build.graph import Graph
from freehold.source import Span

DropId = NewType("DropId", int)
ROOT = DropId(0)


class DropKind(Enum):
    """What ends: the value, by its destructor, or the storage."""

    VALUE = "value"
    STORAGE = "storage"


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be done at the end of a region; `span` is that end."""

    local: Local
    kind: DropKind
    span: Span
    scope: Scope


class _Share(Enum):
    NONE = "nothing leads here"
    OWN = "a block of its own"


_Need = _Share | DropId  # a number: the block of that drop, which alone leads here


@dataclass(slots=True)
class DropTree:
    """Drops by number; `following[k]` is done after `dues[k]`. The root has no drop."""

    dues: list[Due | None] = field(default_factory=lambda: [None])
    following: list[DropId] = field(default_factory=lambda: [ROOT])
    entries: list[tuple[DropId, Block]] = field(default_factory=list)
    _known: dict[tuple[DropId, Local, DropKind], DropId] = field(default_factory=dict)

    def add(self, due: Due, following: DropId) -> DropId:
        """Return the node of `due` before `following`."""
        key = following, due.local, due.kind
        found = self._known.get(key)
        if found is None:
            found = DropId(len(self.dues))
            self._known[key] = found
            self.dues.append(due)
            self.following.append(following)
        return found

    def enter(self, block: Block, first: DropId) -> None:
        """Let `block` lead to node `first`."""
        self.entries.append((first, block))

    def has_values(self) -> bool:
        """Say whether some destructor is run."""
        return any(due is not None and due.kind is DropKind.VALUE for due in self.dues)

    def build(
        self, graph: Graph, root: Block | None, link: Callable[[Block, Block], None]
    ) -> list[Block | None]:
        """Make the blocks, and return the one of each node; `link` leads an entry to its block.

        `root` is the block of the root, if there is one already.
        """
        blocks: list[Block | None] = [None] * len(self.dues)
        blocks[ROOT] = root
        self._assign(graph, blocks, link)
        for number in range(len(self.dues) - 1, 0, -1):
            block = blocks[number]
            due = self.dues[number]
            if block is not None and due is not None:
                after = blocks[self.following[number]]
                assert after is not None
                _fill(graph, block, due, after)
        return blocks

    def _assign(
        self, graph: Graph, blocks: list[Block | None], link: Callable[[Block, Block], None]
    ) -> None:
        needs: list[_Need] = [_Share.NONE] * len(self.dues)
        if blocks[ROOT] is not None:
            needs[ROOT] = _Share.OWN
        entries: dict[DropId, list[Block]] = {}
        for first, block in self.entries:
            entries.setdefault(first, []).append(block)
        for index in range(len(self.dues) - 1, -1, -1):
            number = DropId(index)
            if number in entries:
                needs[number] = _Share.OWN
            need = needs[number]
            if need is _Share.NONE:
                continue
            if need is _Share.OWN:
                if blocks[number] is None:
                    blocks[number] = graph.block()
            elif blocks[number] is None:
                assert isinstance(need, int)
                blocks[number] = blocks[need]
            own = blocks[number]
            assert own is not None
            for block in entries.get(number, ()):
                link(block, own)
            self._lead_on(number, needs)

    def _lead_on(self, number: DropId, needs: list[_Need]) -> None:
        """Say how the drop after `number` gets its block."""
        due, after = self.dues[number], self.following[number]
        if due is None:
            return
        # A drop ends its block; the end of storage goes on in it, unless others come there too.
        alone = due.kind is DropKind.STORAGE and needs[after] is _Share.NONE
        needs[after] = number if alone else _Share.OWN


def _fill(graph: Graph, block: Block, due: Due, after: Block) -> None:
    if due.kind is DropKind.VALUE:
        graph.end_block(block, Drop(Place(due.local), after, due.span, due.scope))
        return
    graph.push_to(block, StorageDead(due.local, due.span, due.scope))
    if after != block:
        graph.end_block(block, Goto(after, due.span, due.scope))
