"""The loans of a body: each borrow whose path must be kept from harm, and when it is first used."""

from collections.abc import Mapping

from freehold.borrow.facts import LoanId
from freehold.dataflow.points import Graph, Point
from freehold.mir.statements import Assign, Statement, StorageDead, StorageLive, Terminator
from freehold.mir.values import BorrowKind, Deref, Local, Place, Ref
from freehold.mir.visit import locals_used
from freehold.ownership.describe import Places
from freehold.records import dataclass
from freehold.types import PointerType
from freehold.types.generic import RefType, RegionId


@dataclass(frozen=True, slots=True)
class Loan:
    """A borrow of `place` at `point` into `target`.

    A two-phase one is a reservation until `activation`, the one use of `target` (None if it has
    none); of all others `two_phase` is False.
    """

    id: LoanId
    region: RegionId
    kind: BorrowKind
    place: Place
    target: Place
    point: Point
    two_phase: bool = False
    activation: Point | None = None

    @property
    def local(self) -> Local:
        """The local that is borrowed, or something in it or behind it."""
        assert isinstance(self.place.base, int)
        return Local(self.place.base)

    @property
    def mutable(self) -> bool:
        """Whether the borrow excludes reads too."""
        return self.kind in MUTABLE


MUTABLE = frozenset({BorrowKind.MUT, BorrowKind.TWO_PHASE, BorrowKind.UNIQUE})


class Loans:
    """All loans of a body: in order, by the local borrowed from, and by point of activation."""

    __slots__ = ("all", "at", "by_local", "kills")

    def __init__(self, loans: list[Loan]) -> None:
        self.all = loans
        self.at = {loan.point: loan for loan in loans}
        self.by_local: dict[Local, list[Loan]] = {}
        for loan in loans:
            self.by_local.setdefault(loan.local, []).append(loan)

    def activated(self) -> dict[Point, list[Loan]]:
        """Return the loans by the point that activates them."""
        found: dict[Point, list[Loan]] = {}
        for loan in self.all:
            if loan.activation is not None:
                found.setdefault(loan.activation, []).append(loan)
        return found


def gather(graph: Graph, places: Places, regions: Mapping[Point, RegionId], reached: int) -> Loans:
    """Return the loans that are issued at the points of `reached`."""
    loans: list[Loan] = []
    pending: dict[Local, list[int]] = {}
    for number in range(graph.count):
        point = Point(number)
        match graph.at(point):
            case Assign(target, Ref(kind, place)) if reached >> point & 1:
                if point not in regions or is_ignored(places, place):
                    continue
                two_phase = kind is BorrowKind.TWO_PHASE and not target.projections
                made = Loan(
                    LoanId(len(loans)), regions[point], kind, place, target, point, two_phase
                )
                if two_phase and isinstance(target.base, int):
                    pending.setdefault(Local(target.base), []).append(len(loans))
                loans.append(made)
            case _:
                pass
    if pending:
        _activate(graph, loans, pending)
    return Loans(loans)


def _activate(graph: Graph, loans: list[Loan], pending: dict[Local, list[int]]) -> None:
    """Find the use of each temporary that holds a reservation."""
    for number in range(graph.count):
        at = graph.at(Point(number))
        if isinstance(at, StorageLive | StorageDead):
            continue
        for local in _used(at):
            for index in pending.get(local, ()):
                loan = loans[index]
                if loan.activation is None and loan.point != number:
                    loans[index] = Loan(
                        loan.id,
                        loan.region,
                        loan.kind,
                        loan.place,
                        loan.target,
                        loan.point,
                        loan.two_phase,
                        Point(number),
                    )


def _used(at: Statement | Terminator) -> set[Local]:
    return locals_used(at)


def is_ignored(places: Places, place: Place) -> bool:
    """Say whether a borrow of `place` needs no loan.

    What is behind a shared reference or a raw pointer does not depend on the path to it: that is
    Copy, and what it leads to is not this body's to guard.
    """
    for number, projection in enumerate(place.projections):
        if not isinstance(projection, Deref):
            continue
        ty = places.step_type(Place(place.base, place.projections[:number]))
        if isinstance(ty, PointerType) or (isinstance(ty, RefType) and not ty.mutable):
            return True
    return False
