"""Syntax errors on their way to the place where parsing can go on."""

from freehold.diagnostics import Diagnostic


class Fault(Exception):
    """A syntax error: whoever can resume catches it."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic)
        self.diagnostic = diagnostic


class Hopeless(Exception):
    """Parsing cannot go on: what there is to say was reported."""
