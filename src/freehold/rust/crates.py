"""The crates of a program: our std and the user's, and what type checking asks of them.

`load` parses, expands and resolves. Definitions (`rust.items`) are then filled in as they are
read. What is no attribute of a definition is asked here:

- `lang`, `impls_of`, `impls_for`, `inherent_impls`: tables over both crates;
- `names_of(owner)`: what the names in a body mean;
- `lowerer(owner, hooks)`: AST types, generic arguments and trait references of a body to types.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count

from freehold.diagnostics import Diagnostic
from freehold.records import dataclass, field
from freehold.rust import ast, library
from freehold.rust.catalogue import Catalogue, Head, Row
from freehold.rust.collect import Collector, Lowerer
from freehold.rust.collect.heads import head_of, head_of_item
from freehold.rust.collect.regions import Inferred
from freehold.rust.edition import Edition
from freehold.rust.expand import Expanded, expand
from freehold.rust.expand.builtin import BUILTIN
from freehold.rust.hooks import Hooks
from freehold.rust.items import (
    AssociatedType,
    Constant,
    Constructor,
    Crate,
    Function,
    Impl,
    Item,
    Module,
    Resolution,
    Static,
    Struct,
    Trait,
)
from freehold.rust.library import Library, standard
from freehold.rust.parse import parse
from freehold.rust.resolve.bodies import Bodies, generic_scopes
from freehold.rust.resolve.checks import check_imports
from freehold.rust.resolve.declare import Declarer, declare_later, names_of
from freehold.rust.resolve.lookup import in_module, traits_in_scope
from freehold.rust.resolve.names import Names
from freehold.rust.resolve.ribs import Ribs
from freehold.rust.resolve.scopes import (
    TYPE,
    VALUE,
    ModuleScope,
    Sink,
    contains,
    module_scope,
    visibility_of,
)
from freehold.rust.resolve.wants import describe
from freehold.rust.resolve.world import World
from freehold.source import Source, Span
from freehold.types import Type
from freehold.types.generic import Definition, FieldDef

__all__ = ["Crates", "Hooks", "Lowerer", "Owner", "load", "load_crate"]

Owner = Function | Constant | Static


# The lang items that are items of a trait or an inherent impl: of which lang item, and their names.
_OWNERS = {
    "branch": ("Try", "branch"),
    "deref_target": ("deref", "Target"),
    "fn_once_output": ("fn_once", "Output"),
    "fn_ptr_addr": ("fn_ptr_trait", "addr"),
    "format_arguments_new": ("format_arguments", "new"),
    "format_binary": ("format_argument", "new_binary"),
    "format_count": ("format_argument", "from_usize"),
    "format_debug": ("format_argument", "new_debug"),
    "format_display": ("format_argument", "new_display"),
    "format_lower_exp": ("format_argument", "new_lower_exp"),
    "format_lower_hex": ("format_argument", "new_lower_hex"),
    "format_octal": ("format_argument", "new_octal"),
    "format_placeholder_new": ("format_placeholder", "new"),
    "format_pointer": ("format_argument", "new_pointer"),
    "format_upper_exp": ("format_argument", "new_upper_exp"),
    "format_upper_hex": ("format_argument", "new_upper_hex"),
    "from": ("From", "from"),
    "from_output": ("Try", "from_output"),
    "from_residual": ("FromResidual", "from_residual"),
    "into_iter": ("IntoIterator", "into_iter"),
    "next": ("iterator", "next"),
    "range_inclusive_new": ("RangeInclusive", "new"),
}


@dataclass(slots=True, eq=False, repr=False)
class Crates:
    """Both crates, and the tables over them. `blocks` are scopes of blocks that declare items."""

    world: World
    collector: Collector
    std: Crate
    user: Crate
    blocks: list[ModuleScope] = field(default_factory=list)
    _names: dict[Definition, Names] = field(default_factory=dict)
    _bodies: set[Definition] = field(default_factory=set)
    _nested: bool = False

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What was found so far in the user's crate."""
        return self.world.sinks[self.user].found

    @property
    def std_diagnostics(self) -> list[Diagnostic]:
        """What was found so far in our std: nothing, if all is well."""
        return self.world.sinks[self.std].found

    # --------------------------------------------------------------------------------------- tables

    def lang(self, name: str) -> Definition:
        """Return the lang item `name`; KeyError if our std has none."""
        found = self.world.lang(name)
        if found is not None:
            return found
        owner, member = _OWNERS[name]
        items = next(each for each in self._items_of(self.lang(owner)) if member in each)
        made = self.std.lang[name] = items[member]
        return made

    def _items_of(self, owner: Definition) -> Iterator[Mapping[str, Definition]]:
        if isinstance(owner, Trait):
            yield owner.items
        elif isinstance(owner, Struct):
            impls = self.collector.impls.inherent().fitting(head_of_item(owner))
            yield from (impl.items for impl in impls)

    def known(self, path: str) -> Definition:
        """Return an item of std by its path without the crate: `vec::Vec`, `ops::Fn`."""
        at: ModuleScope | None = self.world.scopes[self.std.root]
        *modules, last = path.split("::")
        for name in modules:
            found = in_module(self.world, at, name, TYPE) if at else None
            target = found.target if found else None
            at = self.world.scopes.get(target) if isinstance(target, Module) else None
        if at is not None:
            for space in (TYPE, VALUE):
                found = in_module(self.world, at, last, space)
                if found is not None and found.target is not None:
                    return found.target
        raise KeyError(path)

    def std_traits(self) -> Iterator[Trait]:
        """Return all traits of our std: its modules are declared for that."""
        for path in self.world.catalogue.modules:
            _ = self.world.std_module(path).tables  # declares all of its items
        yield from self.std.traits

    def impls_of(self, trait: Trait) -> Iterable[Impl]:
        """Return all impls of `trait`, negative ones too."""
        return self.collector.impls.of_trait(trait)

    def impls_for(self, trait: Trait, self_type: Type) -> Iterable[Impl]:
        """Return the impls of `trait` whose self type may unify with `self_type`, by its head.

        Blanket impls always are among them. An inference variable gets all impls.
        """
        return self.collector.impls.fitting(trait, self_type)

    def inherent_impls(self, self_type: Type) -> Iterable[Impl]:
        """Return the inherent impls whose self type may unify with `self_type`, by its head."""
        return self.collector.impls.inherent().fitting(head_of(self_type))

    # --------------------------------------------------------------------------------------- bodies

    def resolve_all(self) -> None:
        """Resolve all names of the user's crate: imports and bodies. Errors go to diagnostics."""
        for scope in list(self.world.scopes.values()):
            if scope.crate is self.user:
                check_imports(self.world, scope)
        for impl in self.world.impls[self.user]:
            impl.items  # noqa: B018  its functions are listed once they are made
        for trait in self.user.traits:
            trait.items  # noqa: B018
        # Bodies declare items with bodies of their own: the lists grow while they are walked.
        for owners in (self.user.functions, self.user.constants, self.user.statics):
            for owner in owners:
                self.names_of(owner)
        for scope in self.blocks:
            if scope.crate is self.user:
                check_imports(self.world, scope)

    def names_of(self, owner: Owner) -> Names:
        """Return what the names in the body of `owner` mean. Made once."""
        known = self._names.get(owner)
        if known is None:
            ribs = Ribs(self.world, owner.scope, [*generic_scopes(owner.scope)])
            bodies = Bodies(self.world, ribs, self._names, self.blocks)
            known = bodies.owner(owner)
        return known

    def lowerer(self, owner: Owner, hooks: Hooks) -> Lowerer:
        """Return what makes types in the body of `owner`."""
        return Lowerer(
            self.collector, owner, owner.scope, Inferred(hooks), self.names_of(owner), hooks
        )

    def visible(self, what: Item | Struct | FieldDef, owner: Definition) -> bool:
        """Tell whether `what` may be named inside of `owner`."""
        if isinstance(what, FieldDef):
            if what.public:
                return True
            seen = what.visibility
        else:
            seen = visibility_of(what)
        return seen is None or (isinstance(seen, Module) and contains(seen, self.module_of(owner)))

    def module_of(self, definition: Definition) -> Module:
        """Return the module around `definition`."""
        assert isinstance(definition, Item | Struct)
        return module_scope(definition.scope).module

    def associated(self, trait: Trait, name: str) -> AssociatedType | None:
        """Return the associated type `name` of `trait` itself (not of its supertraits)."""
        for key in (name, f"{name} "):
            found = trait.items.get(key)
            if isinstance(found, AssociatedType):
                return found
        return None

    def traits_in_scope(self, owner: Definition) -> tuple[Trait, ...]:
        """Return the traits in scope around `owner`, outside of its body."""
        assert isinstance(owner, Item | Struct)
        return traits_in_scope(self.world, owner.scope)

    def describe(self, resolution: Resolution) -> str:
        """Return the kind of thing, as messages name it: `struct`, `unit variant`, `function`."""
        return describe(resolution)


def load(source: Source, edition: Edition = Edition.E2021) -> Crates:
    """Parse, expand and resolve a program of one file. Errors are in `diagnostics`."""
    tree, found = parse(source)
    name = source.name.replace("\\", "/").rpartition("/")[2].removesuffix(".rs").replace("-", "_")
    expanded = expand(tree, standard().expanded.exported, name)
    return load_crate(expanded, source, (*found, *expanded.diagnostics), name, edition)


def load_crate(
    expanded: Expanded,
    source: Source,
    found: tuple[Diagnostic, ...] = (),
    name: str = "main",
    edition: Edition = Edition.E2021,
) -> Crates:
    """Resolve an expanded program. `found` are the diagnostics of the stages before."""
    std = standard()
    world = _world(std)
    world.catalogue = std.catalogue or _catalogue(std)
    collector = Collector(world)
    world.prelude = _prelude(world)
    assert world.std is not None
    root = Module(name, "", Span(source, 0, 0))
    user = _crate(world, root, expanded)
    user.edition = edition
    Declarer(world, world.scopes[root]).items(expanded.crate.items)
    world.sinks[user].found.extend(found)
    return Crates(world, collector, world.std.crate, user)


def prepare(
    get: Callable[[str], bytes | memoryview | None], put: Callable[[str, bytes], None]
) -> None:
    """Take our std from a cache by content (`get`, `put` by key), or put it there."""
    library.prepare(get, put, _catalogue)


def _world(std: Library) -> World:
    """Return a world of our std alone: its modules are declared as they are looked into."""
    world = World()
    root = Module("std", "std", Span(std.source, 0, 0))
    _crate(world, root, std.expanded).standard = True
    declare_later(world, world.scopes[root], std.expanded.crate)
    world.std = world.scopes[root]
    world.extern = dict.fromkeys(("std", "core", "alloc"), world.std)
    exported = std.expanded.exported.names()
    # `__pin` is what `std::pin` exports as `pin`.
    world.macros |= {*exported, *(name.removeprefix("__") for name in exported), *BUILTIN}
    return world


def _crate(world: World, root: Module, expanded: Expanded) -> Crate:
    crate = Crate(root.name, root)
    scope = ModuleScope(root, crate)
    root.crate, root.scope, root.public = crate, scope, True
    root.attributes = expanded.crate.attributes
    world.scopes[root] = scope
    world.sinks[crate] = Sink()
    world.impls[crate] = []
    world.mark_parent[crate] = expanded.marks.parent
    world.defer(root)
    return crate


def _prelude(world: World) -> ModuleScope | None:
    at: ModuleScope | None = world.std
    for name in ("prelude", "v1"):
        found = in_module(world, at, name, TYPE) if at else None
        target = found.target if found else None
        at = world.scopes.get(target) if isinstance(target, Module) else None
    return at


def _catalogue(std: Library) -> Catalogue:
    """Return where the impls and lang items of our std are, by declaring all of it."""
    world = _world(std)
    collector = Collector(world)
    world.prelude = _prelude(world)
    modules: list[str] = []
    names: dict[str, dict[str, list[int]]] = {}
    impls: dict[str, dict[Head, list[Row]]] = {}
    places = count()

    def visit(scope: ModuleScope) -> None:
        number = len(modules)
        modules.append(scope.module.path)
        here = names.setdefault(scope.module.path, {})
        assert scope.node is not None
        _ = scope.tables  # declares its items, lang items among them
        for position, node in enumerate(scope.node.items or ()):
            for name in dict.fromkeys(names_of(world, scope, node)):
                here.setdefault(name, []).append(position)
            if isinstance(node, ast.Impl):
                impl = Declarer(world, scope).unlisted_impl(node)
                of = impl.of.path if impl.of else ""
                assert bool(of) is (node.trait is not None), impl
                rows = impls.setdefault(of, {}).setdefault(collector.impls.head(impl), [])
                rows.append((next(places), number, position))
            elif isinstance(node, ast.Module):
                inner = scope.tables[TYPE][node.ident.name].target
                assert isinstance(inner, Module)
                visit(world.scopes[inner])

    assert world.std is not None
    visit(world.std)
    lang: dict[str, tuple[str, str]] = {}
    for name, item in world.std.crate.lang.items():
        assert isinstance(item, Item | Struct)
        named = item.parent if isinstance(item, Constructor) else item
        assert isinstance(named, Item | Struct)
        lang[name] = module_scope(item.scope).module.path, named.name
    return Catalogue(tuple(modules), names, lang, impls)
