"""What is known of our std before any of it is declared: where names, lang items and impls are.

Made once, when std is read from its sources, and kept with its tree: a program then declares the
items that it names and makes the impls that may fit, out of thousands.
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

    `names` says, by the path of a module, at which places of its tree the items are that bring a
    name into it; `lang` the module and name of each lang item; `impls` has those of each trait by
    the head of their self type (the inherent ones are those of the trait "").
    """

    modules: tuple[str, ...]
    names: Mapping[str, Mapping[str, list[int]]]
    lang: Mapping[str, tuple[str, str]]
    impls: Mapping[str, Mapping[Head, list[Row]]]

    def dump(self) -> tuple[Any, ...]:
        """Return this as plain values."""
        names = {k: dict(v) for k, v in self.names.items()}
        impls = {k: dict(v) for k, v in self.impls.items()}
        return self.modules, names, dict(self.lang), impls


NOTHING = Catalogue((), {}, {}, {})
