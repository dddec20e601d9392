"""One line a finding, as editors and grep read it: `file:line:column: error[FH0201] message`."""

from freehold.diagnostics.model import Diagnostic
from freehold.diagnostics.render_text import heading
from freehold.diagnostics.snippet import printable


def render(found: Diagnostic) -> str:
    """Return the line of one finding."""
    head = f"{heading(found.severity)}[{found.code.id}] {printable(found.message)}"
    if found.at is None:
        return head
    at = found.at.outermost()
    return f"{at.source.name}:{at.line}:{at.column}: {head}"
