"""The words for what ends while it is borrowed: E0597, E0515, E0716, E0713, E0373, E0521."""

from freehold.borrow.access import Mode
from freehold.borrow.context import Context
from freehold.borrow.explain import (
    Dropped,
    Explainer,
    Explanation,
    Later,
    MustLast,
    UsedLater,
    add,
)
from freehold.borrow.loans import Loan
from freehold.borrow.regions import Category
from freehold.dataflow.points import Point
from freehold.diagnostics.codes_rust_borrow import (
    CLOSURE_OUTLIVES,
    DATA_ESCAPES,
    DOES_NOT_LIVE,
    DROP_WHILE_BORROWED,
    RETURN_OF_LOCAL,
    TEMPORARY_DROPPED,
)
from freehold.mir.body import LocalKind
from freehold.mir.typing import is_box
from freehold.mir.values import Downcast, FieldOf, Local, Place
from freehold.ownership.findings import Draft
from freehold.ownership.spans import ClosureUse, UseSpans, borrow_spans
from freehold.source import Span
from freehold.types import Type
from freehold.types.generic import AdtType

_ESCAPES = frozenset({Category.RETURN, Category.CALL_ARGUMENT, Category.OPAQUE, Category.HIDDEN})


class LifetimeWords:
    """Words the ends of borrowed places of one body."""

    def __init__(self, solved: Context, explainer: Explainer) -> None:
        self._solved = solved
        self._places = solved.places
        self._explainer = explainer
        self._reported: set[tuple[Local, Span]] = set()

    def draft(
        self, loan: Loan, point: Point, ended: Place, span: Span, mode: Mode | None
    ) -> Draft | None:
        """Return the finding: `ended` ends at `span` while `loan` is in scope. Once for each loan.

        `mode` is None where the body returns.
        """
        graph = self._solved.graph
        issued = borrow_spans(graph, graph.span(loan.point), loan.point)
        borrowed = issued.inside if isinstance(issued, ClosureUse) else issued.span
        if (loan.local, borrowed) in self._reported:
            return None
        self._reported.add((loan.local, borrowed))
        dropped = self._destructor_of(loan.place)
        if dropped is not None and not _is_prefix(loan.place, ended):
            return self._across_destructor(loan, point, ended, span, dropped)
        name = self._places.describe(loan.place)
        if mode is None:  # nothing in the body comes after it
            found: Explanation = self._explainer.must_last(loan)
        else:
            found = self._explainer.explain(point, loan, None if name is None else ended)
        escaping = self._escaping(name, issued, borrowed, found)
        if escaping is not None:
            return escaping
        if name is None:
            return self._temporary(loan, span, issued, found)
        return self._local(loan, name, span, issued, found)

    # ------------------------------------------------------------------------------- closures

    def _escaping(
        self, name: str | None, issued: UseSpans, borrowed: Span, found: Explanation
    ) -> Draft | None:
        captured = isinstance(found, UsedLater) and found.how is Later.CLOSURE
        if name is not None and isinstance(issued, ClosureUse) and captured:
            draft = _closure_outlives(f"`{name}`", "block", issued, borrowed)
            draft.note("block requires argument type to outlive `'1`")
            return draft
        if not isinstance(found, MustLast) or found.blame.from_closure:
            return None
        category = found.blame.category
        if name is not None and isinstance(issued, ClosureUse) and category in _ESCAPES:
            return self._capture_escapes(name, issued, borrowed, found)
        if found.name.upvar and category is Category.ASSIGNMENT:
            return self._assigned_outside(name, borrowed, found)
        return None

    def _capture_escapes(
        self, name: str, issued: ClosureUse, borrowed: Span, found: MustLast
    ) -> Draft:
        note = f"function requires argument type to outlive `{found.name.text}`"
        if found.blame.category is not Category.CALL_ARGUMENT:
            note = "closure is returned here"
        draft = _closure_outlives(f"`{name}`", "function", issued, borrowed)
        if found.blame.category is Category.CALL_ARGUMENT:
            found.name.explain(draft)
        draft.label(found.blame.span, note)
        return draft

    def _assigned_outside(self, name: str | None, borrowed: Span, found: MustLast) -> Draft:
        where = self._solved.regions.kind
        draft = Draft(DATA_ESCAPES, found.blame.span, {"where": where})
        upvar = found.name
        if upvar.span is not None:
            text = f"`{upvar.upvar}` declared here, outside of the {where} body"
            draft.label(upvar.span, text)
        draft.label(borrowed, f"borrow is only valid in the {where} body")
        what = "reference" if name is None else f"reference to `{name}`"
        draft.label(found.blame.span, f"{what} escapes the {where} body here")
        return draft

    # ------------------------------------------------------------------------------- locals

    def _local(
        self, loan: Loan, name: str, span: Span, issued: UseSpans, found: Explanation
    ) -> Draft:
        borrowed = issued.inside if isinstance(issued, ClosureUse) else issued.span
        if isinstance(found, MustLast) and not found.blame.from_closure:
            returned = self._returned(loan, borrowed, found, found.place)
            if returned is not None:
                return returned
        draft = Draft(DOES_NOT_LIVE, borrowed, {"name": f"`{name}`"})
        draft.label(borrowed, "borrowed value does not live long enough")
        declared = self._solved.analysed.body.locals[loan.local]
        if declared.name and not loan.place.projections:
            draft.label(declared.span, f"binding `{declared.name}` declared here")
        draft.label(span, f"`{name}` dropped here while still borrowed")
        if isinstance(issued, ClosureUse):
            draft.label(issued.span, "value captured here")
        add(draft, found, self._places, "", borrowed)
        return draft

    def _temporary(self, loan: Loan, span: Span, issued: UseSpans, found: Explanation) -> Draft:
        made = self._solved.analysed.body.locals[loan.local].span
        if isinstance(found, MustLast) and not found.blame.from_closure:
            returned = self._returned(loan, made, found, None)
            if returned is not None:
                return returned
        draft = Draft(TEMPORARY_DROPPED, made, {})
        draft.label(made, "creates a temporary value which is freed while still in use")
        draft.label(span, "temporary value is freed at the end of this statement")
        if isinstance(found, UsedLater | Dropped):
            draft.note("consider using a `let` binding to create a longer lived value")
        add(draft, found, self._places)
        if isinstance(issued, ClosureUse):
            draft.label(issued.span, "value captured here")
        return draft

    def _returned(
        self, loan: Loan, borrowed: Span, found: MustLast, name: str | None
    ) -> Draft | None:
        """Word what returns a reference to a local."""
        action = _RETURNS.get(found.blame.category)
        if action is None:
            return None
        at = found.blame.span
        direct = at == self._solved.graph.span(loan.point)
        what = "reference to" if direct else "value referencing"
        place, note = self._returned_place(loan, name)
        facts = {"action": action, "what": what, "name": place}
        draft = Draft(RETURN_OF_LOCAL, at, facts)
        draft.label(at, f"{action}s a {what} data owned by the current function")
        if at != borrowed:
            draft.label(borrowed, note)
        return draft

    def _returned_place(self, loan: Loan, name: str | None) -> tuple[str, str]:
        body = self._solved.analysed.body
        kind = body.locals[loan.local].kind
        if name is not None:
            words = "local data "
            if not loan.place.projections:
                words = "local variable "
                if kind is LocalKind.ARGUMENT:
                    captured = self._places.captures and loan.local == 1
                    words = "variable captured by `move` " if captured else "function parameter "
            return f"{words}`{name}`", f"`{name}` is borrowed here"
        if kind is LocalKind.ARGUMENT:
            return "function parameter", "function parameter borrowed here"
        if kind is LocalKind.VARIABLE:
            return "local binding", "local binding introduced here"
        return "temporary value", "temporary value created here"

    # ------------------------------------------------------------------------------- destructors

    def _destructor_of(self, place: Place) -> Type | None:
        """Return the outermost type with a destructor that `place` is inside of."""
        for number, step in enumerate(place.projections):
            if not isinstance(step, FieldOf | Downcast):
                continue
            ty = self._places.step_type(Place(place.base, place.projections[:number]))
            if isinstance(ty, AdtType) and ty.definition.drop is not None and not is_box(ty):
                return ty
        return None

    def _across_destructor(
        self, loan: Loan, point: Point, ended: Place, span: Span, dropped: Type
    ) -> Draft:
        graph = self._solved.graph
        issued = borrow_spans(graph, graph.span(loan.point), loan.point)
        borrowed = issued.inside if isinstance(issued, ClosureUse) else issued.span
        draft = Draft(DROP_WHILE_BORROWED, borrowed, {})
        what = self._places.describe(ended)
        shown = "temporary value" if what is None else f"`{what}`"
        name = self._places.describe(loan.place)
        ty = self._places.show(dropped)
        if name is None:
            text = f"here is drop of {shown}; whose type `{ty}` implements the `Drop` trait"
        else:
            text = (
                f"here, drop of {shown} needs exclusive access to `{name}`, because the type "
                f"`{ty}` implements the `Drop` trait"
            )
        draft.label(span, text)
        found = self._explainer.explain(point, loan, ended)
        if isinstance(found, UsedLater | Dropped):
            draft.note("consider using a `let` binding to create a longer lived value")
        add(draft, found, self._places)
        return draft


_RETURNS = {
    Category.RETURN: "return",
    Category.YIELD: "yield",
    Category.OPAQUE: "return",  # as `impl Trait`
    Category.HIDDEN: "return",
}


def _closure_outlives(name: str, scope: str, issued: ClosureUse, borrowed: Span) -> Draft:
    draft = Draft(CLOSURE_OUTLIVES, issued.span, {"scope": scope, "name": name})
    draft.label(issued.span, f"may outlive borrowed value {name}")
    draft.label(borrowed, f"{name} is borrowed here")
    draft.advise(
        f"to force the closure to take ownership of {name} (and any other referenced variables), "
        "use the `move` keyword: `move`"
    )
    return draft


def _is_prefix(short: Place, long: Place) -> bool:
    count = len(short.projections)
    return short.base == long.base and long.projections[:count] == short.projections
