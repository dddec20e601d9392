"""The first stages of Rust as text: tokens, and the syntax tree."""

from dataclasses import fields, is_dataclass

from freehold.diagnostics import Diagnostic
from freehold.rust.depth import deep_recursion
from freehold.rust.lex import lex
from freehold.rust.parse import parse
from freehold.source import Source, Span


def emit_front(stage: str, source: Source) -> tuple[str, list[Diagnostic]]:
    """Return the text of `stage`, "tokens" or "ast", and what was found on the way."""
    with deep_recursion():
        if stage == "tokens":
            tokens, found = lex(source)
            lines = [f"{one.span.line}:{one.span.column} {one.text}\n" for one in tokens]
            return "".join(lines), found
        tree, found = parse(source)
        return "".join(f"{line}\n" for line in _tree(tree, 0)), found


def _tree(node: object, depth: int) -> list[str]:
    """Return the lines of a node: its kind and its plain parts, then its nodes, deeper."""
    plain: list[str] = []
    inner: list[object] = []
    for one in fields(node) if is_dataclass(node) else ():
        value = getattr(node, one.name)
        if isinstance(value, Span) or value is None or value == () or value is False:
            continue
        if isinstance(value, (tuple, list)):
            inner += [part for part in value if is_dataclass(part)]
            plain += [repr(part) for part in value if not is_dataclass(part)]
        elif is_dataclass(value):
            inner.append(value)
        else:
            plain.append(f"{one.name}={value!r}")
    head = f"{'  ' * depth}{type(node).__name__} {' '.join(plain)}".rstrip()
    return [head, *(line for part in inner for line in _tree(part, depth + 1))]
