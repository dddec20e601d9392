"""What of the findings is told, and what they come to: comments, settings and baseline decide."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from freehold.diagnostics import Diagnostic, Severity
from freehold.diagnostics.report import is_finding
from freehold.driver.baseline import compare
from freehold.driver.suppress import suppress
from freehold.driver.verdict import CLEAN, FINDINGS, LIMIT, WRONG
from freehold.records import dataclass
from freehold.source import Source

_RANK = {"error": 2, "warning": 1, "hazard": 0}
_LEVELS = {Severity.ERROR: 2, Severity.WARNING: 1, Severity.HAZARD: 0}
_COUNTED = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.HAZARD: "hazard",
    Severity.UNSUPPORTED: "unsupported construct",
}
_READING = ("FH10", "FH11", "FH12", "FH14", "FH20")  # a source that could not be understood


@dataclass(frozen=True, slots=True)
class Gated:
    """`findings` are to be told; `notes` are lines on those that are not, `hidden` of them."""

    findings: tuple[Diagnostic, ...]
    notes: tuple[str, ...] = ()
    hidden: int = 0


def gate(
    findings: Sequence[Diagnostic],
    sources: Iterable[Source],
    allow: frozenset[str],
    baseline: Path | None,
) -> Gated:
    """Leave out what is allowed, and what the baseline knows; raises BaselineError."""
    notes: list[str] = []
    chosen = [one for one in findings if not {one.code.id, one.code.name} & allow]
    kept = suppress(chosen, sources)
    allowed = kept.allowed + len(findings) - len(chosen)
    if allowed:
        notes.append(f"{count(allowed)} allowed by comments or settings")
    told = kept.findings
    hidden = allowed
    if baseline is not None:
        compared = compare(told, baseline)
        told = compared.fresh
        hidden += compared.known
        if compared.known:
            notes.append(f"{count(compared.known)} known to the baseline")
        if compared.gone:
            notes.append(f"{count(compared.gone)} of the baseline gone: --update-baseline")
    return Gated(told, tuple(notes), hidden)


def outcome(findings: Iterable[Diagnostic], fail_on: str) -> int:
    """Return the exit code: what cannot be read first, then findings, then what is unsupported."""
    findings = tuple(findings)
    errors = (one for one in findings if one.severity is Severity.ERROR)
    if any(one.code.id.startswith(_READING) for one in errors):
        return WRONG
    limit = _RANK[fail_on]
    if any(is_finding(one) and _LEVELS[one.severity] >= limit for one in findings):
        return FINDINGS
    if any(one.severity is Severity.UNSUPPORTED for one in findings):
        return LIMIT
    return CLEAN


# Codes of faults that break memory safety, and of those that lose memory or other resources.
_SAFETY = ("FH01", "FH02", "FH03", "FH04", "FH05", "FH06")
_CONTAINMENT = ("FH08",)


def closing(findings: Iterable[Diagnostic], *, checked: bool) -> tuple[str, ...]:
    """Return the verdicts on C: what was not found may be there all the same."""
    if not checked:
        return ()
    faults = [one for one in findings if one.severity in {Severity.ERROR, Severity.WARNING}]
    return (
        f"memory safety: {_verdict(faults, _SAFETY)}",
        f"memory containment: {_verdict(faults, _CONTAINMENT)}",
    )


def _verdict(faults: Sequence[Diagnostic], codes: tuple[str, ...]) -> str:
    its = [one for one in faults if one.code.id.startswith(codes)]
    sure = sum(one.severity is Severity.ERROR for one in its)
    if sure:
        return f"violated ({_faults(sure)})"
    return f"perhaps violated ({_faults(len(its))})" if its else "not shown violated"


def _faults(number: int) -> str:
    return "1 fault" if number == 1 else f"{number:,} faults"


def summed_up(findings: Iterable[Diagnostic], files: int) -> str:
    """Return what checking so many files came to, in words."""
    counts: Counter[Severity] = Counter(one.severity for one in findings)
    words = [
        f"{counts[severity]:,} {word}{'s' if counts[severity] > 1 else ''}"
        for severity, word in _COUNTED.items()
        if counts[severity]
    ]
    checked = "1 file" if files == 1 else f"{files:,} files"
    return f"{checked} checked: {', '.join(words) or 'nothing to report'}"


def count(number: int) -> str:
    """Return a number of findings in words."""
    return "1 finding" if number == 1 else f"{number:,} findings"
