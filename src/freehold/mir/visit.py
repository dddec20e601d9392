"""Which locals a statement or terminator reads, defines and drops."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from freehold.mir.rvalues import operands_of, place_of
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
from freehold.mir.values import RETURN, Copy, Index, Local, Move, Operand, Place


class Touched(NamedTuple):
    """Locals that are read, wholly set (or begin or end), and dropped."""

    uses: tuple[Local, ...] = ()
    defines: tuple[Local, ...] = ()
    drops: tuple[Local, ...] = ()


_NOTHING = Touched()


def touched(at: Statement | Terminator) -> Touched:
    """Return what `at` does to locals as liveness sees it."""
    return _TOUCHED[type(at)](at)


def locals_used(at: Statement | Terminator) -> set[Local]:
    """Return the locals that `at` mentions in any way."""
    found = touched(at)
    return {*found.uses, *found.defines, *found.drops}


def _place(place: Place) -> list[Local]:
    """Return the locals that a place that is read needs."""
    found = [Local(place.base)] if isinstance(place.base, int) else []
    if place.projections:
        found += [step.local for step in place.projections if isinstance(step, Index)]
    return found


def _operands(operands: Iterable[Operand]) -> list[Local]:
    return [
        local
        for operand in operands
        if isinstance(operand, Copy | Move)
        for local in _place(operand.place)
    ]


def _set(place: Place, uses: list[Local]) -> Touched:
    """Return what setting `place` does besides `uses`: to set a part is to use the whole."""
    if place.projections:
        return Touched((*uses, *_place(place)))
    return Touched(tuple(uses), (Local(place.base),) if isinstance(place.base, int) else ())


def _assign(statement: Assign) -> Touched:
    place = place_of(statement.rvalue)
    uses = _operands(operands_of(statement.rvalue)) if place is None else _place(place)
    return _set(statement.place, uses)


def _call(call: Call) -> Touched:
    callee = () if isinstance(call.callee, str | Intrinsic) else (call.callee,)
    uses = _operands((*callee, *call.arguments))
    return Touched(tuple(uses)) if call.destination is None else _set(call.destination, uses)


def _drop(drop: Drop) -> Touched:
    if drop.place.projections or not isinstance(drop.place.base, int):
        return Touched(tuple(_place(drop.place)))
    return Touched(drops=(Local(drop.place.base),))


def _storage_live(statement: StorageLive) -> Touched:
    size = () if statement.size is None else (statement.size,)
    return Touched(tuple(_operands(size)), (statement.local,))


_TOUCHED: dict[type, Callable[[Any], Touched]] = {
    Assign: _assign,
    StorageLive: _storage_live,
    StorageDead: lambda statement: Touched(defines=(statement.local,)),
    SetDiscriminant: lambda statement: Touched(tuple(_place(statement.place))),
    FakeRead: lambda statement: Touched(tuple(_place(statement.place))),
    Ascribe: lambda statement: Touched(tuple(_place(statement.place))),
    Barrier: lambda _: _NOTHING,
    Goto: lambda _: _NOTHING,
    Switch: lambda switch: Touched(tuple(_operands((switch.operand,)))),
    IndirectGoto: lambda goto: Touched(tuple(_operands((goto.operand,)))),
    Call: _call,
    Drop: _drop,
    Assert: lambda check: Touched(tuple(_operands((check.operand, *check.operands)))),
    Return: lambda _: Touched((RETURN,)),
    FalseEdge: lambda _: _NOTHING,
    FalseUnwind: lambda _: _NOTHING,
    Unreachable: lambda _: _NOTHING,
    Resume: lambda _: _NOTHING,
}
