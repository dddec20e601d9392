"""What the check of one body works with: its regions solved, its loans and their scopes."""

from freehold.borrow.conflict import surely_conflicts
from freehold.borrow.liveness import Liveness, live_regions
from freehold.borrow.loans import Loans, gather
from freehold.borrow.regions import RegionBody, UniversalKind, captured_types
from freehold.borrow.solver import Values, closure, scope_of
from freehold.dataflow.points import Graph, Point
from freehold.mir.cfg import dominators, reverse_postorder
from freehold.mir.statements import Assign, StorageDead
from freehold.mir.values import Block, Local, Place
from freehold.ownership.check import Analysed
from freehold.ownership.describe import Places
from freehold.records import dataclass
from freehold.types import Type
from freehold.types.generic import ClosureType, RefType, RegionId


@dataclass(frozen=True, slots=True)
class Context:
    """A body, solved. `order` are its reachable blocks; `scopes` the points of each loan.

    `live` are the points at which a region is live by itself; `known` the sets of universal
    regions that each universal one is known to outlive.
    """

    analysed: Analysed
    regions: RegionBody
    graph: Graph
    places: Places
    order: list[Block]
    liveness: Liveness
    live: list[int]
    values: Values
    known: list[int]
    loans: Loans
    killed: list[int]
    scopes: list[int]
    dominators: list[int]

    @property
    def upvar_types(self) -> tuple[Type, ...]:
        """The types of a closure's captures, with the regions of the body."""
        if not self.places.captures:
            return ()
        environment = self.regions.locals[1]
        if isinstance(environment, RefType):
            environment = environment.pointee
        assert isinstance(environment, ClosureType)
        return captured_types(environment)

    def universal(self, region: RegionId) -> bool:
        """Say whether `region` is universal."""
        return region < len(self.regions.universals)


def context(analysed: Analysed, regions: RegionBody) -> Context:
    """Solve the regions of a body, and find the scopes of its loans."""
    graph, places = analysed.graph, analysed.places
    order = reverse_postorder(analysed.body, in_turn=True)
    reached = 0
    for block in order:
        reached |= (1 << (graph.end(block) + 1)) - (1 << graph.start(block))
    live, liveness = live_regions(regions, graph, analysed.data, places.answers)
    universals = [universal.id for universal in regions.universals]
    values = Values(
        regions.count,
        graph.count,
        ((each.longer, each.shorter) for each in regions.constraints),
        live,
        universals,
    )
    loans = gather(graph, places, regions.loans, reached)
    killed = kills(graph, places, loans)
    successors = [graph.successors(Point(number)) for number in range(graph.count)]
    scopes = [
        scope_of(loan.point, values.points(loan.region), killed[loan.id], successors)
        for loan in loans.all
    ]
    known = closure(universals, known_relations(regions))
    return Context(
        analysed,
        regions,
        graph,
        places,
        order,
        liveness,
        live,
        values,
        known,
        loans,
        killed,
        scopes,
        dominators(analysed.body),
    )


def known_relations(regions: RegionBody) -> list[tuple[RegionId, RegionId]]:
    """Return the known relations, and that 'static outlives all; all outlive the body."""
    pairs = list(regions.known)
    for universal in regions.universals:
        if universal.kind is UniversalKind.STATIC:
            pairs += [(universal.id, other.id) for other in regions.universals]
        if regions.body_region is not None:
            pairs.append((universal.id, regions.body_region))
    return pairs


def kills(graph: Graph, places: Places, loans: Loans) -> list[int]:
    """Return the points that kill each loan: its path is assigned another value, or ends."""
    killed = [0] * len(loans.all)
    if not loans.all:
        return killed
    for number in range(graph.count):
        match graph.at(Point(number)):
            case Assign(place):
                _kill(places, loans, place, number, killed)
            case StorageDead(local):
                _kill(places, loans, Place(local), number, killed)
            case _:
                pass
    return killed


def _kill(places: Places, loans: Loans, place: Place, number: int, killed: list[int]) -> None:
    if not isinstance(place.base, int):
        return
    for loan in loans.by_local.get(Local(place.base), ()):
        if not place.projections or surely_conflicts(places, loan.place, place):
            killed[loan.id] |= 1 << number
