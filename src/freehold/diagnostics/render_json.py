"""The report as JSON. docs/json.md documents its fields; `schema` grows when one changes."""

import json
from collections.abc import Mapping
from enum import Enum

from freehold.diagnostics.fingerprint import fingerprints, function_of
from freehold.diagnostics.model import Diagnostic, Frame
from freehold.diagnostics.report import HeapUse, Loss, Report, RunSummary
from freehold.source import Span

SCHEMA = 1
Json = dict[str, object]


def render(report: Report, version: str) -> str:
    """Return the document for `report`, as made by this `version` of the tool."""
    prints = fingerprints(report.findings)
    document: Json = {
        "schema": SCHEMA,
        "tool": {"name": "freehold", "version": version},
        "command": report.command,
        "files": list(report.files),
        "exit_code": report.exit_code,
        "findings": [
            _finding(found, its) for found, its in zip(report.findings, prints, strict=True)
        ],
        "run": _run(report.runs[0]) if report.runs else None,
        "runs": [_run(run) for run in report.runs],
    }
    return json.dumps(document, indent=2) + "\n"


def _finding(found: Diagnostic, fingerprint: str) -> Json:
    return {
        "code": found.code.id,
        "name": found.code.name,
        "severity": found.severity.value,
        "cwe": found.code.cwe,
        "message": found.message,
        **_place(found.at),
        "function": function_of(found) or None,
        "label": found.primary,
        "labels": [{**_place(label.span), "text": label.text} for label in found.labels],
        "stack": [_frame(frame) for frame in found.stack],
        "events": [
            {"text": event.text, "stack": [_frame(frame) for frame in event.stack]}
            for event in found.events
        ],
        "expansion": _expansion(found.at),
        "notes": list(found.notes),
        "help": list(found.help),
        "fix": [{**_place(part.span), "text": part.text} for part in found.fix],
        "count": found.count,
        "facts": _facts(found.facts),
        "fingerprint": fingerprint,
    }


def _place(span: Span | None) -> Json:
    if span is None:
        return {"file": None, "line": None, "column": None, "end_line": None, "end_column": None}
    at = span.outermost()
    end = max(at.end, at.start)
    return {
        "file": at.source.name,
        "line": at.line,
        "column": at.column,
        "end_line": at.source.line_of(end),
        "end_column": at.source.column_of(end),
    }


def _frame(frame: Frame) -> Json:
    return {"function": frame.function, **_place(frame.span)}


def _expansion(span: Span | None) -> list[Json]:
    steps: list[Json] = []
    while span is not None and span.expansion is not None:
        bare = Span(span.source, span.start, span.end)
        steps.append({"macro": span.expansion.macro, **_place(bare)})
        span = span.expansion.call
    return steps


def _facts(facts: Mapping[str, object]) -> Json:
    return {key: _plain(value) for key, value in facts.items()}


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _run(run: RunSummary) -> Json:
    return {
        "status": run.status,
        "signal": run.signal,
        "usage": {"cpu_seconds": run.cpu_seconds, "peak_bytes": run.peak_bytes},
        "accesses": {"proven": run.accesses.proven, "total": run.accesses.total},
        "leaks": _leaks(run.heap) if run.heap is not None else None,
        "memory_safety": {"held": run.violations == 0, "violations": run.violations},
        "memory_containment": {
            "held": run.contained,
            "lost": _loss(run.heap.lost) if run.heap is not None else None,
        },
        "failed_allocation": run.failed_allocation or None,
    }


def _leaks(heap: HeapUse) -> Json:
    return {
        "definitely_lost": _loss(heap.definite),
        "indirectly_lost": _loss(heap.indirect),
        "possibly_lost": _loss(heap.possible),
        "still_reachable": _loss(heap.reachable),
        "in_use_at_exit": _loss(heap.in_use),
        "allocations": heap.allocations,
        "releases": heap.releases,
        "allocated_bytes": heap.allocated_bytes,
        "peak_bytes": heap.peak_bytes,
    }


def _loss(loss: Loss) -> Json:
    return {"bytes": loss.bytes, "blocks": loss.blocks}
