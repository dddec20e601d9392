"""What stays the same about a finding when lines above it come and go."""

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from freehold.diagnostics.model import Diagnostic


def fingerprints(findings: Iterable[Diagnostic]) -> Iterator[str]:
    """Yield a fingerprint for each finding: of its code, function and line of text.

    Of several equal ones, the second and later carry their number.
    """
    seen: Counter[str] = Counter()
    for found in findings:
        line = ""
        if found.at is not None:
            at = found.at.outermost()
            line = " ".join(at.source.line_text(at.line).split())
        key = "\0".join((found.code.id, function_of(found), line))
        seen[key] += 1
        yield sha256(f"{key}\0{seen[key]}".encode(errors="replace")).hexdigest()[:32]


def function_of(found: Diagnostic) -> str:
    """Return the name of the function in which `found` happened, "" if none is known."""
    if found.stack:
        placed = (frame for frame in found.stack if frame.span is not None)
        return next(placed, found.stack[0]).function
    return ""
