"""Who hears what happens while it happens."""

from typing import Protocol

from freehold.diagnostics import Diagnostic


class Listener(Protocol):
    """Told of each finding at once, and of work that takes long."""

    def found(self, finding: Diagnostic) -> None:
        """Hear of one finding."""

    def progress(self, text: str) -> None:
        """Hear what goes on; "" when it is over."""
