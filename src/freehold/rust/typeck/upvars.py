"""What closures capture, and how they may be called (edition 2021: disjoint places).

From the uses of places in the body: each is cut back to what may be captured apart, then places
that lie within one another become one. The rules are rustc's, in its order.
"""

from collections.abc import Callable

from freehold.records import dataclass
from freehold.rust.typeck.draft import LocalVar
from freehold.rust.typeck.uses import Use, UsedPlace, is_union
from freehold.rust.typeck.writer import DEREF
from freehold.source import Span
from freehold.types import PointerType, Type
from freehold.types.generic import (
    ERASED,
    AdtType,
    Capture,
    CaptureKind,
    ClosureKind,
    RefType,
)


@dataclass(slots=True, eq=False)
class Captured:
    """A place that is captured; `span` is the use that says how."""

    place: UsedPlace
    use: Use
    span: Span

    @property
    def type(self) -> Type:
        """The type of the closure's field."""
        if self.use is Use.MOVE:
            return self.place.type
        return RefType(ERASED, self.place.type, self.use is not Use.SHARED)


@dataclass(slots=True, eq=False)
class Analysis:
    """What the uses of one closure come to. `because` is the use that asks for `kind`."""

    kind: ClosureKind = ClosureKind.FN
    because: Captured | None = None
    captures: tuple[Captured, ...] = ()


_KINDS = {
    Use.SHARED: CaptureKind.SHARED,
    Use.UNIQUE: CaptureKind.UNIQUE,
    Use.MUT: CaptureKind.MUT,
    Use.MOVE: CaptureKind.MOVE,
}


def analyse(
    uses: list[Captured],
    *,
    moves: bool,
    has_drop: Callable[[Type], bool],
    whole: tuple[LocalVar, ...] = (),
) -> Analysis:
    """Return captures and kind; `moves` for `move` closures, `has_drop` for types with `Drop`.

    The variables in `whole` are not captured in parts.
    """
    found = Analysis()
    placed: list[Captured] = []
    for use in uses:
        cut = _optimised(_safe(use))
        _raise_kind(found, cut)
        cut = _for_move(cut) if moves else _for_reference(cut)
        placed.append(_for_drop(cut, has_drop))
    at_least = Use.MOVE if moves else Use.SHARED
    for root in whole:
        place = UsedPlace(root, (), (root.type,), ())
        placed.append(Captured(place, at_least, root.span))
    roots: dict[int, list[Captured]] = {}
    for use in placed:
        _merge(roots.setdefault(use.place.root.number, []), use)
    captures: list[Captured] = []
    for merged in roots.values():
        captures += sorted(merged, key=lambda each: each.place.projections)
    found.captures = tuple(captures)
    return found


def _raise_kind(found: Analysis, use: Captured) -> None:
    if use.use is Use.MOVE:
        if found.kind is not ClosureKind.FN_ONCE:
            found.kind, found.because = ClosureKind.FN_ONCE, use
    elif use.use is not Use.SHARED and found.kind is ClosureKind.FN:
        found.kind, found.because = ClosureKind.FN_MUT, use


# -------------------------------------------------------------------------------- cutting back


def _cut(use: Captured, length: int) -> Captured:
    """Cut a place back to `length` projections.

    Where that takes away the dereference of a `&mut`, the reference need not be mutable itself:
    borrowing it uniquely is enough.
    """
    place = use.place
    if length >= len(place.projections):
        return use
    how = use.use
    if how is Use.MUT:
        for at in range(length, len(place.projections)):
            before = place.types[at]
            if place.projections[at] == DEREF and isinstance(before, RefType) and before.mutable:
                how = Use.UNIQUE
                break
    return Captured(place.truncated(length), how, use.span)


def _safe(use: Captured) -> Captured:
    """Stop at raw pointers and unions: what is behind them needs `unsafe` to be looked at."""
    place = use.place
    how = use.use
    through_raw = any(
        projection == DEREF and isinstance(before, PointerType)
        for projection, before in zip(place.projections, place.types, strict=False)
    )
    if through_raw and how is not Use.MOVE:
        use = Captured(place, Use.SHARED, use.span)
    for at, (projection, before) in enumerate(zip(place.projections, place.types, strict=False)):
        if projection == DEREF and isinstance(before, PointerType):
            return _cut(use, at)
        if is_union(before):
            return _cut(use, at + 1)
        packed = isinstance(before, AdtType) and any(
            word.startswith("packed") for word in before.definition.repr
        )
        if packed and use.use is not Use.MOVE:
            return _cut(use, at)
    return use


def _optimised(use: Captured) -> Captured:
    """Of what lies behind a shared reference, the reference is captured."""
    place = use.place
    last = max((at for at, each in enumerate(place.projections) if each == DEREF), default=None)
    if last is None or use.use is Use.MOVE:
        return use
    before = place.types[last]
    if isinstance(before, RefType) and not before.mutable:
        return _cut(use, last + 1)
    return use


def _first_deref(place: UsedPlace) -> int | None:
    return next((at for at, each in enumerate(place.projections) if each == DEREF), None)


def _for_move(use: Captured) -> Captured:
    first = _first_deref(use.place)
    if first is not None:
        use = _cut(use, first)
    return Captured(use.place, Use.MOVE, use.span)


def _for_reference(use: Captured) -> Captured:
    first = _first_deref(use.place)
    if use.use is Use.MOVE and first is not None:
        return _cut(use, first)
    return use


def _for_drop(use: Captured, has_drop: Callable[[Type], bool]) -> Captured:
    """Nothing is moved out of a value that has `Drop`: it is captured whole."""
    if use.use is not Use.MOVE:
        return use
    for at, before in enumerate(use.place.types[:-1]):
        if has_drop(before):
            return _cut(use, at)
    return use


# -------------------------------------------------------------------------------------- merging


def _merge(merged: list[Captured], new: Captured) -> None:
    """Add a place: into one that it lies in, or in the place of those that lie in it."""
    for other in merged:
        length = len(other.place.projections)
        if new.place.projections[:length] == other.place.projections:
            _strengthen(other, _cut(new, length))
            return
    length = len(new.place.projections)
    for other in list(merged):
        if other.place.projections[:length] == new.place.projections:
            merged.remove(other)
            _strengthen(new, _cut(other, length))
    merged.append(new)


def _strengthen(captured: Captured, other: Captured) -> None:
    if other.use > captured.use:
        captured.use = other.use
        captured.span = other.span


# ------------------------------------------------------------------------------------------ words


def place_name(place: UsedPlace) -> str:
    """Return a place as it is written: `x`, `self.count`, `*x`."""
    text = place.root.name
    for at, name in enumerate(place.names):
        if name:
            text = f"{text}.{name}"
        elif at == len(place.names) - 1:
            text = f"*{text}"
    return text


def as_capture(captured: Captured, ty: Type) -> Capture:
    """Return the capture as the closure's definition has it; `ty` is its type, finished."""
    place = captured.place
    kind, shared = _KINDS[captured.use], _is_behind_shared(place)
    return Capture(place_name(place), kind, ty, captured.span, is_mutable(place), shared)


def _is_behind_shared(place: UsedPlace) -> bool:
    steps = zip(place.projections, place.types, strict=False)
    return any(
        each == DEREF and isinstance(behind, RefType) and not behind.mutable
        for each, behind in steps
    )


def is_mutable(place: UsedPlace) -> bool:
    """Tell whether a place may be changed: by its variable, or by the references on the way."""
    mutable = place.root.mutable
    for at, each in enumerate(place.projections):
        behind = place.types[at]
        if each == DEREF and isinstance(behind, RefType):
            if not behind.mutable:
                return False
            mutable = True
    return mutable
