"""Rules of borrowing that are broken without a fault today."""

from freehold.checks import words
from freehold.diagnostics import Diagnostic, Severity, codes
from freehold.effects.faults import Finding


def lost_realloc(finding: Finding) -> Diagnostic:
    """Word `p = realloc(p, n)`."""
    return words.diagnostic(
        finding,
        codes.LOST_REALLOC,
        {"name": finding.fault.name or "p"},
        "overwritten",
        help_=("keep the result in another pointer until it was compared with `NULL`",),
        rust="`Vec::try_reserve` leaves the old vector as it is when it fails",
        severity=Severity.HAZARD,
    )


def element(finding: Finding) -> Diagnostic:
    """Word a use of a pointer into what a call may have moved."""
    return words.diagnostic(
        finding,
        codes.STALE_POINTER,
        {"name": finding.fault.name or "the pointer"},
        "used",
        help_=("keep the index, and look the element up again after the call",),
        rust="the element is borrowed while the call borrows its owner mutably (E0502)",
        severity=Severity.HAZARD,
    )
