"""The accesses that a body makes, point by point: which place, how deep, to read or to write."""

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any

from freehold.borrow.conflict import Depth
from freehold.borrow.facts import LoanId
from freehold.borrow.loans import MUTABLE, Loan
from freehold.mir.rvalues import operands_of
from freehold.mir.statements import (
    Assert,
    AssertKind,
    Assign,
    Call,
    Drop,
    IndirectGoto,
    Intrinsic,
    Statement,
    StorageDead,
    Switch,
    Terminator,
)
from freehold.mir.values import (
    BorrowKind,
    Copy,
    Discriminant,
    Len,
    Move,
    Operand,
    Place,
    RawPointer,
    Ref,
    Rvalue,
)
from freehold.records import dataclass
from freehold.source import Span


class Mode(Enum):
    """What an access does."""

    COPY = "copy"  # reads the value
    BORROW = "borrow"  # shared: reads; mutable: writes
    RESERVE = "reserve"  # the first phase of a two-phase borrow
    ACTIVATE = "activate"  # its second
    MUTATE = "mutate"
    MOVE = "move"
    REPLACE = "replace"  # drops, as a value is assigned
    END = "end"  # drops, or ends storage


@dataclass(frozen=True, slots=True)
class Access:
    """One access at a point; `kind` of BORROW, RESERVE and ACTIVATE, `loan` of ACTIVATE.

    `anyway`: the place need not be mutable for it.
    """

    place: Place
    depth: Depth
    mode: Mode
    span: Span
    kind: BorrowKind | None = None
    loan: LoanId | None = None
    anyway: bool = False

    @property
    def reads(self) -> bool:
        """Whether it only reads."""
        shared = self.mode is Mode.BORROW and self.kind not in MUTABLE
        return shared or self.mode is Mode.COPY


def accesses(at: Statement | Terminator) -> Iterable[Access]:
    """Return the accesses of a statement or terminator, in order."""
    visit = _VISITS.get(type(at))
    return () if visit is None else visit(at)


def activation(loan: Loan, span: Span) -> Access:
    """Return the access that activates a reservation."""
    return Access(loan.place, Depth.DEEP, Mode.ACTIVATE, span, loan.kind, loan.id, anyway=True)


def _assign(statement: Assign) -> Iterable[Access]:
    yield from _rvalue(statement.rvalue, statement.span)
    yield Access(statement.place, Depth.SHALLOW, Mode.MUTATE, statement.span)


def _rvalue(rvalue: Rvalue, span: Span) -> Iterable[Access]:
    match rvalue:
        case Ref(kind, place):
            yield _borrow(kind, place, span)
        case RawPointer(place, mutable):
            yield _borrow(BorrowKind.MUT if mutable else BorrowKind.SHARED, place, span)
        case Len(place):
            yield Access(place, Depth.LENGTH, Mode.COPY, span)
        case Discriminant(place):
            yield Access(place, Depth.SHALLOW, Mode.COPY, span)
        case _:
            yield from _operands(operands_of(rvalue), span)


def _borrow(kind: BorrowKind, place: Place, span: Span) -> Access:
    depth = Depth.FAKE if kind is BorrowKind.FAKE else Depth.DEEP
    mode = Mode.RESERVE if kind is BorrowKind.TWO_PHASE else Mode.BORROW
    # A closure may hold `&mut *x` of an `x` that is not `mut` itself.
    return Access(place, depth, mode, span, kind, anyway=kind is BorrowKind.UNIQUE)


def _operands(operands: Iterable[Operand], span: Span) -> Iterable[Access]:
    for operand in operands:
        if isinstance(operand, Copy):
            yield Access(operand.place, Depth.DEEP, Mode.COPY, operand.span or span)
        elif isinstance(operand, Move):
            yield Access(operand.place, Depth.DEEP, Mode.MOVE, span, anyway=True)


def _storage_dead(statement: StorageDead) -> Iterable[Access]:
    yield Access(Place(statement.local), Depth.SHALLOW, Mode.END, statement.span, anyway=True)


def _call(call: Call) -> Iterable[Access]:
    if not isinstance(call.callee, str | Intrinsic):
        yield from _operands((call.callee,), call.span)
    yield from _operands(call.arguments, call.span)
    if call.destination is not None:
        yield Access(call.destination, Depth.DEEP, Mode.MUTATE, call.span)


def _drop(drop: Drop) -> Iterable[Access]:
    mode = Mode.REPLACE if drop.replace else Mode.END
    yield Access(drop.place, Depth.DROP, mode, drop.span, anyway=True)


def _test(test: Switch | IndirectGoto) -> Iterable[Access]:
    return _operands((test.operand,), test.span)


def _assert(check: Assert) -> Iterable[Access]:
    shown = check.operands if check.kind is AssertKind.BOUNDS else ()
    return _operands((check.operand, *shown), check.span)


_VISITS: dict[type, Callable[[Any], Iterable[Access]]] = {
    Assign: _assign,
    StorageDead: _storage_dead,
    Call: _call,
    Drop: _drop,
    Switch: _test,
    IndirectGoto: _test,
    Assert: _assert,
}
