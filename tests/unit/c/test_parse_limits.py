import sys
from time import process_time

import pytest

from freehold.c import ast
from freehold.c.depth import NESTING
from freehold.c.emit_ast import render
from freehold.diagnostics.codes import TOO_COMPLEX

from .conftest import Faults, Parse

N = 5_000
MANY = 100_000
DEEP = {
    "parentheses": "int x = " + "(" * MANY + "1" + ")" * MANY + ";",
    "unclosed": "int x = " + "(" * N,
    "prefixes": "int x = " + "- " * N + "1;",
    "casts": "int x = " + "(int)" * N + "1;",
    "sizeof": "int x = " + "sizeof " * N + "1;",
    "blocks": "void f(void) " + "{" * N + "}" * N,
    "loops": "void f(void) {" + "for (;;) " * N + ";}",
    "ifs": "void f(void) {" + "if (1) " * N + ";}",
    "do": "void f(void) {" + "do " * N + ";}",
    "pointers": "int " + "*" * N + "x;",
    "arrays": "int x" + "[1]" * N + ";",
    "declarators": "int " + "(" * N + "x" + ")" * N + ";",
    "parameters": "void f(" + "int (*)(" * N + "void" + "))" * N + ";",
    "structs": "struct {" * N + "int x;" + "};" * N,
    "initializers": "int x = " + "{" * N + "1" + "}" * N + ";",
    "calls": "int x = " + "f(" * N + "1" + ")" * N + ";",
    "subscripts": "int x = a" + "[a" * N + "]" * N + ";",
    "postfix": "int x = a" + "[1]" * N + ";",
    "conditionals": "int x = " + "1 ? 1 : " * N + "1;",
    "middles": "int x = " + "1 ? " * N + "1" + " : 1" * N + ";",
    "assignments": "void f(void) {" + "x = " * N + "1; }",
    "statement expressions": "void f(void) { x = " + "({" * N + "1;" + "});" * N + "}",
    "typeof": "typeof(" * N + "int" + ")" * N + " x;",
    "atomic": "_Atomic(" * N + "int" + ")" * N + " x;",
    "attributes": "__attribute__((" + "a(" * N + "1" + ")" * N + ")) int x;",
    "generic": "int x = " + "_Generic(1, default: " * N + "1" + ")" * N + ";",
    "else": "void f(void) {" + "if (1) ; else for (;;) " * N + ";}",
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_deep_nesting_is_refused(text: str, faults: Faults) -> None:
    before = sys.getrecursionlimit()
    started = process_time()
    assert [d.code for d in faults(text)] == [TOO_COMPLEX]
    assert process_time() - started < 5
    assert sys.getrecursionlimit() == before


@pytest.mark.parametrize(
    "text",
    [
        "int x = " + "(" * (NESTING - 1) + "1" + ")" * (NESTING - 1) + ";",
        "void f(void) " + "{" * NESTING + "}" * NESTING,
        "void f(void) { x = " + "({" * 300 + "1;" + "});" * 300 + "}",
        "void f(" + "int (*)(" * 300 + "void" + ")" * 301 + ";",
        "int x = " + "f((int[]){" * 300 + "1" + "})" * 300 + ";",
    ],
)
def test_nesting_up_to_the_limit_parses(text: str, faults: Faults) -> None:
    assert not faults(text)


def test_long_chains_parse(parsed: Parse) -> None:
    arms = "if (x == 0) y(); " + "".join(f"else if (x == {i}) y();" for i in range(5000))
    cases = "".join(f"case {i}: " for i in range(5000))
    total = "+".join(["x"] * 20_000)
    commas = ", ".join(["x"] * 20_000)
    text = f"void f(int x) {{ {arms} switch (x) {{ {cases} ; }} x = {total}; {commas}; }}"
    definition = parsed(text).externals[0]
    assert isinstance(definition, ast.FunctionDefinition)
    chain, *_ = definition.body.items
    length = 0
    while isinstance(chain, ast.If):
        length += 1
        assert chain.otherwise is not None or length == 5001
        chain = chain.otherwise or ast.Break(chain.span)
    assert length == 5001
    assert render(parsed(text)).count("Binary +") == 19_999
    assert render(parsed(text)).count("Comma") == 19_999
