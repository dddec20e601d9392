"""The words for accesses to what is borrowed: E0499 to E0506, E0510, E0524."""

from freehold.borrow.access import Access, Mode
from freehold.borrow.context import Context
from freehold.borrow.explain import Explainer, add
from freehold.borrow.loans import Loan
from freehold.dataflow.points import Point
from freehold.diagnostics.codes_rust_borrow import (
    ASSIGN_TO_BORROWED,
    BORROW_IN_TWO_CLOSURES,
    BORROW_OF_UNIQUE,
    CHANGE_IN_GUARD,
    MIXED_BORROWS,
    MOVE_OF_BORROWED,
    SECOND_MUTABLE_BORROW,
    TWO_UNIQUE_CLOSURES,
    USE_OF_BORROWED,
)
from freehold.mir.statements import FakeRead, FakeReadCause
from freehold.mir.values import BorrowKind, FieldOf, Place
from freehold.ownership.findings import Draft
from freehold.ownership.spans import ClosureUse, UseSpans, borrow_spans, move_spans
from freehold.source import Span
from freehold.types import AdtKind
from freehold.types.generic import AdtType


class ConflictWords:
    """Words the conflicts of one body."""

    def __init__(self, solved: Context, explainer: Explainer) -> None:
        self._solved = solved
        self._places = solved.places
        self._explainer = explainer

    def draft(self, access: Access, loan: Loan, point: Point) -> Draft:
        """Return the finding: `access` at `point` harms `loan`."""
        match access.mode:
            case Mode.BORROW | Mode.RESERVE | Mode.ACTIVATE:
                return self._borrow(access, loan, point)
            case Mode.COPY:
                return self._use(access, loan, point)
            case Mode.MOVE:
                return self._move(access, loan, point)
            case Mode.MUTATE | Mode.REPLACE | Mode.END:
                return self._assign(access, loan, point)

    def loan_spans(self, loan: Loan) -> UseSpans:
        """Return where `loan` was made, perhaps by a closure."""
        graph = self._solved.graph
        return borrow_spans(graph, graph.span(loan.point), loan.point)

    # ------------------------------------------------------------------------------- E0503, 5, 6

    def _use(self, access: Access, loan: Loan, point: Point) -> Draft:
        issued = self.loan_spans(loan)
        used = move_spans(self._solved.graph, self._places.answers, access.place, point)
        span = used.inside if isinstance(used, ClosureUse) else used.span
        name, borrowed = self._places.any(access.place), self._places.any(loan.place)
        draft = Draft(USE_OF_BORROWED, span, {"name": name})
        draft.label(issued.span, f"{borrowed} is borrowed here")
        draft.label(span, f"use of borrowed {borrowed}")
        _label_inside(draft, issued, f"borrow occurs due to use of {borrowed} in closure")
        self._explain(draft, point, loan)
        return draft

    def _move(self, access: Access, loan: Loan, point: Point) -> Draft:
        issued = self.loan_spans(loan)
        moved = move_spans(self._solved.graph, self._places.answers, access.place, point)
        name, borrowed = self._places.any(access.place), self._places.any(loan.place)
        draft = Draft(MOVE_OF_BORROWED, moved.span, {"name": name})
        declared = self._solved.analysed.body.locals[loan.local]
        if declared.name and not loan.place.projections:
            draft.label(declared.span, f"binding `{declared.name}` declared here")
        draft.label(issued.span, f"borrow of {borrowed} occurs here")
        draft.label(moved.span, f"move out of {name} occurs here")
        _label_inside(draft, issued, "borrow occurs due to use in closure")
        _label_inside(draft, moved, "move occurs due to use in closure")
        self._explain(draft, point, loan, borrowed=issued.span)
        shared = not loan.mutable and not isinstance(issued, ClosureUse)
        if shared and self._places.answers.is_clone(self._places.type(loan.place)):
            draft.advise(
                "consider cloning the value if the performance cost is acceptable: `.clone()`"
            )
        return draft

    def _assign(self, access: Access, loan: Loan, point: Point) -> Draft:
        issued = self.loan_spans(loan)
        name = self._places.any(access.place)
        if loan.kind is BorrowKind.FAKE:
            guarded = self._guarded(access, loan, "assign", name)
            if guarded is not None:
                _label_inside(guarded, issued, "borrow occurs due to use in closure")
                return guarded
        draft = Draft(ASSIGN_TO_BORROWED, access.span, {"name": name})
        draft.label(issued.span, f"{name} is borrowed here")
        draft.label(access.span, f"{name} is assigned to here but it was already borrowed")
        _label_inside(draft, issued, "borrow occurs due to use in closure")
        self._explain(draft, point, loan)
        return draft

    def _guarded(self, access: Access, loan: Loan, action: str, name: str) -> Draft | None:
        where = self._guard_of(loan)
        if where is None:
            return None
        facts = {"action": action, "name": name, "where": where}
        draft = Draft(CHANGE_IN_GUARD, access.span, facts)
        draft.label(access.span, f"cannot {action}")
        draft.label(self._solved.graph.span(loan.point), "value is immutable in " + where)
        return draft

    def _guard_of(self, loan: Loan) -> str | None:
        """Return what a fake borrow guards."""
        words = {
            FakeReadCause.GUARD: "match guard",
            FakeReadCause.INDEX: "indexing expression",
        }
        for block in self._solved.analysed.body.blocks:
            for statement in block.statements:
                if isinstance(statement, FakeRead) and statement.place == loan.target:
                    return words.get(statement.cause)
        return None

    # ------------------------------------------------------------------------------- two borrows

    def _borrow(self, access: Access, loan: Loan, point: Point) -> Draft:
        issued = self.loan_spans(loan)
        again = borrow_spans(self._solved.graph, access.span, point)
        found = self._explainer.explain(point, loan)
        second = "second " if found is not None else ""
        draft, first = self._two_borrows(access, loan, issued, again, second)
        if draft.code is CHANGE_IN_GUARD:
            return draft
        self._label_closures(draft, access, loan, issued, again)
        add(draft, found, self._places, first)
        return draft

    def _two_borrows(
        self, access: Access, loan: Loan, issued: UseSpans, again: UseSpans, second: str
    ) -> tuple[Draft, str]:
        """Return the finding without its explanation, and what to call the first borrow."""
        name = self._names_of_both(access, loan)[0]
        new = "mutable" if access.kind is not BorrowKind.SHARED else "immutable"
        unique = access.kind is BorrowKind.UNIQUE, loan.kind is BorrowKind.UNIQUE
        if loan.kind is BorrowKind.FAKE and new == "mutable":
            guarded = self._guarded(access, loan, "mutably borrow", name)
            if guarded is not None:
                return guarded, ""
        if unique == (True, True):
            return _two_closures(name, issued, again), "first "
        if unique[0]:
            return _closure_second(name, issued, again), "first "
        if unique[1]:
            return _closure_first(name, new, issued, again, second), "first "
        if loan.mutable and new == "mutable":
            return self._mutable_twice(access, loan, issued.span, again.span), "first "
        first = "mutable " if loan.mutable else "immutable "
        return self._mixed(access, loan, new, issued.span, again.span), first

    def _mutable_twice(self, access: Access, loan: Loan, old: Span, new: Span) -> Draft:
        name, this, other, _ = self._names_of_both(access, loan)
        draft = Draft(SECOND_MUTABLE_BORROW, new, {"name": name + _via(this)})
        if old == new:
            draft.label(
                new,
                f"{name}{_via(this)} was mutably borrowed here in the previous iteration of the "
                "loop",
            )
        elif this:
            draft.label(old, f"first borrow occurs here (via {other})")
            draft.label(
                new, f"second borrow occurs here (via {this}) -- which overlaps with {other}"
            )
        else:
            draft.label(old, "first mutable borrow occurs here")
            draft.label(new, "second mutable borrow occurs here")
        self._note_union(draft, access, loan)
        return draft

    def _mixed(self, access: Access, loan: Loan, kind: str, old: Span, new: Span) -> Draft:
        name, this, other, _ = self._names_of_both(access, loan)
        first = "mutable" if loan.mutable else "immutable"
        facts = {
            "name": name + _via(this),
            "kind": kind,
            "noun": "it",
            "other": first + _via(other),
        }
        draft = Draft(MIXED_BORROWS, new, facts)
        if this:
            text = f"{kind} borrow of {this} -- which overlaps with {other} -- occurs here"
            draft.label(new, text)
            draft.label(old, f"{first} borrow of {other} occurs here")
        else:
            draft.label(new, f"{kind} borrow occurs here")
            draft.label(old, f"{first} borrow occurs here")
        self._note_union(draft, access, loan)
        return draft

    def _names_of_both(self, access: Access, loan: Loan) -> tuple[str, str, str, str]:
        """Return the name, and of fields of one union both names and the union's type."""
        if access.place != loan.place:
            union = self._common_union(access.place, loan.place)
            if union is not None:
                ty = self._places.step_type(union)
                assert isinstance(ty, AdtType)
                return (
                    self._places.any(union),
                    self._places.any(access.place),
                    self._places.any(loan.place),
                    self._places.show(ty),
                )
        return self._places.any(access.place), "", "", ""

    def _common_union(self, left: Place, right: Place) -> Place | None:
        for number in reversed(range(len(left.projections))):
            container = Place(left.base, left.projections[:number])
            ty = self._places.step_type(container)
            if isinstance(ty, AdtType) and ty.definition.kind is AdtKind.UNION:
                mine, theirs = left.projections[number], right.projections[number : number + 1]
                same = right.base == left.base
                same = same and right.projections[:number] == container.projections
                different = bool(theirs) and isinstance(theirs[0], FieldOf) and theirs[0] != mine
                return container if same and different else None
        return None

    def _note_union(self, draft: Draft, access: Access, loan: Loan) -> None:
        _, this, other, union = self._names_of_both(access, loan)
        if union:
            draft.note(
                f"{this} is a field of the union `{union}`, so it overlaps the field {other}"
            )

    def _label_closures(
        self, draft: Draft, access: Access, loan: Loan, issued: UseSpans, again: UseSpans
    ) -> None:
        name, other = self._places.any(access.place), self._places.any(loan.place)
        if issued == again:
            _label_inside(draft, again, f"borrows occur due to use of {name} in closure")
        else:
            text = f"first borrow occurs due to use of {other} in closure"
            _label_inside(draft, issued, text)
            _label_inside(draft, again, f"second borrow occurs due to use of {name} in closure")

    def _explain(
        self, draft: Draft, point: Point, loan: Loan, borrowed: Span | None = None
    ) -> None:
        add(draft, self._explainer.explain(point, loan), self._places, "", borrowed)


def _via(name: str) -> str:
    return f" (via {name})" if name else ""


def _label_inside(draft: Draft, spans: UseSpans, text: str) -> None:
    if isinstance(spans, ClosureUse):
        draft.label(spans.inside, text)


def _two_closures(name: str, issued: UseSpans, again: UseSpans) -> Draft:
    draft = Draft(TWO_UNIQUE_CLOSURES, again.span, {"name": name})
    if issued.span == again.span:
        draft.label(again.span, "closures are constructed here in different iterations of loop")
    else:
        draft.label(issued.span, "first closure is constructed here")
        draft.label(again.span, "second closure is constructed here")
    return draft


def _closure_second(name: str, issued: UseSpans, again: UseSpans) -> Draft:
    what = f"closure requires unique access to {name} but it is already borrowed"
    draft = Draft(BORROW_IN_TWO_CLOSURES, again.span, {"what": what})
    draft.label(again.span, "closure construction occurs here")
    draft.label(issued.span, "borrow occurs here")
    return draft


def _closure_first(name: str, kind: str, issued: UseSpans, again: UseSpans, second: str) -> Draft:
    what = f"cannot borrow {name} as {kind} because previous closure requires unique access"
    draft = Draft(BORROW_OF_UNIQUE, again.span, {"what": what})
    draft.label(again.span, f"{second}borrow occurs here")
    draft.label(issued.span, "closure construction occurs here")
    return draft
