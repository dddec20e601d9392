"""Words for sizes, places and objects, and the shape that all findings share."""

from freehold.diagnostics import Code, Diagnostic, Label, Severity
from freehold.effects.events import Event
from freehold.effects.faults import Extent, Finding
from freehold.effects.values import Linear, Number, Region, RegionKind


def size(number: Number) -> str:
    """Return "1 byte", "1,024 bytes", "some bytes"."""
    if type(number) is not int:
        return "some bytes"
    return "1 byte" if number == 1 else f"{number:,} bytes"


def access(extent: Extent | None) -> str:
    """Return "read" or "write"."""
    return "write" if extent is not None and extent.write else "read"


def region(one: Region | None) -> str:
    """Return what an object is: "a block of 20 bytes", "`buffer`, a local"."""
    if one is None:
        return "an object"
    sized = size(one.size) if type(one.size) is int else ""
    match one.kind:
        case RegionKind.HEAP:
            return f"a block of {sized}" if sized else "a block"
        case RegionKind.STACK:
            return f"`{one.name}`" if one.name.isidentifier() else one.name or "a local"
        case RegionKind.STATIC:
            return f"global `{one.name}`" if one.name else "a static object"
        case RegionKind.LITERAL:
            return "a string literal"
        case RegionKind.FUNCTION:
            return f"function `{one.name}`"
        case RegionKind.RESOURCE:
            return f"the {one.name}" if one.name else "a stream"
        case RegionKind.LIBRARY:
            return "an object of the C library"


def where(extent: Extent) -> str:
    """Return where an access lies: "0 bytes after a block of 20 bytes"."""
    one = extent.region
    what = region(one)
    if one is not None and one.kind is not RegionKind.HEAP and type(one.size) is int:
        what = f"{what} ({size(one.size)})"
    room = one.size if one is not None else None
    offset, width = extent.offset, extent.size
    if type(offset) is not int:
        return f"which may lie outside {what}"
    if offset < 0:
        return f"{size(-offset)} before {what}"
    if type(room) is not int:
        return f"{size(offset)} inside {what}"
    if offset >= room:
        return f"{size(offset - room)} after {what}"
    if type(width) is int and offset + width > room:
        return f"{size(offset)} inside {what} and {size(offset + width - room)} past its end"
    if type(width) is Linear:
        return f"{size(offset)} inside {what} and perhaps past its end"
    return f"{size(offset)} inside {what}"


def labels(events: tuple[Event, ...]) -> tuple[Label, ...]:
    """Return the events as labels: what happened, and the calls that it came through."""
    found: list[Label] = []
    for event in events:
        spans = event.spans()
        through = f"{event.text.removesuffix(' here')} through this call"
        found.extend(Label(call, through) for call in spans[:-1])
        found.append(Label(spans[-1], event.text))
    return tuple(dict.fromkeys(found))


def level(finding: Finding) -> Severity:
    """Return the level: an error comes on every path that reaches the line."""
    return Severity.ERROR if finding.every else Severity.WARNING


def mild(one: Region | None) -> Severity | None:
    """Return the level for what the system itself answers with an error: use of a descriptor."""
    return Severity.WARNING if one is not None and one.family == "close" else None


def diagnostic(
    finding: Finding,
    code: Code,
    facts: dict[str, object],
    done: str,
    *,
    help_: tuple[str, ...] = (),
    rust: str = "",
    severity: Severity | None = None,
) -> Diagnostic:
    """Return a finding's diagnostic; `done` says what happens at its place: "used"."""
    fault = finding.fault
    spans = fault.at.spans()
    by = f" by {fault.at.text.removeprefix('in ')}" if fault.at.text.startswith("in ") else ""
    events = tuple(Event(_said(e, fault.by), e.span, e.inside) for e in fault.events)
    inner = tuple(Label(span, f"{done}{by} here") for span in spans[1:][-1:])
    through = tuple(Label(span, "through this call") for span in spans[1:-1])
    primary = f"{done}{by} here" if len(spans) == 1 else f"{done} in this call"
    return Diagnostic(
        code,
        spans[0],
        facts,
        primary=primary,
        labels=(*labels(events), *through, *inner),
        notes=(f"in Rust: {rust}",) if rust else (),
        help=help_,
        level=severity or level(finding),
    )


def _said(event: Event, how: str) -> str:
    """Return an event in words: releases are known by the function that did them."""
    if event.text.startswith("in `"):
        return "closed here" if how == "closed" else "freed here"
    return event.text
