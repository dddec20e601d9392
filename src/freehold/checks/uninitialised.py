"""Reads of what was never written."""

from freehold.checks import words
from freehold.diagnostics import Diagnostic, codes
from freehold.effects.faults import Finding


def unset(finding: Finding) -> Diagnostic:
    """Word a use of a value that was never set."""
    name = finding.fault.name
    what = f"`{name}`" if name and not name.startswith("a ") else name or "memory"
    return words.diagnostic(
        finding,
        codes.UNINITIALISED_READ,
        {"what": what},
        "read",
        help_=("give it a value on every path that leads here",),
        rust="a binding that is possibly uninitialised cannot be used (E0381)",
    )
