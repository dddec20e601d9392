"""What happens to memory, in order: the log that replays, strategies and pictures are made from."""

from freehold.events.columns import TraceFormatError
from freehold.events.model import (
    Alloc,
    Block,
    Borrow,
    BorrowEnd,
    Drop,
    Enter,
    Event,
    Fault,
    Free,
    Leave,
    Log,
    Move,
    Point,
    Read,
    Reset,
    Resize,
    Write,
)
from freehold.events.recorded import read_recorded
from freehold.events.script import read_script
from freehold.events.trace import read_trace, write_csv

__all__ = [
    "Alloc",
    "Block",
    "Borrow",
    "BorrowEnd",
    "Drop",
    "Enter",
    "Event",
    "Fault",
    "Free",
    "Leave",
    "Log",
    "Move",
    "Point",
    "Read",
    "Reset",
    "Resize",
    "TraceFormatError",
    "Write",
    "read_recorded",
    "read_script",
    "read_trace",
    "write_csv",
]
