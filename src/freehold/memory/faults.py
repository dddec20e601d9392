"""What a lesson's program did wrong, as an exception that holds a finding."""

from collections.abc import Iterable

from freehold.diagnostics import Code, Diagnostic, Event, Frame, codes
from freehold.diagnostics.ansi import Palette
from freehold.memory.callers import callers


class MemoryFault(Exception):
    """A fault, under the code that the checked run and the borrow check have for it."""

    def __init__(self, found: Diagnostic) -> None:
        super().__init__(f"{found.code.id}: {found.message}")
        self.found = found

    @property
    def code(self) -> str:
        """The code, such as FH0201."""
        return self.found.code.id

    def render(self) -> str:
        """Return the finding as the command line shows it: spans, and the chain of events."""
        from freehold.diagnostics.render_text import render  # noqa: PLC0415  (only when shown)

        return render(self.found, Palette())


class Panic(MemoryFault):
    """A Rust program would panic here: it ends, but no memory is harmed."""


Chain = Iterable[tuple[str, tuple[Frame, ...]]]


def finding(
    code: Code, facts: dict[str, object], primary: str = "", events: Chain = ()
) -> Diagnostic:
    """Return a finding about the statement that runs now."""
    stack = callers()
    at = stack[0].span if stack else None
    chain = tuple(Event(text, frames) for text, frames in events)
    return Diagnostic(code, at, facts, primary, stack=stack, events=chain)


def panic(message: str, events: Chain = ()) -> Panic:
    """Return the exception for a panic."""
    return Panic(finding(codes.ABORTED, {"what": f": {message}"}, "panics here", events))
