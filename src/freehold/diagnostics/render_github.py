"""Workflow commands: GitHub Actions shows each as an annotation of its line."""

from freehold.diagnostics.model import Diagnostic, Severity

_COMMAND = {
    Severity.ERROR: "error",
    Severity.UNSUPPORTED: "error",
    Severity.WARNING: "warning",
    Severity.HAZARD: "warning",
    Severity.NOTE: "notice",
}


def render(found: Diagnostic) -> str:
    """Return the line of one finding."""
    title = f"{found.code.id} {found.code.name}" if found.code.name else found.code.id
    properties = [("title", title)]
    if found.at is not None:
        at = found.at.outermost()
        end = max(at.end, at.start)
        properties = [
            ("file", at.source.name),
            ("line", str(at.line)),
            ("col", str(at.column)),
            ("endLine", str(at.source.line_of(end))),
            ("endColumn", str(at.source.column_of(end))),
            *properties,
        ]
    written = ",".join(f"{name}={_property(value)}" for name, value in properties)
    text = "\n".join((found.message, *found.notes, *(f"help: {one}" for one in found.help)))
    return f"::{_COMMAND[found.severity]} {written}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
