"""Rebuilding trees: a copy of a node with some of its parts replaced."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any, TypeVar

from freehold.rust import ast

_N = TypeVar("_N", bound=ast.Node)

Replace = Callable[[ast.Node], object]

_PARTS: dict[type, tuple[str, ...]] = {}


def parts(cls: type) -> tuple[str, ...]:
    """Return the names of the fields of a node class that may hold nodes."""
    known = _PARTS.get(cls)
    if known is None:
        known = tuple(one.name for one in fields(cls) if _may_hold_nodes(str(one.type)))
        _PARTS[cls] = known
    return known


_PLAIN = ("Span", "Span | None", "str", "str | None", "int", "bool", "bytes", "Shape", "Delimited")


def _may_hold_nodes(annotation: str) -> bool:
    name = annotation.rpartition(".")[2].rstrip("'>")
    return annotation not in _PLAIN and name not in _PLAIN


def rebuild(node: _N, replace: Replace) -> _N:
    """Return `node` with `replace` applied to each node directly in it; itself if none changed.

    In a tuple, `replace` may answer with a tuple, whose nodes then stand for the one.
    """
    changed: dict[str, object] = {}
    for name in parts(type(node)):
        before = getattr(node, name)
        after: object
        if isinstance(before, ast.Node):
            after = replace(before)
        elif type(before) is tuple:
            after = _rebuild_tuple(before, replace)
        else:
            continue
        if after is not before:
            changed[name] = after
    return copied(node, changed) if changed else node


def _rebuild_tuple(before: tuple[object, ...], replace: Replace) -> tuple[object, ...]:
    after: list[object] = []
    same = True
    for one in before:
        if not isinstance(one, ast.Node):
            after.append(one)
            continue
        made = replace(one)
        if made is not one:
            same = False
        if type(made) is tuple:
            after.extend(made)
        else:
            after.append(made)
    return before if same else tuple(after)


def copied(node: _N, changed: dict[str, Any]) -> _N:
    """Return a new node like `node`, with some fields changed."""
    cls = type(node)
    made = object.__new__(cls)
    for one in fields(cls):
        name = one.name
        setattr(made, name, changed[name] if name in changed else getattr(node, name))
    return made


def deep_copy(node: ast.Node) -> ast.Node:
    """Return a copy of a whole tree: no node of it is in the other."""
    return copied(node, {name: _deep(getattr(node, name)) for name in parts(type(node))})


def _deep(value: object) -> object:
    if isinstance(value, ast.Node):
        return deep_copy(value)
    if type(value) is tuple:
        return tuple([_deep(one) for one in value])
    return value
