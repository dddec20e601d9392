"""Sizes that are not what was meant: negative, overflowing, of the pointer, of something else."""

from freehold.checks import words
from freehold.diagnostics import Diagnostic, Severity, codes
from freehold.effects.faults import Finding


def bad(finding: Finding) -> Diagnostic:
    """Word a size that no object has."""
    fault = finding.fault
    extent = fault.extent
    number = extent.size if extent is not None else 0
    what = "a negative size"
    if type(number) is int:
        signed = number - (1 << 64) if number >> 63 == 1 else number
        what = f"negative size {signed:,}" if signed < 0 else f"size {signed:,}"
    facts: dict[str, object] = {"function": fault.by or "allocation", "what": what}
    rust = (
        "sizes are `usize`; a negative number does not convert without `as` or `try_into` (E0308)"
    )
    return words.diagnostic(finding, codes.BAD_SIZE, facts, "passed", rust=rust)


def overflow(finding: Finding) -> Diagnostic:
    """Word an allocation whose size may have wrapped."""
    facts: dict[str, object] = {"function": finding.fault.by or "malloc"}
    return words.diagnostic(
        finding,
        codes.SIZE_OVERFLOW,
        facts,
        "computed",
        help_=("use `calloc(n, size)`, which looks at the product, or compare `n` first",),
        rust="`Vec::with_capacity` panics when the capacity overflows",
    )


def of_pointer(finding: Finding) -> Diagnostic:
    """Word `malloc(sizeof p)` for what `p` points to."""
    extent = finding.fault.extent
    each = extent.offset if extent is not None else 0
    return words.diagnostic(
        finding,
        codes.POINTER_SIZE,
        {"what": finding.fault.name or "the pointer", "each": each},
        "allocated",
        help_=("write `sizeof *p`",),
        rust="`Box::new(value)` takes the size from the type",
        severity=Severity.HAZARD,
    )


def odd(finding: Finding) -> Diagnostic:
    """Word an allocation that holds no whole number of elements."""
    extent = finding.fault.extent
    facts: dict[str, object] = {
        "size": words.size(extent.size if extent is not None else 0),
        "each": words.size(extent.offset if extent is not None else 0),
    }
    return words.diagnostic(
        finding,
        codes.ODD_SIZE,
        facts,
        "allocated",
        help_=("multiply by `sizeof` of the element",),
        rust="`Vec<T>` counts in elements",
        severity=Severity.HAZARD,
    )


def part(finding: Finding) -> Diagnostic:
    """Word a read of a byte in the middle of an element, as if it were one."""
    extent = finding.fault.extent
    return words.diagnostic(
        finding,
        codes.PART_OF_ELEMENT,
        {"size": words.size(extent.size if extent is not None else 0)},
        "read",
        help_=("index the array itself, or multiply by `sizeof` of its element",),
        rust="`&[i32]` does not convert to `&[u8]`: `to_ne_bytes` gives the bytes of one element",
        severity=Severity.HAZARD,
    )


def zero_growth(finding: Finding) -> Diagnostic:
    """Word a capacity that is multiplied, and may be 0."""
    name = finding.fault.name
    return words.diagnostic(
        finding,
        codes.ZERO_GROWTH,
        {"what": f"`{name}`" if name else "a capacity"},
        "stored",
        help_=("begin with some elements where it is 0: `n = n == 0 ? 8 : n * 2`",),
        rust="`Vec` grows from nothing too",
        severity=Severity.HAZARD,
    )


def apart(finding: Finding) -> Diagnostic:
    """Word the difference of two pointers to different objects."""
    return words.diagnostic(
        finding,
        codes.UNRELATED_POINTERS,
        {},
        "subtracted",
        help_=("subtract pointers into one object only",),
        severity=Severity.HAZARD,
        rust="slices have `len`; `offset_from` of two objects is undefined there too, and `unsafe`",
    )
