"""What a node's span encloses parses to the same node."""

from pathlib import Path

import pytest

from freehold.rust import ast
from tests.unit.rust.parse.shapes import (
    children,
    crate,
    expression,
    nodes,
    pattern,
    show,
    text_of,
    type_,
)

PROGRAM = (Path(__file__).parent / "program.rs").read_text()
# These stand in a place of their own, or their text means something else elsewhere.
_PLACED = (ast.Let, ast.Underscore, ast.RestPattern, ast.Attributed)


@pytest.fixture(scope="module")
def tree() -> ast.Crate:
    return crate(PROGRAM)


def test_expressions(tree: ast.Crate) -> None:
    some = [one for one in nodes(tree) if isinstance(one, ast.Expr)]
    assert len(some) > 250
    for one in some:
        if not isinstance(one, _PLACED) and not text_of(one).startswith(("///", "//!")):
            assert show(expression(text_of(one))) == show(one)


def test_types(tree: ast.Crate) -> None:
    some = [one for one in nodes(tree) if isinstance(one, ast.TypeExpr)]
    assert len(some) > 80
    for one in some:
        assert show(type_(text_of(one))) == show(one)


def test_patterns(tree: ast.Crate) -> None:
    some = [one for one in nodes(tree) if isinstance(one, ast.Pattern)]
    assert len(some) > 60
    for one in some:
        if not isinstance(one, _PLACED):
            assert show(pattern(text_of(one))) == show(one)


def test_items(tree: ast.Crate) -> None:
    for one in tree.items:
        assert show(crate(text_of(one)).items[0]) == show(one)


def test_every_span_lies_in_its_parents(tree: ast.Crate) -> None:
    for parent in nodes(tree):
        if isinstance(parent, ast.Generics):  # its where clause stands elsewhere
            continue
        for child in children(parent):
            assert parent.span.start <= child.span.start <= child.span.end <= parent.span.end
