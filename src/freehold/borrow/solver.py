"""The fast solver: regions as bit sets, solved once for each strongly connected component.

It follows the rules of `naive`; tests keep the two equal.
"""

from collections.abc import Iterable, Iterator, Sequence

from freehold.borrow.facts import Facts, LoanId, Verdict
from freehold.dataflow.points import Point
from freehold.types.generic import RegionId


class Values:
    """What each region holds: points, and the ends of universal regions.

    `component` numbers the strongly connected components: a component has a higher number than
    those that it outlives.
    """

    __slots__ = ("_ends", "_points", "component", "count")

    def __init__(
        self,
        regions: int,
        points: int,
        outlives: Iterable[tuple[RegionId, RegionId]],
        live: Sequence[int],
        universals: Iterable[RegionId],
    ) -> None:
        shorter: list[list[int]] = [[] for _ in range(regions)]
        for longer, other in outlives:
            if longer != other:
                shorter[longer].append(other)
        self.component, self.count = components(shorter)
        self._points = [0] * self.count
        self._ends = [0] * self.count
        for region, held in enumerate(live):
            self._points[self.component[region]] |= held
        everywhere = (1 << points) - 1
        for region in universals:
            self._points[self.component[region]] = everywhere
            self._ends[self.component[region]] |= 1 << region
        self._propagate(shorter)

    def _propagate(self, shorter: list[list[int]]) -> None:
        members: list[list[int]] = [[] for _ in range(self.count)]
        for region, number in enumerate(self.component):
            members[number].append(region)
        for number in range(self.count):  # all that a component outlives comes before it
            for region in members[number]:
                for other in shorter[region]:
                    below = self.component[other]
                    self._points[number] |= self._points[below]
                    self._ends[number] |= self._ends[below]

    def points(self, region: RegionId) -> int:
        """Return the points that `region` holds."""
        return self._points[self.component[region]]

    def ends(self, region: RegionId) -> int:
        """Return the universal regions whose ends `region` holds."""
        return self._ends[self.component[region]]

    def same(self, left: RegionId, right: RegionId) -> bool:
        """Say whether two regions are in one component, and so equal."""
        return self.component[left] == self.component[right]


def components(edges: Sequence[Sequence[int]]) -> tuple[list[int], int]:
    """Return the strongly connected component of each node, successors' numbers first."""
    search = _Tarjan(edges)
    for root in range(len(edges)):
        if search.index[root] < 0:
            search.visit(root)
    return search.component, search.made


class _Tarjan:
    """Tarjan's algorithm, without recursion."""

    def __init__(self, edges: Sequence[Sequence[int]]) -> None:
        self._edges = edges
        self.component = [-1] * len(edges)
        self.index = [-1] * len(edges)
        self._low = [0] * len(edges)
        self._found = 0
        self.made = 0
        self._stack: list[int] = []

    def visit(self, root: int) -> None:
        work = [(root, self._enter(root))]
        while work:
            node, rest = work[-1]
            other = next(rest, None)
            if other is None:
                work.pop()
                self._leave(node)
                if work:
                    above = work[-1][0]
                    self._low[above] = min(self._low[above], self._low[node])
            elif self.index[other] < 0:
                work.append((other, self._enter(other)))
            elif self.component[other] < 0:
                self._low[node] = min(self._low[node], self._low[other])

    def _enter(self, node: int) -> Iterator[int]:
        self.index[node] = self._low[node] = self._found
        self._found += 1
        self._stack.append(node)
        return iter(self._edges[node])

    def _leave(self, node: int) -> None:
        if self._low[node] != self.index[node]:
            return
        while self.component[node] < 0:
            self.component[self._stack.pop()] = self.made
        self.made += 1


def closure(
    universals: Iterable[RegionId], known: Iterable[tuple[RegionId, RegionId]]
) -> list[int]:
    """Return for each region, by its number, the set of those that it is known to outlive."""
    regions = list(universals)
    reach = [0] * (max(regions, default=-1) + 1)
    for region in regions:
        reach[region] |= 1 << region
    pairs = list(known)
    changed = True
    while changed:
        changed = False
        for longer, shorter in pairs:
            if reach[shorter] & ~reach[longer]:
                reach[longer] |= reach[shorter]
                changed = True
    return reach


def scope_of(start: Point, held: int, killed: int, successors: Sequence[Sequence[Point]]) -> int:
    """Return the points at whose entry a loan issued at `start` is in scope.

    `held` are the points of its region, `killed` where it is killed.
    """
    scope = 0
    pending = [start]
    while pending:
        at = pending.pop()
        if killed >> at & 1:
            continue
        for after in successors[at]:
            if held >> after & 1 and not scope >> after & 1:
                scope |= 1 << after
                pending.append(after)
    return scope


def bits(mask: int) -> Iterable[int]:
    """Return the numbers of the bits of `mask`, lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def region_errors(
    values: Values, universals: Iterable[RegionId], known: Sequence[int]
) -> Iterable[tuple[RegionId, RegionId]]:
    """Return the pairs (longer, shorter) that would have to be given and are not."""
    for longer in universals:
        for shorter in bits(values.ends(longer) & ~known[longer]):
            yield longer, RegionId(shorter)


def solve(facts: Facts) -> Verdict:
    """Return what follows from `facts`."""
    live = [0] * facts.regions
    for region, at in facts.live:
        live[region] |= 1 << at
    values = Values(facts.regions, facts.points, facts.outlives, live, facts.universals)
    successors: list[list[Point]] = [[] for _ in range(facts.points)]
    for before, after in facts.edges:
        successors[before].append(after)
    killed: dict[LoanId, int] = {}
    for loan, at in facts.killed:
        killed[loan] = killed.get(loan, 0) | 1 << at
    scopes = {
        loan: scope_of(at, values.points(region), killed.get(loan, 0), successors)
        for loan, region, at in facts.issued
    }
    errors = (pair for pair in facts.invalidated if scopes[pair[0]] >> pair[1] & 1)
    known = closure(facts.universals, facts.known)
    return Verdict(frozenset(errors), frozenset(region_errors(values, facts.universals, known)))
