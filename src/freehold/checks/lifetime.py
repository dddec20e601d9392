"""Uses of what is gone: freed blocks, closed streams, locals past their scope or function."""

from freehold.checks import words
from freehold.diagnostics import Diagnostic, Severity, codes
from freehold.effects.faults import Finding
from freehold.effects.values import RegionKind


def freed(finding: Finding) -> Diagnostic:
    """Word a use of a freed block or a closed stream."""
    extent = finding.fault.extent
    assert extent is not None
    one = extent.region
    facts: dict[str, object]
    if one is not None and one.kind is RegionKind.RESOURCE:
        facts = {"access": "use", "size": words.region(one), "where": "which was closed"}
    else:
        place = f"{words.size(extent.offset)} inside a freed block"
        if type(extent.offset) is not int:
            place = "inside a freed block"
        facts = {
            "access": words.access(extent),
            "size": words.size(extent.size),
            "where": place,
        }
    rust = (
        "`drop(p)` moves `p`: a use after it is E0382, and a reference must not outlive it (E0505)"
    )
    help_ = ("release it after the last use, or copy out what is still needed",)
    return words.diagnostic(
        finding,
        codes.USE_AFTER_FREE,
        facts,
        "used",
        help_=help_,
        rust=rust,
        severity=words.mild(one),
    )


def dead_local(finding: Finding) -> Diagnostic:
    """Word a use of a local whose scope or function has ended."""
    fault = finding.fault
    code = codes.USE_AFTER_SCOPE if fault.by == "scope" else codes.USE_AFTER_RETURN
    facts: dict[str, object] = {
        "access": words.access(fault.extent),
        "size": words.size(fault.extent.size if fault.extent is not None else 1),
        "object": fault.name or "a local",
    }
    rust = "the borrowed value does not live long enough (E0597)"
    return words.diagnostic(finding, code, facts, "used", rust=rust)


def returned(finding: Finding) -> Diagnostic:
    """Word a return of a local's address."""
    holder = finding.fault.by
    how = f"is left in `{holder}`" if holder else "is returned"
    facts: dict[str, object] = {"object": finding.fault.name or "a local", "how": how}
    rust = "cannot return a reference to a local variable (E0515)"
    help_ = ("return it by value, allocate it, or let the caller provide the storage",)
    if holder:
        rust = "a reference in a `static` must live as long as the program does (E0597)"
        help_ = (f"set `{holder}` to `NULL` before the function returns, or allocate it",)
    return words.diagnostic(
        finding,
        codes.LOCAL_RETURNED,
        facts,
        "returned",
        help_=help_,
        rust=rust,
        severity=Severity.WARNING,
    )
