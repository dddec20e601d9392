"""Releases that must not be: twice, in the middle, of no heap block, by the wrong function."""

from freehold.checks import words
from freehold.diagnostics import Diagnostic, Severity, codes
from freehold.effects.faults import Finding


def twice(finding: Finding) -> Diagnostic:
    """Word a second release of one block."""
    extent = finding.fault.extent
    block = words.region(extent.region) if extent is not None else "a block"
    help_ = ("set the pointer to `NULL` where it is released, or let one owner release it",)
    rust = "a value is dropped once: `drop(p)` a second time is a use of a moved value (E0382)"
    return words.diagnostic(
        finding,
        codes.DOUBLE_FREE,
        {"block": block},
        "released again",
        help_=help_,
        rust=rust,
        severity=words.mild(extent.region) if extent is not None else None,
    )


def interior(finding: Finding) -> Diagnostic:
    """Word a release of a pointer into the middle of a block."""
    extent = finding.fault.extent
    where = words.where(extent) if extent is not None else "into the middle of a block"
    help_ = ("keep the pointer that the allocation gave, and release that",)
    rust = "only the owner releases: a slice or an iterator cannot"
    return words.diagnostic(
        finding,
        codes.INVALID_FREE,
        {"what": f"pointer {where}"},
        "released",
        help_=help_,
        rust=rust,
    )


def non_heap(finding: Finding) -> Diagnostic:
    """Word a release of what was never allocated."""
    extent = finding.fault.extent
    what = words.region(extent.region) if extent is not None else "an object"
    rust = "a reference cannot be dropped as a `Box`: the types differ (E0308)"
    return words.diagnostic(finding, codes.FREE_NON_HEAP, {"what": what}, "released", rust=rust)


def mismatch(finding: Finding) -> Diagnostic:
    """Word a release by a function that does not belong to the allocation."""
    fault = finding.fault
    facts: dict[str, object] = {"by": fault.name, "with_": fault.by}
    rust = "each type has its own `Drop`: there is nothing to choose"
    return words.diagnostic(finding, codes.MISMATCHED_FREE, facts, "released", rust=rust)


def out_of_order(finding: Finding) -> Diagnostic:
    """Word a release of what something acquired since may depend on."""
    fault = finding.fault
    return words.diagnostic(
        finding,
        codes.OUT_OF_ORDER,
        {"first": fault.name, "second": fault.by},
        "released",
        help_=(f"release the {fault.by} first: what was acquired last goes first",),
        rust="fields and locals are dropped in a fixed order; locals in the reverse of their own",
        severity=Severity.HAZARD,
    )
