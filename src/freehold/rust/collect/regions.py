"""Lifetimes as they are written, and what elided ones stand for in each place.

An elided lifetime is `&T` without one, `'_`, or one that a path leaves out. What it means depends
on where it stands; each place has its `Elision`.
"""

from typing import Protocol

from freehold.records import dataclass, field
from freehold.rust.hooks import Hooks
from freehold.source import Span
from freehold.types.generic import ERROR_REGION, STATIC, BoundRegion, ParamRegion, Region


@dataclass(slots=True, eq=False)
class Binder:
    """A binder around the type at hand: a signature, `for<'a>`, `Fn(..)`, `dyn`."""

    names: list[str] = field(default_factory=list)

    def add(self, name: str) -> int:
        """Bind another lifetime; return its index."""
        self.names.append(name)
        return len(self.names) - 1


@dataclass(frozen=True, slots=True)
class BoundIn:
    """A lifetime of a binder, independent of how deep inside of it one stands."""

    binder: Binder
    index: int


Meant = Region | BoundIn


class Binders(list[Binder]):
    """The binders around the type at hand, outermost first."""

    def region(self, meant: Meant) -> Region:
        """Return `meant` as seen from inside of all binders."""
        if not isinstance(meant, BoundIn):
            return meant
        for depth, binder in enumerate(reversed(self)):
            if binder is meant.binder:
                return BoundRegion(depth, meant.index, binder.names[meant.index])
        return ERROR_REGION  # its binder is closed: there was an error


@dataclass(frozen=True, slots=True)
class Elided:
    """An elided lifetime at `span`. `how` is "&", "'_" or "path".

    A path that leaves out `count` of them asks once for "path", then for "more".
    """

    span: Span
    how: str
    count: int = 1


class Elision(Protocol):
    """What elided lifetimes stand for in one kind of place."""

    def __call__(self, elided: Elided) -> Meant:
        """Return the lifetime that stands for one."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """Parameters: each elided lifetime is a new one of the binder."""

    binder: Binder

    def __call__(self, elided: Elided) -> Meant:
        """Bind a new lifetime."""
        return BoundIn(self.binder, self.binder.add("'_"))


@dataclass(frozen=True, slots=True)
class Always:
    """Results, constants: all elided lifetimes are the same one."""

    meant: Meant

    def __call__(self, elided: Elided) -> Meant:
        """Return it."""
        return self.meant


@dataclass(slots=True, eq=False)
class Missing:
    """Where a lifetime must be written: E0106, or (`refused`) E0637 for what is not even that."""

    found: list[Elided] = field(default_factory=list)
    refused: bool = False

    def __call__(self, elided: Elided) -> Meant:
        """Take note of it."""
        if elided.how != "more":
            self.found.append(elided)
        return ERROR_REGION


@dataclass(slots=True, eq=False)
class Implied:
    """Headers of impls: each elided lifetime is the next of the impl's unnamed parameters."""

    params: list[ParamRegion]
    hidden: list[Elided] = field(default_factory=list)
    _next: int = 0

    def __call__(self, elided: Elided) -> Meant:
        """Return the next parameter."""
        if elided.how == "path":
            self.hidden.append(elided)
        if elided.how in {"path", "more"}:
            return STATIC
        if self._next >= len(self.params):
            return STATIC
        self._next += 1
        return self.params[self._next - 1]


@dataclass(frozen=True, slots=True)
class Inferred:
    """Bodies: elided lifetimes are inferred."""

    hooks: Hooks

    def __call__(self, elided: Elided) -> Meant:
        """Ask for one."""
        return self.hooks.region(elided.span)
