"""Null pointers used as if they pointed somewhere."""

from freehold.checks import words
from freehold.diagnostics import Diagnostic, Severity, codes
from freehold.effects.faults import Finding


def dereferenced(finding: Finding) -> Diagnostic:
    """Word a use of a null pointer."""
    extent = finding.fault.extent
    facts: dict[str, object] = {
        "access": words.access(extent),
        "size": words.size(extent.size if extent is not None else 1),
    }
    rust = "an `Option<&T>` must be taken apart before its value is used (E0308)"
    return words.diagnostic(
        finding, codes.NULL_DEREFERENCE, facts, "used", help_=("test it first",), rust=rust
    )


def unchecked(finding: Finding) -> Diagnostic:
    """Word a use of an allocation's result that was not compared with null."""
    facts: dict[str, object] = {"function": finding.fault.by or "malloc"}
    rust = "`Box::new` aborts when memory is exhausted; `Vec::try_reserve` returns a `Result`"
    return words.diagnostic(
        finding,
        codes.UNCHECKED_ALLOCATION,
        facts,
        "used",
        help_=("compare it with `NULL` before its first use",),
        rust=rust,
        severity=Severity.HAZARD,
    )
