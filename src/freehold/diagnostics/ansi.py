"""Colour for terminals: a palette of roles, which are all plain when colour is off."""

from enum import Enum

from freehold.diagnostics.model import Severity
from freehold.records import dataclass

_RESET = "\x1b[0m"


class Role(Enum):
    """What a piece of a report is; the value is its ANSI escape."""

    ERROR = "\x1b[1;31m"
    WARNING = "\x1b[1;33m"
    NOTE = "\x1b[1;32m"
    HELP = "\x1b[1;36m"
    FRAME = "\x1b[1;34m"  # gutters, arrows, secondary marks
    STRONG = "\x1b[1m"
    GHOST = "\x1b[2m"  # what is not in the source
    PLAIN = ""


SEVERITY_ROLE = {
    Severity.ERROR: Role.ERROR,
    Severity.UNSUPPORTED: Role.ERROR,
    Severity.WARNING: Role.WARNING,
    Severity.HAZARD: Role.WARNING,
    Severity.NOTE: Role.NOTE,
}


@dataclass(frozen=True, slots=True)
class Palette:
    """Paints text in roles, or leaves it plain."""

    colour: bool = False

    def paint(self, text: str, role: Role) -> str:
        """Return `text` in the role's colour."""
        if not self.colour or role is Role.PLAIN or not text:
            return text
        return f"{role.value}{text}{_RESET}"
