"""What rvalues are made of."""

from collections.abc import Callable
from typing import Any

from freehold.mir.values import (
    Aggregate,
    Binary,
    Cast,
    Discriminant,
    Len,
    Operand,
    Place,
    RawPointer,
    Ref,
    Repeat,
    Rvalue,
    Unary,
    Use,
)

_OPERANDS: dict[type, Callable[[Any], tuple[Operand, ...]]] = {
    Use: lambda rvalue: (rvalue.operand,),
    Unary: lambda rvalue: (rvalue.operand,),
    Cast: lambda rvalue: (rvalue.operand,),
    Repeat: lambda rvalue: (rvalue.operand,),
    Binary: lambda rvalue: (rvalue.left, rvalue.right),
    Aggregate: lambda rvalue: rvalue.operands,
}


def operands_of(rvalue: Rvalue) -> tuple[Operand, ...]:
    """Return the operands of `rvalue`, in the order of their evaluation."""
    find = _OPERANDS.get(type(rvalue))
    return () if find is None else find(rvalue)


def place_of(rvalue: Rvalue) -> Place | None:
    """Return the place that `rvalue` is about without reading it as an operand."""
    return rvalue.place if isinstance(rvalue, Ref | RawPointer | Len | Discriminant) else None
