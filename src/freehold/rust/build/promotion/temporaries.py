"""How the temporaries of a body are set and used: only what is set once, then read, is promoted."""

from typing import assert_never

from freehold.mir.body import Body, LocalKind
from freehold.mir.cfg import reverse_postorder
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
    Aggregate,
    Binary,
    Block,
    BorrowKind,
    Cast,
    Copy,
    Deref,
    Discriminant,
    Index,
    Len,
    Local,
    Move,
    Operand,
    Place,
    RawPointer,
    Ref,
    Repeat,
    Rvalue,
    Unary,
    Use,
)
from freehold.records import dataclass

MUTABLE = frozenset({BorrowKind.MUT, BorrowKind.TWO_PHASE, BorrowKind.UNIQUE})


@dataclass(frozen=True, slots=True)
class At:
    """A statement of a block; its terminator, if `index` is the number of statements."""

    block: Block
    index: int


@dataclass(slots=True)
class Made:
    """Where a temporary is set, and how often it is used."""

    at: At
    uses: int = 0


@dataclass(frozen=True, slots=True)
class Temporaries:
    """The temporaries that are set once, and then only read; and the borrows of temporaries."""

    made: dict[Local, Made]
    borrows: tuple[At, ...]


def borrows_of_temporaries(body: Body) -> list[At]:
    """Return the borrows that may be of a constant, by their form."""
    found: list[At] = []
    for number, block in enumerate(body.blocks):
        for index, statement in enumerate(block.statements):
            if type(statement) is Assign and type(statement.rvalue) is Ref:
                place = statement.rvalue.place
                kind = body.locals[place.base].kind if isinstance(place.base, int) else None
                plain = not any(type(one) is Deref for one in place.projections)
                if kind is LocalKind.TEMPORARY and plain:
                    found.append(At(Block(number), index))
    return found


def temporaries(body: Body, borrows: list[At]) -> Temporaries:
    """Find how the temporaries of `body` are set and used."""
    return Temporaries(_Collector(body).run(), tuple(borrows))


class _Collector:
    """Visits each place in the order of control."""

    def __init__(self, body: Body) -> None:
        self._body = body
        self._made: dict[Local, Made | None] = {}  # None: it is not to be promoted
        self._at = At(Block(0), 0)

    def run(self) -> dict[Local, Made]:
        for number in reverse_postorder(self._body):
            block = self._body.blocks[number]
            for index, statement in enumerate(block.statements):
                self._at = At(number, index)
                self._statement(statement)
            self._at = At(number, len(block.statements))
            self._terminator(block.terminator)
        return {local: made for local, made in self._made.items() if made is not None}

    # ------------------------------------------------------------------------------- contexts

    def _set(self, place: Place) -> None:
        local = _local(place)
        self._index(place)
        kind = self._body.locals[local].kind
        plain = kind is LocalKind.TEMPORARY and not place.projections
        again = local in self._made
        self._made[local] = Made(self._at) if plain and not again else None

    def _read(self, place: Place) -> None:
        local = _local(place)
        self._index(place)
        made = self._made.get(local)
        if made is None:
            self._made[local] = None
        else:
            made.uses += 1

    def _spoil(self, place: Place) -> None:
        self._index(place)
        self._made[_local(place)] = None

    def _index(self, place: Place) -> None:
        for projection in place.projections:
            if isinstance(projection, Index):
                self._read(Place(projection.local))

    # ------------------------------------------------------------------------------- statements

    def _statement(self, statement: Statement) -> None:
        match statement:
            case Assign(place, rvalue):
                # The destination counts first: `x = f(x)` uses what it has just set.
                self._set(place)
                self._rvalue(rvalue)
            case SetDiscriminant(place):
                self._spoil(place)
            case FakeRead(_, place):
                self._read(place)
            case StorageLive() | StorageDead() | Ascribe() | Barrier():
                pass
            case _:
                assert_never(statement)

    def _rvalue(self, rvalue: Rvalue) -> None:
        match rvalue:
            case Ref(kind, place) if kind in MUTABLE and place.projections:
                self._spoil(place)
            case RawPointer(place, mutable) if mutable and place.projections:
                self._spoil(place)
            case Ref(_, place) | RawPointer(place) | Len(place) | Discriminant(place):
                self._read(place)
            case _:
                for operand in operands_of(rvalue):
                    self._operand(operand)

    def _operand(self, operand: Operand) -> None:
        if isinstance(operand, Copy | Move):
            self._read(operand.place)

    def _terminator(self, terminator: Terminator) -> None:
        match terminator:
            case Call(callee=callee, arguments=arguments, destination=destination):
                if not isinstance(callee, str | Intrinsic):
                    self._operand(callee)
                for argument in arguments:
                    self._operand(argument)
                if destination is not None:
                    self._set(destination)
            case Switch(operand):
                self._operand(operand)
            case Assert(operand, operands=operands):
                self._operand(operand)
                for shown in operands:
                    self._operand(shown)
            case Drop() | Goto() | FalseEdge() | FalseUnwind() | IndirectGoto():
                pass
            case Return() | Unreachable() | Resume():
                pass
            case _:
                assert_never(terminator)


def operands_of(rvalue: Rvalue) -> tuple[Operand, ...]:
    """Return the operands of what is no borrow of a place."""
    match rvalue:
        case Use(operand) | Unary(operand=operand) | Cast(operand=operand) | Repeat(operand):
            return (operand,)
        case Binary(left=left, right=right):
            return left, right
        case Aggregate(operands=operands):
            return operands
        case Ref() | RawPointer() | Len() | Discriminant():
            return ()
        case _:
            assert_never(rvalue)


def _local(place: Place) -> Local:
    assert isinstance(place.base, int)
    return place.base
