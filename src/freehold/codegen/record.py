"""What a recorded program notes in its log: steps, frames, stores. See `runtime/native/trace.c`.

A step is a line of the user's, begun: several statements of one line are one step, unless a loop's
round begins there.
"""

from freehold.codegen.state import FunctionState
from freehold.mir.body import Body
from freehold.mir.statements import (
    Ascribe,
    Barrier,
    FakeRead,
    Goto,
    Resume,
    Statement,
    StorageDead,
    StorageLive,
    Terminator,
    Unreachable,
)

_STD = "std/"
_AGAIN = 1 << 30  # FH_AGAIN
# What does nothing that a reader of the source would see.
_SILENT = (StorageLive, StorageDead, Barrier, FakeRead, Ascribe, Goto, Unreachable, Resume)


def is_recorded(body: Body) -> bool:
    """Whether the steps and variables of `body` are noted: not those of our std."""
    return "shim" not in body.attributes and not body.span.outermost().source.name.startswith(_STD)


def step(f: FunctionState, of: Statement | Terminator, *, first: bool) -> None:
    """Note that `of` is executed next; `first` in its block."""
    if not f.recorded or isinstance(of, _SILENT):
        return
    at = of.span.outermost()
    key = at.source, at.line
    if not first and f.line_shown == key:
        return
    f.line_shown = key
    lines = f.module.lines
    again = first and f.copies.at[0] in f.headers
    line = lines.setdefault(key, len(lines) + 1) | (_AGAIN if again else 0)
    f.call("void", "fh_trace_step", f"i32 {f.site()}, i32 {line}", tail=" nounwind")


def entered(f: FunctionState) -> None:
    """Note that the function begins."""
    if f.recorded:
        f.span = f.body.span
        f.call("void", "fh_trace_enter", f"i32 {f.site()}", tail=" nounwind")


def left(f: FunctionState) -> None:
    """Note that the function ends."""
    if f.recorded:
        f.call("void", "fh_trace_leave", "", tail=" nounwind")


def written(f: FunctionState, address: str, size: int) -> None:
    """Note that `size` bytes at `address` change."""
    if f.module.recorded and size and address not in f.private:
        f.call("void", "fh_trace_write", f"ptr {address}, i64 {size}", tail=" nounwind")
