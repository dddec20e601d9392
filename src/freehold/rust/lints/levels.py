"""Which lints a program permits where: `#[allow(name)]` and `#[warn(name)]` around a place."""

from collections.abc import Iterator
from dataclasses import fields

from freehold.diagnostics import Diagnostic
from freehold.rust import ast
from freehold.rust.parse import parse
from freehold.rust.token import Kind
from freehold.source import Source, Span

_LEVELS = {"allow": False, "expect": False, "warn": False, "deny": True, "forbid": True}


class Levels:
    """The lint attributes of one file, read when the first lint asks."""

    __slots__ = ("_said", "_source")

    def __init__(self, source: Source) -> None:
        """Take the file."""
        self._source = source
        self._said: list[tuple[Span, str, bool]] | None = None

    def denied(self, found: Diagnostic) -> bool:
        """Tell whether a lint, whose code has rustc's name, is an error where it was found."""
        if found.at is None:
            return True
        if self._said is None:
            crate, _ = parse(self._source)
            self._said = list(_read(crate))
        at = found.at.outermost()
        name = found.code.name.replace("-", "_")
        around = [
            (span.end - span.start, denied)
            for span, lint, denied in self._said
            if lint == name and span.start <= at.start and at.end <= span.end
        ]
        return min(around)[1] if around else True


def _read(node: ast.Node) -> Iterator[tuple[Span, str, bool]]:
    """Return the stretches that lint attributes are about, the inner ones too."""
    todo: list[ast.Node] = [node]
    while todo:
        at = todo.pop()
        for one in fields(type(at)):
            value = getattr(at, one.name)
            parts = value if isinstance(value, tuple) else (value,)
            todo += [part for part in parts if isinstance(part, ast.Node)]
        for attribute in getattr(at, "attributes", ()):
            if attribute.name in _LEVELS and attribute.arguments is not None:
                for token in attribute.arguments.tokens:
                    if token.kind is Kind.IDENT:
                        yield at.span, token.text, _LEVELS[attribute.name]
