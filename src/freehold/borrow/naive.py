"""The rules, as they are: sets of tuples, to a fixpoint. The oracle of `solver`, kept for tests."""

from collections.abc import Iterable
from typing import TypeVar

from freehold.borrow.facts import Facts, LoanId, Verdict
from freehold.dataflow.points import Point
from freehold.types.generic import RegionId

Left = TypeVar("Left")
Right = TypeVar("Right")


def solve_naively(facts: Facts) -> Verdict:
    """Return what follows from `facts`."""
    contains, ends = _values(facts)
    scope = _scopes(facts, contains)
    # loan_error(L, P) :- invalidated(L, P), in_scope(L, P).
    loan_errors = frozenset(pair for pair in facts.invalidated if pair in scope)
    # region_error(A, B) :- universal(A), ends(A, B), not known(A, B), A != B.
    known = _closed(facts.known)
    region_errors = frozenset(
        (longer, shorter)
        for longer, shorter in ends
        if longer in facts.universals and longer != shorter and (longer, shorter) not in known
    )
    return Verdict(loan_errors, region_errors)


def _values(
    facts: Facts,
) -> tuple[set[tuple[RegionId, Point]], set[tuple[RegionId, RegionId]]]:
    # contains(R, P) :- live(R, P).         contains(U, P) :- universal(U).
    # contains(A, P) :- outlives(A, B), contains(B, P).
    # ends(U, U)     :- universal(U).       ends(A, U) :- outlives(A, B), ends(B, U).
    contains = set(facts.live)
    contains |= {(u, Point(p)) for u in facts.universals for p in range(facts.points)}
    ends = {(u, u) for u in facts.universals}
    changed = True
    while changed:
        before = len(contains) + len(ends)
        contains |= _joined(facts.outlives, contains)
        ends |= _joined(facts.outlives, ends)
        changed = len(contains) + len(ends) > before
    return contains, ends


def _joined(
    outlives: Iterable[tuple[RegionId, RegionId]], held: set[tuple[RegionId, Right]]
) -> set[tuple[RegionId, Right]]:
    """Return (A, X) for each outlives(A, B) and held(B, X)."""
    by_region: dict[RegionId, list[Right]] = {}
    for region, item in held:
        by_region.setdefault(region, []).append(item)
    return {(a, item) for a, b in outlives for item in by_region.get(b, ())}


def _scopes(facts: Facts, contains: set[tuple[RegionId, Point]]) -> set[tuple[LoanId, Point]]:
    # reaches(L, P)  :- issued(L, _, P).      reaches(L, P) :- in_scope(L, P).
    # in_scope(L, Q) :- reaches(L, P), not killed(L, P), edge(P, Q),
    #                   issued(L, R, _), contains(R, Q).
    region = {loan: (r, at) for loan, r, at in facts.issued}
    killed = set(facts.killed)
    current = {(loan, at) for loan, (_, at) in region.items()}
    scope: set[tuple[LoanId, Point]] = set()
    while True:
        following = {
            (loan, after)
            for loan, at in current
            if (loan, at) not in killed
            for before, after in facts.edges
            if before == at and (region[loan][0], after) in contains
        }
        if following <= scope:
            return scope
        scope |= following
        current = following


def _closed(pairs: Iterable[tuple[Left, Left]]) -> set[tuple[Left, Left]]:
    closed = set(pairs)
    while True:
        further = {(a, d) for a, b in closed for c, d in closed if b == c}
        if further <= closed:
            return closed
        closed |= further
