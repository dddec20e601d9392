"""The words for uses of what was moved or never set: E0381, E0382, E0384."""

from enum import Enum

from freehold.dataflow.points import Point
from freehold.diagnostics.codes_rust_borrow import (
    ASSIGNED_TWICE,
    USE_OF_MOVED,
    USE_OF_UNINITIALISED,
)
from freehold.mir.body import Body, LocalKind
from freehold.mir.statements import CallSource
from freehold.mir.typing import is_box
from freehold.mir.values import Deref, Local, Place
from freehold.ownership.describe import Places
from freehold.ownership.findings import Draft
from freehold.ownership.moves import Init, MoveData, MoveId
from freehold.ownership.paths import PathId
from freehold.ownership.sites import MoveSite, Sites
from freehold.ownership.spans import (
    CALL_TRAITS,
    UNARY_OPERATORS,
    ClosureUse,
    PlainUse,
    ReceiverUse,
    UseSpans,
    argument_of,
    borrow_spans,
    move_spans,
)
from freehold.records import dataclass
from freehold.source import Span
from freehold.types import Type
from freehold.types.generic import AdtType, RefType


class Action(Enum):
    """What needs a place to be initialised: in the noun, in the past tense, loosely."""

    BORROW = ("borrow", "borrowed", "used")
    MATCH = ("use", "matched on", "used")
    USE = ("use", "used", "used")
    ASSIGN = ("assign", "assigned", "assigned")
    PARTIAL = ("assign to part", "partially assigned", "partially assigned")

    @property
    def noun(self) -> str:
        """As in "borrow of moved value"."""
        return self.value[0]

    @property
    def past(self) -> str:
        """As in "value borrowed here after move"."""
        return self.value[1]

    @property
    def loose(self) -> str:
        """As in "used binding `x` isn't initialized"."""
        return self.value[2]


ASSIGNS = frozenset({Action.ASSIGN, Action.PARTIAL})


@dataclass(frozen=True, slots=True)
class Use:
    """`place` is used at `point`."""

    point: Point
    action: Action
    place: Place
    span: Span


class UseReporter:
    """Gathers findings of one body: one for each set of moves, one for each unset variable."""

    def __init__(self, body: Body, places: Places, data: MoveData) -> None:
        self._body = body
        self._places = places
        self._data = data
        self._sites = Sites(body, data)
        self._unset: set[int] = set()
        self._moved: dict[tuple[MoveId, ...], tuple[Place, Draft]] = {}
        self._others: list[Draft] = []

    def drafts(self) -> list[Draft]:
        """Return what was found."""
        return [*self._others, *(draft for _, draft in self._moved.values())]

    def lost(self, use: Use, lost: Place, path: PathId) -> None:
        """Report that `use` needs `lost`, which may be uninitialised; `path` is what is missing."""
        spans = move_spans(self._data.graph, self._places.answers, lost, use.point)
        if isinstance(spans, PlainUse):
            spans = borrow_spans(self._data.graph, use.span, use.point)
        sites, set_again = self._sites.before(use.point, path)
        if not sites:
            if use.place.base not in self._unset:
                assert isinstance(use.place.base, int)
                self._unset.add(use.place.base)
                self._others.append(self._uninitialised(use, lost, path, spans))
            return
        moves = tuple(dict.fromkeys(site.move for site in sites))
        earlier = self._moved.get(moves)
        if earlier is None or not _is_prefix(use.place, earlier[0]):
            wording = _Moved(self._body, self._places, self._data, use)
            self._moved[moves] = use.place, wording.draft(lost, sites, set_again, spans)

    # ------------------------------------------------------------------------------- E0381

    def _uninitialised(self, use: Use, lost: Place, path: PathId, spans: UseSpans) -> Draft:
        at = spans.span
        inits = [self._data.inits[number] for number in self._data.inits_of.get(path, ())]
        earlier = [span for init in inits if (span := init_span(self._data, init)) is not None]
        elsewhere = [span for span in earlier if not _contains(span, at)]
        name = self._places.describe(lost, downcasts=False)
        if use.action in ASSIGNS:
            state = "isn't fully initialized"
        else:
            state = "is possibly-uninitialized" if elsewhere else "isn't initialized"
        facts = {
            "used": use.action.loose,
            "name": "" if name is None else f"`{name}` ",
            "state": state,
        }
        draft = Draft(USE_OF_UNINITIALISED, at, facts)
        path_name = self._places.describe(use.place, downcasts=False)
        shown = "value" if path_name is None else f"`{path_name}`"
        draft.label(at, f"{shown} {use.action.loose} here but it {state}")
        _label_capture(draft, spans, use.action)
        for span in elsewhere:
            if span.start < at.start and not _contains(at, span):
                draft.label(span, "binding initialized here in some conditions")
        assert isinstance(lost.base, int)
        declared = self._body.locals[lost.base].span
        draft.label(declared, "binding declared here but left uninitialized")
        if use.action in ASSIGNS:
            draft.advise(
                "partial initialization isn't supported, fully initialize the binding with a "
                "default value and mutate it, or use `std::mem::MaybeUninit`"
            )
        elif not elsewhere:
            draft.advise("consider assigning a value")
        return draft

    # ------------------------------------------------------------------------------- E0384

    def assigned_again(self, local: Local, span: Span, first: Init) -> None:
        """Report a second assignment to an immutable variable."""
        decl = self._body.locals[local]
        argument = decl.kind is LocalKind.ARGUMENT
        what = "to immutable argument" if argument else "twice to immutable variable"
        name = self._places.any(Place(local))
        draft = Draft(ASSIGNED_TWICE, span, {"what": what, "name": name})
        draft.label(span, f"cannot assign {what}")
        binding = decl.binding
        matched = binding is not None and binding.matched is not None
        with_value = binding is not None and binding.initialiser is not None
        earlier = decl.span if matched or with_value else init_span(self._data, first)
        if not argument and earlier is not None and earlier != span:
            draft.label(earlier, f"first assignment to {name}")
        draft.advise(f"consider making this binding mutable: `mut {decl.name}`")
        draft.make_mutable(decl.name, decl.span)
        if matched and not argument:
            draft.advise(
                f"to modify the original value, take a borrow instead: `ref mut {decl.name}`"
            )
        self._others.append(draft)


class _Moved:
    """Words one use of a moved value: E0382."""

    def __init__(self, body: Body, places: Places, data: MoveData, use: Use) -> None:
        self._body = body
        self._places = places
        self._data = data
        self._use = use

    def draft(
        self, lost: Place, sites: list[MoveSite], set_again: list[Point], spans: UseSpans
    ) -> Draft:
        partial = any(self._is_partial(self._moved_place(site)) for site in sites)
        name = self._places.describe(lost, downcasts=False)
        facts = {
            "action": self._use.action.noun,
            "partially": "partially " if partial else "",
            "name": "" if name is None else f": `{name}`",
        }
        draft = Draft(USE_OF_MOVED, spans.span, facts)
        for at in set_again[:3] if len(set_again) == 1 else ():
            draft.label(self._data.graph.span(at), "this reinitialization might get skipped")
        in_place = self._explain_sites(draft, sites, partial=partial)
        _label_capture(draft, spans, self._use.action)
        if not in_place:
            after = "partial move" if partial else "move"
            draft.label(draft.at, f"value {self._use.action.past} here after {after}")
        self._say_type(draft, sites[0], partial=partial)
        if in_place and not isinstance(spans, ClosureUse):
            self._advise_reborrow(draft, sites[0])
        return draft

    def _moved_place(self, site: MoveSite) -> Place:
        return self._data.paths[self._data.moves[site.move].path].place

    def _is_partial(self, moved: Place) -> bool:
        """Say whether only a part of what is used was moved: the content of a box is all of it."""
        used = self._use.place
        if moved == used or not _is_prefix(used, moved):
            return False
        whole_box = moved.projections == (Deref(),) and is_box(self._places.type(Place(moved.base)))
        return not whole_box

    def _explain_sites(self, draft: Draft, sites: list[MoveSite], *, partial: bool) -> bool:
        """Label where the value was moved; say whether the use is itself one of the moves."""
        in_place = False
        seen: set[Span] = set()
        for site in sites:
            move = self._data.moves[site.move]
            place = self._moved_place(site)
            spans = move_spans(self._data.graph, self._places.answers, place, move.point)
            here = move.point == self._use.point
            in_place |= here
            if spans.span not in seen:
                seen.add(spans.span)
                looped = here or site.looped
                self._explain(draft, place, spans, partial=partial, looped=looped)
        return in_place

    def _explain(
        self, draft: Draft, place: Place, spans: UseSpans, *, partial: bool, looped: bool
    ) -> None:
        loop = ", in previous iteration of loop" if looped else ""
        moved = "partially moved" if partial else "moved"
        if isinstance(spans, ReceiverUse):
            explain_receiver(draft, self._places.any(place), spans, moved, loop)
        elif looped or spans.span != draft.at:
            closure = " into closure" if isinstance(spans, ClosureUse) else ""
            draft.label(spans.span, f"value {moved}{closure} here{loop}")
        if isinstance(spans, ClosureUse) and not looped:
            draft.label(spans.inside, f"variable {moved} due to use in closure")
        self._advise_clone(draft, place, spans)

    def _advise_clone(self, draft: Draft, place: Place, spans: UseSpans) -> None:
        ty = self._places.type(place)
        clone = self._places.answers.is_clone(ty)
        match spans:
            case PlainUse(pattern=True):
                draft.advise("borrow this binding in the pattern to avoid moving the value: `ref`")
            case ReceiverUse(source=CallSource.FOR):
                shown = self._places.show(ty)
                draft.advise(
                    f"consider iterating over a slice of the `{shown}`'s content to avoid moving "
                    "into the `for` loop: `&`"
                )
            case ReceiverUse():
                if isinstance(ty, AdtType) and ty.definition.name in ("Option", "Result"):
                    draft.advise(
                        "consider calling `.as_ref()` or `.as_mut()` to borrow the type's contents"
                    )
                if clone:
                    draft.advise(
                        "you can `clone` the value and consume it, but this might not be your "
                        "desired behavior: `.clone()`"
                    )
            case ClosureUse():
                if clone:
                    draft.advise(
                        "consider cloning the value before moving it into the closure: `.clone()`"
                    )
            case PlainUse():
                self._advise_argument(draft, spans, ty, clone=clone)

    def _advise_argument(self, draft: Draft, spans: PlainUse, ty: Type, *, clone: bool) -> None:
        """Say what could be done about a plain move: borrow in the function called, or clone."""
        taken = argument_of(self._data.graph, spans.span)
        parameter = None if taken is None else self._places.answers.parameter(*taken)
        if parameter is not None:
            draft.label(parameter.span, "this parameter takes ownership of the value")
            draft.label(parameter.function_span, "in this function")
            draft.note(
                f"consider changing this parameter type in {parameter.kind} "
                f"`{parameter.function}` to borrow instead if owning the value isn't necessary"
            )
        if clone:
            draft.advise(
                "consider cloning the value if the performance cost is acceptable: `.clone()`"
            )
        elif isinstance(ty, AdtType) and ty.definition.span.source is spans.span.source:
            name = ty.definition.name
            draft.label(ty.definition.span, "consider implementing `Clone` for this type")
            draft.note(f"if `{name}` implemented `Clone`, you could clone the value")

    def _say_type(self, draft: Draft, site: MoveSite, *, partial: bool) -> None:
        place = self._moved_place(site)
        name = self._places.describe(place, downcasts=False)
        shown = "value" if name is None else f"`{name}`"
        ty = self._places.show(self._places.type(place))
        move = "partial move" if partial else "move"
        text = (
            f"{move} occurs because {shown} has type `{ty}`, "
            "which does not implement the `Copy` trait"
        )
        if place.projections:
            draft.note(text)
        else:
            assert isinstance(place.base, int)
            draft.label(self._body.locals[place.base].span, text)

    def _advise_reborrow(self, draft: Draft, site: MoveSite) -> None:
        place = self._moved_place(site)
        ty = self._places.type(place)
        if isinstance(ty, RefType) and ty.mutable:
            name = self._places.describe(place)
            draft.advise(f"consider creating a fresh reborrow of {name} here: `&mut *{name}`")


def explain_receiver(draft: Draft, name: str, spans: ReceiverUse, moved: str, loop: str) -> None:
    """Label a call that takes its receiver by value."""
    facts = spans.callee
    if facts.trait in CALL_TRAITS:
        draft.label(spans.call, f"{name} {moved} due to this call{loop}")
        draft.note("this value implements `FnOnce`, which causes it to be moved when called")
    elif spans.source is CallSource.OPERATOR:
        draft.label(spans.call, f"{name} {moved} due to usage in operator{loop}")
        what = "value" if facts.trait in UNARY_OPERATORS else "left-hand side"
        draft.note(f"calling this operator moves the {what}")
    elif spans.source is CallSource.FOR:
        draft.label(spans.call, f"{name} {moved} due to this implicit call to `.into_iter()`{loop}")
        draft.note(f"`{facts.path}` takes ownership of the receiver `self`, which moves {name}")
    else:
        draft.label(spans.call, f"{name} {moved} due to this method call{loop}")
        draft.note(f"`{facts.path}` takes ownership of the receiver `self`, which moves {name}")


def _label_capture(draft: Draft, spans: UseSpans, action: Action) -> None:
    if not isinstance(spans, ClosureUse):
        return
    words = {Action.BORROW: "borrow", Action.ASSIGN: "assign", Action.PARTIAL: "assign to part"}
    draft.label(spans.inside, f"{words.get(action, 'use')} occurs due to use in closure")


def init_span(data: MoveData, init: Init) -> Span | None:
    """Return where an initialisation stands; None, of arguments."""
    return None if init.point is None else data.graph.span(init.point)


def _contains(outer: Span, inner: Span) -> bool:
    if outer.source is not inner.source:
        return False
    return outer.start <= inner.start and inner.end <= outer.end


def _is_prefix(short: Place, long: Place) -> bool:
    count = len(short.projections)
    return short.base == long.base and long.projections[:count] == short.projections
