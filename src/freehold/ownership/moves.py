"""Where a body moves out of its paths, and where it initialises them."""

from collections.abc import Iterator
from enum import Enum
from typing import NewType, assert_never

from freehold.dataflow.points import Graph, Point
from freehold.mir.body import Body, Program
from freehold.mir.rvalues import operands_of
from freehold.mir.statements import (
    Ascribe,
    Assert,
    Assign,
    Barrier,
    Call,
    Drop,
    FakeRead,
    FalseEdge,
    FalseUnwind,
    Goto,
    IndirectGoto,
    Intrinsic,
    Resume,
    Return,
    SetDiscriminant,
    Statement,
    StorageDead,
    StorageLive,
    Switch,
    Terminator,
    Unreachable,
)
from freehold.mir.values import (
    ConstantIndex,
    Discriminant,
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
from freehold.ownership.paths import Illegal, MovePaths, PathId
from freehold.records import dataclass

MoveId = NewType("MoveId", int)
InitId = NewType("InitId", int)


@dataclass(frozen=True, slots=True)
class MoveOut:
    """`path` is moved at `point`; `ends`: because its storage ends there."""

    path: PathId
    point: Point
    ends: bool = False


class InitKind(Enum):
    """When an initialisation takes place."""

    ARGUMENT = "argument"
    DEEP = "deep"
    RETURN = "return"  # of a call that returns, not of one that unwinds


@dataclass(frozen=True, slots=True)
class Init:
    """`path` is initialised at `point` (None: it is an argument)."""

    path: PathId
    point: Point | None
    kind: InitKind


@dataclass(frozen=True, slots=True)
class IllegalMove:
    """A move out of `place` at `point` that there can be no path for."""

    place: Place
    point: Point
    why: Illegal


class MoveData:
    """The paths of a body, its moves, initialisations and drops, each also by point and by path."""

    __slots__ = (
        "drops",
        "graph",
        "illegal",
        "inits",
        "inits_at",
        "inits_of",
        "moves",
        "moves_at",
        "moves_of",
        "paths",
    )

    def __init__(self, body: Body, graph: Graph, program: Program | None = None) -> None:
        self.graph = graph
        self.paths = MovePaths(body, Program() if program is None else program)
        self.moves: list[MoveOut] = []
        self.inits: list[Init] = []
        self.illegal: list[IllegalMove] = []
        self.drops: dict[Point, PathId] = {}
        self.moves_at: dict[Point, list[MoveId]] = {}
        self.inits_at: dict[Point, list[InitId]] = {}
        for number in range(1, body.argument_count + 1):
            path = self.paths.root(Local(number))
            self.inits.append(Init(path, None, InitKind.ARGUMENT))
        _Gatherer(self).run(body)
        self.moves_of: dict[PathId, list[MoveId]] = {}
        self.inits_of: dict[PathId, list[InitId]] = {}
        for number, move in enumerate(self.moves):
            self.moves_of.setdefault(move.path, []).append(MoveId(number))
        for number, init in enumerate(self.inits):
            self.inits_of.setdefault(init.path, []).append(InitId(number))


class _Gatherer:
    def __init__(self, data: MoveData) -> None:
        self._data = data
        self._point = Point(0)

    def run(self, body: Body) -> None:
        for number, block in enumerate(body.blocks):
            start = self._data.graph.starts[number]
            for index, statement in enumerate(block.statements):
                self._point = Point(start + index)
                self._statement(statement)
            self._point = Point(start + len(block.statements))
            self._terminator(block.terminator)

    def _statement(self, statement: Statement) -> None:
        match statement:
            case Assign(place, rvalue):
                self._init(place, InitKind.DEEP)
                self._rvalue(rvalue)
            case FakeRead(_, place):
                self._data.paths.make(place)
            case StorageDead(local):
                self._move_path(self._data.paths.root(local), ends=True)
            case StorageLive() | SetDiscriminant() | Barrier() | Ascribe():
                pass
            case _:
                assert_never(statement)

    def _rvalue(self, rvalue: Rvalue) -> None:
        if not isinstance(rvalue, Ref | RawPointer | Len | Discriminant):
            self._operands(operands_of(rvalue))

    def _terminator(self, terminator: Terminator) -> None:
        match terminator:
            case Call(callee=callee, arguments=arguments, destination=destination, target=target):
                if not isinstance(callee, str | Intrinsic):
                    self._operands((callee,))
                self._operands(arguments)
                if destination is not None and target is not None:
                    self._init(destination, InitKind.RETURN)
            case Drop(place):
                path = self._data.paths.make(place)
                if isinstance(path, int):
                    self._data.drops[self._point] = path
            case Switch(operand) | Assert(operand) | IndirectGoto(operand):
                self._operands((operand,))
            case Goto() | Return() | Unreachable() | Resume() | FalseEdge() | FalseUnwind():
                pass
            case _:
                assert_never(terminator)

    def _operands(self, operands: tuple[Operand, ...]) -> None:
        for operand in operands:
            if isinstance(operand, Move):
                for place in _elements(operand.place):
                    self._move(place)

    def _move(self, place: Place) -> None:
        path = self._data.paths.make(place)
        if isinstance(path, Illegal):
            self._data.illegal.append(IllegalMove(place, self._point, path))
        elif path is not None:
            self._move_path(path)

    def _move_path(self, path: PathId, *, ends: bool = False) -> None:
        data = self._data
        data.moves_at.setdefault(self._point, []).append(MoveId(len(data.moves)))
        data.moves.append(MoveOut(path, self._point, ends))

    def _init(self, place: Place, kind: InitKind) -> None:
        data = self._data
        path = data.paths.make(place)
        if isinstance(path, int):
            data.inits_at.setdefault(self._point, []).append(InitId(len(data.inits)))
            data.inits.append(Init(path, self._point, kind))


def _elements(place: Place) -> Iterator[Place]:
    """Return the places that a move of `place` moves: of a part of an array, its elements."""
    if place.projections and isinstance(place.projections[-1], Subslice):
        part = place.projections[-1]
        if not part.from_end:
            for offset in range(part.start, part.end):
                yield Place(place.base, (*place.projections[:-1], ConstantIndex(offset)))
            return
    yield place
