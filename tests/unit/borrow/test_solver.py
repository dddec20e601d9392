"""The fast solver is the naive one: on random relations, and on what each rule says."""

from hypothesis import given, settings
from hypothesis import strategies as st

from freehold.borrow.facts import Facts, LoanId
from freehold.borrow.naive import solve_naively
from freehold.borrow.solver import components, solve
from freehold.dataflow.points import Point
from freehold.types.generic import RegionId

POINTS, REGIONS, LOANS = 8, 7, 3
points = st.integers(0, POINTS - 1).map(Point)
regions = st.integers(0, REGIONS - 1).map(RegionId)
loans = st.integers(0, LOANS - 1).map(LoanId)


@st.composite
def relations(draw: st.DrawFn) -> Facts:
    universals = tuple(RegionId(n) for n in range(draw(st.integers(0, 3))))
    own = st.sampled_from(universals) if universals else st.nothing()
    return Facts(
        POINTS,
        REGIONS,
        tuple(draw(st.lists(st.tuples(points, points), max_size=14, unique=True))),
        tuple(draw(st.lists(st.tuples(regions, regions), max_size=10))),
        tuple(draw(st.lists(st.tuples(regions, points), max_size=12))),
        tuple((LoanId(n), draw(regions), draw(points)) for n in range(LOANS)),
        tuple(draw(st.lists(st.tuples(loans, points), max_size=3))),
        tuple(draw(st.lists(st.tuples(loans, points), max_size=8, unique=True))),
        universals,
        tuple(draw(st.lists(st.tuples(own, own), max_size=3))) if universals else (),
    )


@settings(max_examples=100)
@given(relations())
def test_both_solvers_agree(facts: Facts) -> None:
    assert solve(facts) == solve_naively(facts)


@settings(max_examples=50)
@given(st.lists(st.lists(st.integers(0, 5), max_size=4), min_size=6, max_size=6))
def test_successors_are_in_components_of_no_higher_number(edges: list[list[int]]) -> None:
    component, count = components(edges)
    assert set(component) == set(range(count))
    for node, others in enumerate(edges):
        assert all(component[other] <= component[node] for other in others)


def line(**changes: object) -> Facts:
    """Return four points in a row, a loan issued at the first, and what `changes` says."""
    base = {
        "points": 4,
        "regions": 2,
        "edges": tuple((Point(n), Point(n + 1)) for n in range(3)),
        "outlives": (),
        "live": (),
        "issued": ((LoanId(0), RegionId(0), Point(0)),),
        "killed": (),
        "invalidated": ((LoanId(0), Point(2)),),
        "universals": (),
        "known": (),
    }
    return Facts(**(base | changes))  # type: ignore[arg-type]


LIVE = tuple((RegionId(1), Point(n)) for n in range(4))


def test_a_loan_is_in_scope_as_long_as_what_its_region_outlives_is_live() -> None:
    needed = ((RegionId(0), RegionId(1)),)
    assert solve(line(live=LIVE, outlives=needed)).loan_errors == {(0, 2)}
    assert not solve(line(live=LIVE)).loan_errors
    assert not solve(line(live=LIVE[:2], outlives=needed)).loan_errors


def test_a_killed_loan_is_out_of_scope_from_the_next_point_on() -> None:
    needed = ((RegionId(0), RegionId(1)),)
    killed = line(live=LIVE, outlives=needed, killed=((LoanId(0), Point(1)),))
    assert not solve(killed).loan_errors
    late = line(live=LIVE, outlives=needed, killed=((LoanId(0), Point(2)),))
    assert solve(late).loan_errors == {(0, 2)}


def test_a_universal_region_that_must_outlive_another_must_be_known_to() -> None:
    needed = line(universals=(RegionId(0), RegionId(1)), outlives=((RegionId(0), RegionId(1)),))
    assert solve(needed).region_errors == {(0, 1)}
    known = line(
        universals=(RegionId(0), RegionId(1)),
        outlives=((RegionId(0), RegionId(1)),),
        known=((RegionId(0), RegionId(1)),),
    )
    assert not solve(known).region_errors
