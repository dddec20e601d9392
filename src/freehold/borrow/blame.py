"""Which constraint to blame for one region's outliving another: the best of a shortest path."""

from collections import deque
from collections.abc import Callable

from freehold.borrow.context import Context
from freehold.borrow.regions import Category, Outlives, UniversalKind
from freehold.borrow.solver import bits
from freehold.dataflow.points import Point
from freehold.mir.statements import FalseUnwind
from freehold.types.generic import AdtType, DynType, RegionId, is_type


class Blame:
    """Walks the constraints of one body; an edge of `longer: shorter` leads to the shorter."""

    def __init__(self, solved: Context) -> None:
        self._solved = solved
        self._from: dict[RegionId, list[Outlives]] = {}
        for each in solved.regions.constraints:
            self._from.setdefault(each.longer, []).append(each)
        kinds = {u.id: u.kind for u in solved.regions.universals}
        self.static = next(
            (region for region, kind in kinds.items() if kind is UniversalKind.STATIC), None
        )

    def path(
        self, start: RegionId, found: Callable[[RegionId], bool]
    ) -> tuple[list[Outlives], RegionId] | None:
        """Return a shortest path from `start` to a region that is `found`, and that region."""
        came: dict[RegionId, Outlives | None] = {start: None}
        pending = deque([start])
        while pending:
            region = pending.popleft()
            if found(region):
                return self._walked(came, region), region
            for edge in self._edges(region):
                if edge.shorter not in came:
                    came[edge.shorter] = edge
                    pending.append(edge.shorter)
        return None

    def _edges(self, region: RegionId) -> list[Outlives]:
        if region != self.static:
            return self._from.get(region, [])
        # 'static: all
        span = self._solved.graph.body.span
        return [
            Outlives(region, RegionId(other), Category.INTERNAL, span)
            for other in range(self._solved.regions.count)
        ]

    @staticmethod
    def _walked(came: dict[RegionId, Outlives | None], end: RegionId) -> list[Outlives]:
        path: list[Outlives] = []
        edge = came[end]
        while edge is not None:
            path.append(edge)
            edge = came[edge.longer]
        path.reverse()
        return path

    def live_below(self, region: RegionId, point: Point) -> RegionId:
        """Return a region that `region` outlives and that is live at `point` by itself."""
        live = self._solved.live
        universal = self._solved.universal
        found = self.path(region, lambda below: universal(below) or bool(live[below] >> point & 1))
        return region if found is None else found[1]

    def loop_end(self, region: RegionId) -> Point | None:
        """Return the head of a loop that `region` holds."""
        for number in bits(self._solved.values.points(region)):
            if isinstance(self._solved.graph.at(Point(number)), FalseUnwind):
                return Point(number)
        return None

    def blame(
        self, start: RegionId, end: RegionId, *, higher_ranked: bool = False
    ) -> tuple[Outlives, list[Outlives]] | None:
        """Return the constraint to blame for `start: end`, and the path that it is on."""
        walked = self.path(start, lambda region: region == end)
        if walked is None or not walked[0]:
            return None
        path = walked[0]
        ranks = [self._rank(each, path, end) for each in path]
        best = min(ranks)
        # Nearest to the end; of a value that must do for all lifetimes, to the start.
        order = range(len(path)) if higher_ranked else reversed(range(len(path)))
        chosen = next(number for number in order if ranks[number] == best)
        return self._adjusted(path, chosen), path

    def _rank(self, each: Outlives, path: list[Outlives], end: RegionId) -> int:
        """Return how little there is to tell of a constraint: 0 is most."""
        category = each.category
        if each.desugared and category is not Category.RETURN:
            category = Category.BORING
        if category is Category.CAST and self._boxes_object(each, path, end):
            return 1
        return _RANKS[category]

    def _boxes_object(self, each: Outlives, path: list[Outlives], end: RegionId) -> bool:
        ty = each.unsized
        if end != self.static or not isinstance(ty, AdtType):
            return False
        objects = any(is_type(part) and isinstance(part, DynType) for part in ty.arguments)
        return objects and not any(other.category in _ANNOTATIONS for other in path)

    @staticmethod
    def _adjusted(path: list[Outlives], chosen: int) -> Outlives:
        best = path[chosen]
        if best.category is not Category.RETURN:
            return best
        following = path[chosen + 1] if chosen + 1 < len(path) else None
        if following is not None and following.category in (Category.OPAQUE, Category.HIDDEN):
            return following  # `-> impl Trait`: the type is to blame, not the value
        upvar = next((o.upvar for o in path if o.category is Category.CLOSURE_UPVAR), None)
        if upvar is None:
            return best
        return Outlives(
            best.longer, best.shorter, best.category, best.span, best.point, upvar=upvar
        )


_ANNOTATIONS = frozenset({Category.ANNOTATION, Category.GENERIC_ARGUMENT})
_RANKS = {
    Category.RETURN: 0,
    Category.YIELD: 2,
    Category.CONST: 2,
    Category.STATIC: 2,
    Category.ANNOTATION: 2,
    Category.CAST: 2,
    Category.CALL_ARGUMENT: 2,
    Category.COPY_BOUND: 2,
    Category.SIZED_BOUND: 2,
    Category.ASSIGNMENT: 2,
    Category.USAGE: 2,
    Category.CLOSURE_UPVAR: 2,
    Category.GENERIC_ARGUMENT: 3,
    Category.PREDICATE: 4,
    Category.OPAQUE: 4,
    Category.HIDDEN: 4,
    Category.BORING: 5,
    Category.BORING_NO_LOCATION: 6,
    Category.INTERNAL: 8,
}


def universal_above(solved: Context, region: RegionId) -> RegionId | None:
    """Return a universal region, with a name if possible, whose end `region` holds."""
    if solved.universal(region):
        return region
    ends = solved.values.ends(region)
    static = next((u.id for u in solved.regions.universals if u.kind.value == "static"), None)
    above = solved.regions.body_region
    named = {u.id for u in solved.regions.universals if u.region is not None}
    for number in bits(ends):
        other = RegionId(number)
        if above is None:
            above = other
            continue
        joined = _upper_bound(solved, above, other)
        if static is not None and joined == static and static not in (above, other):
            # Nothing is known of the two: either will do.
            if other in named:
                above = other
            elif above not in named:
                above = min(above, other)
        else:
            above = joined
    return above if above is not None and ends >> above & 1 else None


def _upper_bound(solved: Context, left: RegionId, right: RegionId) -> RegionId:
    """Return the smallest universal region that is known to outlive both."""
    both = 1 << left | 1 << right
    above = [u.id for u in solved.regions.universals if both & ~solved.known[u.id] == 0]
    smallest = [r for r in above if all(solved.known[other] >> r & 1 for other in above)]
    if smallest:
        return smallest[0]
    static = [u.id for u in solved.regions.universals if u.kind is UniversalKind.STATIC]
    return static[0] if static else left
