"""Rewriting MIR: the same statement, rvalue or terminator with other places and operands."""

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

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
    Cast,
    Copy,
    Discriminant,
    Len,
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


@dataclass(frozen=True, slots=True)
class Rewrite:
    """What becomes of each place, and of each constant operand."""

    place: Callable[[Place], Place]
    constant: Callable[[Operand], Operand]

    def operand(self, operand: Operand) -> Operand:
        """Return `operand` rewritten."""
        match operand:
            case Copy(place, span):
                return Copy(self.place(place), span)
            case Move(place):
                return Move(self.place(place))
            case _:
                return self.constant(operand)

    def rvalue(self, rvalue: Rvalue) -> Rvalue:
        """Return `rvalue` rewritten."""
        match rvalue:
            case Use() | Unary() | Cast() | Repeat():
                return replace(rvalue, operand=self.operand(rvalue.operand))
            case Binary():
                left, right = self.operand(rvalue.left), self.operand(rvalue.right)
                return replace(rvalue, left=left, right=right)
            case Aggregate():
                return replace(rvalue, operands=tuple(map(self.operand, rvalue.operands)))
            case Ref() | RawPointer() | Len() | Discriminant():
                return replace(rvalue, place=self.place(rvalue.place))
            case _:
                assert_never(rvalue)

    def statement(self, statement: Statement) -> Statement:
        """Return `statement` rewritten."""
        match statement:
            case Assign():
                rvalue = self.rvalue(statement.rvalue)
                return replace(statement, place=self.place(statement.place), rvalue=rvalue)
            case StorageLive(size=size):
                return statement if size is None else replace(statement, size=self.operand(size))
            case SetDiscriminant() | FakeRead() | Ascribe():
                return replace(statement, place=self.place(statement.place))
            case StorageDead() | Barrier():
                return statement
            case _:
                assert_never(statement)

    def terminator(self, terminator: Terminator) -> Terminator:
        """Return `terminator` rewritten."""
        match terminator:
            case Switch() | IndirectGoto():
                return replace(terminator, operand=self.operand(terminator.operand))
            case Call():
                callee = terminator.callee
                if not isinstance(callee, (str, Intrinsic)):
                    callee = self.operand(callee)
                place = terminator.destination
                return replace(
                    terminator,
                    callee=callee,
                    arguments=tuple(map(self.operand, terminator.arguments)),
                    destination=None if place is None else self.place(place),
                )
            case Drop():
                return replace(terminator, place=self.place(terminator.place))
            case Assert():
                return replace(
                    terminator,
                    operand=self.operand(terminator.operand),
                    operands=tuple(map(self.operand, terminator.operands)),
                )
            case Goto() | Return() | Unreachable() | Resume() | FalseEdge() | FalseUnwind():
                return terminator
            case _:
                assert_never(terminator)
