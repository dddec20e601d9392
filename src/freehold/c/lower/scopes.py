"""C's scopes while a function is lowered: what becomes live in them, and what their end undoes.

A scope that no jump can enter makes each variable live at its declaration; one that a `goto` or a
`case` can enter makes them all live at its start, and again on the edges of those jumps.
"""

from freehold.c import tree
from freehold.mir.values import Block, Local, Scope
from freehold.records import dataclass, field
from freehold.source import Span


@dataclass(frozen=True, slots=True)
class EndStorage:
    """A local ends."""

    local: Local


@dataclass(frozen=True, slots=True)
class RunCleanup:
    """The cleanup function of `variable` is called with its address."""

    variable: tree.Variable


Exit = EndStorage | RunCleanup


@dataclass(eq=False, slots=True)
class CScope:
    """A block of C. `entry` is live from its start; `exits` is undone at its end, last first.

    `pinned`: a computed goto may enter it, so that its variables live as long as the function.
    `passed_label`: a jump back may have led here, so that declarations are met again.
    """

    parent: "CScope | None"
    scope: Scope
    end: Span
    jumped_into: bool = False
    pinned: bool = False
    passed_label: bool = False
    entry: list[Local] = field(default_factory=list)
    exits: list[Exit] = field(default_factory=list)

    def chain(self) -> "list[CScope]":
        """Return this scope and those around it, innermost first."""
        scopes = []
        scope: CScope | None = self
        while scope is not None:
            scopes.append(scope)
            scope = scope.parent
        return scopes

    def snapshot(self) -> "Snapshot":
        """Return how far each scope around this point has come."""
        return {scope: len(scope.exits) for scope in self.chain()}


Snapshot = dict[CScope, int]  # innermost first: how many of its exits are due


@dataclass(slots=True)
class LabelPlace:
    """A label or case: its block, and the scopes around it once it has been passed."""

    block: Block
    scopes: Snapshot | None = None


@dataclass(frozen=True, slots=True)
class Jump:
    """An edge to a label: from the end of an unfinished block `pad`, in `scopes`."""

    pad: Block
    scope: CScope
    scopes: Snapshot
    to: LabelPlace
    span: Span
