"""The report as SARIF 2.1.0, for code-scanning services.

Rules are the codes that were found, related to CWE's taxonomy. The chain of events of a finding is
a code flow. GitHub refuses results without a place in a file, shows at most 1,000 locations of a
thread flow, and needs `security-severity` to be a string, and `defaultConfiguration.level` on each
rule.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from urllib.parse import quote

from freehold.diagnostics.fingerprint import fingerprints
from freehold.diagnostics.model import Code, Diagnostic, Event, Frame, Label, Severity
from freehold.diagnostics.pages import page
from freehold.diagnostics.report import Report
from freehold.source import Span

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_FLOW_LIMIT = 1000
Json = dict[str, object]

_LEVEL = {
    Severity.ERROR: "error",
    Severity.UNSUPPORTED: "error",
    Severity.WARNING: "warning",
    Severity.HAZARD: "warning",
    Severity.NOTE: "note",
}

# CVSS-like scores by the first two digits of the code; what corrupts memory stands highest.
_SECURITY = {"01": "9.0", "02": "8.8", "03": "8.1", "04": "6.5", "05": "7.5", "06": "7.0"}
_SECURITY_REST = {"07": "5.0", "08": "4.0"}


def render(report: Report, version: str) -> str:
    """Return the SARIF log of `report`, as made by this `version` of the tool."""
    used = sorted({found.code for found in report.findings}, key=lambda code: code.id)
    index = {code.id: position for position, code in enumerate(used)}
    placed = [found for found in report.findings if found.at is not None]
    others = [found for found in report.findings if found.at is None]
    prints = fingerprints(placed)
    run: Json = {
        "tool": {
            "driver": {
                "name": "Freehold",
                "version": version,
                "semanticVersion": version,
                "rules": [_rule(code) for code in used],
                "supportedTaxonomies": [{"name": "CWE"}],
            }
        },
        "taxonomies": [_cwe(used)],
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report, others, index)],
        "results": [
            _result(found, index[found.code.id], its)
            for found, its in zip(placed, prints, strict=True)
        ],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _invocation(report: Report, others: Sequence[Diagnostic], index: dict[str, int]) -> Json:
    """Return how the tool fared: what has no place in a file is said here, not as a result."""
    made: Json = {"executionSuccessful": report.exit_code in {0, 1}}
    if others:
        made["toolExecutionNotifications"] = [
            {
                "level": _LEVEL[found.severity],
                "message": {"text": ". ".join([found.message, *found.notes, *found.help])},
                "associatedRule": {"id": found.code.id, "index": index[found.code.id]},
            }
            for found in others
        ]
    return made


def _rule(code: Code) -> Json:
    score = _score(code)
    tags = _tags(code)
    properties: Json = {"tags": tags, "precision": "very-high"}
    if score is not None:
        properties["security-severity"] = score
        tags.append("security")
    if code.cwe is not None:
        tags.append(f"external/cwe/cwe-{code.cwe:03}")
    text = page(code.id) or code.name
    rule: Json = {
        "id": code.id,
        "name": "".join(word.capitalize() for word in code.name.split("-")),
        "shortDescription": {"text": code.name.replace("-", " ")},
        "fullDescription": {"text": _first_paragraph(text, code.severity)},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": _LEVEL[code.severity]},
        "properties": properties,
    }
    if code.cwe is not None:
        target = {"id": str(code.cwe), "toolComponent": {"name": "CWE"}}
        rule["relationships"] = [{"target": target, "kinds": ["superset"]}]
    return rule


def _score(code: Code) -> str | None:
    return {**_SECURITY, **_SECURITY_REST}.get(code.id[2:4]) if _is_ours(code) else None


def _tags(code: Code) -> list[str]:
    """Return what a code is about: rustc's are those of Rust, and so are FH14 and FH15."""
    if not _is_ours(code) or code.id[2:4] in {"14", "15"}:
        return ["rust", "memory-safety"] if code.cwe is not None else ["rust"]
    return ["memory-safety"] if code.id[2:4] < "10" else ["c"]


def _is_ours(code: Code) -> bool:
    return code.id.startswith("FH")


def _first_paragraph(text: str, severity: Severity) -> str:
    """Return the first paragraph of a page after its title and its severity."""
    paragraphs = [part for part in text.split("\n\n") if part and not part.startswith("#")]
    if len(paragraphs) > 1 and paragraphs[0].split()[0] == severity.value:
        del paragraphs[0]
    return " ".join((paragraphs or [text])[0].split())


def _cwe(used: Iterable[Code]) -> Json:
    numbers = sorted({code.cwe for code in used if code.cwe is not None})
    return {
        "name": "CWE",
        "organization": "MITRE",
        "shortDescription": {"text": "The MITRE Common Weakness Enumeration"},
        "informationUri": "https://cwe.mitre.org/",
        "taxa": [
            {"id": str(n), "helpUri": f"https://cwe.mitre.org/data/definitions/{n}.html"}
            for n in numbers
        ],
    }


def _result(found: Diagnostic, rule: int, fingerprint: str) -> Json:
    assert found.at is not None
    result: Json = {
        "ruleId": found.code.id,
        "ruleIndex": rule,
        "level": _LEVEL[found.severity],
        "message": {"text": ". ".join([found.message, *found.notes, *found.help])},
        "locations": [_location(found.at, found.primary)],
        "partialFingerprints": {"freehold/v1": fingerprint},
        "occurrenceCount": found.count,
    }
    if found.labels:
        result["relatedLocations"] = [
            {"id": number, **_location(label.span, label.text)}
            for number, label in enumerate(found.labels)
        ]
    if found.stack:
        result["stacks"] = [_stack(found.stack, found.message)]
    if found.fix:
        result["fixes"] = [_fix(found)]
    flow = list(_flow(found))
    if len(flow) > 1:
        result["codeFlows"] = [{"threadFlows": [{"locations": flow[:_FLOW_LIMIT]}]}]
    return result


def _flow(found: Diagnostic) -> Iterable[Json]:
    """Yield what happened in order of time: the events, then the finding itself."""
    for event in found.events:
        yield from _event(event)
    before, after = _steps(found)
    for label in before:
        yield {"location": _location(label.span, label.text), "importance": "important"}
    if found.at is not None:
        location = _location(found.at, found.primary or found.message)
        yield {"location": location, "importance": "essential"}
    for label in after:
        yield {"location": _location(label.span, label.text), "importance": "essential"}


def _steps(found: Diagnostic) -> tuple[Sequence[Label], Sequence[Label]]:
    """Return the labels of a chain that was found without a run: before the place, inside of it.

    Where the place is a call, what happens in the callee comes after it.
    """
    if found.events or not _is_ours(found.code) or found.code.id[2:4] >= "10":
        return (), ()
    labels = list(found.labels)
    inner = labels.pop() if labels and found.primary.endswith(" in this call") else None
    after = [inner] if inner is not None else []
    while labels and after and labels[-1].text == "through this call":
        after.insert(0, labels.pop())
    return labels, after


def _fix(found: Diagnostic) -> Json:
    changes: dict[str, list[Json]] = {}
    for part in found.fix:
        region = _region(part.span)
        change: Json = {"deletedRegion": region, "insertedContent": {"text": part.text}}
        changes.setdefault(_uri(part.span.source.name), []).append(change)
    return {
        "artifactChanges": [
            {"artifactLocation": {"uri": uri}, "replacements": its} for uri, its in changes.items()
        ]
    }


def _event(event: Event) -> Iterable[Json]:
    """Yield the calls that led to `event`, outermost first."""
    placed = [frame for frame in event.stack if frame.span is not None]
    for depth, frame in enumerate(reversed(placed)):
        last = depth == len(placed) - 1
        assert frame.span is not None
        yield {
            "location": _location(frame.span, event.text if last else f"in {frame.function}"),
            "nestingLevel": depth,
            "importance": "essential" if last else "unimportant",
        }


def _stack(stack: Sequence[Frame], text: str) -> Json:
    frames: list[Json] = []
    for frame in stack:
        location: Json = {"logicalLocations": [{"fullyQualifiedName": frame.function}]}
        if frame.span is not None:
            location.update(_location(frame.span))
        frames.append({"location": location})
    return {"message": {"text": text}, "frames": frames}


def _location(span: Span, text: str = "") -> Json:
    at = span.outermost()
    location: Json = {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(at.source.name)},
            "region": _region(at),
        }
    }
    if text:
        location["message"] = {"text": text}
    return location


def _region(at: Span) -> Json:
    end = max(at.end, at.start)
    return {
        "startLine": at.line,
        "startColumn": at.column,
        "endLine": at.source.line_of(end),
        "endColumn": at.source.column_of(end),
    }


def _uri(name: str) -> str:
    path = PurePath(name)
    encoded = quote(path.as_posix(), errors="replace")
    return f"file://{encoded}" if path.is_absolute() else encoded
