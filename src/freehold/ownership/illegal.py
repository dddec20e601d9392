"""The words for moves that there can be none of: E0507, E0508, E0509.

The bindings of one pattern make one finding, as long as they stand before the same obstacle.
"""

from collections.abc import Callable

from freehold.dataflow.points import Point
from freehold.diagnostics.codes_rust_borrow import (
    MOVE_OUT_OF_ARRAY,
    MOVE_OUT_OF_BORROWED,
    MOVE_OUT_OF_DROP,
)
from freehold.mir.body import BindingKind, Body
from freehold.mir.statements import Assign, Call, CallSource
from freehold.mir.values import ItemConst, Local, Move, Place, Use
from freehold.ownership.describe import Places
from freehold.ownership.findings import Draft
from freehold.ownership.moves import IllegalMove, MoveData
from freehold.ownership.paths import Illegal, Obstacle, PathId
from freehold.ownership.spans import ClosureUse, ReceiverUse, UseSpans, move_spans
from freehold.ownership.uses import explain_receiver
from freehold.records import dataclass, field
from freehold.source import Span
from freehold.types import ArrayType, PointerType, SliceType, Type
from freehold.types.generic import (
    AdtType,
    ClosureDef,
    ClosureType,
    FnDefType,
    GenericArrayType,
    RefType,
    type_argument,
)


@dataclass(slots=True)
class _Group:
    """One finding: `spans` of a move that is no binding's; `path`: all in the same part."""

    at: Span
    place: Place
    why: Illegal
    spans: UseSpans | None = None
    whole: bool = False
    path: PathId | None = None
    bindings: list[Local] = field(default_factory=list)


def report_illegal(places: Places, data: MoveData, reached: Callable[[Point], bool]) -> list[Draft]:
    """Return a finding for each group of illegal moves that control may come to."""
    groups: list[_Group] = []
    for move in data.illegal:
        if reached(move.point):
            _add(groups, move, places, data)
    return [_Words(places, data).draft(group) for group in groups]


def _add(groups: list[_Group], move: IllegalMove, places: Places, data: MoveData) -> None:
    bound = _bound_local(places.body, data, move)
    if bound is None:
        spans = move_spans(data.graph, places.answers, move.place, move.point)
        groups.append(_Group(spans.span, move.place, move.why, spans))
        return
    binding = places.body.locals[bound].binding
    assert binding is not None
    if binding.matched is None or binding.place is None:
        span = data.graph.span(move.point)
        groups.append(_Group(span, move.place, move.why, whole=True))
        return
    _, exact = data.paths.find(binding.place)
    path = data.paths.find(move.place)[0] if exact else None
    for group in groups:
        same = group.spans is None and group.at == binding.matched and group.path == path
        if same and group.bindings:
            group.bindings.append(bound)
            return
    whole = not exact
    made = _Group(binding.matched, move.place, move.why, None, whole, path, [bound])
    groups.append(made)


def _bound_local(body: Body, data: MoveData, move: IllegalMove) -> Local | None:
    """Return the variable that the move sets, if it is a pattern's or a `let`'s."""
    statement = data.graph.at(move.point)
    match statement:
        case Assign(Place(int(local), ()), Use(Move(_))):
            binding = body.locals[local].binding
            if binding is not None and (binding.matched or binding.kind is BindingKind.LET):
                return Local(local)
            return None
        case _:
            return None


class _Words:
    def __init__(self, places: Places, data: MoveData) -> None:
        self._places = places
        self._data = data

    def draft(self, group: _Group) -> Draft:
        draft = self._headed(group)
        if group.bindings:
            if group.whole:
                draft.advise("consider borrowing here: `&`")
            self._label_bindings(draft, group.bindings)
        else:
            self._label_move(draft, group)
        return draft

    def _headed(self, group: _Group) -> Draft:
        why = group.why
        match why.obstacle:
            case Obstacle.HAS_DROP:
                facts = {"type": self._places.show(why.type)}
                draft = Draft(MOVE_OUT_OF_DROP, group.at, facts)
            case Obstacle.INDEX | Obstacle.SLICE:
                return self._of_array(group.at, why.type)
            case Obstacle.BORROWED:
                return self._borrowed(group)
        draft.label(group.at, "cannot move out of here")
        return draft

    def _of_array(self, at: Span, ty: Type) -> Draft:
        kind = "slice" if isinstance(ty, SliceType) else "array"
        draft = Draft(MOVE_OUT_OF_ARRAY, at, {"type": self._places.show(ty), "kind": kind})
        draft.label(at, "cannot move out of here")
        return draft

    # ------------------------------------------------------------------------------- E0507

    def _borrowed(self, group: _Group) -> Draft:
        target = group.why.prefix
        base = Place(target.base, target.projections[:-1])
        if not base.projections and isinstance(base.base, int):
            local = Local(base.base)
            if self._places.is_guard_reference(local):
                return self._guarded(group, local)
            if self._places.static(local) is not None:
                return self._static(group, target)
        if isinstance(group.why.type, ArrayType | SliceType | GenericArrayType):
            return self._of_array(group.at, group.why.type)
        captured = self._captured(group)
        if captured is not None:
            return captured
        name = self._places.describe(group.place)
        source, unnamed = _content_source(self._places, self._data, base)
        what = unnamed
        if name is not None and source is not None:
            what = f"`{name}` which is behind a {source}"
        draft = Draft(MOVE_OUT_OF_BORROWED, group.at, {"what": what})
        self._advise_content(draft, group)
        return draft

    def _guarded(self, group: _Group, local: Local) -> Draft:
        name = self._places.body.locals[local].name
        draft = Draft(MOVE_OUT_OF_BORROWED, group.at, {"what": f"`{name}` in pattern guard"})
        draft.note(
            "variables bound in patterns cannot be moved from until after the end of the "
            "pattern guard"
        )
        return draft

    def _static(self, group: _Group, target: Place) -> Draft:
        name = self._places.any(group.place)
        what = f"static item {name}"
        if len(group.place.projections) > 1:
            what = f"{name} as {self._places.any(target)} is a static item"
        return Draft(MOVE_OUT_OF_BORROWED, group.at, {"what": what})

    def _captured(self, group: _Group) -> Draft | None:
        """Word a move out of what an Fn or FnMut closure has captured."""
        closure = group.why.type
        if not isinstance(closure, ClosureType):
            return None
        own = self._own_closure()
        if closure.definition is not own:
            return None
        for number in range(len(group.place.projections), 0, -1):
            prefix = Place(group.place.base, group.place.projections[:number])
            capture = self._places.upvar(prefix)
            if capture is None:
                continue
            kind = f"captured variable in an `{own.kind.value}` closure"
            name = self._places.any(group.place)
            what = f"{name}, as `{capture.name}` is a {kind}"
            if self._places.upvar(group.place) is not None:
                what = f"{name}, a {kind}"
            draft = Draft(MOVE_OUT_OF_BORROWED, group.at, {"what": what})
            draft.label(own.span, f"captured by this `{own.kind.value}` closure")
            return draft
        return None

    def _own_closure(self) -> ClosureDef | None:
        generic = self._places.body.generic
        assert generic is not None
        own = generic.definition
        return own if isinstance(own, ClosureDef) else None

    def _advise_content(self, draft: Draft, group: _Group) -> None:
        ty = self._places.type(group.place)
        name = ty.definition.name if isinstance(ty, AdtType) else ""
        closure = isinstance(group.spans, ClosureUse)
        if name in ("Option", "Result") and not closure and not group.bindings:
            draft.advise(
                "consider calling `.as_ref()` or `.as_mut()` to borrow the type's contents"
            )
        elif isinstance(group.spans, ReceiverUse):
            moved = self._places.any(group.place)
            explain_receiver(draft, moved, group.spans, "moved", "")

    # ------------------------------------------------------------------------------- labels

    def _label_move(self, draft: Draft, group: _Group) -> None:
        spans = group.spans
        span = spans.inside if isinstance(spans, ClosureUse) else group.at
        name = self._places.any(group.place)
        self._label_type(draft, span, name, self._places.type(group.place))
        if isinstance(spans, ClosureUse):
            draft.label(group.at, f"{name} is moved here")
        if group.whole:
            draft.advise("consider borrowing here: `&`")
        elif self._places.answers.is_clone(self._places.type(group.place)):
            draft.advise(
                "consider cloning the value if the performance cost is acceptable: `.clone()`"
            )

    def _label_bindings(self, draft: Draft, bindings: list[Local]) -> None:
        ordered = sorted(set(bindings))
        for number, local in enumerate(ordered):
            decl = self._places.body.locals[local]
            draft.label(decl.span, "...and here" if number else "data moved here")
        if len(ordered) == 1:
            decl = self._places.body.locals[ordered[0]]
            draft.note(_no_copy(f"`{decl.name}`", self._places.show(decl.type)))
            draft.advise(f"consider borrowing the pattern binding: `ref {decl.name}`")
        else:
            draft.note(
                "move occurs because these variables have types that don't implement the "
                "`Copy` trait"
            )

    def _label_type(self, draft: Draft, span: Span, name: str, ty: Type) -> None:
        text = _no_copy(name, self._places.show(ty))
        if span == draft.at and draft.primary:
            draft.note(text)
        else:
            draft.label(span, text)


def _no_copy(name: str, ty: str) -> str:
    return f"move occurs because {name} has type `{ty}`, which does not implement the `Copy` trait"


def _content_source(places: Places, data: MoveData, base: Place) -> tuple[str | None, str]:
    """Return what the content behind `base` is behind: for a place with a name, and without."""
    overloaded = overloaded_source(places, data, base)
    if overloaded is not None:
        return None, overloaded
    ty = places.step_type(base)
    if isinstance(ty, PointerType):
        return "raw pointer", "a raw pointer"
    if isinstance(ty, RefType) and ty.mutable:
        return "mutable reference", "a mutable reference"
    return "shared reference", "a shared reference"


def overloaded_source(places: Places, data: MoveData, base: Place) -> str | None:
    """Return what overloaded `*` or `[]` gave the reference in `base`, if one did."""
    path, _ = data.paths.find(base)
    if path is None:
        return None
    for number in data.inits_of.get(path, ()):
        point = data.inits[number].point
        call = None if point is None else data.graph.at(point)
        if not isinstance(call, Call) or call.source is not CallSource.OPERATOR:
            continue
        callee = call.callee.type if isinstance(call.callee, ItemConst) else None
        if not isinstance(callee, FnDefType) or not callee.arguments:
            continue
        trait = places.answers.callee(callee.definition).trait
        ty = type_argument(callee.arguments, 0)
        if trait in ("deref", "deref_mut"):
            return _dereference(places, ty)
        if trait in ("index", "index_mut"):
            return f"index of `{places.show(ty)}`"
    return None


def _dereference(places: Places, ty: Type) -> str:
    if isinstance(ty, AdtType) and ty.definition.name in ("Rc", "Arc"):
        return f"an `{ty.definition.name}`"
    return f"dereference of `{places.show(ty)}`"
