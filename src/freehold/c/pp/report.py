"""What preprocessing finds, at the level that gcc gives it."""

from collections.abc import Callable

from freehold.c.token import Token
from freehold.diagnostics import Code, Diagnostic, Label
from freehold.diagnostics.codes import PREPROCESSING, PREPROCESSING_WARNING
from freehold.source import Source, Span


class Report:
    """Collects diagnostics. `quiet` tells whether a source is a system header."""

    __slots__ = ("found", "pedantry", "quiet")

    def __init__(self, *, pedantry: bool, quiet: Callable[[Source], bool]) -> None:
        self.found: list[Diagnostic] = []
        self.pedantry = pedantry
        self.quiet = quiet

    def error(self, at: Token, what: str) -> None:
        """Report what gcc refuses."""
        self.add(PREPROCESSING, at.span, what=what)

    def pedwarn(self, at: Token, what: str, *labels: Label) -> None:
        """Report what gcc warns of, and refuses under -pedantic-errors."""
        if not self.quiet(at.source):
            code = PREPROCESSING if self.pedantry else PREPROCESSING_WARNING
            self.add(code, at.span, *labels, what=what)

    def pedantic(self, at: Token, what: str) -> None:
        """Report what gcc refuses under -pedantic-errors, and does not mention otherwise."""
        if self.pedantry and not self.quiet(at.source):
            self.add(PREPROCESSING, at.span, what=what)

    def warn(self, at: Token, what: str) -> None:
        """Report what is never more than a warning."""
        if not self.quiet(at.source):
            self.add(PREPROCESSING_WARNING, at.span, what=what)

    def add(self, code: Code, at: Span, *labels: Label, **facts: object) -> None:
        """Report `code`, whatever the source is."""
        self.found.append(Diagnostic(code, at, facts, labels=labels))
