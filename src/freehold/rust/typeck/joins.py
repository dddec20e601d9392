"""One type for several expressions: arms, branches, breaks, returns, elements (Reference 10.7.3).

The first one coerces to what is expected; each other one to the type so far or, if it cannot, all
before it to the new one's type.
"""

from collections.abc import Callable

from freehold.diagnostics import Diagnostic
from freehold.records import dataclass, field
from freehold.rust.infer import Mismatch
from freehold.rust.infer.adjust import BorrowStep, DerefStep, NeverStep
from freehold.rust.traits import Joined, join
from freehold.rust.typeck.checker import Checker
from freehold.rust.typeck.draft import Draft
from freehold.source import Span
from freehold.types import NEVER, UNIT, NeverType, Type
from freehold.types.generic import RefType

Wording = Callable[[Diagnostic], Diagnostic]


@dataclass(slots=True, eq=False)
class Join:
    """The expressions so far. `expected` is what they should be; `merged` what they are."""

    expected: Type
    merged: Type | None = None
    drafts: list[Draft] = field(default_factory=list)

    def type(self) -> Type:
        """Return the type of all of them; `!` if there are none."""
        return NEVER if self.merged is None else self.merged

    def so_far(self) -> Type:
        """Return what the next one should be."""
        return self.expected if self.merged is None else self.merged

    def add(
        self,
        cx: Checker,
        draft: Draft,
        wording: Wording | None = None,
        at: Span | None = None,
    ) -> bool:
        """Take one more expression; E0308 at `at` if its type does not fit."""
        cx.fulfilment.select()
        mismatch = self._merge(cx, draft)
        self.drafts.append(draft)
        if mismatch is None:
            return True
        before = self.so_far()
        _say(cx, at or draft.span, before, draft.adjusted, mismatch, wording)
        if self.merged is None:
            self.merged = before
        return False

    def add_unit(self, cx: Checker, span: Span, wording: Wording | None = None) -> bool:
        """Take a () that no expression stands for: a missing `else`, tail or value."""
        mismatch = cx.unify(self.so_far(), UNIT)
        if mismatch is None:
            self.merged = self.so_far()
            return True
        _say(cx, span, self.so_far(), UNIT, mismatch, wording)
        self.merged = self.so_far()
        return False

    def _merge(self, cx: Checker, draft: Draft) -> Mismatch | None:
        if self.merged is None:
            mismatch = cx.coerce(draft, self.expected)
            if mismatch is None:
                self.merged = cx.shallow(draft.adjusted)
            return mismatch
        found = lub(cx, self.drafts, self.merged, draft)
        if isinstance(found, Mismatch):
            return found
        self.merged = found
        return None


def _say(
    cx: Checker,
    span: Span,
    expected: Type,
    found: Type,
    mismatch: Mismatch,
    wording: Wording | None,
) -> None:
    before = len(cx.diagnostics)
    cx.mismatch(span, expected, found, mismatch)
    if wording is not None and len(cx.diagnostics) > before:
        cx.diagnostics[-1] = wording(cx.diagnostics[-1])


def lub(cx: Checker, before: list[Draft], merged: Type, new: Draft) -> Type | Mismatch:
    """Coerce `new` or all drafts `before` it so that they have one type, and return it."""
    untouched = all(_untouched(draft) for draft in before)
    found = join(cx.fulfilment, merged, new.adjusted, new.span, untouched=untouched)
    if not isinstance(found, Joined):
        return found
    if found.before:
        for draft in before:
            draft.adjustments = []
            steps = found.before
            if isinstance(cx.shallow(draft.type), NeverType):
                steps = (NeverStep(found.type),)
            cx.adjust(draft, steps)
    cx.adjust(new, found.new)
    return found.type


def _untouched(draft: Draft) -> bool:
    """Tell whether a draft has no coercion yet but a reborrow of the same mutability."""
    match draft.adjustments:
        case [] | [NeverStep()]:
            return True
        case [DerefStep(overloaded=None), BorrowStep(_, mutable)]:
            return isinstance(draft.type, RefType) and draft.type.mutable is mutable
        case _:
            return False
