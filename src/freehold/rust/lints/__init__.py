"""What the compiler cannot run, and what it denies by default: `#[allow(...)]` permits that."""

from freehold.rust.lints.constness import calls_in_constant
from freehold.rust.lints.late import weighed
from freehold.rust.lints.panics import known_panics

__all__ = ["calls_in_constant", "known_panics", "weighed"]
