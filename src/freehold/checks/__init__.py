"""What the symbolic execution finds, in words: a file for each kind of fault.

A check turns a `Finding` into a `Diagnostic`: its code, what it says, the events that led to it,
how to mend it, and what Rust would have said. Whether it is a fault was decided in `effects`.
"""

from freehold.checks.registry import diagnose

__all__ = ["diagnose"]
