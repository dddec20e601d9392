"""What rustc denies by default though the language allows it; `#[allow(...)]` permits it."""

from freehold.rust.lints.late import weighed
from freehold.rust.lints.panics import known_panics

__all__ = ["known_panics", "weighed"]
