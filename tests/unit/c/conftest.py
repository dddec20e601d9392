from collections.abc import Callable
from dataclasses import fields

import pytest

from freehold.c import ast
from freehold.c.lex import lex
from freehold.c.parse import ParseOptions, parse
from freehold.c.preprocess import PreprocessOptions, preprocess
from freehold.c.token import Token
from freehold.diagnostics import Diagnostic
from freehold.source import Source, Span

Parse = Callable[..., ast.Unit]
Shape = Callable[..., str]
Faults = Callable[..., list[Diagnostic]]


def _parse(
    text: str, std: str = "gnu11", *, pedantic: bool = False
) -> tuple[ast.Unit | None, list[Diagnostic]]:
    tokens, found = lex(Source("t.c", text))
    assert not found
    return parse(tokens, ParseOptions(std, pedantic))


def _shape(value: object) -> str:
    """Return a tree as a line: leaves by their text, other nodes as (Class field ...)."""
    match value:
        case ast.Identifier() | ast.NameDeclarator() | ast.Keyword() | ast.TypedefName():
            return value.name or "_"
        case ast.Number() | ast.Character():
            return value.text
        case Token():
            return value.text
        case ast.Specifiers():
            return "+".join(map(_shape, value.items))
        case ast.Node():
            parts = [getattr(value, field.name) for field in fields(value)]
            words = [_shape(part) for part in parts if not isinstance(part, Span) and part]
            return f"({' '.join([type(value).__name__, *words])})"
        case tuple():
            return " ".join(map(_shape, value))
        case _:
            return str(value)


@pytest.fixture
def parsed() -> Parse:
    """Parse text that has no fault."""

    def run(text: str, std: str = "gnu11") -> ast.Unit:
        unit, found = _parse(text, std)
        assert not found, [diagnostic.message for diagnostic in found]
        assert unit is not None
        return unit

    return run


@pytest.fixture
def faults() -> Faults:
    """Return what parsing complains about."""

    def run(text: str, std: str = "gnu11", *, pedantic: bool = False) -> list[Diagnostic]:
        return _parse(text, std, pedantic=pedantic)[1]

    return run


@pytest.fixture
def external(parsed: Parse) -> Shape:
    """Parse text, and return the shape of its last external declaration."""

    def run(text: str, std: str = "gnu11") -> str:
        return _shape(parsed(text, std).externals[-1])

    return run


@pytest.fixture
def expression(parsed: Parse) -> Shape:
    """Parse an expression, after what it needs, and return its shape."""

    def run(text: str, before: str = "", std: str = "gnu11") -> str:
        unit = parsed(f"{before}\nvoid f(void) {{ {text}; }}", std)
        definition = unit.externals[-1]
        assert isinstance(definition, ast.FunctionDefinition)
        statement = definition.body.items[-1]
        assert isinstance(statement, ast.ExprStatement)
        return _shape(statement.expr)

    return run


@pytest.fixture
def statement(parsed: Parse) -> Shape:
    """Parse the items of a block, and return the shape of the last."""

    def run(text: str, before: str = "", std: str = "gnu11") -> str:
        unit = parsed(f"{before}\nvoid f(void) {{ {text} }}", std)
        definition = unit.externals[-1]
        assert isinstance(definition, ast.FunctionDefinition)
        return _shape(definition.body.items[-1])

    return run


@pytest.fixture
def preprocessed() -> Parse:
    """Preprocess and parse text that has no fault."""

    def run(text: str) -> ast.Unit:
        found = preprocess(Source("t.c", text), PreprocessOptions())
        unit, faults = parse(found.tokens)
        assert unit is not None, [fault.message for fault in faults]
        return unit

    return run
