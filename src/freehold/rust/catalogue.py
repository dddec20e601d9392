"""What is known of our std before any of it is declared: where its lang items and its impls are.

Made once, when std is read from its sources, and kept with its tree: a program then declares the
modules that it names and makes the impls that may fit, out of thousands.
"""

from collections.abc import Hashable, Mapping
from typing import Any

from freehold.records import dataclass

Head = Hashable
"""The outermost constructor of a type (`collect.heads`); of std's types: strings and tuples."""

Row = tuple[int, int, int]
"""An impl: its place among all impls, the number of its module, its place in that module."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Tables of std: `modules` by number; others by name or path.

    `lang` says in which module each lang item is; `impls` has those of each trait by the head of
    their self type (the inherent ones are those of the trait "").
    """

    modules: tuple[str, ...]
    lang: Mapping[str, str]
    impls: Mapping[str, Mapping[Head, list[Row]]]

    def dump(self) -> tuple[Any, ...]:
        """Return this as plain values."""
        return self.modules, dict(self.lang), {k: dict(v) for k, v in self.impls.items()}


NOTHING = Catalogue((), {}, {})
