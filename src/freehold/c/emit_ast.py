"""The syntax tree as indented text, for developers and for snapshot tests."""

from dataclasses import fields

from freehold.c import ast
from freehold.c.token import Token
from freehold.source import Span

# Deeper than this the indentation stays: a chain of 20,000 operands would be 400 MB of spaces.
_MAX_INDENT = 60


def render(unit: ast.Unit) -> str:
    """Return one line a node: what it is, its plain fields, its place; children are indented.

    The place is `line:column`, where a macro was invoked if one made the node, after the file's
    name if that is not the unit's own.
    """
    home = unit.span.source.name
    lines: list[str] = []
    # Children wait in reverse order: the tree may be deeper than Python's stack.
    waiting: list[tuple[int, str, ast.Node]] = [(0, "", unit)]
    while waiting:
        depth, role, node = waiting.pop()
        children: list[tuple[int, str, ast.Node]] = []
        words = [_role(role) + type(node).__name__]
        for name in _fields(node):
            _show(name, getattr(node, name), depth + 1, words, children)
        words.append(_place(node.span, home))
        lines.append("  " * min(depth, _MAX_INDENT) + " ".join(words))
        waiting += reversed(children)
    return "\n".join(lines) + "\n"


def _role(role: str) -> str:
    return f"{role}: " if role else ""


def _fields(node: ast.Node) -> tuple[str, ...]:
    return tuple(field.name for field in fields(node) if field.name != "span")


def _show(
    name: str,
    value: object,
    depth: int,
    words: list[str],
    children: list[tuple[int, str, ast.Node]],
) -> None:
    """Add a field to its node's `words`, or to its `children`."""
    match value:
        case ast.Node():
            children.append((depth, name, value))
        case Token():
            words.append(value.text)
        case Span() | None | False | () | 0:
            pass
        case tuple():
            for item in value:
                _show(name, item, depth, words, children)
        case True:
            words.append(name)
        case str():
            words.append(value or '""')
        case _:
            words.append(f"{name}={value}")


def _place(span: Span, home: str) -> str:
    place = span.outermost()
    file = "" if place.source.name == home else f"{place.source.name}:"
    return f"@{file}{place.line}:{place.column}"
