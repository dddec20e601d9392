"""A baseline: findings that were there before, and are not to be told of again.

It knows a finding by its code, its function and its line's text, not by the line's number: code
that moves keeps its entry, and code that is edited is looked at anew.
"""

from collections.abc import Sequence
from pathlib import Path

from freehold.diagnostics import Diagnostic
from freehold.diagnostics.fingerprint import fingerprints, function_of
from freehold.diagnostics.report import is_finding
from freehold.records import dataclass

SCHEMA = 1


class BaselineError(Exception):
    """The file cannot be read; the text says why."""


@dataclass(frozen=True, slots=True)
class Compared:
    """`fresh` are the findings that a baseline does not have, `known` the number that it has.

    `gone` is the number of its entries that were not found this time.
    """

    fresh: tuple[Diagnostic, ...]
    known: int
    gone: int


def compare(findings: Sequence[Diagnostic], path: Path) -> Compared:
    """Return what is new in comparison to the baseline in `path`; raises BaselineError."""
    entries = _read(path)
    fresh: list[Diagnostic] = []
    met: set[str] = set()
    for found, fingerprint in zip(findings, fingerprints(findings), strict=True):
        if is_finding(found) and fingerprint in entries:
            met.add(fingerprint)
        else:
            fresh.append(found)
    return Compared(tuple(fresh), len(met), len(entries - met))


def write(findings: Sequence[Diagnostic], path: Path) -> int:
    """Make the findings the baseline in `path`, and return how many they are."""
    import json

    prints = fingerprints(findings)
    entries = [
        _entry(found, its) for found, its in zip(findings, prints, strict=True) if is_finding(found)
    ]
    document = {"schema": SCHEMA, "findings": entries}
    path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    return len(entries)


def _entry(found: Diagnostic, fingerprint: str) -> dict[str, object]:
    """Return an entry: the fingerprint decides, the rest is for its reader."""
    at = found.at.outermost() if found.at is not None else None
    return {
        "fingerprint": fingerprint,
        "code": found.code.id,
        "message": found.message,
        "file": at.source.name if at is not None else None,
        "function": function_of(found) or None,
    }


def _read(path: Path) -> set[str]:
    import json

    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["schema"] != SCHEMA:
            raise BaselineError(f"`{path}`: its schema is not {SCHEMA}")
        return {str(entry["fingerprint"]) for entry in document["findings"]}
    except OSError as error:
        raise BaselineError(f"`{path}`: {(error.strerror or str(error)).lower()}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise BaselineError(f"`{path}` is no baseline") from error
