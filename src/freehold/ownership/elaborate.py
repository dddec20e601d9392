"""Drop elaboration: each drop becomes what is known to be left to drop.

`x` dropped at the end of its scope may have been moved, wholly or in part, on some ways there.
Afterwards a `Drop` drops all of its place, and what borrow checking alone needs is gone.
"""

from collections.abc import Iterable
from dataclasses import replace

from freehold.dataflow.points import Graph, Point
from freehold.dataflow.solver import Effect
from freehold.mir.body import Body, Program
from freehold.mir.patch import Patch, simplified
from freehold.mir.statements import Assign, Drop, Resume, Switch
from freehold.mir.typing import Typer
from freehold.mir.values import Block, Discriminant, Downcast, Move, Place, Scope
from freehold.ownership.cleanup import (
    cleanup_blocks,
    without_borrow_checking,
    without_idle_cleanup,
)
from freehold.ownership.flags import DropFlags
from freehold.ownership.initialisation import (
    Edges,
    MaybeInitialised,
    MaybeUninitialised,
    States,
    entry_states,
    solve,
)
from freehold.ownership.ladders import Elaborator, State, Style, Surroundings, Task
from freehold.ownership.moves import MoveData
from freehold.ownership.paths import PathId
from freehold.records import dataclass
from freehold.source import Span
from freehold.types.generic import AdtType


@dataclass(frozen=True, slots=True)
class DropFact:
    """What becomes of one drop of the unelaborated body.

    `span` is where it happens (the end of a scope, an assignment), `unwinding` if in a cleanup.
    `left` are the parts that are dropped on their own, of an OPEN one: those not surely moved.
    """

    place: Place
    style: Style
    span: Span
    unwinding: bool
    replaces: bool
    left: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Elaboration:
    """The elaborated body, and what became of each drop, in order of the blocks."""

    body: Body
    drops: tuple[DropFact, ...]


@dataclass(frozen=True, slots=True)
class DropStates:
    """What drops are elaborated by: where the paths of `body` may be initialised, and where not.

    `body` is without what borrow checking alone needs, so its blocks are not the given body's.
    """

    body: Body
    graph: Graph
    data: MoveData
    live: States
    dead: States
    cleanup: frozenset[Block]

    def at(self, point: Point) -> State:
        """Return what is known of the paths before `point`."""
        return State(self.live.at(point), self.dead.at(point), self.data.paths)


def drop_states(body: Body) -> DropStates:
    """Return what the drops of `body` are elaborated by."""
    return _Run(without_borrow_checking(body)).states()


def elaborate(body: Body) -> Body:
    """Return `body` with its drops made explicit, ready for monomorphisation."""
    return elaboration(body).body


def elaboration(body: Body) -> Elaboration:
    """Return `body` with its drops made explicit, and what became of each; closures too."""
    run = _Run(without_borrow_checking(body))
    elaborated = run.elaborated()
    generic = elaborated.generic
    assert generic is not None
    closures = {closure: elaborate(inner) for closure, inner in generic.closures.items()}
    elaborated.generic = replace(generic, closures=closures)
    return Elaboration(elaborated, tuple(run.facts))


class _Run:
    def __init__(self, body: Body) -> None:
        assert body.generic is not None
        self._body = body
        self._graph = Graph(body)
        self._data = MoveData(body, self._graph)
        self._typer = Typer(body, Program())
        self._patch = Patch(body)
        self._flags = DropFlags(body, self._data, self._patch)
        self._around = Surroundings(
            self._data.paths, self._flags, self._patch, self._typer, body.generic.answers
        )
        self._cleanup = cleanup_blocks(body)
        self._resume: Block | None = None
        self._live, self._dead = self._solved()
        self.facts: list[DropFact] = []

    def _solved(self) -> tuple[States, States]:
        live, dead, _ = entry_states(self._body, self._data)
        kills, gens = self._inactive_variants()
        body, graph, data = self._body, self._graph, self._data
        subtree = data.paths.subtree
        drops = {graph.block(point): subtree(path) for point, path in data.drops.items()}
        maybe = solve(body, graph, MaybeInitialised(data), live, kills, drops)
        # What surely was moved is not dropped, so that drop does not unwind.
        idle = {block: 0 for block, path in drops.items() if not maybe.at(graph.end(block)) & path}
        return maybe, solve(body, graph, MaybeUninitialised(data), dead, gens, idle)

    def _inactive_variants(self) -> tuple[Edges, Edges]:
        """Return effects of the edges of matches: the other variants' fields are not there."""
        kills: Edges = {}
        gens: Edges = {}
        for number, block in enumerate(self._body.blocks):
            path = _discriminated(block.statements[-1:], block.terminator, self._data)
            if path is None:
                continue
            assert isinstance(block.terminator, Switch)
            for target, absent in self._absent(path, block.terminator):
                edge = Block(number), target
                kills[edge] = (*kills.get(edge, ()), Effect(0, absent))
                gens[edge] = (*gens.get(edge, ()), Effect(absent, 0))
        return kills, gens

    def _absent(self, path: PathId, switch: Switch) -> list[tuple[Block, int]]:
        """Return for each edge the paths in variants that it excludes."""
        children = self._data.paths[path].children
        ty = self._typer.place(self._data.paths[path].place)
        if not isinstance(ty, AdtType):
            return []
        within = {
            variant.discriminant: self._data.paths.subtree(children[Downcast(number)])
            for number, variant in enumerate(ty.definition.variants)
            if Downcast(number) in children
        }
        edges: list[tuple[Block, int]] = []
        for value, target in switch.targets:
            edges.append((target, _union(w for v, w in within.items() if v != value)))
        tested = {value for value, _ in switch.targets}
        edges.append((switch.otherwise, _union(w for v, w in within.items() if v in tested)))
        return edges

    def states(self) -> DropStates:
        """Return what is known at each point."""
        cleanup = frozenset(self._cleanup)
        return DropStates(self._body, self._graph, self._data, self._live, self._dead, cleanup)

    # ------------------------------------------------------------------------------- drops

    def elaborated(self) -> Body:
        """Return the body with all its drops elaborated."""
        drops = [
            (Block(number), block.terminator)
            for number, block in enumerate(self._body.blocks)
            if isinstance(block.terminator, Drop)
            and self._live.reached(self._graph.end(Block(number)))
        ]
        for block, drop in drops:
            self._create_flags(self._graph.end(block), drop)
        for block, drop in drops:
            self._drop(block, drop)
        self._flags.maintain(self._graph)
        return without_idle_cleanup(simplified(self._patch.apply()))

    def _state(self, point: Point) -> State:
        return State(self._live.at(point), self._dead.at(point), self._data.paths)

    def _create_flags(self, point: Point, drop: Drop) -> None:
        path = self._data.paths.exact(drop.place)
        if path is None:
            return
        both = self._live.at(point) & self._dead.at(point) & self._data.paths.subtree(path)
        while both:
            lowest = both & -both
            self._flags.create(PathId(lowest.bit_length() - 1), drop.span)
            both ^= lowest

    def _drop(self, block: Block, drop: Drop) -> None:
        path = self._data.paths.exact(drop.place)
        cleanup = block in self._cleanup
        if path is None:  # behind a reference: nothing can have been moved out
            self._tell(drop, Style.STATIC, cleanup=cleanup)
            plain = Drop(drop.place, drop.target, drop.span, drop.scope, drop.unwind)
            self._patch.terminate(block, plain)
            return
        state = self._state(self._graph.end(block))
        style = state.deep(path)
        unwind = drop.unwind
        if unwind is None and not cleanup and style is Style.OPEN:
            unwind = self._resuming(drop.span)
        elaborator = Elaborator(self._around, state, drop.span, drop.scope)
        task = Task(drop.place, path, drop.target, unwind)
        self._patch.terminate(block, elaborator.terminator(task))
        self._tell(drop, style, cleanup=cleanup, left=self._left(state, path, style))

    def _resuming(self, span: Span) -> Block:
        if self._resume is None:
            self._resume = self._patch.block((), Resume(span, Scope(0)))
        return self._resume

    def _left(self, state: State, path: PathId, style: Style) -> tuple[Place, ...]:
        if style is not Style.OPEN:
            return ()
        paths = self._data.paths
        within = [PathId(n) for n in range(len(paths)) if paths.subtree(path) >> n & 1]
        return tuple(
            paths[part].place for part in within if part != path and state.live >> part & 1
        )

    def _tell(
        self, drop: Drop, style: Style, *, cleanup: bool, left: tuple[Place, ...] = ()
    ) -> None:
        fact = DropFact(drop.place, style, drop.span, cleanup, drop.replace, left)
        self.facts.append(fact)


def _discriminated(last: tuple[object, ...], terminator: object, data: MoveData) -> PathId | None:
    """Return the path whose discriminant the block reads last and switches on."""
    if not isinstance(terminator, Switch) or not isinstance(terminator.operand, Move):
        return None
    match last:
        case (Assign(place, Discriminant(enum)),) if place == terminator.operand.place:
            return data.paths.exact(enum)
        case _:
            return None


def _union(sets: Iterable[int]) -> int:
    found = 0
    for each in sets:
        found |= each
    return found
