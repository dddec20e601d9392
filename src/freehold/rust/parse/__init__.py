"""The parser of Rust 2021: text or tokens to `freehold.rust.ast`, by recursive descent.

Nothing here knows what a name means. A syntax error is reported, and parsing goes on with the next
statement or item: the tree is whole whatever the text, without what could not be read.
"""

from collections.abc import Sequence
from contextlib import suppress

from freehold.collector import without_collector
from freehold.diagnostics import Diagnostic
from freehold.rust import ast
from freehold.rust.depth import deep_recursion
from freehold.rust.lex import lex
from freehold.rust.parse.faults import Fault, Hopeless
from freehold.rust.parse.fragments import FragmentParser, HalfToken, parse_fragment, split_token
from freehold.rust.parse.items import Items
from freehold.rust.parse.sequences import (
    parse_assoc_items,
    parse_expr,
    parse_foreign_items,
    parse_items,
    parse_pattern,
    parse_statements,
    parse_type,
)
from freehold.rust.token import Token
from freehold.source import Source, Span

__all__ = [
    "FragmentParser",
    "HalfToken",
    "parse",
    "parse_assoc_items",
    "parse_expr",
    "parse_foreign_items",
    "parse_fragment",
    "parse_items",
    "parse_pattern",
    "parse_statements",
    "parse_tokens",
    "parse_type",
    "split_token",
]


def parse(source: Source) -> tuple[ast.Crate, list[Diagnostic]]:
    """Parse a whole file; all errors, those of the lexer too, are among the diagnostics."""
    with without_collector():
        tokens, found = lex(source)
        crate, errors = parse_tokens(tokens)
    # What does not match was put right somehow: what the parser makes of that is noise.
    return crate, found or errors


def parse_tokens(tokens: Sequence[Token]) -> tuple[ast.Crate, list[Diagnostic]]:
    """Parse the tokens of a whole file, END included."""
    parser = Items(tokens)
    attributes: tuple[ast.Attribute, ...] = ()
    items: tuple[ast.Item, ...] = ()
    with deep_recursion(), suppress(Hopeless):
        attributes, items = _file(parser)
    first, last = parser.tokens[0], parser.tokens[-1]
    span = Span(first.source, 0, last.end)
    return ast.Crate(span, attributes, items), parser.found


def _file(parser: Items) -> tuple[tuple[ast.Attribute, ...], tuple[ast.Item, ...]]:
    attributes: tuple[ast.Attribute, ...] = ()
    try:
        attributes = parser.inner_attributes()
    except Fault as fault:
        parser.report(fault)
        parser.skip_to(frozenset())
    return attributes, parser.items()
