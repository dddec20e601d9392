"""What a wrong name may have meant: similar names in scope, items to import."""

from collections.abc import Iterable, Iterator

from freehold.rust.items import Module
from freehold.rust.resolve.lookup import PRIMITIVES, in_module, names_in
from freehold.rust.resolve.scopes import (
    GenericScope,
    ModuleScope,
    Namespace,
    Scope,
    crate_of,
    may_see,
)
from freehold.rust.resolve.wants import Want, describe
from freehold.rust.resolve.world import World
from freehold.types.generic import Definition


def distance(one: str, other: str, limit: int) -> int:
    """Return the edits (swaps of neighbours are one) from `one` to `other`, or `limit` + 1."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        current = [i]
        for j, b in enumerate(other, 1):
            cost = min(row[j] + 1, current[j - 1] + 1, row[j - 1] + (a != b))
            if before and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return limit + 1
        before, row = row, current
    return min(row[-1], limit + 1)


def closest(name: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that `name` most likely is a misspelling of, or None."""
    names = sorted(set(candidates) - {name})
    for one in names:
        if one.lower() == name.lower():
            return one
    best, limit = None, max(len(name), 3) // 3
    for one in names:
        found = distance(name, one, limit)
        if found <= limit:
            best, limit = one, found - 1
        if limit < 0:
            break
    if best is None:
        wanted = sorted(name.split("_"))
        best = next((one for one in names if "_" in one and sorted(one.split("_")) == wanted), None)
    return best


def in_scope(world: World, scope: Scope, want: Want) -> Iterator[tuple[str, str]]:
    """Return the names in scope that may stand where `want` is asked, with what they are."""
    at: Scope | None = scope
    while at is not None:
        if isinstance(at, GenericScope):
            if want is Want.TYPE:
                yield from ((name, "type parameter") for name in at.params)
        else:
            yield from in_place(world, at, scope, want)
        at = at.parent
    if world.prelude is not None:
        yield from in_place(world, world.prelude, scope, want)
    if want is Want.TYPE:
        yield from ((name, "builtin type") for name in PRIMITIVES)


def in_place(
    world: World, place: ModuleScope, scope: Scope, want: Want
) -> Iterator[tuple[str, str]]:
    """Return the names of one module that may stand where `want` is asked, with what they are."""
    for name, binding in names_in(world, place, want.space):
        found = binding.target
        if found is not None and want.accepts(found) and may_see(binding.visibility, scope):
            yield name, describe(found, want.space)


def beyond(world: World, place: Definition | None, name: str) -> bool:
    """Tell whether `name` may be something of the real std that ours lacks.

    A misspelling of a name that is there is taken for that.
    """
    if not isinstance(place, Module) or world.std is None or place.crate is not world.std.crate:
        return False
    scope = world.scopes.get(place)
    if scope is None:
        return False
    names = {one for space in Namespace for one, _ in names_in(world, scope, space)}
    return closest(name, names) is None


def similar(name: str, candidates: Iterable[tuple[str, str]]) -> str:
    """Return the help that names a similar candidate, "" if there is none."""
    kinds = dict(candidates)
    found = closest(name, kinds)
    if found is None:
        return ""
    kind = kinds[found]
    article = "an" if kind[0] in "aeio" else "a"
    return f"{article} {kind} with a similar name exists: `{found}`"


def importable(world: World, scope: Scope, name: str, want: Want) -> list[tuple[Definition, str]]:
    """Return what `use` could bring in for `name`: definitions with their paths, best first."""
    found: dict[Definition, str] = {}
    crate = crate_of(scope)
    for prefix, root in (("crate", world.scopes[crate.root]), ("std", world.std)):
        if root is None or (prefix == "std" and root.crate is crate):
            continue
        for path, definition in _search(world, root, prefix, (scope, name, want.space)):
            fits = want.accepts(definition)
            if fits and (definition not in found or len(path) < len(found[definition])):
                found[definition] = path
    return sorted(found.items(), key=lambda one: (one[1].count("::"), one[1]))


def _search(
    world: World, root: ModuleScope, prefix: str, wanted: tuple[Scope, str, Namespace]
) -> Iterator[tuple[str, Definition]]:
    scope, name, space = wanted
    queue, seen = [(root, prefix)], {root}
    for at, path in queue:
        binding = in_module(world, at, name, space)
        if binding is not None and binding.target and may_see(binding.visibility, scope):
            yield f"{path}::{name}", binding.target
        for inner_name, inner in at.tables[0].items():
            if isinstance(inner.target, Module) and may_see(inner.visibility, scope):
                inner_scope = world.scopes.get(inner.target)
                if inner_scope is not None and inner_scope not in seen:
                    seen.add(inner_scope)
                    queue.append((inner_scope, f"{path}::{inner_name}"))
