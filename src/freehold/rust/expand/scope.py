"""Which macros a name may mean: textual scopes, exported macros, those of std, built-in ones."""

from collections.abc import Callable, Iterable, Mapping

from freehold.records import dataclass, field
from freehold.rust.expand.rules import Macro


@dataclass(slots=True)
class MacroScope:
    """The macros by rules that were defined so far in this block or module, and around it."""

    parent: "MacroScope | None" = None
    macros: dict[str, Macro] = field(default_factory=dict)

    def find(self, name: str) -> Macro | None:
        """Return the macro that `name` means here, by the order of the text."""
        scope: MacroScope | None = self
        while scope is not None:
            found = scope.macros.get(name)
            if found is not None:
                return found
            scope = scope.parent
        return None


@dataclass(frozen=True, slots=True)
class Library:
    """What a crate exports: its `#[macro_export]` macros; `stored` are read when they are named."""

    macros: dict[str, Macro] = field(default_factory=dict)
    stored: Mapping[str, Callable[[], Macro | None]] = field(default_factory=dict)

    def find(self, name: str) -> Macro | None:
        """Return the macro of that name."""
        if name in self.stored and name not in self.macros:
            made = self.stored[name]()
            if made is not None:
                self.macros[name] = made
        return self.macros.get(name)

    def names(self) -> Iterable[str]:
        """Return the names of all macros."""
        return (*self.macros, *self.stored)
