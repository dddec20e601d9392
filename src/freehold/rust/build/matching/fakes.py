"""Fake borrows: what a guard must not change, so that the arm that was chosen stays the right one.

Every place that is tested is borrowed while the guard runs, and every reference that a tested or
bound place goes through. The borrows are of the places alone, not of what they point to.
"""

from freehold.mir.body import LocalDecl, LocalKind
from freehold.mir.values import Deref, Local, Place
from freehold.rust.build.builder import Builder
from freehold.rust.build.matching.pairs import AnyOf, FlatPattern, Pair
from freehold.source import Span
from freehold.types.generic import ERASED, RefType


def fake_borrows(
    b: Builder, subject: Place, flats: list[FlatPattern], span: Span
) -> tuple[tuple[Place, Local], ...]:
    """Return the places to be borrowed, each with the local for the reference."""
    found: dict[Place, None] = {}
    for flat in flats:
        _visit(flat, subject, found)
    made = []
    for place in found:
        ty = RefType(ERASED, b.type_of(place), mutable=False)
        made.append((place, b.add_local(LocalDecl(ty, LocalKind.TEMPORARY, span))))
    return tuple(made)


def _visit(flat: FlatPattern, subject: Place, found: dict[Place, None]) -> None:
    for bound in flat.bindings:
        if bound.source.base == subject.base:
            _add_references(bound.source, found)
    for pair in flat.pairs:
        _visit_pair(pair, subject, found)


def _visit_pair(pair: Pair, subject: Place, found: dict[Place, None]) -> None:
    if isinstance(pair.case, AnyOf):
        for flat in pair.case.alternatives:
            _visit(flat, subject, found)
        return
    if pair.place not in found:
        found[pair.place] = None
        _add_references(pair.place, found)
    for within in pair.within:
        _visit_pair(within, subject, found)


def _add_references(place: Place, found: dict[Place, None]) -> None:
    """Add each reference that `place` goes through, the last one first."""
    for count in range(len(place.projections) - 1, -1, -1):
        if isinstance(place.projections[count], Deref):
            prefix = Place(place.base, place.projections[:count])
            if prefix in found:
                return
            found[prefix] = None
