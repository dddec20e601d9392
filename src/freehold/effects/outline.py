"""What the rest of a program must know of a function's body: a small part of it, kept apart."""

from collections.abc import Callable, Iterator

from freehold.effects.flow import Flow, Slot, flow_of
from freehold.effects.holdings import Holding, holdings_of
from freehold.mir.body import Body, Program
from freehold.mir.cfg import targets_of
from freehold.mir.operands import operands_in, references
from freehold.mir.statements import Assign, Call, Return
from freehold.mir.typing import Typer
from freehold.mir.values import (
    ENTRY,
    AddressConst,
    Deref,
    FieldOf,
    IntConst,
    Place,
    RawPointer,
    Ref,
    Rvalue,
    Use,
)
from freehold.mir.values import Symbol as Name
from freehold.records import dataclass
from freehold.types import Adt

Way = tuple[Name | None, tuple[int, ...]]  # what a block calls at its end, and where it goes on


@dataclass(frozen=True, slots=True)
class Outline:
    """`references` are the names in a body; `written` the globals that it may change.

    `ways` are its blocks as far as calls decide whether it returns; None: it does in any case. A
    block that returns goes on to -1. `flow` is what it moves that may be a function's address;
    `arity` the number of its parameters, None if it takes any. `zeroed` are the members that it
    sets to 0; `holdings` is what it does with members that hold pointers.
    """

    references: tuple[Name, ...]
    written: tuple[Name, ...]
    ways: tuple[Way, ...] | None
    flow: Flow
    arity: int | None
    zeroed: tuple[Slot, ...]
    holdings: tuple[Holding, ...]


def outline_of(body: Body, program: Program) -> Outline:
    """Return the outline of a body; `program` has the types of the globals."""
    ways = tuple(_ways(body))
    sure = _returns(ways, lambda callee: callee is not None)
    return Outline(
        tuple(dict.fromkeys(references(body))),
        tuple(dict.fromkeys(_written(body))),
        None if sure else ways,
        flow_of(body, program),
        None if body.type.variadic else len(body.type.parameters),
        tuple(dict.fromkeys(_zeroed(body, program))),
        holdings_of(body, program),
    )


def _zeroed(body: Body, program: Program) -> Iterator[Slot]:
    typer = Typer(body, program)
    for block in body.blocks:
        for statement in block.statements:
            if not isinstance(statement, Assign) or not _is_zero(statement.rvalue):
                continue
            place = statement.place
            last = place.projections[-1] if place.projections else None
            if isinstance(last, FieldOf):
                owner = typer.place(Place(place.base, place.projections[:-1]))
                if isinstance(owner, Adt):
                    yield ("field", owner.name, owner.fields[last.index].name)


def _is_zero(rvalue: Rvalue) -> bool:
    one = rvalue.operand if isinstance(rvalue, Use) else None
    return isinstance(one, IntConst) and one.value == 0


def returns(outline: Outline, endless: set[Name]) -> bool:
    """Whether a function comes to a return, if those in `endless` do not."""
    return outline.ways is None or _returns(outline.ways, endless.__contains__)


def _returns(ways: tuple[Way, ...], stops: Callable[[Name | None], bool]) -> bool:
    seen = {int(ENTRY)}
    pending = [int(ENTRY)]
    while pending:
        callee, targets = ways[pending.pop()]
        if stops(callee):
            continue
        for target in targets:
            if target < 0:
                return True
            if target not in seen:
                seen.add(target)
                pending.append(target)
    return False


def _ways(body: Body) -> Iterator[Way]:
    for block in body.blocks:
        end = block.terminator
        if isinstance(end, Return):
            yield None, (-1,)
            continue
        callee = end.callee if isinstance(end, Call) else None
        yield (
            Name(callee) if isinstance(callee, str) else None,
            tuple(int(target) for target in targets_of(end)),
        )


def _written(body: Body) -> Iterator[Name]:
    for one in operands_in(body):
        if isinstance(one, AddressConst):
            yield one.symbol
    for block in body.blocks:
        for statement in block.statements:
            if isinstance(statement, Assign):
                yield from _base(statement.place)
                rvalue = statement.rvalue
                if isinstance(rvalue, (RawPointer, Ref)):
                    yield from _base(rvalue.place)
        end = block.terminator
        if isinstance(end, Call) and end.destination is not None:
            yield from _base(end.destination)


def _base(place: Place) -> Iterator[Name]:
    if isinstance(place.base, str) and not (
        place.projections and isinstance(place.projections[0], Deref)
    ):
        yield place.base
