"""What patterns cover, and whether they may bind what they do: from THIR."""

from freehold.rust.patterns.aliases import check_aliases
from freehold.rust.patterns.check import check_patterns

__all__ = ["check_aliases", "check_patterns"]
