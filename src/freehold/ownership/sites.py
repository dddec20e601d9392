"""Which moves reach a use: a walk back from it over the points."""

from freehold.dataflow.points import Graph, Point
from freehold.mir.body import Body
from freehold.mir.cfg import dominators
from freehold.mir.statements import StorageDead
from freehold.ownership.moves import InitKind, MoveData, MoveId
from freehold.ownership.paths import PathId
from freehold.records import dataclass


@dataclass(frozen=True, slots=True)
class MoveSite:
    """A move that may have happened before the use; `looped`: in an earlier round of a loop."""

    move: MoveId
    looped: bool


class Sites:
    """Finds the moves behind a use, for one body."""

    def __init__(self, body: Body, data: MoveData) -> None:
        self._data = data
        self._graph: Graph = data.graph
        self._body = body
        self._dominators: list[int] | None = None

    def _dominates(self, above: Point, below: Point) -> bool:
        if self._dominators is None:
            self._dominators = dominators(self._body)
        over, under = self._graph.block(above), self._graph.block(below)
        if over == under:
            return above <= below
        return bool(self._dominators[under] >> over & 1)

    def before(self, point: Point, path: PathId) -> tuple[list[MoveSite], list[Point]]:
        """Return the moves that reach `point`, and the reinitialisations that may be skipped."""
        return _Walk(self, self._data, path).run(point)

    def split(self, point: Point) -> tuple[list[Point], list[Point]]:
        """Return the points before `point`: those that come by a loop's back edge apart."""
        forward: list[Point] = []
        back: list[Point] = []
        for previous in self._graph.predecessors(point):
            (back if self._dominates(point, previous) else forward).append(previous)
        return forward, back


class _Walk:
    def __init__(self, sites: Sites, data: MoveData, path: PathId) -> None:
        self._sites = sites
        self._data = data
        self._path = path
        self._paths = {path, *data.paths.parents(path)}
        self._visited: set[Point] = set()
        self._moved_at: set[Point] = set()
        self._set_again: list[Point] = []
        self._found: list[MoveSite] = []

    def run(self, point: Point) -> tuple[list[MoveSite], list[Point]]:
        forward, back = self._sites.split(point)
        reached_start = self._forward(forward, back)
        if not self._found and (self._is_argument() or not reached_start):
            while back:
                at = back.pop()
                if not self._stops(at, looped=True):
                    back += self._data.graph.predecessors(at)
        return self._found, [at for at in self._set_again if self._follows_move(at)]

    def _forward(self, pending: list[Point], back: list[Point]) -> bool:
        """Walk without back edges, which are kept for later; say whether the start was reached."""
        reached_start = False
        while pending:
            at = pending.pop()
            if self._stops(at, looped=False):
                continue
            ahead, looping = self._sites.split(at)
            pending += ahead
            back += looping
            reached_start |= not (ahead or looping)
        return reached_start

    def _stops(self, at: Point, *, looped: bool) -> bool:
        """Say whether the walk ends at `at`: by a move, an initialisation, or for a second time."""
        if at in self._visited:
            return True
        self._visited.add(at)
        if not isinstance(self._data.graph.at(at), StorageDead):
            for move in self._data.moves_at.get(at, ()):
                if self._data.moves[move].path in self._paths:
                    self._found.append(MoveSite(move, looped))
                    self._moved_at.add(at)
                    return True
        inits = (self._data.inits[init] for init in self._data.inits_at.get(at, ()))
        if any(init.path in self._paths for init in inits):
            self._set_again.append(at)
            return True
        return False

    def _is_argument(self) -> bool:
        return any(
            init.kind is InitKind.ARGUMENT and init.path in self._paths for init in self._data.inits
        )

    def _follows_move(self, point: Point) -> bool:
        seen: set[Point] = set()
        pending = [point]
        while pending:
            at = pending.pop()
            if at in seen:
                continue
            seen.add(at)
            if at in self._moved_at:
                return True
            pending += self._data.graph.predecessors(at)
        return False
