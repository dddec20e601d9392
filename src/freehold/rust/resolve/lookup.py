"""Looking names up: in one module, with its imports; and along a scope chain.

Imports are resolved when a name asks for them. A lookup that comes back to itself finds nothing
there, which is what a fixpoint over all imports finds too; what was found that way is not kept.
"""

from collections.abc import Iterator

from freehold.records import dataclass
from freehold.rust import ast
from freehold.rust.items import (
    GenericName,
    Module,
    ParameterKind,
    Primitive,
    SelfType,
    Struct,
    Trait,
)
from freehold.rust.resolve.scopes import (
    MACRO,
    TYPE,
    VALUE,
    Binding,
    GenericScope,
    Import,
    ModuleScope,
    Namespace,
    Scope,
    crate_of,
    may_see,
    module_scope,
    narrower,
    visibility_of,
)
from freehold.rust.resolve.world import World
from freehold.types import BOOL, CHAR, F32, F64, I8, I16, I32, I64, I128, U8, U16, U32, U64, U128
from freehold.types.generic import ISIZE, USIZE, Definition
from freehold.types.model import AdtKind, StrType, Type

_TYPES: dict[str, Type] = {
    "bool": BOOL, "char": CHAR, "str": StrType(), "f32": F32, "f64": F64,
    "i8": I8, "i16": I16, "i32": I32, "i64": I64, "i128": I128, "isize": ISIZE,
    "u8": U8, "u16": U16, "u32": U32, "u64": U64, "u128": U128, "usize": USIZE,
}  # fmt: skip
PRIMITIVES = {name: Primitive(ty) for name, ty in _TYPES.items()}

Place = ModuleScope | Struct | Trait
"""What paths lead through: a module, an enum, a trait."""


@dataclass(frozen=True, slots=True)
class Outer:
    """A parameter or `Self` of an item around the item at hand: not to be used."""

    found: GenericName | SelfType


Found = Binding | GenericName | SelfType | Primitive | Outer


# ------------------------------------------------------------------------------- in one module


def in_module(world: World, scope: ModuleScope, name: str, space: Namespace) -> Binding | None:
    """Return what `name` is in a module or block, its imports included, or None."""
    declared = scope.declared(name, space)
    if declared is not None:
        return declared
    key = (name, space)
    if key in scope.memo:
        return scope.memo[key]
    busy = (scope, name, int(space))
    if busy in world.busy:
        world.cycles += 1
        return None
    before = world.cycles
    world.busy.add(busy)
    found = _imported(world, scope, name, space)
    world.busy.discard(busy)
    if found is not None or world.cycles == before or not world.busy:
        scope.memo[key] = found
    return found


def _imported(world: World, scope: ModuleScope, name: str, space: Namespace) -> Binding | None:
    failed: Binding | None = None
    for one in scope.imported(name):
        found = follow(world, one, space)
        if found is not None:
            return found
        if _leads_nowhere(world, one):
            # What it was to bring in would stand before all else: one error is enough.
            failed = Binding(None, None, one.span, one)
    return failed or _globbed(world, scope, name, space)


def _leads_nowhere(world: World, one: Import) -> bool:
    """Tell whether an import brings nothing into any namespace."""
    if one.path[-1].name in world.macros or one.busy:
        return False
    return all(follow(world, one, space) is None for space in (TYPE, VALUE, MACRO))


def _globbed(world: World, scope: ModuleScope, name: str, space: Namespace) -> Binding | None:
    first: Binding | None = None
    for glob in scope.globs:
        place = prefix(world, glob)
        if place is None:
            continue
        found = in_place(world, place, name, space)
        if found is None or found.target is None or not may_see(found.visibility, scope):
            continue
        seen = narrower(found.visibility, glob.visibility)
        if first is None:
            first = Binding(found.target, seen, glob.span, glob, found.other)
        elif first.target is not found.target and first.other is None:
            first.other = Binding(found.target, seen, glob.span, glob)
    return first


def in_place(world: World, place: Place, name: str, space: Namespace) -> Binding | None:
    """Return what `name` is in a module, an enum or a trait, or None."""
    match place:
        case ModuleScope():
            return in_module(world, place, name, space)
        case Struct():
            variant = world.variant(place, name) if space is not MACRO else None
            if variant is None or (space is VALUE and variant.style == "struct"):
                return None
            return Binding(variant, visibility_of(variant), variant.span)
        case Trait():
            item = place.items.get(name)
            is_type = type(item).__name__ == "AssociatedType"
            if item is None or is_type is not (space is TYPE):
                return None
            return Binding(item, visibility_of(place), item.span)


def follow(world: World, one: Import, space: Namespace) -> Binding | None:
    """Return what an import that is no glob brings into namespace `space`, or None."""
    if space in one.found:
        return one.found[space]
    if space in one.busy:
        world.cycles += 1
        return None
    before = world.cycles
    one.busy.add(space)
    found = _follow(world, one, space)
    one.busy.discard(space)
    if found is not None or world.cycles == before:
        one.found[space] = found
    return found


def _follow(world: World, one: Import, space: Namespace) -> Binding | None:
    found = source_of(world, one, space)
    if found is None or found.target is None:
        return None
    seen = narrower(found.visibility, one.visibility)
    return Binding(found.target, seen, one.name_span, one, found.other)


def source_of(world: World, one: Import, space: Namespace) -> Binding | None:
    """Return what an import imports, as it stands where it is declared."""
    last = one.path[-1].name
    if one.only_types and space is not TYPE:
        return None
    if isinstance(one.node, ast.ExternCrate):
        root = one.scope if last == "self" else world.extern.get(last)
        if root is None or space is not TYPE:
            return None
        return Binding(root.crate.root, one.visibility, one.name_span, one)
    if last in {"crate", "$crate", "$std", "super", "self"}:
        place = _walk(world, one, one.path)
        if space is not TYPE or not isinstance(place, ModuleScope):
            return None
        return Binding(place.module, one.visibility, one.name_span, one)
    if len(one.path) == 1:
        return first_of_import(world, one, last, space)
    place = prefix(world, one)
    return None if place is None else in_place(world, place, last, space)


def prefix(world: World, one: Import) -> Place | None:
    """Return what the path of an import leads through before its last name (a glob: all of it)."""
    return _walk(world, one, one.path if one.name is None else one.path[:-1])


def _walk(world: World, one: Import, path: tuple[ast.Ident, ...]) -> Place | None:
    place: Place | None = None
    for index, ident in enumerate(path):
        place = _step(world, one, place, ident.name, first=index == 0)
        if place is None:
            return None
    if place is None and not one.is_global:
        return module_scope(one.scope)
    return place


def _step(
    world: World, one: Import, place: Place | None, name: str, *, first: bool
) -> Place | None:
    keyword = by_keyword(world, one.scope, name)
    if keyword is not None and first:
        return keyword
    if name == "super" and isinstance(place, ModuleScope):
        return outer_module(world, place)
    if name == "self" and isinstance(place, ModuleScope):
        return place
    if first:
        found = first_of_import(world, one, name, TYPE)
    else:
        found = None if place is None else in_place(world, place, name, TYPE)
    return as_place(world, found.target) if found is not None else None


def first_of_import(world: World, one: Import, name: str, space: Namespace) -> Binding | None:
    """Return what the first name of an import's path is."""
    if one.is_global or crate_of(one.scope).edition.paths_from_root:
        return from_outside(world, one.scope, name, space)
    found = lexical(world, one.scope, name, space)
    return found if isinstance(found, Binding) else None


def from_outside(world: World, scope: Scope, name: str, space: Namespace) -> Binding | None:
    """Return what `name` is after a leading `::`: a crate, of old an item of the crate's root."""
    crate = crate_of(scope)
    if crate.edition.paths_from_root:
        found = in_place(world, world.scopes[crate.root], name, space)
        if found is not None:
            return found
    root = world.extern.get(name) if space is TYPE else None
    return None if root is None else Binding(root.crate.root, None, root.crate.root.span)


def as_place(world: World, definition: Definition | None) -> Place | None:
    """Return `definition` as something that paths lead through, if it is that."""
    match definition:
        case Module():
            return world.scopes.get(definition)
        case Struct() if definition.kind is AdtKind.ENUM:
            return definition
        case Trait():
            return definition
        case _:
            return None


def by_keyword(world: World, scope: Scope, name: str) -> ModuleScope | None:
    """Return the module that a path's first word means, if that is a keyword and there is one."""
    match name:
        case "crate" | "$crate":
            return world.scopes[crate_of(scope).root]
        case "$std":
            return world.std
        case "self":
            return module_scope(scope)
        case "super":
            return outer_module(world, module_scope(scope))
        case _:
            return None


def outer_module(world: World, scope: ModuleScope) -> ModuleScope | None:
    """Return the scope of the module around a module; None for a root."""
    outer = scope.module.parent
    while isinstance(outer, Module) and outer not in world.scopes:
        outer = outer.parent
    return world.scopes.get(outer) if isinstance(outer, Module) else None


# ------------------------------------------------------------------------------ along the chain


def lexical(world: World, scope: Scope, name: str, space: Namespace) -> Found | None:
    """Return what `name` means in `scope`, looking outwards, or None."""
    outer = False
    at: Scope | None = scope
    while at is not None:
        if isinstance(at, GenericScope):
            found: Found | None = parameter(at, name, space)
            if found is not None:
                return Outer(found) if outer and isinstance(found, GenericName) else found
            outer = outer or at.barrier
        else:
            found = in_module(world, at, name, space)
            if found is not None:
                return found
        at = at.parent
    return everywhere(world, name, space)


def everywhere(world: World, name: str, space: Namespace) -> Binding | Primitive | None:
    """Return what `name` means in every module: a crate, a name of the prelude, a primitive."""
    if space is TYPE:
        root = world.extern.get(name)
        if root is not None:
            return Binding(root.crate.root, None, root.module.span)
    if world.prelude is not None:
        found = in_module(world, world.prelude, name, space)
        if found is not None:
            return found
    return PRIMITIVES.get(name) if space is TYPE else None


def parameter(scope: GenericScope, name: str, space: Namespace) -> GenericName | None:
    """Return the parameter that `name` is among those of `scope`, or None."""
    node = scope.params.get(name)
    if node is None or isinstance(node, ast.TypeParam) is not (space is TYPE):
        return None
    for made in scope.owner.generics.own:
        if made.name == name and made.kind is not ParameterKind.LIFETIME and not made.implicit:
            return GenericName(made)
    return None


def self_type(scope: Scope) -> SelfType | Outer | None:
    """Return what `Self` means in `scope`."""
    outer = False
    at: Scope | None = scope
    while at is not None:
        if isinstance(at, GenericScope):
            if at.self_type is not None:
                return Outer(at.self_type) if outer else at.self_type
            outer = outer or at.barrier
        at = at.parent
    return None


# -------------------------------------------------------------------------------------- all names


def names_in(
    world: World, scope: ModuleScope, space: Namespace, seen: set[ModuleScope] | None = None
) -> Iterator[tuple[str, Binding]]:
    """Return all names of a module with what they are, shadowed ones of globs too."""
    seen = set() if seen is None else seen
    if scope in seen:
        return
    seen.add(scope)
    yield from scope.tables[space].items()
    for name in scope.imports:
        found = in_module(world, scope, name, space)
        if found is not None and name != "_":
            yield name, found
    for glob in scope.globs:
        place = prefix(world, glob)
        if isinstance(place, ModuleScope):
            inner = names_in(world, place, space, seen)
            yield from ((name, found) for name, found in inner if may_see(found.visibility, scope))
        elif isinstance(place, Struct):
            for variant in place.constructors:
                if space is TYPE or variant.style != "struct":
                    yield variant.name, Binding(variant, None, variant.span)


def traits_of(world: World, scope: ModuleScope) -> tuple[Trait, ...]:
    """Return the traits that are in scope by this module or block itself."""
    if scope.traits is None:
        if scope.busy:
            return ()
        scope.busy = True
        found = {b.target: None for _, b in names_in(world, scope, TYPE)}
        for one in scope.imported("_"):
            binding = follow(world, one, TYPE)
            if binding is not None:
                found[binding.target] = None
        scope.traits = tuple(one for one in found if isinstance(one, Trait))
        scope.busy = False
    return scope.traits


def traits_in_scope(world: World, scope: Scope) -> tuple[Trait, ...]:
    """Return all traits whose methods can be called in `scope`."""
    found: dict[Trait, None] = {}
    at: Scope | None = scope
    while at is not None:
        if isinstance(at, ModuleScope):
            found.update(dict.fromkeys(traits_of(world, at)))
        elif isinstance(at.owner, Trait):
            found[at.owner] = None
        at = at.parent
    if world.prelude is not None:
        found.update(dict.fromkeys(traits_of(world, world.prelude)))
    return tuple(found)
