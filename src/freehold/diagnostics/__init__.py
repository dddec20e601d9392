"""The registry of codes, the diagnostic value, and its renderers."""

from freehold.diagnostics.model import Code, Diagnostic, Event, Frame, Label, Replacement, Severity

__all__ = ["Code", "Diagnostic", "Event", "Frame", "Label", "Replacement", "Severity"]
