"""Syntax contexts: which expansion an identifier comes from, for hygiene."""

from collections.abc import Iterable


class Marks:
    """A tree of marks. 0 is the file's own; each expansion has one for each mark that it met.

    A local variable or label is bound as (name, mark). A use is looked for with its own mark in
    all scopes, innermost first; then with the mark's parent, and so on to 0.
    """

    __slots__ = ("_parents",)

    def __init__(self, parents: Iterable[int] = (0,)) -> None:
        """Start with the file's own, or with what another's `parents` gave."""
        self._parents = list(parents)

    def parents(self) -> list[int]:
        """Return the parent of each mark."""
        return list(self._parents)

    def fresh(self, parent: int) -> int:
        """Return a new mark, for tokens that had mark `parent` in the macro's definition."""
        self._parents.append(parent)
        return len(self._parents) - 1

    def parent(self, mark: int) -> int:
        """Return the mark that a macro's tokens had where the macro was defined."""
        return self._parents[mark]

    def __len__(self) -> int:
        """Return how many marks there are."""
        return len(self._parents)
