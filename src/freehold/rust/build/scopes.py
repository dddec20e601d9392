"""Regions of the text at whose end values are dropped, and the ways out of them.

A region is entered for each expression, block, statement, arm. What lives in it is scheduled to be
dropped at its end; every way out (falling out, break, a failed condition, unwinding) does all drops
of the regions that it leaves, innermost and latest first.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Self

from freehold.mir.body import ScopeDecl
from freehold.mir.statements import Assert, Call, Drop, FalseUnwind, Goto, Resume, StorageDead
from freehold.mir.values import RETURN, Block, Local, Move, Operand, Place, Scope
from freehold.records import dataclass, field
from freehold.rust.build.drops import ROOT, DropId, DropKind, DropTree, Due
from freehold.rust.build.graph import Graph
from freehold.rust.thir import Loop
from freehold.source import Span


@dataclass(slots=True, eq=False)
class Region:
    """A part of the text. Temporaries live to the end of the nearest `terminating` one."""

    owner: "Scopes"
    span: Span
    source: Scope
    terminating: bool
    dues: list[Due] = field(default_factory=list)
    moved: set[Local] = field(default_factory=set)
    unwinding: DropId | None = None  # where unwinding enters the tree from here, if that is known

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is None:
            self.owner.leave(self)


@dataclass(slots=True, eq=False)
class Breakable:
    """A loop, labelled block or the whole body, and the ways out of it, and back to its start."""

    owner: "Scopes"
    label: Loop | None
    region: Region | None
    to: Place
    start: Block | None
    span: Span
    breaks: DropTree = field(default_factory=DropTree)
    continues: DropTree = field(default_factory=DropTree)

    def __enter__(self) -> Self:
        self.owner.breakables.append(self)
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is None:
            self.owner.after(self)


@dataclass(slots=True, eq=False)
class Conditional:
    """A condition, and the ways on which it fails; they meet in `otherwise`."""

    owner: "Scopes"
    region: Region
    around: "Conditional | None"
    fails: DropTree = field(default_factory=DropTree)
    otherwise: Block = field(init=False)

    def __enter__(self) -> Self:
        self.owner.condition = self
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is None:
            self.owner.end_condition(self)


class Scopes:
    """The regions around the current place, innermost last."""

    __slots__ = (
        "_ends",
        "_graph",
        "_needs_drop",
        "_unwinding",
        "breakables",
        "condition",
        "decls",
        "regions",
        "source",
    )

    def __init__(self, graph: Graph, needs_drop: Callable[[Local], bool], span: Span) -> None:
        """Start outside of all regions of a body at `span`."""
        self._graph = graph
        self._needs_drop = needs_drop
        self._unwinding = DropTree()
        self._ends: dict[Block, tuple[Span, Scope]] = {}
        self.regions: list[Region] = []
        self.breakables: list[Breakable] = []
        self.condition: Conditional | None = None
        self.decls: list[ScopeDecl] = [ScopeDecl(None, span)]
        self.source = Scope(0)

    # ------------------------------------------------------------------------------- regions

    def declare(self, span: Span) -> Scope:
        """Add a lexical scope, in which variables are visible."""
        self.decls.append(ScopeDecl(self.source, span))
        return Scope(len(self.decls) - 1)

    def enter(self, span: Span, *, terminating: bool = False) -> Region:
        """Enter a region."""
        region = Region(self, span, self.source, terminating)
        self.regions.append(region)
        return region

    @property
    def innermost(self) -> Region:
        """The region at hand."""
        return self.regions[-1]

    def temporaries(self) -> Region:
        """Return the region to whose end temporaries live, if nothing extends them."""
        for region in reversed(self.regions):
            if region.terminating:
                return region
        return self.regions[0]

    def leave(self, region: Region) -> None:
        """Leave the innermost region: drop what lives in it."""
        assert self.regions[-1] is region
        if region.dues:
            self._drop_all(region)
        self.regions.pop()
        self.source = region.source

    def _drop_all(self, region: Region) -> None:
        values = any(due.kind is DropKind.VALUE for due in region.dues)
        unwind = self._diverge(region) if values else ROOT
        graph = self._graph
        for due in reversed(region.dues):
            if due.kind is DropKind.STORAGE:
                graph.push(StorageDead(due.local, due.span, due.scope))
                continue
            unwind = self._unwinding.following[unwind]
            if due.local in region.moved:
                continue
            after = graph.block()
            block = graph.end(Drop(Place(due.local), after, due.span, due.scope))
            self._unwinding.enter(block, unwind)
            graph.current = after

    # ------------------------------------------------------------------------------- scheduling

    def schedule(self, local: Local, region: Region, kind: DropKind) -> None:
        """Let `local` be dropped, or its storage end, where `region` ends."""
        if kind is DropKind.VALUE and not self._needs_drop(local):
            return
        for around in reversed(self.regions):
            if kind is DropKind.VALUE:
                around.unwinding = None
            if around is region:
                region.dues.append(Due(local, kind, _end(region.span), region.source))
                return
        raise AssertionError("a drop in a region that was left")

    def clear(self, region: Region) -> None:
        """Forget what is scheduled in the innermost region: the next alternative starts anew."""
        assert self.regions[-1] is region
        region.dues.clear()
        region.unwinding = None

    def moved(self, operands: Iterable[Operand]) -> None:
        """Note that temporaries of the innermost region were moved into a call."""
        region = self.regions[-1]
        values = {due.local for due in region.dues if due.kind is DropKind.VALUE}
        for operand in operands:
            if isinstance(operand, Move) and not operand.place.projections:
                local = operand.place.base
                if local in values:
                    assert isinstance(local, int)
                    region.moved.add(local)

    # ------------------------------------------------------------------------------- unwinding

    def _diverge(self, target: Region) -> DropId:
        """Return where unwinding starts from within `target`."""
        index = self._index(target)
        first, drop = 0, ROOT
        for number in range(index, -1, -1):
            known = self.regions[number].unwinding
            if known is not None:
                first, drop = number + 1, known
                break
        for region in self.regions[first : index + 1]:
            for due in region.dues:
                if due.kind is DropKind.VALUE:
                    drop = self._unwinding.add(due, drop)
            region.unwinding = drop
        return drop

    def _index(self, region: Region) -> int:
        """Return the number of a region: mostly it is one of the innermost."""
        index = len(self.regions) - 1
        while self.regions[index] is not region:
            index -= 1
        return index

    def may_unwind(self, block: Block) -> None:
        """Say that the terminator of `block` may unwind from here."""
        first = self._diverge(self.regions[-1]) if self.regions else ROOT
        self._unwinding.enter(block, first)

    def end_unwinding(self, span: Span) -> None:
        """Make the blocks in which unwinding drops, once the whole body is built."""
        graph, tree = self._graph, self._unwinding
        resume = Resume(span, Scope(0))
        for first, block in tree.entries:
            terminator = graph.terminators[block]
            # Without drops it unwinds to the caller; a replaced value is assigned all the same.
            if first == ROOT and isinstance(terminator, Drop) and terminator.unwind is not None:
                graph.end_block(terminator.unwind, resume)
        tree.entries = [entry for entry in tree.entries if entry[0] != ROOT]
        root = tree.build(graph, None, self._link_unwinding)[ROOT]
        if root is not None:
            graph.end_block(root, resume)

    def _link_unwinding(self, block: Block, target: Block) -> None:
        terminator = self._graph.terminators[block]
        assert isinstance(terminator, Call | Assert | Drop | FalseUnwind)
        if isinstance(terminator, Drop) and terminator.unwind is not None:
            self._graph.goto(terminator.unwind, target, terminator.span, terminator.scope)
        else:
            self._graph.end_block(block, replace(terminator, unwind=target))

    # ------------------------------------------------------------------------------- ways out

    def breakable(
        self, label: Loop | None, to: Place, span: Span, start: Block | None = None
    ) -> Breakable:
        """Enter what can be left by `break` with a value for `to`; loops have a `start`."""
        region = self.regions[-1] if self.regions else None
        return Breakable(self, label, region, to, start, span)

    def find(self, label: Loop) -> Breakable:
        """Return the loop or block around the current place that has `label`."""
        return next(one for one in reversed(self.breakables) if one.label == label)

    def jump(self, around: Breakable, span: Span, *, again: bool = False) -> None:
        """Leave `around`, or start it `again`. What follows cannot be reached."""
        tree = around.continues if again else around.breaks
        self._exit(tree, around.region, span)
        self._graph.current = self._graph.block()

    def fail(self, block: Block, span: Span) -> None:
        """Let `block` end where the condition at hand fails."""
        condition = self.condition
        assert condition is not None
        self._graph.current = block
        self._exit(condition.fails, condition.region, span)

    def _exit(self, tree: DropTree, region: Region | None, span: Span) -> None:
        outside = 0 if region is None else self._index(region) + 1
        drop = ROOT
        for left in self.regions[outside:]:
            for due in left.dues:
                drop = tree.add(due, drop)
        block = self._graph.current
        self._ends[block] = span, self.source
        tree.enter(block, drop)

    def after(self, around: Breakable) -> None:
        """Continue after a loop or block: where all ways out of it meet."""
        assert self.breakables.pop() is around
        graph = self._graph
        normal = graph.current if around.start is None else None
        broken = self._exit_tree(around.breaks, around.region, None)
        if around.start is not None:
            self._exit_tree(around.continues, around.region, around.start)
        if normal is None:
            graph.current = graph.block() if broken is None else broken
        elif broken is not None:
            graph.current = graph.block()
            for block in (normal, broken):
                graph.goto(block, graph.current, around.span, self.source)

    def conditional(self, region: Region) -> Conditional:
        """Enter a condition; where it fails, all regions inside `region` are left."""
        return Conditional(self, region, self.condition)

    def end_condition(self, condition: Conditional) -> None:
        """Leave a condition: find where the ways on which it fails meet."""
        self.condition = condition.around
        block = self._exit_tree(condition.fails, condition.region, None)
        condition.otherwise = self._graph.block() if block is None else block

    def _exit_tree(self, tree: DropTree, region: Region | None, root: Block | None) -> Block | None:
        blocks = tree.build(self._graph, root, self._link_exit)
        if not tree.has_values():
            return blocks[ROOT]
        # Each drop on the way out may unwind: past itself, to what would be dropped after it.
        outside = ROOT if region is None else self._diverge(region)
        unwinds = [outside]
        for due, following, block in zip(
            tree.dues[1:], tree.following[1:], blocks[1:], strict=True
        ):
            after = unwinds[following]
            assert due is not None
            if due.kind is DropKind.VALUE:
                assert block is not None
                self._unwinding.enter(block, after)
                after = self._unwinding.add(due, after)
            unwinds.append(after)
        return blocks[ROOT]

    def _link_exit(self, block: Block, target: Block) -> None:
        span, scope = self._ends[block]
        self._graph.end_block(block, Goto(target, span, scope))

    def returning(self) -> Breakable:
        """Return what `return` leaves: the whole body."""
        body = self.breakables[0]
        assert body.to.base == RETURN
        return body


def _end(span: Span) -> Span:
    """Return the last character of `span`: the brace or semicolon at which things are dropped."""
    return span._replace(start=max(span.start, span.end - 1))
