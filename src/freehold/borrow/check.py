"""The borrow check of one body: every access against the loans in scope, then the lifetimes."""

from freehold.borrow.access import Access, Mode, accesses, activation
from freehold.borrow.conflict_words import ConflictWords
from freehold.borrow.context import Context, context
from freehold.borrow.explain import Explainer
from freehold.borrow.lifetime_words import LifetimeWords
from freehold.borrow.loans import Loan
from freehold.borrow.mutability import immutable_part
from freehold.borrow.mutability_words import MutabilityWords
from freehold.borrow.naming import Names
from freehold.borrow.outlives import Relations
from freehold.borrow.region_words import RegionWords
from freehold.borrow.regions import RegionBody, Requirement
from freehold.borrow.rules import concerned, excludes, outlives_body
from freehold.borrow.solver import bits
from freehold.dataflow.points import Point
from freehold.diagnostics.model import Diagnostic
from freehold.mir.body import Body
from freehold.mir.statements import Assert, Call, FalseUnwind, Resume, Return
from freehold.mir.values import BorrowKind, FieldOf, Local, Place
from freehold.ownership.check import Analysed, analyse
from freehold.ownership.findings import Draft, in_order
from freehold.records import dataclass
from freehold.source import Span
from freehold.types.fold import regions_of

Key = tuple[Place, Point | None]


@dataclass(frozen=True, slots=True)
class Checked:
    """What the borrow check found, and what a closure asks of the body around it."""

    findings: list[Diagnostic]
    requirements: tuple[Requirement, ...]


# After a drop the storage of what is borrowed ends, in any case.
_MAY_UNWIND = Call | Assert | FalseUnwind


def check(body: Body, regions: RegionBody) -> list[Diagnostic]:
    """Return what is wrong with the borrows of `body`, closures in it left out."""
    return check_analysed(analyse(body), regions).findings


def check_analysed(analysed: Analysed, regions: RegionBody) -> Checked:
    """Check a body whose moves were analysed."""
    return check_solved(context(analysed, regions))


def check_solved(solved: Context) -> Checked:
    """Check a body whose regions were solved."""
    checker = _Checker(solved)
    checker.run()
    explainer = checker.explainer
    relations = Relations(solved, explainer.blame)
    words = RegionWords(solved, explainer.names, explainer.blame)
    drafts = checker.drafts()
    drafts += [draft for each in relations.broken if (draft := words.draft(each)) is not None]
    drafts += [words.type_test(test) for test in relations.failed]
    return Checked(in_order(drafts), tuple(relations.required))


class _Checker:
    """Visits the accesses in order; one that harms a loan in scope is a finding."""

    def __init__(self, solved: Context) -> None:
        self._solved = solved
        self._graph = solved.graph
        self.explainer = Explainer(solved, Names(solved))
        self._conflicts = ConflictWords(solved, self.explainer)
        self._lifetimes = LifetimeWords(solved, self.explainer)
        self._mutability = MutabilityWords(solved)
        self._drafts: list[Draft] = []
        self._reported: set[tuple[Key, Span]] = set()
        self._bad_reservations: set[Key] = set()
        self._in_scope = self._by_point()

    def _by_point(self) -> dict[int, list[Loan]]:
        """Return the loans in scope at each point that has some."""
        found: dict[int, list[Loan]] = {}
        for loan, scope in zip(self._solved.loans.all, self._solved.scopes, strict=True):
            for number in bits(scope):
                found.setdefault(number, []).append(loan)
        return found

    def drafts(self) -> list[Draft]:
        """Return what was found."""
        return [*self._drafts, *self._mutability.drafts()]

    def run(self) -> None:
        """Visit all points that control may come to."""
        activated = self._solved.loans.activated()
        for block in self._solved.order:
            for number in range(self._graph.start(block), self._graph.end(block) + 1):
                point = Point(number)
                at = self._graph.at(point)
                for loan in activated.get(point, ()):
                    self._access(activation(loan, at.span), point)
                for access in accesses(at):
                    self._access(access, point)
                if self._solved.regions.is_constant:
                    continue
                if isinstance(at, Return | Resume):
                    self._end(point, at.span)
                elif isinstance(at, _MAY_UNWIND) and at.unwind is None:
                    self._end(point, self._last(), unwinds=True)

    # ------------------------------------------------------------------------------- accesses

    def _access(self, access: Access, point: Point) -> None:
        if access.mode is Mode.ACTIVATE and self._bad_reservations:
            assert access.loan is not None
            made = self._solved.loans.all[access.loan]
            if self._key(access.place, made.point) in self._bad_reservations:
                return
        if self._reported and (self._key(access.place, point), access.span) in self._reported:
            return
        immutable = self._is_immutable(access, point)
        if self._harms(access, point) or immutable:
            self._reported.add((self._key(access.place, point), access.span))

    def _key(self, place: Place, point: Point) -> Key:
        """Return what tells a place from others: an access to one place is reported once.

        rustc compares the types in places too, and each mention of a lifetime is one of its own.
        """
        for number, step in enumerate(place.projections):
            if isinstance(step, FieldOf):
                field = Place(place.base, place.projections[: number + 1])
                if any(True for _ in regions_of(self._solved.places.type(field))):
                    return place, point
        return place, None

    def _is_immutable(self, access: Access, point: Point) -> bool:
        if access.reads or access.mode not in (Mode.MUTATE, Mode.BORROW, Mode.RESERVE):
            return False
        if access.mode is Mode.MUTATE and not access.place.projections:
            return False  # a second assignment is found by what was initialised before
        obstacle = immutable_part(self._solved.places, access.place, anyway=access.anyway)
        if obstacle is None or not self._ever_initialised(access.place, point):
            return False
        self._mutability.report(access, obstacle, point)
        return True

    def _ever_initialised(self, place: Place, point: Point) -> bool:
        """Say whether the local may have been set: else its partial initialisation is reported."""
        assert isinstance(place.base, int)
        data = self._solved.analysed.data
        ever = self._solved.analysed.ever.at(point)
        inits = data.inits_of.get(data.paths.root(Local(place.base)), ())
        return any(ever >> init & 1 for init in inits)

    def _harms(self, access: Access, point: Point) -> bool:
        in_scope = self._in_scope.get(point)
        if in_scope is None:
            return False
        for loan in concerned(self._solved, access, in_scope):
            if excludes(self._solved, loan, access, point):
                self._report(access, loan, point)
                return True
        return False

    def _report(self, access: Access, loan: Loan, point: Point) -> None:
        if access.mode is Mode.RESERVE:
            self._bad_reservations.add(self._key(access.place, point))
        if access.mode is Mode.END:
            draft = self._lifetimes.draft(loan, point, access.place, access.span, access.mode)
        elif access.kind is BorrowKind.FAKE:
            draft = None
        else:
            draft = self._conflicts.draft(access, loan, point)
        if draft is not None:
            self._drafts.append(draft)

    def _last(self) -> Span:
        """Return the end of the body, as far as anything of it is left."""
        body = self._graph.body
        ends = (block.terminator.span.outermost().end for block in body.blocks)
        end = max(body.span.end, *ends)
        return body.span._replace(start=end - 1, end=end)

    def _end(self, point: Point, span: Span, *, unwinds: bool = False) -> None:
        """What the body returns, or passes on unwinding, may not borrow from its own storage.

        Where a call `unwinds` out of the body at once, loans end with it but for those of regions
        that go on in the caller.
        """
        for loan in self._in_scope.get(point, ()):
            if unwinds and not self._solved.values.ends(loan.region):
                continue
            if outlives_body(self._solved, loan):
                draft = self._lifetimes.draft(loan, point, Place(loan.local), span, None)
                if draft is not None:
                    self._drafts.append(draft)
