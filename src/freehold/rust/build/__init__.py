"""Building generic MIR from THIR: evaluation order, temporaries, matches, and scheduled drops."""

from freehold.rust.build.body import build

__all__ = ["build"]
