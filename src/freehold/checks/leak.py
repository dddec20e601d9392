"""Blocks and streams whose last pointer goes while they are still held."""

from freehold.checks import words
from freehold.diagnostics import Diagnostic, codes
from freehold.effects.faults import Finding
from freehold.effects.values import RegionKind

_STREAMS = {
    "fopen": ("the stream", "fclose"),
    "opendir": ("the directory", "closedir"),
    "close": ("the file descriptor", "close"),
}


def replaced(finding: Finding) -> Diagnostic:
    """Word a pointer overwritten by new storage while the old was not released."""
    return words.diagnostic(
        finding,
        codes.DEFINITELY_LOST,
        {"bytes": "some", "blocks": 1},
        "the pointer to the old block is overwritten",
        help_=("release the old block once its contents were copied",),
        rust="assigning to a field drops what it held",
    )


def member(finding: Finding) -> Diagnostic:
    """Word a release of a struct whose member alone leads to a block."""
    name = finding.fault.name
    return words.diagnostic(
        finding,
        codes.DEFINITELY_LOST,
        {"bytes": "some", "blocks": 1},
        f"released without what `{name}` alone leads to",
        help_=(f"release `{name}` first",),
        rust="a struct drops its fields when it is dropped",
    )


def lost(finding: Finding) -> Diagnostic:
    """Word a leak at the place of its allocation."""
    fault = finding.fault
    extent = fault.extent
    assert extent is not None
    one = extent.region
    if one is not None and one.kind is RegionKind.RESOURCE:
        # Of a resource that a project has declared, what releases it is known, and its name.
        what, closer = _STREAMS.get(fault.by, (f"the {one.name}", fault.by))
        rust = "a `File` closes itself when it goes out of scope"
        if fault.by not in _STREAMS:
            rust = f"a type that holds it calls `{closer}` in its `Drop`, on every way out"
        return words.diagnostic(
            finding,
            codes.UNCLOSED_FILE,
            {"what": what},
            "opened" if fault.by in _STREAMS else "acquired",
            help_=(f"call `{closer}` on this path too",),
            rust=rust,
            severity=words.mild(one),
        )
    known = extent.size if type(extent.size) is int else None
    facts: dict[str, object] = {
        "bytes": f"{known:,}" if known is not None else "some",
        "blocks": 1,
    }
    return words.diagnostic(
        finding,
        codes.DEFINITELY_LOST,
        facts,
        "allocated",
        help_=("release it on this path too, or hand it on",),
        rust="a `Box` or `Vec` releases its memory when it goes out of scope",
    )
