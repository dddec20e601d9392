"""rustc's codes of what only shows when a program is made concrete, with its wording."""

from freehold.diagnostics.model import Code, Severity

CONSTANT_FAILED = Code("E0080", "constant-failed", Severity.ERROR, "{what}")
NO_MAIN = Code("E0601", "no-main", Severity.ERROR, "`main` function not found in crate `{crate}`")
