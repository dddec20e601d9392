"""Accesses outside of an object: heap, stack, global, member; above and below."""

from freehold.checks import words
from freehold.diagnostics import Code, Diagnostic, codes
from freehold.effects.faults import Finding, Kind
from freehold.effects.values import RegionKind

_OVER: dict[tuple[RegionKind, bool], Code] = {
    (RegionKind.HEAP, True): codes.HEAP_WRITE,
    (RegionKind.HEAP, False): codes.HEAP_READ,
    (RegionKind.STACK, True): codes.STACK_WRITE,
    (RegionKind.STACK, False): codes.STACK_READ,
}


def outside(finding: Finding) -> Diagnostic:
    """Word an access outside of its object."""
    extent = finding.fault.extent
    assert extent is not None
    kind = extent.region.kind if extent.region is not None else RegionKind.STATIC
    below = finding.fault.kind is Kind.BELOW
    if below or (type(extent.offset) is int and extent.offset < 0):
        code = codes.UNDERFLOW_WRITE if extent.write else codes.UNDERFLOW_READ
    else:
        other = codes.GLOBAL_WRITE if extent.write else codes.GLOBAL_READ
        code = _OVER.get((kind, extent.write), other)
    facts: dict[str, object] = {"size": words.size(extent.size), "where": words.where(extent)}
    done = "written" if extent.write else "read"
    rust = (
        "an index is checked: the program panics; a constant one is an error (unconditional_panic)"
    )
    return words.diagnostic(finding, code, facts, done, rust=rust)


def member(finding: Finding) -> Diagnostic:
    """Word an access past the end of an array inside a struct."""
    fault = finding.fault
    extent = fault.extent
    assert extent is not None
    facts: dict[str, object] = {
        "access": words.access(extent),
        "size": words.size(extent.size),
        "member": fault.name or "an array",
    }
    rust = "an index is checked: the program panics"
    return words.diagnostic(finding, codes.MEMBER_OVERFLOW, facts, "indexed", rust=rust)


def read_only(finding: Finding) -> Diagnostic:
    """Word a write to a string literal."""
    extent = finding.fault.extent
    what = words.region(extent.region if extent is not None else None)
    rust = "`&str` cannot be written through (E0594)"
    return words.diagnostic(finding, codes.READ_ONLY_WRITE, {"what": what}, "written", rust=rust)


def overlap(finding: Finding) -> Diagnostic:
    """Word a copy whose ranges overlap."""
    fault = finding.fault
    extent = fault.extent
    function = fault.by.removeprefix("in ").strip("`")
    facts: dict[str, object] = {
        "function": function,
        "size": words.size(extent.size if extent is not None else 0),
    }
    help_ = ("use `memmove`, which allows it",)
    rust = "`copy_from_slice` takes `&mut` and `&`, which cannot overlap (E0502)"
    return words.diagnostic(finding, codes.OVERLAP, facts, "copied", help_=help_, rust=rust)
