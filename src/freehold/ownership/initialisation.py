"""What may be initialised, may be uninitialised, and ever was initialised, at each point."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from freehold.dataflow import Effect, ForwardProblem, Graph, Point, solve_forward
from freehold.dataflow.solver import NOTHING, Gate
from freehold.mir.body import Body
from freehold.mir.statements import Call, StorageDead, Terminator
from freehold.mir.values import Block
from freehold.ownership.moves import InitKind, MoveData
from freehold.records import dataclass


class _Analysis(Protocol):
    """Effects at points, and on the edge on which a call returns."""

    def at(self, point: Point) -> Effect: ...

    def returning(self, point: Point) -> Effect: ...


class MaybeInitialised:
    """maybe_init(P, M) :- assigned(P, M);  maybe_init(Q, P), edge(Q, P), not moved(P, M)."""

    def __init__(self, data: MoveData) -> None:
        self._data = data

    def at(self, point: Point) -> Effect:
        """Return the effect of `point`: of its moves, its drop, then its initialisations."""
        return Effect(_inits(self._data, point, InitKind.DEEP), _moves(self._data, point))

    def returning(self, point: Point) -> Effect:
        """Return the effect of a call's return."""
        return Effect(_inits(self._data, point, InitKind.RETURN))


class MaybeUninitialised:
    """The other way round: what moves and drops leave, and assignments end."""

    def __init__(self, data: MoveData) -> None:
        self._data = data

    def at(self, point: Point) -> Effect:
        """Return the effect of `point`."""
        inits = _inits(self._data, point, InitKind.DEEP)
        return Effect(_moves(self._data, point) & ~inits, inits)

    def returning(self, point: Point) -> Effect:
        """Return the effect of a call's return."""
        return Effect(0, _inits(self._data, point, InitKind.RETURN))


class EverInitialised:
    """Which initialisations may have taken place, since their local's storage began."""

    def __init__(self, data: MoveData) -> None:
        self._data = data

    def at(self, point: Point) -> Effect:
        """Return the effect of `point`."""
        gen, kill = self._of(point, InitKind.DEEP), 0
        if isinstance(statement := self._data.graph.at(point), StorageDead):
            for init in self._data.inits_of.get(self._data.paths.root(statement.local), ()):
                kill |= 1 << init
        return Effect(gen, kill)

    def returning(self, point: Point) -> Effect:
        """Return the effect of a call's return."""
        return Effect(self._of(point, InitKind.RETURN))

    def _of(self, point: Point, kind: InitKind) -> int:
        found = 0
        for init in self._data.inits_at.get(point, ()):
            if self._data.inits[init].kind is kind:
                found |= 1 << init
        return found


def _moves(data: MoveData, point: Point) -> int:
    found = 0
    for move in data.moves_at.get(point, ()):
        found |= data.paths.subtree(data.moves[move].path)
    if point in data.drops:
        found |= data.paths.subtree(data.drops[point])
    return found


def _inits(data: MoveData, point: Point, kind: InitKind) -> int:
    found = 0
    for init in data.inits_at.get(point, ()):
        if data.inits[init].kind is kind:
            found |= data.paths.subtree(data.inits[init].path)
    return found


@dataclass(slots=True)
class States:
    """The set before each point, of the points that can be reached."""

    graph: Graph
    before: list[int | None]

    def at(self, point: Point) -> int:
        """Return the set before `point`; nothing, where control does not come."""
        return self.before[point] or 0

    def reached(self, point: Point) -> bool:
        """Say whether control may come to `point`."""
        return self.before[point] is not None


Edges = dict[tuple[Block, Block], tuple[Effect, ...]]


def solve(
    body: Body,
    graph: Graph,
    analysis: _Analysis,
    entry: int,
    edges: Edges | None = None,
    needed: Mapping[Block, int] = MappingProxyType({}),
) -> States:
    """Solve one of the three.

    `edges` are effects of edges besides those of returning calls. A drop in `needed` unwinds only
    if the set before it has one of those items.
    """
    effects = [_point_effect(analysis, graph, point) for point in range(graph.count)]
    blocks: list[Effect] = []
    every: Edges = dict(edges or {})
    gates: dict[Block, Gate] = {}
    for number, block in enumerate(body.blocks):
        here, end = Block(number), graph.end(Block(number))
        whole = NOTHING
        for point in range(graph.start(here), end):
            whole = whole.then(effects[point])
        unwind = getattr(block.terminator, "unwind", None)
        if here in needed and unwind is not None:
            gates[here] = Gate(unwind, whole, needed[here])
        blocks.append(whole.then(effects[end]))
        _call_edge(here, block.terminator, analysis, graph, every)
    entries = solve_forward(graph, ForwardProblem(entry, blocks, every, gates))
    return States(graph, _spread(graph, entries, effects))


def _point_effect(analysis: _Analysis, graph: Graph, point: int) -> Effect:
    return analysis.at(Point(point))


def _call_edge(
    number: Block, terminator: Terminator, analysis: _Analysis, graph: Graph, edges: Edges
) -> None:
    if not isinstance(terminator, Call) or terminator.target is None:
        return
    returning = analysis.returning(graph.end(number))
    both = terminator.unwind == terminator.target
    edges[number, terminator.target] = (returning, NOTHING) if both else (returning,)


def _spread(graph: Graph, entries: list[int | None], effects: list[Effect]) -> list[int | None]:
    before: list[int | None] = [None] * graph.count
    for number, state in enumerate(entries):
        if state is None:
            continue
        here = state
        for point in range(graph.starts[number], graph.end(Block(number)) + 1):
            before[point] = here
            here = effects[point].of(here)
    return before


def entry_states(body: Body, data: MoveData) -> tuple[int, int, int]:
    """Return what holds at the entry: maybe initialised, maybe not, ever initialised."""
    initialised = ever = 0
    for number, init in enumerate(data.inits):
        if init.kind is InitKind.ARGUMENT:
            initialised |= data.paths.subtree(init.path)
            ever |= 1 << number
    everything = (1 << len(data.paths)) - 1
    return initialised, everything & ~initialised, ever
