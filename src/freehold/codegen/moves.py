"""Moves out of variables, for the log of a recorded program: they hold nothing any more."""

from collections.abc import Iterator

from freehold.codegen.places import locate
from freehold.codegen.state import FunctionState
from freehold.mir.operands import operands_of
from freehold.mir.statements import Assign, Statement
from freehold.mir.values import FieldOf, Move, Place
from freehold.types import size_of


def moved(f: FunctionState, statement: Statement) -> None:
    """Note which variables, or fields of variables, `statement` has moved out of."""
    if not (f.recorded and f.rust and isinstance(statement, Assign)):
        return
    shown = f.plan.shown
    for place in _moved(statement):
        if place.base not in shown:
            continue
        spot = locate(f, place)
        size = size_of(spot.type)
        f.call("void", "fh_trace_move", f"ptr {spot.address}, i64 {size}", tail=" nounwind")


def _moved(statement: Assign) -> Iterator[Place]:
    for operand in operands_of(statement.rvalue):
        if isinstance(operand, Move) and all(
            isinstance(one, FieldOf) for one in operand.place.projections
        ):
            yield operand.place
