"""What stands in types as they are written: `impl Trait`s, lifetimes, elided lifetimes."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from freehold.rust import ast
from freehold.source import Span

_FIELDS: dict[type, tuple[str, ...]] = {}


def parts(node: object) -> Iterator[object]:
    """Return the nodes right inside of a node or tuple, in the order of the text."""
    if isinstance(node, tuple):
        yield from node
    elif isinstance(node, ast.Node):
        kind: Any = type(node)
        names = _FIELDS.get(kind)
        if names is None:
            names = tuple(
                one.name for one in fields(kind) if one.name not in {"span", "attributes"}
            )
            _FIELDS[kind] = names
        for name in names:
            yield getattr(node, name)


_LEAVES = (ast.Ident, ast.Block, ast.IntLiteral)


def impl_traits(node: object, *, nested: bool = True) -> Iterator[ast.ImplTraitType]:
    """Return the `impl Trait`s in types; those inside of others too if `nested`."""
    if isinstance(node, ast.ImplTraitType):
        yield node
        if not nested:
            return
    if not isinstance(node, _LEAVES):
        for part in parts(node):
            if part is not None and not isinstance(part, str | bool | int):
                yield from impl_traits(part, nested=nested)


def lifetimes(node: object, *, constrained: bool = False) -> Iterator[ast.Lifetime]:
    """Return the lifetimes written in types, `'_` too, but not the declarations of `for<>`.

    `constrained`: leave out those that only stand in projections.
    """
    if isinstance(node, ast.Lifetime):
        yield node
    elif isinstance(node, ast.LifetimeParam):
        yield from node.bounds
    elif constrained and isinstance(node, ast.PathType) and is_projection(node.path):
        last = node.path.segments[-1]
        yield from lifetimes(last.arguments)
    elif not isinstance(node, _LEAVES):
        for part in parts(node):
            if part is not None and not isinstance(part, str | bool | int):
                yield from lifetimes(part, constrained=constrained)


def is_projection(path: ast.Path) -> bool:
    """Tell whether a path surely is an associated type."""
    return path.qself is not None


def lifetime_names(node: object, *, constrained: bool = False) -> set[str]:
    """Return the names of the lifetimes written in types, without quotes."""
    return {one.name for one in lifetimes(node, constrained=constrained)}


def elided_spans(node: object) -> Iterator[Span]:
    """Return where lifetimes are left out by `&T` and `'_`, outside of `fn()` and `Fn()`."""
    match node:
        case ast.Lifetime(name="_"):
            yield node.span
        case None | str() | bool() | int() | ast.FnPointerType() | ast.ParenArgs():
            pass
        case ast.Ident() | ast.Block() | ast.IntLiteral():
            pass
        case _:
            if isinstance(node, ast.RefType) and node.lifetime is None:
                yield node.span._replace(end=node.span.start + 1)
            for part in parts(node):
                yield from elided_spans(part)


def elided_count(node: object) -> int:
    """Return how many lifetimes are left out by `&T` and `'_`, outside of `fn()` and `Fn()`."""
    return sum(1 for _ in elided_spans(node))
