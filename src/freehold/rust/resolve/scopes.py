"""Scopes: the tables of modules and blocks, the generics of items, and the chain they form.

A scope chain leads from where a name is used outwards: generics of the item, of the impl or trait
around it, blocks that declare items, and last a module. Local variables are not in it: they live
while `resolve.bodies` walks a body.
"""

from collections.abc import Callable, Iterator, Sequence
from enum import IntEnum

from freehold.diagnostics import Diagnostic
from freehold.records import dataclass, field
from freehold.rust import ast
from freehold.rust.items import (
    Constructor,
    Crate,
    Function,
    Item,
    Module,
    SelfType,
    Struct,
    Trait,
)
from freehold.source import Span
from freehold.types.generic import Definition

Generic = (
    ast.Function | ast.Struct | ast.Union | ast.EnumItem | ast.TypeAlias | ast.Trait | ast.Impl
)


class Namespace(IntEnum):
    """The three namespaces."""

    TYPE = 0
    VALUE = 1
    MACRO = 2


TYPE, VALUE, MACRO = Namespace


@dataclass(slots=True, eq=False)
class Binding:
    """What a name of a module is bound to. `visibility` None: it can be seen everywhere.

    `target` None: an import that failed, of which the error is reported. `source`: the import
    that made it. `other`: what another glob gives the same name, if that is something else.
    """

    target: Definition | None
    visibility: Module | None
    span: Span
    source: "Import | None" = None
    other: "Binding | None" = None


@dataclass(slots=True, eq=False)
class Import:
    """One name (or glob) that a `use` brings in. `name` is None of a glob, `_` of an unnamed one.

    `path` are the segments from the start, those of the groups around it too. `found` is by
    namespace; absent: not asked yet. `busy`: being resolved now.
    """

    scope: "ModuleScope"
    path: tuple[ast.Ident, ...]
    name: str | None
    span: Span
    name_span: Span
    visibility: Module | None
    node: ast.Use | ast.ExternCrate
    is_global: bool = True
    only_types: bool = False  # `self` in a group
    found: dict[Namespace, Binding | None] = field(default_factory=dict)
    busy: set[Namespace] = field(default_factory=set)
    failed: bool = False


GLOB = "*"
"""Stands for the names that globs bring in."""

Later = Callable[[str | None], None]
"""Declares what bears a name, or all, if it is not declared yet."""


@dataclass(slots=True, eq=False, repr=False)
class ModuleScope:
    """The names of a module, or of a block that declares items (`module` has no name then).

    `parent` is the scope around a block. `node` is the tree of a module of our std, whose items
    are declared when somebody asks for their names: `later` does that.
    """

    module: Module
    crate: Crate
    parent: "Scope | None" = None
    memo: dict[tuple[str, Namespace], Binding | None] = field(default_factory=dict)
    traits: tuple[Trait, ...] | None = None
    busy: bool = False
    node: ast.Module | ast.Crate | None = None
    later: Later | None = None
    _tables: tuple[dict[str, Binding], ...] = field(default_factory=lambda: ({}, {}, {}))
    _imports: dict[str, list[Import]] = field(default_factory=dict)
    _globs: list[Import] = field(default_factory=list)

    @property
    def is_block(self) -> bool:
        """Whether it is of a block."""
        return self.parent is not None

    def declared(self, name: str, space: Namespace) -> Binding | None:
        """Return what is declared here under a name; imports are not."""
        if self.later is not None:
            self.later(name)
        return self._tables[space].get(name)

    def imported(self, name: str) -> Sequence[Import]:
        """Return the imports that bring in a name."""
        if self.later is not None:
            self.later(name)
        return self._imports.get(name, ())

    @property
    def globs(self) -> list[Import]:
        """The imports of all names of another place."""
        if self.later is not None:
            self.later(GLOB)
        return self._globs

    @property
    def tables(self) -> tuple[dict[str, Binding], ...]:
        """All that is declared here, by namespace."""
        if self.later is not None:
            self.later(None)
        return self._tables

    @property
    def imports(self) -> dict[str, list[Import]]:
        """All imports but globs, by the name that they bring in."""
        if self.later is not None:
            self.later(None)
        return self._imports

    def declare(self, name: str, space: Namespace, binding: Binding) -> Binding:
        """Put a declaration into the tables; return what has the name, which was there first."""
        return self._tables[space].setdefault(name, binding)

    def add(self, made: Import) -> None:
        """Put an import into the tables."""
        if made.name is None:
            self._globs.append(made)
        else:
            self._imports.setdefault(made.name, []).append(made)

    def all_imports(self) -> Iterator[Import]:
        """Return all imports, globs last."""
        for group in self.imports.values():
            yield from group
        yield from self.globs


@dataclass(slots=True, eq=False)
class GenericScope:
    """The generic parameters of `owner` and its `Self`.

    `barrier`: an item inside of a body, which sees no parameters from outside of it. `node` is the
    item's tree: of our std's thousands of impls few are ever looked at.
    """

    parent: "Scope"
    owner: Item | Struct
    node: Generic
    self_type: SelfType | None = None
    barrier: bool = False
    _params: dict[str, ast.TypeParam | ast.ConstParam] | None = None
    _lifetimes: dict[str, ast.LifetimeParam] | None = None

    @property
    def params(self) -> dict[str, ast.TypeParam | ast.ConstParam]:
        """The types and constants by name."""
        if self._params is None:
            self._params = parameters(generics_of(self.node))
        return self._params

    @property
    def lifetimes(self) -> dict[str, ast.LifetimeParam]:
        """The lifetimes by name, without quotes."""
        if self._lifetimes is None:
            self._lifetimes = lifetimes(generics_of(self.node))
        return self._lifetimes


Scope = ModuleScope | GenericScope


def generics_of(node: Generic) -> ast.Generics:
    """Return what stands between an item's `<` and `>`, and after its `where`."""
    return node.signature.generics if isinstance(node, ast.Function) else node.generics


def parameters(generics: ast.Generics) -> dict[str, ast.TypeParam | ast.ConstParam]:
    """Return the type and constant parameters by name; the first of a name counts."""
    found: dict[str, ast.TypeParam | ast.ConstParam] = {}
    for param in generics.params:
        if not isinstance(param, ast.LifetimeParam):
            found.setdefault(param.ident.name, param)
    return found


def lifetimes(generics: ast.Generics) -> dict[str, ast.LifetimeParam]:
    """Return the lifetime parameters by name, without quotes."""
    found: dict[str, ast.LifetimeParam] = {}
    for param in generics.params:
        if isinstance(param, ast.LifetimeParam):
            found.setdefault(param.lifetime.name, param)
    return found


def module_scope(scope: Scope) -> ModuleScope:
    """Return the scope of the real module (no block's) around `scope`."""
    while isinstance(scope, GenericScope) or scope.parent is not None:
        assert scope.parent is not None
        scope = scope.parent
    return scope


def crate_of(scope: Scope) -> Crate:
    """Return the crate that `scope` is in."""
    while isinstance(scope, GenericScope):
        scope = scope.parent
    return scope.crate


def contains(outer: Module, inner: Definition | None) -> bool:
    """Tell whether `inner` is `outer` or a module inside of it."""
    while inner is not None:
        if inner is outer:
            return True
        inner = inner.parent if isinstance(inner, Item | Struct) else None
    return False


def may_see(visibility: Module | None, scope: Scope) -> bool:
    """Tell whether what has that visibility can be named in `scope`."""
    return visibility is None or contains(visibility, module_scope(scope).module)


def visibility_of(definition: Definition) -> Module | None:
    """Return the module in which `definition` can be seen, None: everywhere."""
    if isinstance(definition, Item | Struct):
        found = definition.visibility
        assert found is None or isinstance(found, Module)
        return found
    return None


def narrower(one: Module | None, other: Module | None) -> Module | None:
    """Return the smaller of two nested visibilities."""
    if one is None or other is None:
        return one or other
    return one if contains(other, one) else other


@dataclass(slots=True, eq=False)
class Sink:
    """Where the diagnostics of one crate go, each once."""

    found: list[Diagnostic] = field(default_factory=list)
    _seen: set[tuple[str, object, int, int, str]] = field(default_factory=set)

    def add(self, diagnostic: Diagnostic) -> None:
        """Take `diagnostic`, unless the same is there already."""
        at = diagnostic.at
        place = (None, 0, 0) if at is None else (id(at.source), at.start, at.end)
        key = (diagnostic.code.id, *place, diagnostic.message)
        if key not in self._seen:
            self._seen.add(key)
            self.found.append(diagnostic)


def head(definition: Definition) -> str:
    """Return what `definition` is, in a word or two, as messages say it."""
    match definition:
        case Module():
            return "module" if definition.parent is not None else "crate"
        case Struct():
            return definition.kind.value
        case Constructor():
            of = "struct" if definition.adt and definition.adt.kind.value == "struct" else "variant"
            return of if definition.style == "struct" else f"{definition.style} {of}"
        case Function():
            return _function(definition)
        case _:
            return _HEADS.get(type(definition).__name__, "item")


def _function(function: Function) -> str:
    if type(function.parent).__name__ not in {"Impl", "Trait"}:
        return "function"
    return "method" if function.has_self else "associated function"


_HEADS = {
    "Constant": "constant",
    "Static": "static",
    "Alias": "type alias",
    "Trait": "trait",
    "AssociatedType": "associated type",
}
