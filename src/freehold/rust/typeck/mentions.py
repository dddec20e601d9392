"""Which variables from around it a closure mentions, in the order of its text."""

from collections.abc import Iterator
from dataclasses import fields

from freehold.rust import ast
from freehold.rust.items import LocalVariable
from freehold.rust.typeck.checker import Checker
from freehold.rust.typeck.draft import LocalVar


def _slots(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind) if each.name != "span")


def nodes(root: ast.Node) -> Iterator[ast.Node]:
    """Return `root` and all nodes in it, in the order of the text."""
    todo: list[object] = [root]
    while todo:
        at = todo.pop()
        if isinstance(at, ast.Node):
            yield at
            todo.extend(getattr(at, name) for name in reversed(_slots(type(at))))
        elif isinstance(at, tuple):
            todo.extend(reversed(at))


def mentioned(cx: Checker, e: ast.Closure) -> list[LocalVar]:
    """Return the variables that exist already and that the closure's body mentions."""
    found: dict[LocalVar, None] = {}
    for node in nodes(e.body):
        if isinstance(node, ast.Path):
            meaning = cx.names.paths.get(node)
            if meaning is None or not isinstance(meaning.base, LocalVariable):
                continue
            variable = cx.locals.get(meaning.base.pattern)
            if variable is not None:
                found[variable] = None
    return list(found)
