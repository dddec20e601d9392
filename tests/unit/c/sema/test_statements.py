"""Statements: labels, switches, jumps, variable lengths, statement expressions."""

import pytest

from freehold.c import tree
from tests.unit.c.sema.analysing import errors, faults, function, valid


def body(statements: str) -> str:
    return f"int f(int n, int *p) {{ {statements} return 0; }}"


@pytest.mark.parametrize(
    "statements",
    [
        "switch (n) { case 1: case 2: n++; break; default: n--; }",
        "switch ((char)n) { case 'a' ... 'f': break; case 'g': break; }",
        "switch (n) { case 1: while (n) { case 2: n--; } }",
        "for (int i = 0, j = 1; i < j; i++) continue;",
        "do break; while (n);",
        "if (n) goto out; n = 1; out: ;",
        "again: if (n--) goto again;",
        "{ __label__ l; l: if (n--) goto l; } { __label__ l; goto l; l: ; }",
        "void *t[] = {&&a, &&b}; goto *t[n]; a: n = 1; b: ;",
        "int a[n]; { int b[n][n]; b[0][0] = a[0]; } goto end; end: ;",
        "{ int a[n]; a[0] = 1; } goto on; on: ;",
        "n = ({ int x = n; x * 2; });",
        "({ if (n) n = 1; });",
        "(void)sizeof(int[n]);",
        "int (*q)[n] = 0; q++;",
        "typedef int row[n]; row a; row *b = &a; (void)b;",
        "switch (n) { int x; case 1: x = 1; n = x; }",
        "while (({ int x = n; x; })) { if (n) break; else continue; }",
    ],
)
def test_accepted(statements: str) -> None:
    assert not faults(body(statements))


@pytest.mark.parametrize(
    ("statements", "code"),
    [
        ("break;", "FH1210"),
        ("continue;", "FH1210"),
        ("switch (n) { continue; }", "FH1210"),
        ("case 1: ;", "FH1210"),
        ("default: ;", "FH1210"),
        ("goto nowhere;", "FH1210"),
        ("a: ; a: ;", "FH1202"),
        ("switch (n) { case 1: case 2: case 1: ; }", "FH1210"),
        ("switch (n) { case 1 ... 5: case 3: ; }", "FH1210"),
        ("switch (n) { case 3: case 1 ... 5: ; }", "FH1210"),
        ("switch (n) { case 1 ... 5: case 4 ... 9: ; }", "FH1210"),
        ("switch ((unsigned char)n) { case 1: case 257: ; case 256 + 1: ; }", "FH1210"),
        ("switch (n) { default: default: ; }", "FH1210"),
        ("switch (n) { case n: ; }", "FH1209"),
        ("switch (p) { case 1: ; }", "FH1203"),
        ("switch (1.5) { case 1: ; }", "FH1203"),
        ("if (f) ; while ((struct s { int a; }){1}) ;", "FH1204"),
        ("goto in; int a[n]; in: a[0] = 1;", "FH1210"),
        ("goto in; { int a[n]; in: a[0] = 1; }", "FH1210"),
        ("switch (n) { int a[n]; case 1: a[0] = 1; }", "FH1210"),
        ("int a[n] = {1};", "FH1208"),
        ("static int a[n];", "FH1211"),
        ("extern int a[n];", "FH1211"),
        ("struct s { int a[n]; };", "FH1211"),
        ("{ __label__ l; }", "FH1210"),
        ("{ __label__ l; l: ; } goto l;", "FH1210"),
        ("for (static int i = 0; i < n; i++) ;", "FH1210"),
    ],
)
def test_refused(statements: str, code: str) -> None:
    found = faults(body(statements))
    assert found
    assert found[0] == f"1:error {code}"


@pytest.mark.parametrize(
    ("source", "finding"),
    [
        ("int f(void) { return; }", "1:warning FH1203"),
        ("void f(void) { return 1; }", "1:warning FH1203"),
        ("struct s { int a; } x; int f(void) { return x; }", "1:error FH1203"),
        ("int *f(void) { return 1; }", "1:warning FH1303"),
        ("int *f(char *p) { return p; }", "1:warning FH1302"),
        ('void f(void) { __asm__("nop"); }', "1:unsupported FH1901"),
    ],
)
def test_returns_and_others(source: str, finding: str) -> None:
    assert faults(source)[0] == finding


def test_a_void_function_may_return_a_void_expression() -> None:
    source = "void g(void); void f(void) { return g(); }"
    assert not faults(source)
    assert errors(source, pedantic=True)


def test_the_cases_of_a_switch_are_wrapped_to_its_type() -> None:
    unit = valid("int f(unsigned n) { switch (n) { case -1: return 1; default: return 0; } }")
    body_ = function(unit, "f").body
    assert body_ is not None
    switch = body_.body[0]
    assert isinstance(switch, tree.Switch)
    assert [case.low for case in switch.cases] == [2**32 - 1, None]


def test_an_else_if_chain_is_no_nesting() -> None:
    arms = "".join(f"if (n == {i}) return {i}; else " for i in range(3000))
    assert not faults(body(arms + "n = 0;"))


def test_an_empty_asm_is_a_barrier() -> None:
    unit = valid('void f(int *p) { *p = 1; __asm__ volatile("" ::: "memory"); *p = 2; }')
    body_ = function(unit, "f").body
    assert body_ is not None
    assert [type(s) for s in body_.body] == [tree.Evaluate, tree.CompilerBarrier, tree.Evaluate]
