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

# ---------------------------------------------------------------------------------------- borrows
SECOND_MUTABLE_BORROW = Code(
    "E0499",
    "second-mutable-borrow",
    _E,
    "cannot borrow {name} as mutable more than once at a time",
)
BORROW_IN_TWO_CLOSURES = Code("E0500", "borrow-in-closure", _E, "{what}")
BORROW_OF_UNIQUE = Code("E0501", "borrow-of-unique", _E, "{what}")
MIXED_BORROWS = Code(
    "E0502",
    "mixed-borrows",
    _E,
    "cannot borrow {name} as {kind} because {noun} is also borrowed as {other}",
    416,
)
USE_OF_BORROWED = Code(
    "E0503", "use-of-borrowed", _E, "cannot use {name} because it was mutably borrowed"
)
MOVE_OF_BORROWED = Code(
    "E0505", "move-of-borrowed", _E, "cannot move out of {name} because it is borrowed", 416
)
ASSIGN_TO_BORROWED = Code(
    "E0506", "assign-to-borrowed", _E, "cannot assign to {name} because it is borrowed"
)
CHANGE_IN_GUARD = Code("E0510", "change-in-guard", _E, "cannot {action} {name} in {where}")
TWO_UNIQUE_CLOSURES = Code(
    "E0524",
    "two-unique-closures",
    _E,
    "two closures require unique access to {name} at the same time",
)
# ---------------------------------------------------------------------------------------- lifetimes
CLOSURE_OUTLIVES = Code(
    "E0373",
    "closure-outlives",
    _E,
    "closure may outlive the current {scope}, but it borrows {name}, which is owned by the "
    "current {scope}",
    562,
)
RETURN_OF_LOCAL = Code(
    "E0515", "return-of-local-reference", _E, "cannot {action} {what} {name}", 562
)
DATA_ESCAPES = Code("E0521", "data-escapes", _E, "borrowed data escapes outside of {where}")
DOES_NOT_LIVE = Code(
    "E0597", "does-not-live-long-enough", _E, "{name} does not live long enough", 825
)
LIFETIME_REQUIRED = Code("E0621", "lifetime-required", _E, "explicit lifetime required in {where}")
DROP_WHILE_BORROWED = Code(
    "E0713", "drop-while-borrowed", _E, "borrow may still be in use when destructor runs"
)
TEMPORARY_DROPPED = Code(
    "E0716", "temporary-dropped", _E, "temporary value dropped while borrowed", 825
)
LIFETIME_TOO_SHORT = Code("FH1501", "lifetime-too-short", _E, "lifetime may not live long enough")
CAPTURE_ESCAPES = Code(
    "FH1502",
    "capture-escapes",
    _E,
    "captured variable cannot escape `FnMut` closure body",
)
PROJECTION_TOO_SHORT = Code("E0309", "projection-too-short", _E, "{what} may not live long enough")
PARAMETER_TOO_SHORT = Code("E0310", "parameter-too-short", _E, "{what} may not live long enough")
PART_TOO_SHORT = Code("E0311", "part-too-short", _E, "{what} may not live long enough")
HIDDEN_LIFETIME = Code(
    "E0700",
    "hidden-lifetime",
    _E,
    "hidden type for `{type}` captures lifetime that does not appear in bounds",
)
BINDING_CONFLICT = Code("FH1504", "binding-conflict", _E, "{what}")
HIGHER_RANKED = Code("FH1503", "higher-ranked-lifetime", _E, "higher-ranked lifetime error")
# --------------------------------------------------------------------------------------- mutability
ASSIGN_TO_IMMUTABLE = Code("E0594", "assign-to-immutable", _E, "cannot assign to {what}")
MUTABLE_BORROW_OF_IMMUTABLE = Code(
    "E0596", "mutable-borrow-of-immutable", _E, "cannot borrow {what}"
)
