"""Calls of what is no function, or another one; operations that have no result."""

from freehold.checks import words
from freehold.diagnostics import Diagnostic, codes
from freehold.effects.faults import Finding


def no_function(finding: Finding) -> Diagnostic:
    """Word a call through a null pointer."""
    return words.diagnostic(
        finding,
        codes.BAD_CALL_TARGET,
        {"what": "a null pointer"},
        "called",
        rust="a `fn` pointer is never null; one that may be absent is an `Option<fn()>`",
    )


def other_type(finding: Finding) -> Diagnostic:
    """Word a call of a function that takes or gives something else."""
    return words.diagnostic(
        finding,
        codes.CALL_MISMATCH,
        {"what": f"`{finding.fault.name}` has another type"},
        "called",
        help_=("call it through a pointer of its own type",),
        rust="`fn` types with other parameters or results do not convert (E0308)",
    )


def division(finding: Finding) -> Diagnostic:
    """Word a division by zero."""
    return words.diagnostic(
        finding,
        codes.ARITHMETIC,
        {"what": f"{finding.fault.name} by zero"},
        "divided",
        help_=("compare the divisor with 0 first",),
        rust="it panics; `checked_div` returns an `Option`",
    )
