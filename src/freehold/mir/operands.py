"""The operands of statements, and the symbols that a body refers to."""

from collections.abc import Iterator

from freehold.mir.body import Body
from freehold.mir.statements import Assign, Call, IndirectGoto, Intrinsic, Switch, Terminator
from freehold.mir.values import (
    AddressConst,
    Aggregate,
    Binary,
    Cast,
    Copy,
    Move,
    Operand,
    RawPointer,
    Ref,
    Repeat,
    Rvalue,
    Symbol,
    Unary,
    Use,
)


def operands_of(rvalue: Rvalue) -> tuple[Operand, ...]:
    """Return the operands of an rvalue."""
    match rvalue:
        case Use(operand) | Unary(operand=operand) | Cast(operand=operand):
            return (operand,)
        case Repeat(operand):
            return (operand,)
        case Binary(_, left, right):
            return (left, right)
        case Aggregate(_, operands):
            return operands
        case _:
            return ()


def operands_at_end(terminator: Terminator) -> tuple[Operand, ...]:
    """Return the operands of a terminator, an indirect callee included."""
    match terminator:
        case Call(callee, _, arguments):
            return arguments if isinstance(callee, (str, Intrinsic)) else (*arguments, callee)
        case Switch(operand) | IndirectGoto(operand):
            return (operand,)
        case _:
            return ()


def operands_in(body: Body) -> Iterator[Operand]:
    """Yield every operand of a body, indirect callees included."""
    for block in body.blocks:
        for statement in block.statements:
            if isinstance(statement, Assign):
                yield from operands_of(statement.rvalue)
        yield from operands_at_end(block.terminator)


def references(body: Body) -> Iterator[Symbol]:
    """Yield the functions and globals that `body` refers to."""
    for operand in operands_in(body):
        if isinstance(operand, AddressConst):
            yield operand.symbol
        elif isinstance(operand, (Copy, Move)) and isinstance(operand.place.base, str):
            yield operand.place.base
    for block in body.blocks:
        call = block.terminator
        if isinstance(call, Call) and isinstance(call.callee, str):
            yield call.callee
        for statement in block.statements:
            if isinstance(statement, Assign) and isinstance(statement.rvalue, (RawPointer, Ref)):
                base = statement.rvalue.place.base
                if isinstance(base, str):
                    yield base
