"""Which accesses a loan in scope excludes."""

from freehold.borrow.access import Access, Mode
from freehold.borrow.conflict import Depth, conflicts
from freehold.borrow.context import Context
from freehold.borrow.loans import Loan
from freehold.dataflow.points import Point
from freehold.mir.values import BorrowKind, Place


def excludes(solved: Context, loan: Loan, access: Access, point: Point) -> bool:
    """Say whether `access` at `point` harms `loan`, if it is in scope there.

    | loan | reads | reservations | writes, mutable borrows, activations, ends |
    |---|---|---|---|
    | shared | allowed | allowed | excluded |
    | fake | allowed | allowed | excluded, but moves: what was moved is not read anyway |
    | mutable, active | excluded, but fake borrows | excluded | excluded |
    | mutable, reserved | allowed | excluded | excluded, but its own activation |
    """
    if access.mode is Mode.ACTIVATE and access.loan == loan.id:
        return False
    if access.reads:
        if not loan.mutable or access.kind is BorrowKind.FAKE:
            return False
        return is_active(solved, loan, point)
    if access.mode is Mode.RESERVE and not loan.mutable:
        return False
    return not (access.mode is Mode.MOVE and loan.kind is BorrowKind.FAKE)


def is_active(solved: Context, loan: Loan, point: Point) -> bool:
    """Say whether `loan` is past its reservation at `point`."""
    if not loan.two_phase:
        return True
    if loan.activation is None:
        return False
    if dominates(solved, loan.activation, point):
        return True
    # Between the reservation and the activation; elsewhere it came round a loop.
    return not dominates(solved, Point(loan.point + 1), point)


def dominates(solved: Context, above: Point, below: Point) -> bool:
    """Say whether every way to `below` comes by `above`."""
    over, under = solved.graph.block(above), solved.graph.block(below)
    if over == under:
        return above <= below
    return bool(solved.dominators[under] >> over & 1)


def concerned(solved: Context, access: Access, loans: list[Loan]) -> list[Loan]:
    """Return those of `loans` whose place `access` concerns."""
    return [
        loan
        for loan in loans
        if conflicts(solved.places, loan.place, loan.kind, access.place, access.depth)
    ]


def outlives_body(solved: Context, loan: Loan) -> bool:
    """Say whether the storage that `loan` borrows ends with the body."""
    root = Place(loan.local)
    return conflicts(solved.places, loan.place, loan.kind, root, Depth.SHALLOW)
