"""What rustc says last: lints, and what it only says of a program that has no other error."""

from freehold.diagnostics import Diagnostic, Severity
from freehold.diagnostics.codes_rust_lints import (
    ARITHMETIC_OVERFLOW,
    OVERFLOWING_LITERALS,
    UNCONDITIONAL_PANIC,
)
from freehold.diagnostics.codes_rust_types import PRIVATE_FIELD_INIT
from freehold.rust.lints.levels import Levels
from freehold.source import Source

_LINTS = (ARITHMETIC_OVERFLOW, OVERFLOWING_LITERALS, UNCONDITIONAL_PANIC)
_LAST = (OVERFLOWING_LITERALS, PRIVATE_FIELD_INIT)


def weighed(found: list[Diagnostic], source: Source) -> list[Diagnostic]:
    """Return what rustc would say of all that was found in a program."""
    wrong = any(
        one.severity is Severity.ERROR and one.code not in {*_LINTS, *_LAST} for one in found
    )
    levels = Levels(source)
    return [
        one
        for one in found
        if not (wrong and one.code in _LAST) and (one.code not in _LINTS or levels.denied(one))
    ]
