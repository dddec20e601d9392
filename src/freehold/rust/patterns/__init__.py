"""What THIR patterns cover: matches must cover every value, `let` patterns too."""

from freehold.rust.patterns.check import check_patterns

__all__ = ["check_patterns"]
