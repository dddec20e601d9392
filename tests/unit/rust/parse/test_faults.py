"""Syntax errors: what is said, and that parsing goes on."""

import pytest

from freehold.rust import ast, parse
from freehold.source import Source
from tests.unit.rust.parse.shapes import faults


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("fn f() { let x = 1\n let y = 2; }", "expected `;`, found keyword `let`"),
        ("fn f() { a b }", "expected one of `.`, `;`, `?`, `}`, or an operator, found `b`"),
        ("fn f( {}", "this file contains an unclosed delimiter"),
        ("fn f() {", "this file contains an unclosed delimiter"),
        ("fn f() { g(1 2); }", "expected one of `)`, `,`, `.`, `?`, or an operator, found `2`"),
        ("fn f(a) {}", "expected one of `:`, `@`, or `|`, found `)`"),
        ("fn f() -> { }", "expected type, found `{`"),
        ("fn f() { if x = S { a: 1 } {} }", "struct literals are not allowed here"),
        ("fn f() { 1 < 2 < 3; }", "comparison operators cannot be chained"),
        ("fn f() { let x = let y = 1; }", "expected expression, found `let` statement"),
        ("fn f() { if let a = b && let c = d {} }",
         "let chains are only allowed in Rust 2024 or later"),
        ("fn f() { x++; }", "expected expression, found `+`"),
        ("struct S { a: u8; b: u8 }", "struct fields are separated by `,`"),
        ("struct S { a u8 }", "expected `:`, found `u8`"),
        ("fn f() { for x of y {} }", "missing `in` in `for` loop, found `of`"),
        ("enum E { A B }", "expected one of `(`, `,`, `=`, `{`, or `}`, found `B`"),
        ("impl A for { }", "expected type, found `{`"),
        ("let x = 1;", "expected item, found keyword `let`"),
        ("class A {}", "expected one of `!` or `::`, found `A`"),
        ("fn f() { let fn = 1; }", "expected pattern, found keyword `fn`"),
        ("fn f() { 0..= ; }", "inclusive range with no end"),
        ("fn f() { match x { 1...2 => {} } }", "`...` range patterns are not allowed"),
        ("fn f() { /// lost\n }",
         "found a documentation comment that doesn't document anything"),
        ("fn f() { yield 1 }", "`yield` is reserved, and no part of the language"),
        ("fn f() { 1u7; }", "invalid width `7` for integer literal"),
        ("pub x", "expected item after visibility, found `x`"),
        ("fn f() { let (a | b) = 1; let a | b = 1; }",
         "`let` bindings require top-level or-patterns in parentheses"),
    ],
)  # fmt: skip
def test_messages(text: str, message: str) -> None:
    assert faults(text)[0][1] == message


def test_several_errors_and_the_rest_of_the_tree() -> None:
    text = """
fn one() {
    let a = ;
    let b = 2
    let c = (1 + );
    d(b, c);
}
struct Two { x: u8 y: u8, z: u8 }
fn three(a b) {}
fn four() -> u8 { 4 }
impl Five { fn good() {} fn bad( -> {} fn fine() {} }
fn six() {}
"""
    tree, found = parse.parse(Source("t.rs", text))
    lines = [one.at.line for one in found if one.at is not None]
    assert lines[:1] == [11]  # delimiters that do not match come alone
    text = text.replace("fn bad( -> {}", "fn bad() -> 1 {}")
    tree, found = parse.parse(Source("t.rs", text))
    assert [one.at.line for one in found if one.at is not None] == [3, 4, 5, 8, 9, 11]
    names = [one.ident.name for one in tree.items if isinstance(one, ast.Function | ast.Struct)]
    assert names == ["one", "Two", "four", "six"]
    first = tree.items[0]
    assert isinstance(first, ast.Function)
    assert first.body is not None
    assert len(first.body.statements) == 2


def test_too_many_errors_end_the_parse() -> None:
    assert len(faults("fn f() { 1 +; }\n" * 100)) == 20


@pytest.mark.parametrize(
    "text",
    [
        "fn f() { %s }" % ("(" * 5000 + ")" * 5000),
        "fn f() { %s1 }" % ("-" * 5000),
        "fn f() { %s }" % ("{" * 5000 + "}" * 5000),
        "fn f() { %s }" % ("|| " * 5000 + "1"),
        "type T = {}u8{};".format("Vec<" * 5000, ">" * 5000),
        "type T = %su8;" % ("&" * 5000),
        "fn f() { let %sx = 1; }" % ("&" * 5000),
        "use {}x{};".format("a::{" * 5000, "}" * 5000),
        "{}{}".format("mod a { " * 5000, "}" * 5000),
        "fn f() { %s }" % ("return " * 5000),
        "fn f() { %s }" % ("a = " * 5000 + "1"),
        "fn f() {{ {}1{} }}".format("if a {} else { " * 5000, "}" * 5000),
        "fn f() { %s }" % ("#[a] " * 5000 + "x"),
        "#[a = {}1{}] fn f() {{}}".format("(" * 5000, ")" * 5000),
    ],
)  # fmt: skip
def test_nesting_has_a_limit(text: str) -> None:
    found = faults(text)
    assert found == [] or found[0][1] == "this nesting is beyond our limit of 1000 levels"


@pytest.mark.parametrize(
    "text",
    [
        "fn f() { %s1 }" % ("1 + " * 20_000),
        "fn f() { a%s }" % (".b()" * 20_000),
        "fn f() { a%s }" % (" as u8" * 20_000),
        "fn f() { %s {} }" % ("if a {} else " * 5000),
        "fn f() { 1 %s }" % ("?" * 20_000),
        "fn f() { %s }" % ("/* */" * 20_000),
        "%s" % ("/*" * 5000 + "*/" * 5000),
    ],
)  # fmt: skip
def test_chains_have_none(text: str) -> None:
    assert faults(text) == []
