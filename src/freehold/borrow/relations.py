"""The relations of a body, whole: what the two solvers are compared on."""

from freehold.borrow.access import accesses, activation
from freehold.borrow.context import Context, known_relations
from freehold.borrow.facts import Facts, LoanId
from freehold.borrow.rules import concerned, excludes, outlives_body
from freehold.borrow.solver import bits
from freehold.dataflow.points import Point
from freehold.mir.statements import Resume, Return
from freehold.mir.values import Local
from freehold.types.generic import RegionId


def facts(solved: Context) -> Facts:
    """Return the relations that decide a body."""
    graph, regions, loans = solved.graph, solved.regions, solved.loans
    reached = [Point(p) for b in solved.order for p in range(graph.start(b), graph.end(b) + 1)]
    return Facts(
        graph.count,
        regions.count,
        tuple((p, q) for p in reached for q in graph.successors(p)),
        tuple((each.longer, each.shorter) for each in regions.constraints),
        tuple((RegionId(r), Point(p)) for r, held in enumerate(solved.live) for p in bits(held)),
        tuple((loan.id, loan.region, loan.point) for loan in loans.all),
        tuple((LoanId(n), Point(p)) for n, held in enumerate(solved.killed) for p in bits(held)),
        tuple(invalidations(solved, reached)),
        tuple(universal.id for universal in regions.universals),
        tuple(known_relations(regions)),
    )


def invalidations(solved: Context, reached: list[Point]) -> list[tuple[LoanId, Point]]:
    """Return where each loan is accessed in a way that it excludes, in scope or not."""
    found: dict[tuple[LoanId, Point], None] = {}
    activated = solved.loans.activated()
    for point in reached:
        at = solved.graph.at(point)
        made = [activation(loan, at.span) for loan in activated.get(point, ())]
        for access in (*made, *accesses(at)):
            if isinstance(access.place.base, int):
                loans = solved.loans.by_local.get(Local(access.place.base), [])
                for loan in concerned(solved, access, loans):
                    if excludes(solved, loan, access, point):
                        found[loan.id, point] = None
        if isinstance(at, Return | Resume) and not solved.regions.is_constant:
            ending = (loan for loan in solved.loans.all if outlives_body(solved, loan))
            found.update(dict.fromkeys((loan.id, point) for loan in ending))
    return list(found)
