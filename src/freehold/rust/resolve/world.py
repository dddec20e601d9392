"""What name resolution shares between crates: roots, the prelude, marks, where errors go."""

from collections.abc import Callable

from freehold.diagnostics import Diagnostic
from freehold.records import dataclass, field
from freehold.rust.catalogue import NOTHING, Catalogue
from freehold.rust.items import (
    Constructor,
    Crate,
    Filler,
    Impl,
    Item,
    Module,
    Struct,
)
from freehold.rust.resolve.scopes import TYPE, ModuleScope, Scope, Sink, crate_of
from freehold.types.generic import Definition


def _no_filler(definition: object, name: str) -> None:
    raise AttributeError(f"{name} of {definition}")


def _own_mark(mark: int) -> int:
    del mark
    return 0


@dataclass(slots=True, eq=False, repr=False)
class World:
    """Both crates as resolution sees them.

    `scopes` are those of the modules declared so far; `extern` the roots that paths may start
    with; `prelude` the names that are there everywhere; `macros` the names of exported macros,
    which `use` may name; `impls` every impl of a crate, in order, but those of std's `catalogue`,
    which tells where things of std are. `fill` makes lazy attributes; `mark_parent` is hygiene's
    (see `expand.marks`).
    """

    fill: Filler = _no_filler
    extern: dict[str, ModuleScope] = field(default_factory=dict)
    std: ModuleScope | None = None
    prelude: ModuleScope | None = None
    scopes: dict[Module, ModuleScope] = field(default_factory=dict)
    sinks: dict[Crate, Sink] = field(default_factory=dict)
    impls: dict[Crate, list[Impl]] = field(default_factory=dict)
    macros: set[str] = field(default_factory=set)
    mark_parent: dict[Crate, Callable[[int], int]] = field(default_factory=dict)
    variants: dict[Struct, dict[str, Constructor]] = field(default_factory=dict)
    cycles: int = 0  # how often a lookup met itself
    busy: set[tuple[ModuleScope, str, int]] = field(default_factory=set)
    catalogue: Catalogue = NOTHING
    _std_modules: dict[str, ModuleScope] = field(default_factory=dict)

    def lang(self, name: str) -> Definition | None:
        """Return a lang item of our std that stands in a module, None if there is none."""
        if self.std is None:
            return None
        table = self.std.crate.lang
        if name not in table and name in self.catalogue.lang:
            path, item = self.catalogue.lang[name]
            self.std_module(path).declared(item, TYPE)
        return table.get(name)

    def std_module(self, path: str) -> ModuleScope:
        """Return the scope of the module of our std whose whole path that is."""
        assert self.std is not None
        known = self._std_modules.get(path)
        if known is None:
            outer, _, name = path.rpartition("::")
            if not outer:
                return self.std
            found = self.std_module(outer).declared(name, TYPE)
            assert found is not None
            assert isinstance(found.target, Module)
            known = self._std_modules[path] = self.scopes[found.target]
        return known

    def report(self, scope: Scope, diagnostic: Diagnostic) -> None:
        """Take a diagnostic about something in `scope`."""
        self.sinks[crate_of(scope)].add(diagnostic)

    def parent_mark(self, scope: Scope, mark: int) -> int:
        """Return the mark that tokens with `mark` had where their macro was defined."""
        return self.mark_parent.get(crate_of(scope), _own_mark)(mark)

    def variant(self, enum: Struct, name: str) -> Constructor | None:
        """Return the variant `name` of `enum`."""
        table = self.variants.get(enum)
        if table is None:
            table = {made.name: made for made in reversed(enum.constructors)}
            self.variants[enum] = table
        return table.get(name)

    def defer(self, definition: Item | Struct) -> None:
        """Leave the lazy attributes of `definition` to `fill`."""
        definition.defer(self.fill, *_LAZY[type(definition).__name__])


_LAZY = {
    "Module": ("types", "values", "macros"),
    "Struct": ("generics", "parameter_count", "variants", "variances", "drop", "dangling"),
    "Function": ("generics", "signature", "opaques"),
    "Constructor": ("generics", "signature"),
    "Constant": ("generics", "type"),
    "Static": ("generics", "type"),
    "Alias": ("generics", "aliased"),
    "AssociatedType": ("generics", "bounds", "value"),
    "Trait": ("generics", "supertraits", "items"),
    "Impl": ("generics", "of", "trait", "self_type", "items", "attributes", "negative"),
}
