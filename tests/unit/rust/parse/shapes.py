"""Trees as short text, and trees by their text."""

from collections.abc import Iterator
from dataclasses import fields
from enum import Enum

from freehold.diagnostics import Diagnostic
from freehold.rust import ast, parse
from freehold.rust.lex import lex
from freehold.rust.token import Delimited, Token
from freehold.source import Source, Span


def tokens_of(text: str) -> list[Token]:
    tokens, found = lex(Source("t.rs", text))
    assert not found, found[0].message
    return tokens


def expression(text: str) -> ast.Expr:
    tokens = tokens_of(text)
    node, found = parse.parse_expr(tokens, tokens[0].span)
    assert not found, found[0].message
    assert node is not None
    return node


def pattern(text: str) -> ast.Pattern:
    tokens = tokens_of(text)
    node, found = parse.parse_pattern(tokens, tokens[0].span)
    assert not found, found[0].message
    assert node is not None
    return node


def type_(text: str) -> ast.TypeExpr:
    tokens = tokens_of(text)
    node, found = parse.parse_type(tokens, tokens[0].span)
    assert not found, found[0].message
    assert node is not None
    return node


def crate(text: str) -> ast.Crate:
    node, found = parse.parse(Source("t.rs", text))
    assert not found, found[0].message
    return node


def item(text: str) -> ast.Item:
    (only,) = crate(text).items
    return only


def faults(text: str) -> list[tuple[int, str]]:
    """Return the line and message of each error in a file."""
    _, found = parse.parse(Source("t.rs", text))
    return [(line(one), one.message) for one in found]


def line(found: Diagnostic) -> int:
    assert found.at is not None
    return found.at.line


def show(node: object) -> str:  # noqa: C901, PLR0911  one row a kind of node
    """Return a tree as text, without its spans: names and paths as they are written."""
    match node:
        case ast.Ident(name=name):
            return name
        case ast.Lifetime(name=name):
            return f"'{name}"
        case ast.Path(segments=segments, is_global=is_global, qself=qself):
            front = "" if qself is None else f"<{show(qself.type)} as {show(qself.trait)}>::"
            return front + "::" * is_global + "::".join(map(show, segments))
        case ast.PathSegment(ident=ident, arguments=arguments):
            return show(ident) + ("" if arguments is None else show(arguments))
        case ast.PathExpr(path=path) | ast.PathType(path=path):
            return show(path)
        case ast.IntLiteral(value=value, suffix=suffix):
            return f"{value}{suffix}"
        case ast.Binary(op=op, left=left, right=right) | ast.Lazy(op=op, left=left, right=right):
            return f"({show(left)} {op} {show(right)})"
        case Delimited():
            return " ".join(token.text for token in node.tokens)
        case ast.Node():
            inner = (getattr(node, f.name) for f in fields(node))
            shown = [show(one) for one in inner if not isinstance(one, Span)]
            return f"{type(node).__name__}({', '.join(shown)})"
        case tuple():
            return f"[{', '.join(map(show, node))}]"
        case None:
            return "-"
        case Enum():
            return str(node.value)
        case _:
            return repr(node)


def children(node: ast.Node) -> Iterator[ast.Node]:
    """Yield the nodes that `node` consists of."""
    todo = [getattr(node, f.name) for f in fields(node)]
    while todo:
        one = todo.pop()
        if isinstance(one, ast.Node):
            yield one
        elif isinstance(one, tuple) and not isinstance(one, Span):
            todo += one


def nodes(node: ast.Node) -> Iterator[ast.Node]:
    """Yield `node` and all that is below it."""
    todo = [node]
    while todo:
        one = todo.pop()
        yield one
        todo += children(one)


def text_of(node: ast.Node) -> str:
    source, start, end, _ = node.span
    return source.text[start:end]
