"""rustc's codes for ownership, borrows and lifetimes, under its numbers, with its wording.

The names are ours. `{what}` stands where rustc words a code in several ways.
"""

from freehold.diagnostics.model import Code, Severity

_E = Severity.ERROR

# ------------------------------------------------------------------------- moves, initialisation
USE_OF_UNINITIALISED = Code(
    "E0381", "use-of-uninitialised", _E, "{used} binding {name}{state}", 457
)
USE_OF_MOVED = Code("E0382", "use-of-moved-value", _E, "{action} of {partially}moved value{name}")
ASSIGNED_TWICE = Code("E0384", "assigned-twice", _E, "cannot assign {what} {name}")
MOVE_OUT_OF_BORROWED = Code("E0507", "move-out-of-borrowed", _E, "cannot move out of {what}")
MOVE_OUT_OF_ARRAY = Code(
    "E0508", "move-out-of-array", _E, "cannot move out of type `{type}`, a non-copy {kind}"
)
MOVE_OUT_OF_DROP = Code(
    "E0509",
    "move-out-of-drop",
    _E,
    "cannot move out of type `{type}`, which implements the `Drop` trait",
)
