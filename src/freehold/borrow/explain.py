"""Why a loan matters at a point: a later use, a drop, or a lifetime that it must last for."""

from collections import deque
from enum import Enum

from freehold.borrow.blame import Blame, universal_above
from freehold.borrow.context import Context
from freehold.borrow.loans import Loan
from freehold.borrow.naming import Names, RegionName
from freehold.borrow.regions import Outlives
from freehold.dataflow.points import Point
from freehold.mir.statements import Assign, Call, CallSource, FakeRead, FakeReadCause
from freehold.mir.values import Cast, CastKind, Copy, Local, Move, Place, Use
from freehold.mir.visit import touched
from freehold.ownership.describe import Places
from freehold.ownership.findings import Draft
from freehold.ownership.spans import ClosureUse, PlainUse, UseSpans, borrow_spans, move_spans
from freehold.records import dataclass
from freehold.source import Span
from freehold.types import PointerType, Type
from freehold.types.fold import regions_of
from freehold.types.generic import (
    AdtType,
    ClosureType,
    DynType,
    RefType,
    RegionId,
    RegionVar,
    type_argument,
)


class Later(Enum):
    """How a borrow is used later."""

    OBJECT = "captured here by trait object"
    CLOSURE = "captured here by closure"
    CALL = "used by call"
    STORED = "stored here"
    OTHER = "used here"


@dataclass(frozen=True, slots=True)
class UsedLater:
    """The borrow is used at `span`; `looped`: in a later round of a loop."""

    how: Later
    span: Span
    looped: bool = False


@dataclass(frozen=True, slots=True)
class Dropped:
    """The borrow may be used when `local` is dropped; `order`: it was declared before."""

    local: Local
    span: Span
    order: bool


@dataclass(frozen=True, slots=True)
class MustLast:
    """The borrow must be valid for a universal region, because of `blame`."""

    blame: Outlives
    name: RegionName
    region: RegionId
    place: str | None


Explanation = UsedLater | Dropped | MustLast | None


class Explainer:
    """Explains the loans of one body."""

    def __init__(self, solved: Context, names: Names) -> None:
        self._solved = solved
        self._graph = solved.graph
        self._places: Places = solved.places
        self.names = names
        self.blame = Blame(solved)

    def explain(self, point: Point, loan: Loan, ended: Place | None = None) -> Explanation:
        """Return why `loan` is live at `point`; `ended` is the place that ends there, if any."""
        below = self.blame.live_below(loan.region, point)
        start, looped = point, False
        if below == loan.region:
            # Issued where it is found to be harmful: that is the next round of a loop.
            head = self.blame.loop_end(loan.region)
            if head is not None:
                below, start, looped = self.blame.live_below(loan.region, head), head, True
        found = self._find_use(below, start)
        if found is None:
            return self.must_last(loan)
        local, at, dropped = found
        if dropped:
            return Dropped(local, self._graph.span(at), self._out_of_order(local, ended))
        return self._used(loan, local, at, looped=looped)

    # ------------------------------------------------------------------------------- uses

    def _find_use(self, region: RegionId, start: Point) -> tuple[Local, Point, bool] | None:
        """Return the first use or drop of a local with `region` in its type, from `start` on."""
        held = self._solved.values.points(region)
        seen: set[Point] = set()
        pending = deque([start])
        while pending:
            at = pending.popleft()
            if at in seen or not held >> at & 1:
                continue
            seen.add(at)
            here = touched(self._graph.at(at))
            call = isinstance(self._graph.at(at), Call)
            if call and self._has(here.defines, region) is not None:
                continue
            used = self._has(here.uses, region)
            if used is not None:
                return used, at, False
            dropped = self._has(here.drops, region)
            if dropped is not None:
                return dropped, at, True
            if self._has(here.defines, region) is None:
                pending += self._ahead(at)
        return None

    def _ahead(self, at: Point) -> list[Point]:
        unwind = getattr(self._graph.at(at), "unwind", None)
        after = self._graph.successors(at)
        if unwind is None:
            return after
        return [point for point in after if point != self._graph.start(unwind)]

    def _has(self, locals_: tuple[Local, ...], region: RegionId) -> Local | None:
        for local in locals_:
            found = regions_of(self._solved.regions.locals[local])
            if any(isinstance(each, RegionVar) and each.id == region for each in found):
                return local
        return None

    def _used(self, loan: Loan, local: Local, at: Point, *, looped: bool) -> UsedLater:
        spans = move_spans(self._graph, self._places.answers, Place(local), at)
        if isinstance(spans, PlainUse):
            spans = borrow_spans(self._graph, self._graph.span(at), at)
        how, span = self._kind_of_use(loan, spans, at)
        return UsedLater(how, span, looped)

    def _kind_of_use(self, loan: Loan, spans: UseSpans, at: Point) -> tuple[Later, Span]:
        if isinstance(spans, ClosureUse):
            return Later.CLOSURE, spans.inside
        statement = self._graph.at(at)
        if isinstance(statement, FakeRead) and statement.cause is FakeReadCause.LET:
            closure = isinstance(self._places.step_type(statement.place), ClosureType)
            return Later.CLOSURE if closure else Later.STORED, spans.span
        if self._becomes_object(loan):
            return Later.OBJECT, spans.span
        if isinstance(statement, Call) and statement.source is CallSource.WRITTEN:
            return Later.CALL, statement.receiver_span or spans.span
        return Later.OTHER, spans.span

    def _becomes_object(self, loan: Loan) -> bool:
        """Say whether what is borrowed goes into a trait object, by moves from the borrow on."""
        if loan.target.projections:
            return False
        target = loan.target.base
        at: Point | None = loan.point
        for _ in range(self._graph.count):
            if at is None:
                return False
            statement = self._graph.at(at)
            match statement:
                case Assign(
                    Place(base, ()), Use(Copy(Place(source, ())) | Move(Place(source, ())))
                ):
                    target = base if source == target else target
                case Assign(_, Cast(CastKind.UNSIZE, operand, ty)):
                    if isinstance(operand, Copy | Move) and operand.place == Place(target):
                        return _is_object(ty)
                    return False
                case Call(arguments=arguments, destination=Place(base, ())):
                    moved = any(isinstance(a, Move) and a.place == Place(target) for a in arguments)
                    if not moved or statement.target is None:
                        return False
                    target = base
                    at = self._graph.start(statement.target)
                    continue
                case _ if self._graph.is_terminator(at):
                    return False
                case _:
                    pass
            at = Point(at + 1)
        return False

    def _out_of_order(self, local: Local, ended: Place | None) -> bool:
        if ended is None or ended.projections or ended.base == local:
            return False
        assert isinstance(ended.base, int)
        decls = self._solved.analysed.body.locals
        return bool(decls[local].name and decls[ended.base].name)

    # ------------------------------------------------------------------------------- lifetimes

    def must_last(self, loan: Loan) -> MustLast | None:
        """Return which lifetime `loan` must last for; None if there is none."""
        region = universal_above(self._solved, loan.region)
        if region is None:
            return None
        found = self.blame.blame(loan.region, region)
        if found is None:
            return None
        place = self._places.describe(loan.place)
        return MustLast(found[0], self.names.of(region), region, place)


def _is_object(ty: Type) -> bool:
    match ty:
        case RefType(pointee=pointee) | PointerType(pointee=pointee):
            return isinstance(pointee, DynType)
        case AdtType(definition) if definition.lang == "owned_box":
            return isinstance(type_argument(ty.arguments, 0), DynType)
        case _:
            return isinstance(ty, DynType)


def add(
    draft: Draft, found: Explanation, places: Places, first: str = "", borrowed: Span | None = None
) -> None:
    """Add the explanation to a finding; `first` as in "first borrow later used here"."""
    match found:
        case UsedLater(how, span, looped):
            if borrowed is None or not _overlap(borrowed, span):
                draft.label(span, _later(how, first, looped=looped))
        case Dropped():
            _add_drop(draft, found, places, first)
        case MustLast(blame, name, _, place):
            name.explain(draft)
            what = f"`{place}` is borrowed" if place is not None else f"{first}borrow lasts"
            reason = blame.category.description
            draft.label(blame.span, f"{reason}requires that {what} for `{name.text}`")
        case None:
            pass


def _later(how: Later, first: str, *, looped: bool) -> str:
    if not looped:
        return f"{first}borrow later {how.value}"
    if how is Later.STORED:
        return f"{first}borrow later stored here"
    return f"{first}borrow {how.value}, in later iteration of loop"


def _add_drop(draft: Draft, found: Dropped, places: Places, first: str) -> None:
    decl = places.body.locals[found.local]
    match decl.type:
        case AdtType(definition) if definition.drop is not None and definition.lang != "owned_box":
            what = f"`Drop` code for type `{definition.name}`"
        case ClosureType():
            what = "destructor for closure"
        case _:
            what = f"destructor for type `{places.show(decl.type)}`"
    if decl.name:
        draft.label(
            found.span,
            f"{first}borrow might be used here, when `{decl.name}` is dropped and runs the {what}",
        )
        if found.order:
            draft.note("values in a scope are dropped in the opposite order they are defined")
        return
    draft.label(decl.span, f"a temporary with access to the {first}borrow is created here ...")
    draft.label(
        found.span,
        f"... and the {first}borrow might be used here, when that temporary is dropped and runs "
        f"the {what}",
    )


def _overlap(left: Span, right: Span) -> bool:
    if left.source is not right.source:
        return False
    return left == right or (left.start < right.end and right.start < left.end)
