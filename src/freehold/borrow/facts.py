"""The relations that the borrow check is decided by. Points, regions and loans are numbers.

| relation | means |
|---|---|
| `edges(P, Q)` | control may go from point P to point Q |
| `outlives(A, B)` | region A: B, everywhere |
| `live(R, P)` | R is in the type of something that may be used or dropped from P on |
| `issued(L, R, P)` | the borrow at P made loan L, with region R |
| `killed(L, P)` | what P does ends the interest in L: its path leads elsewhere from now on |
| `invalidated(L, P)` | P accesses what L borrowed in a way that L excludes |
| `universal(R)` | R holds the whole body, and its own end |
| `known(A, B)` | universal A: universal B is given, transitively |
"""

from typing import NewType

from freehold.dataflow.points import Point
from freehold.records import dataclass
from freehold.types.generic import RegionId

LoanId = NewType("LoanId", int)


@dataclass(frozen=True, slots=True)
class Facts:
    """The input of a solver."""

    points: int
    regions: int
    edges: tuple[tuple[Point, Point], ...]
    outlives: tuple[tuple[RegionId, RegionId], ...]
    live: tuple[tuple[RegionId, Point], ...]
    issued: tuple[tuple[LoanId, RegionId, Point], ...]
    killed: tuple[tuple[LoanId, Point], ...]
    invalidated: tuple[tuple[LoanId, Point], ...]
    universals: tuple[RegionId, ...]
    known: tuple[tuple[RegionId, RegionId], ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What follows: (loan, point) accessed while in scope; (longer, shorter) that is not given."""

    loan_errors: frozenset[tuple[LoanId, Point]]
    region_errors: frozenset[tuple[RegionId, RegionId]]
