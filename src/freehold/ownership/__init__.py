"""Moves, initialisation, and drops made explicit, on generic MIR. Knows nothing of any syntax."""

from freehold.ownership.check import check
from freehold.ownership.elaborate import (
    DropFact,
    DropStates,
    Elaboration,
    drop_states,
    elaborate,
    elaboration,
)
from freehold.ownership.ladders import Style

__all__ = [
    "DropFact",
    "DropStates",
    "Elaboration",
    "Style",
    "check",
    "drop_states",
    "elaborate",
    "elaboration",
]
