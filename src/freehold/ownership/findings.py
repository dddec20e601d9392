"""A finding in the making: labels are added as it is explained."""

from collections.abc import Mapping

from freehold.diagnostics.model import Code, Diagnostic, Label, Replacement
from freehold.records import dataclass, field
from freehold.source import Span


@dataclass(slots=True)
class Draft:
    """A diagnostic whose labels, notes and help are still being gathered."""

    code: Code
    at: Span
    facts: Mapping[str, object]
    primary: str = ""
    labels: list[Label] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    help: list[str] = field(default_factory=list)
    fix: tuple[Replacement, ...] = ()

    def label(self, span: Span, text: str) -> None:
        """Add a label; the first one at the primary span is the primary label."""
        if span == self.at and not self.primary:
            self.primary = text
        elif (label := Label(span, text)) not in self.labels:
            self.labels.append(label)

    def note(self, text: str) -> None:
        """Add a note, once."""
        if text not in self.notes:
            self.notes.append(text)

    def advise(self, text: str) -> None:
        """Add help, once."""
        if text not in self.help:
            self.help.append(text)

    def make_mutable(self, name: str, declared: Span) -> None:
        """Let the edit be to declare the variable `name` with `mut`, if that is all it takes."""
        text = declared.source.text
        before = text[: declared.start].split()[-1:]
        whole = text[declared.start : declared.end] == name and declared.expansion is None
        if whole and before != ["ref"]:
            at = Span(declared.source, declared.start, declared.start)
            self.fix = (Replacement(at, "mut "),)

    def finish(self) -> Diagnostic:
        """Return the diagnostic."""
        return Diagnostic(
            self.code,
            self.at,
            self.facts,
            self.primary,
            tuple(self.labels),
            notes=tuple(self.notes),
            help=tuple(self.help),
            fix=self.fix,
        )


def in_order(drafts: list[Draft]) -> list[Diagnostic]:
    """Return the diagnostics in order of their places."""

    def place(draft: Draft) -> tuple[int, int]:
        outer = draft.at.outermost()
        return outer.start, outer.end

    return [draft.finish() for draft in sorted(drafts, key=place)]
