"""The diagnostic value: what an analysis, a front end or a run found, before any rendering.

Analyses yield a code, spans and facts; `Code.template` words the message, and the renderers lay it
out. A message is one short lower-case line.
"""

from collections.abc import Mapping
from enum import Enum

from freehold.records import dataclass, field
from freehold.source import Span


class Severity(Enum):
    """How bad it is. UNSUPPORTED is ours to mend: a construct or limit that we do not handle."""

    ERROR = "error"
    WARNING = "warning"
    HAZARD = "hazard"
    NOTE = "note"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Code:
    """A class of finding. `template` is filled from a diagnostic's facts (str.format fields).

    `id` is FH and four digits; `name` a kebab-case word for it; `cwe` its number, or None.
    """

    id: str
    name: str
    severity: Severity
    template: str
    cwe: int | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A span with a few words under it."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Replacement:
    """Put `text` in the place of a span, as a part of an edit that mends a finding."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Frame:
    """One call-stack entry: `function` was executing at `span` (None: code without source)."""

    function: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Event:
    """A step of the chain that led to a finding: "allocated here", and the stack at that time.

    Innermost frame first. `text` stands alone, as in `allocated 20 bytes here`.
    """

    text: str
    stack: tuple[Frame, ...]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `at` is the primary span (None when it has no place, such as a bad option).

    `primary` is the label under the primary span. `count` is how often it happened. `fix` is an
    edit that is always safe, and does away with the finding.
    """

    code: Code
    at: Span | None
    facts: Mapping[str, object] = field(default_factory=dict)
    primary: str = ""
    labels: tuple[Label, ...] = ()
    stack: tuple[Frame, ...] = ()
    events: tuple[Event, ...] = ()
    notes: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    level: Severity | None = None
    count: int = 1
    fix: tuple[Replacement, ...] = ()

    @property
    def message(self) -> str:
        """The one-line message."""
        return self.code.template.format(**self.facts)

    @property
    def severity(self) -> Severity:
        """The level of this finding: its own, else its code's."""
        return self.level or self.code.severity
