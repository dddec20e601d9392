"""The words for writes to what may not be written to: E0594, E0596."""

from freehold.borrow.access import Access, Mode
from freehold.borrow.context import Context
from freehold.dataflow.points import Point
from freehold.diagnostics.codes_rust_borrow import (
    ASSIGN_TO_IMMUTABLE,
    MUTABLE_BORROW_OF_IMMUTABLE,
)
from freehold.mir.body import BindingKind
from freehold.mir.values import Deref, FieldOf, Local, Place
from freehold.ownership.findings import Draft
from freehold.ownership.illegal import overloaded_source
from freehold.ownership.spans import ClosureUse, borrow_spans
from freehold.source import Span
from freehold.types import PointerType
from freehold.types.generic import ClosureType, RefType


class MutabilityWords:
    """Words the forbidden writes of one body. Several borrows of one variable are one finding."""

    def __init__(self, solved: Context) -> None:
        self._solved = solved
        self._places = solved.places
        self._by_binding: dict[Span, tuple[Draft, int]] = {}
        self._others: list[Draft] = []

    def drafts(self) -> list[Draft]:
        """Return what was found."""
        return [*self._others, *(draft for draft, _ in self._by_binding.values())]

    def report(self, access: Access, obstacle: Place, point: Point) -> None:
        """Report `access`, to which `obstacle` is the obstacle.

        What a closure captures from behind a `&` is told where the closure is made.
        """
        capture = self._places.upvar(obstacle)
        if capture is not None and capture.behind_shared:
            return
        named = self._reason(access, obstacle)
        if named is None:
            return
        item, reason = named
        if access.mode is Mode.MUTATE:
            draft = Draft(ASSIGN_TO_IMMUTABLE, access.span, {"what": item + reason})
            draft.label(access.span, self._because(obstacle, "written to") or "cannot assign")
            self._advise(draft, obstacle)
            self._others.append(draft)
            return
        spans = borrow_spans(self._solved.graph, access.span, point)
        text = f"{item} as mutable{reason}"
        draft = Draft(MUTABLE_BORROW_OF_IMMUTABLE, spans.span, {"what": text})
        because = self._because(obstacle, "borrowed as mutable")
        draft.label(spans.span, because or "cannot borrow as mutable")
        if isinstance(spans, ClosureUse):
            name = self._places.any(access.place)
            draft.label(spans.inside, f"mutable borrow occurs due to use of {name} in closure")
        self._advise(draft, obstacle)
        self._collect(draft, obstacle)

    def _because(self, obstacle: Place, done: str) -> str | None:
        """Say that a variable is a reference to what may not be changed."""
        base = obstacle.base
        if len(obstacle.projections) != 1 or not isinstance(base, int):
            return None
        decl = self._solved.analysed.body.locals[base]
        if not decl.name or not isinstance(decl.type, RefType | PointerType):
            return None
        what = "`&` reference" if isinstance(decl.type, RefType) else "`*const` pointer"
        return f"`{decl.name}` is a {what}, so it cannot be {done}"

    def _collect(self, draft: Draft, obstacle: Place) -> None:
        """Add a mutable borrow to the finding for its variable, if there is one."""
        if obstacle.projections or not self._can_be_mut(obstacle):
            self._others.append(draft)
            return
        assert isinstance(obstacle.base, int)
        declared = self._solved.analysed.body.locals[obstacle.base].span
        if declared not in self._by_binding:
            self._by_binding[declared] = draft, 1
            return
        earlier, count = self._by_binding[declared]
        if count == 1:
            moved = Draft(earlier.code, declared, earlier.facts, "not mutable")
            moved.label(earlier.at, earlier.primary)
            moved.labels += earlier.labels
            moved.help, moved.notes = earlier.help, earlier.notes
            moved.fix = earlier.fix
            earlier = moved
        earlier.label(draft.at, "cannot borrow as mutable")
        self._by_binding[declared] = earlier, count + 1

    def _can_be_mut(self, place: Place) -> bool:
        assert isinstance(place.base, int)
        binding = self._solved.analysed.body.locals[place.base].binding
        references = (BindingKind.SELF_REF, BindingKind.SELF_REF_MUT)
        return binding is None or binding.kind not in references

    # ------------------------------------------------------------------------------- reasons

    def _reason(self, access: Access, obstacle: Place) -> tuple[str, str] | None:
        """Return what cannot be written to, and why; None if nothing need be said."""
        item = self._places.any(access.place)
        if not obstacle.projections:
            if not access.place.projections:
                return item, ", as it is not declared as mutable"
            name = self._places.describe(obstacle) or "value"
            return item, f", as `{name}` is not declared as mutable"
        if isinstance(obstacle.projections[-1], FieldOf):
            capture = self._places.upvar(obstacle)
            if self._places.upvar(access.place) is not None or capture is None:
                return item, ", as it is not declared as mutable"
            return item, f", as `{capture.name}` is not declared as mutable"
        return self._behind(access, obstacle, item)

    def _behind(self, access: Access, obstacle: Place, item: str) -> tuple[str, str]:
        base = Place(obstacle.base, obstacle.projections[:-1])
        if not base.projections and isinstance(base.base, int):
            local = Local(base.base)
            if self._places.is_guard_reference(local):
                return item, ", as it is immutable for the pattern guard"
            static = self._places.static(local)
            if static is not None:
                if len(access.place.projections) == 1:
                    return f"immutable static item {item}", ""
                return item, f", as `{static.name}` is an immutable static item"
            if self._is_own_closure(obstacle):
                if self._places.upvar(access.place) is not None:
                    return item, ", as it is a captured variable in a `Fn` closure"
                return item, ", as `Fn` closures cannot mutate their captured variables"
        source = self._source(base)
        if self._places.describe(access.place) is None:
            return f"data in {source}", ""
        word = "which" if access.mode is Mode.MUTATE else "as it"
        return item, f", {word} is behind {source}"

    def _is_own_closure(self, obstacle: Place) -> bool:
        if obstacle.base != 1 or not self._places.captures:
            return False
        return isinstance(self._places.step_type(obstacle), ClosureType)

    def _source(self, base: Place) -> str:
        overloaded = overloaded_source(self._places, self._solved.analysed.data, base)
        if overloaded is not None:
            return overloaded.replace("index of", "an index of", 1)
        if isinstance(self._places.step_type(base), PointerType):
            return "a `*const` pointer"
        return "a `&` reference"

    # ------------------------------------------------------------------------------- help

    def _advise(self, draft: Draft, obstacle: Place) -> None:
        assert isinstance(obstacle.base, int)
        decl = self._solved.analysed.body.locals[obstacle.base]
        if not obstacle.projections:
            if decl.name and self._can_be_mut(obstacle):
                draft.advise(f"consider changing this to be mutable: `mut {decl.name}`")
                draft.make_mutable(decl.name, decl.span)
            return
        capture = self._places.upvar(obstacle)
        if capture is not None:
            draft.advise(f"consider changing this to be mutable: `mut {capture.name}`")
        elif obstacle.projections == (Deref(),) and decl.name:
            draft.advise("consider changing this to be a mutable reference: `&mut`")
