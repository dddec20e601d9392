"""From findings to an exit code: 0 clean, 1 findings, 2 the source is wrong, 3 limit, unsupported.

A program without findings passes its own status through.
"""

from collections.abc import Iterable, Sequence

from freehold.diagnostics import Diagnostic, Severity
from freehold.diagnostics.codes import OUT_OF_MEMORY, OUTPUT_LIMIT, TIMED_OUT
from freehold.diagnostics.report import is_finding

CLEAN, FINDINGS, WRONG, LIMIT = 0, 1, 2, 3
_LIMITS = {TIMED_OUT.id, OUTPUT_LIMIT.id, OUT_OF_MEMORY.id}


def refusal(found: Iterable[Diagnostic]) -> int:
    """Return the exit code for a source that was not run: what came first decides."""
    for one in found:
        if one.severity is Severity.UNSUPPORTED:
            return LIMIT
        if one.severity is Severity.ERROR:
            return WRONG
    return CLEAN


def checked(found: Iterable[Diagnostic]) -> int:
    """Return the exit code for a source that was checked and is not to be run."""
    found = tuple(found)
    if any(one.severity is Severity.UNSUPPORTED for one in found):
        return LIMIT
    errors = [one for one in found if one.severity is Severity.ERROR]
    if any(one.code.id.startswith(("FH14", "FH20")) for one in errors):
        return WRONG
    return FINDINGS if errors else CLEAN


def verdict(found: Sequence[Diagnostic], status: int | None) -> int:
    """Return the exit code for a program that ended with `status` (None: by a signal)."""
    findings = [one for one in found if is_finding(one)]
    if any(one.code.id not in _LIMITS for one in findings):
        return FINDINGS
    if findings or any(one.severity is Severity.UNSUPPORTED for one in found):
        return LIMIT
    return FINDINGS if status is None else status
