"""Uses of what was moved or never set, second assignments, and moves that there can be none of."""

from collections.abc import Callable

from freehold.dataflow.points import Graph, Point
from freehold.diagnostics.model import Diagnostic
from freehold.mir.body import Body
from freehold.mir.cfg import reverse_postorder
from freehold.mir.rvalues import operands_of
from freehold.mir.statements import (
    Assert,
    Assign,
    Call,
    FakeRead,
    FakeReadCause,
    IndirectGoto,
    Intrinsic,
    Statement,
    Switch,
    Terminator,
)
from freehold.mir.values import (
    BorrowKind,
    Copy,
    Deref,
    Discriminant,
    FieldOf,
    Len,
    Local,
    Move,
    Operand,
    Place,
    RawPointer,
    Ref,
    Rvalue,
    Subslice,
)
from freehold.ownership.describe import Places
from freehold.ownership.findings import in_order
from freehold.ownership.illegal import report_illegal
from freehold.ownership.initialisation import (
    EverInitialised,
    MaybeUninitialised,
    States,
    entry_states,
    solve,
)
from freehold.ownership.moves import MoveData
from freehold.ownership.paths import PathId
from freehold.ownership.uses import Action, Use, UseReporter
from freehold.records import dataclass
from freehold.source import Span
from freehold.types import AdtKind, ArrayType, TupleType
from freehold.types.generic import AdtType


@dataclass(frozen=True, slots=True)
class Analysed:
    """What the checks of one body share; `borrow` reads it too."""

    body: Body
    graph: Graph
    places: Places
    data: MoveData
    uninitialised: States
    ever: States


def analyse(body: Body) -> Analysed:
    """Find the moves of `body`, and what may be uninitialised where."""
    graph = Graph(body)
    data = MoveData(body, graph)
    _, uninitialised, ever = entry_states(body, data)
    return Analysed(
        body,
        graph,
        Places(body),
        data,
        solve(body, graph, MaybeUninitialised(data), uninitialised),
        solve(body, graph, EverInitialised(data), ever),
    )


def check(body: Body) -> list[Diagnostic]:
    """Return what is wrong with the moves of `body` and of the closures in it."""
    assert body.generic is not None
    found = check_analysed(analyse(body))
    for closure in body.generic.closures.values():
        found += check(closure)
    return found


def check_analysed(analysed: Analysed) -> list[Diagnostic]:
    """Return what is wrong with the moves of one body, its closures left out."""
    checker = _Checker(analysed)
    checker.run()
    illegal = report_illegal(analysed.places, analysed.data, analysed.uninitialised.reached)
    return in_order([*checker.reporter.drafts(), *illegal])


class _Checker:
    """Visits each statement in order; what it reads must be initialised there."""

    def __init__(self, analysed: Analysed) -> None:
        self._body = analysed.body
        self._graph = analysed.graph
        self._places = analysed.places
        self._data = analysed.data
        self._paths = analysed.data.paths
        self._uninitialised = analysed.uninitialised
        self._ever = analysed.ever
        self._point = Point(0)
        self._span = analysed.body.span
        self.reporter = UseReporter(analysed.body, analysed.places, analysed.data)

    def run(self) -> None:
        # The order matters: of several uses after one move, the first one is reported.
        for block in reverse_postorder(self._body, in_turn=True):
            for point in range(self._graph.start(block), self._graph.end(block) + 1):
                self._point = Point(point)
                at = self._graph.at(self._point)
                self._span = at.span
                visit = _VISITS.get(type(at))
                if visit is not None:
                    visit(self, at)

    # ------------------------------------------------------------------------------- statements

    def assign(self, statement: Assign) -> None:
        self._rvalue(statement.rvalue)
        self._mutate(statement.place)

    def fake_read(self, statement: FakeRead) -> None:
        if statement.cause is not FakeReadCause.MENTION:
            self._whole(statement.place, Action.USE)

    def _rvalue(self, rvalue: Rvalue) -> None:
        match rvalue:
            case Ref(BorrowKind.FAKE, place):
                self._whole(place, Action.MATCH)
            case Ref(_, place) | RawPointer(place):
                self._whole(place, Action.BORROW)
            case Len(place) | Discriminant(place):
                self._whole(place, Action.USE)
            case _:
                self._operands(operands_of(rvalue))

    # ------------------------------------------------------------------------------- terminators

    def call(self, call: Call) -> None:
        if not isinstance(call.callee, str | Intrinsic):
            self._operands((call.callee,))
        self._operands(call.arguments)
        if call.destination is not None:
            self._mutate(call.destination)

    def test(self, terminator: Switch | IndirectGoto) -> None:
        self._operands((terminator.operand,))

    def assertion(self, terminator: Assert) -> None:
        self._operands((terminator.operand, *terminator.operands))

    def _operands(self, operands: tuple[Operand, ...]) -> None:
        for operand in operands:
            if isinstance(operand, Copy | Move):
                span = operand.span if isinstance(operand, Copy) else None
                self._whole(operand.place, Action.USE, span)

    # ------------------------------------------------------------------------------- reads

    def _whole(self, place: Place, action: Action, span: Span | None = None) -> None:
        """Require that `place`, all above it and all below it are initialised."""
        used = Use(self._point, action, place, span or self._span)
        self._above(used, place)
        last = place.projections[-1] if place.projections else None
        if isinstance(last, Subslice) and not last.from_end:
            container = Place(place.base, place.projections[:-1])
            if isinstance(self._places.step_type(container), ArrayType):
                self._elements(used, container, last)
                return
        path = self._paths.exact(place)
        if path is not None:
            bad = self._lost_below(path)
            if bad is not None:
                self.reporter.lost(used, place, bad)

    def _elements(self, used: Use, array: Place, part: Subslice) -> None:
        path = self._paths.exact(array)
        if path is None:
            return
        for step, child in self._paths[path].children.items():
            offset = getattr(step, "offset", None)
            if offset is not None and part.start <= offset < part.end:
                bad = self._lost_below(child)
                if bad is not None:
                    self.reporter.lost(used, used.place, bad)
                    return

    def _above(self, used: Use, place: Place) -> None:
        """Require that the nearest path at or above `place` is initialised."""
        path, _ = self._paths.find(place)
        if path is not None and self._is_lost(path):
            self.reporter.lost(used, self._paths[path].place, path)

    def _is_lost(self, path: PathId) -> bool:
        return bool(self._uninitialised.at(self._point) >> path & 1)

    def _lost_below(self, path: PathId) -> PathId | None:
        """Return the first path at or below `path` that may be uninitialised."""
        lost = self._uninitialised.at(self._point) & self._paths.subtree(path)
        if not lost:
            return None
        pending = [path]
        while pending:
            at = pending.pop()
            if lost >> at & 1:
                return at
            pending += reversed(self._paths[at].children.values())
        return None

    # ------------------------------------------------------------------------------- writes

    def _mutate(self, place: Place) -> None:
        self._assigned(place)
        if place.projections or not isinstance(place.base, int):
            return
        local = Local(place.base)
        if not self._body.locals[local].mutable:
            self._assigned_again(local)

    def _assigned_again(self, local: Local) -> None:
        ever = self._ever.at(self._point)
        for init in self._data.inits_of.get(self._paths.root(local), ()):
            if ever >> init & 1:
                self.reporter.assigned_again(local, self._span, self._data.inits[init])
                return

    def _assigned(self, place: Place) -> None:
        """Require what an assignment to `place` needs of what is around it."""
        for number in reversed(range(len(place.projections))):
            container = Place(place.base, place.projections[:number])
            used = Use(self._point, Action.ASSIGN, container, self._span)
            match place.projections[number]:
                case Deref():
                    self._above(Use(self._point, Action.USE, container, self._span), container)
                    return
                case FieldOf():
                    ty = self._places.step_type(container)
                    if isinstance(ty, AdtType) and ty.definition.drop is not None:
                        self._whole(container, Action.ASSIGN)
                        return
                    if isinstance(ty, AdtType | TupleType):
                        self._parents_of_field(used)
                case _:
                    pass

    def _parents_of_field(self, used: Use) -> None:
        """Refuse to build up a struct field by field: no field is set before the whole."""
        shortest: PathId | None = None
        for number in reversed(range(len(used.place.projections) + 1)):
            prefix = Place(used.place.base, used.place.projections[:number])
            path = self._paths.exact(prefix)
            if path is not None and self._is_lost(path):
                shortest = path
            if number and isinstance(used.place.projections[number - 1], Deref):
                break
        if shortest is not None and not self._sets_union_again(used, shortest):
            partial = Use(used.point, Action.PARTIAL, used.place, used.span)
            self.reporter.lost(partial, self._paths[shortest].place, shortest)

    def _sets_union_again(self, used: Use, path: PathId) -> bool:
        """Say whether a field of a union is set after the union was moved: that is all of it."""
        ty = self._places.type(Place(used.place.base))
        if not isinstance(ty, AdtType) or ty.definition.kind is not AdtKind.UNION:
            return False
        moved = {self._data.moves[move].point for move in self._data.moves_of.get(path, ())}
        seen: set[Point] = set()
        pending = [self._point]
        while pending:
            for before in self._graph.predecessors(pending.pop()):
                if before in moved:
                    return True
                if before not in seen:
                    seen.add(before)
                    pending.append(before)
        return False


_VISITS: dict[type[Statement | Terminator], Callable[..., None]] = {
    Assign: _Checker.assign,
    FakeRead: _Checker.fake_read,
    Call: _Checker.call,
    Switch: _Checker.test,
    IndirectGoto: _Checker.test,
    Assert: _Checker.assertion,
}
