"""What a recorded program notes in its log: steps, frames, stores. See `runtime/native/trace.c`.

A step is a line of the user's, begun: several statements of one line are one step, unless a loop's
round begins there, or the next variable is dropped. The last step of a function is the end of its
text: its variables are there for the last time, and so is its result.
"""

from freehold.codegen.state import FunctionState
from freehold.mir.body import BasicBlock, Body
from freehold.mir.statements import (
    Ascribe,
    Assign,
    Barrier,
    Call,
    FakeRead,
    Goto,
    Resume,
    Return,
    Statement,
    StorageDead,
    StorageLive,
    Switch,
    Terminator,
    Unreachable,
)
from freehold.mir.values import RawPointer
from freehold.source import Span
from freehold.types import BOOL

_AGAIN = 1 << 30  # FH_AGAIN
# What does nothing that a reader of the source would see.
_SILENT = (StorageLive, StorageDead, Barrier, FakeRead, Ascribe, Goto, Unreachable, Resume)


def is_recorded(body: Body) -> bool:
    """Whether the steps and variables of `body` are noted: not those of our std."""
    return "shim" not in body.attributes and not body.span.in_std


def ends_from(f: FunctionState, block: BasicBlock) -> int | None:
    """Return the number of the statement from which on `block` only leaves the function."""
    if not f.recorded:
        return None
    after = block.terminator
    if isinstance(after, Goto):
        then = f.body.blocks[after.target]
        if not all(isinstance(one, _SILENT) for one in then.statements):
            return None
        after = then.terminator
    if not isinstance(after, Return):
        return None
    number = len(block.statements)
    while number and isinstance(block.statements[number - 1], _SILENT):
        number -= 1
    return number


def drops_from(f: FunctionState, block: BasicBlock) -> int | None:
    """Return the number of the statement from which on `block` only drops a variable."""
    end = block.terminator
    if not (f.recorded and f.rust and isinstance(end, Call) and isinstance(end.callee, str)):
        return None
    glue = f.module.program.bodies.get(end.callee)
    if glue is None or "drop glue" not in glue.attributes:
        return None
    shown = f.plan.shown
    for number in range(len(block.statements) - 1, -1, -1):
        one = block.statements[number]
        if not isinstance(one, Assign) or one.span != end.span:
            return None
        if isinstance(one.rvalue, RawPointer):
            return number if one.rvalue.place.base in shown else None
    return None


def last_step(f: FunctionState, span: Span) -> None:
    """Note that the function ends; its return is at `span`."""
    before = f.span
    f.span = f.body.end or span
    f.line_shown = None
    _step(f)
    f.span = before


def step(f: FunctionState, of: Statement | Terminator, *, again: bool = False) -> None:
    """Note that `of` is executed next: a step `again`, though its line be that of the last."""
    if f.recorded and not isinstance(of, (Return, *_SILENT)) and not (f.rust and _is_flag(f, of)):
        _step(f, again=again)


def _is_flag(f: FunctionState, of: Statement | Terminator) -> bool:
    """Whether `of` sets, or asks, whether a variable is to be dropped."""
    if isinstance(of, Switch):
        place = getattr(of.operand, "place", None)
        if place is None or place.projections or not isinstance(place.base, int):
            return False
        asked = f.body.locals[place.base]
        return asked.type == BOOL and not asked.name and asked.span == of.span
    return of.span == f.body.span


def _step(f: FunctionState, *, again: bool = False) -> None:
    at = f.span.outermost()
    key = at.source, at.line
    if not again and f.line_shown == key:
        return
    lines = f.module.lines
    again = again or (f.line_shown is None and f.copies.at[0] in f.headers)
    f.line_shown = key
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
