"""Codes of rustc's lints that deny by default. Their names are rustc's, with hyphens."""

from freehold.diagnostics.model import Code, Severity

_E = Severity.ERROR

UNCONDITIONAL_PANIC = Code(
    "FH1521", "unconditional-panic", _E, "this operation will panic at runtime"
)
ARITHMETIC_OVERFLOW = Code(
    "FH1522", "arithmetic-overflow", _E, "this arithmetic operation will overflow"
)
OVERFLOWING_LITERALS = Code(
    "FH1523", "overflowing-literals", _E, "literal out of range for `{type}`"
)
