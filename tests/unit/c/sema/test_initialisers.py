"""Initialisers: designators, braces left out, strings, unions, what is constant."""

import pytest

from freehold.c import tree
from tests.unit.c.sema.analysing import analysed, data_of, errors, faults, function, valid, variable


def ints(declaration: str) -> list[int]:
    data = data_of(declaration, "x")
    return [
        int.from_bytes(data[at : at + 4], "little", signed=True) for at in range(0, len(data), 4)
    ]


@pytest.mark.parametrize(
    ("declaration", "values"),
    [
        ("int x[4] = {1, 2};", [1, 2, 0, 0]),
        ("int x[] = {[2] = 3, 4, [0] = 1};", [1, 0, 3, 4]),
        ("int x[2][2] = {1, 2, 3, 4};", [1, 2, 3, 4]),
        ("int x[2][2] = {{1}, {3}};", [1, 0, 3, 0]),
        ("int x[2][2] = {[1][0] = 3, 4, [0] = {1}};", [1, 0, 3, 4]),
        ("int x[6] = {[1 ... 4] = 7, 8};", [0, 7, 7, 7, 7, 8]),
        ("int x[3] = {[0 ... 2] = 1, [1] = 2};", [1, 2, 1]),
        ("struct { int a, b[2], c; } x = {1, 2, 3, 4};", [1, 2, 3, 4]),
        ("struct { int a, b[2], c; } x = {.c = 4, .b[1] = 3, .a = 1};", [1, 0, 3, 4]),
        ("struct { int a, b[2], c; } x = {.b = {1}, 9};", [0, 1, 0, 9]),
        ("struct { int a; struct { int b, c; } d; int e; } x = {1, {2, 3}, 4};", [1, 2, 3, 4]),
        ("struct { int a; struct { int b, c; }; int e; } x = {.c = 3, 4, .a = 1};", [1, 0, 3, 4]),
        ("struct { int a; union { int b; float f; }; } x = {1, .b = 2};", [1, 2]),
        ("union { char c; int i; } x = {.i = -2};", [-2]),
        ("union { int i; char c[4]; } x = {.i = -1, .c = {1}};", [1]),
        ("struct s { int a, b; } x[2] = {[0] = {1, 2}, [0].b = 3, [1].a = 4};", [1, 3, 4, 0]),
        ("struct s { int a, b; } x[3] = {[0 ... 2] = (struct s){1, 2}};", [1, 2] * 3),
        ("struct { int n; int a[]; } x = {2, {3, 4}};", [2, 3, 4]),
        ("int x = {5};", [5]),
        ("int x = (int)3.9 + (2 > 1) + sizeof(char) * ('a' == 97);", [5]),
        ("const int k = 3; int x[] = {[2] = 1 ? 2 : 1 / 0};", [0, 0, 2]),
        ("int x = -7 / 2 * 10 + -7 % 2;", [-31]),
        ("int x = (unsigned char)300 + (signed char)200;", [44 - 56]),
        ("float x = 1;", [0x3F800000]),
        ("char x[4] = {'a', 'b'};", [0x6261]),
        ('char x[4] = "abcd";', [0x64636261]),
        ('char x[8] = {"ab"};', [0x6261, 0]),
        ('char x[2][4] = {"ab", {"c"}};', [0x6261, 0x63]),
        ('__WCHAR_TYPE__ x[] = L"a" "b";', [0x61, 0x62, 0]),
        ("_Bool x[4] = {2, 0, 0.5, 1};", [0x01010001]),
        ("struct { unsigned a : 4, : 4, b : 8; int c; } x = {15, 2, 3};", [0x20F, 3]),
    ],
)
def test_bytes(declaration: str, values: list[int]) -> None:
    assert not errors(declaration)
    assert ints(declaration) == values


@pytest.mark.parametrize(
    ("declaration", "relocations"),
    [
        ("int a[4]; int *x = &a[2];", [(0, "a", 8)]),
        ("int a[4]; int *x = a + 1;", [(0, "a", 4)]),
        ("struct { int p, q; } s; int *x = &s.q;", [(0, "s", 4)]),
        ("int f(void); int (*x[2])(void) = {f, &f};", [(0, "f", 0), (8, "f", 0)]),
        ("int a; long x = (long)&a;", [(0, "a", 0)]),
        ("int a[2]; int *x[] = {[0 ... 1] = a};", [(0, "a", 0), (8, "a", 0)]),
        ("int a, b; int *x[2] = {&a, [0] = &b};", [(0, "b", 0)]),
        ("int a; int *x = 1 ? &a : 0;", [(0, "a", 0)]),
    ],
)
def test_addresses(declaration: str, relocations: list[tuple[int, str, int]]) -> None:
    initial = variable(analysed(declaration)[0], "x").initial
    assert initial is not None
    found = [(r.offset, getattr(r.target, "name", ""), r.addend) for r in initial.relocations]
    assert found == relocations


@pytest.mark.parametrize(
    ("declaration", "finding"),
    [
        ("int f(void); int x = f();", "error FH1209"),
        ("int a; int x = a;", "error FH1209"),
        ("int a; int x = (int)(long)&a;", "error FH1209"),
        ("int x = 1 / 0;", "warning FH1306"),
        ("int x[2] = {1, 2, 3};", "warning FH1304"),
        ("int x[2] = {[2] = 1};", "error FH1208"),
        ("int x[2] = {[-1] = 1};", "error FH1208"),
        ("struct { int a; } x = {.b = 1};", "error FH1208"),
        ("int x = {.a = 1};", "error FH1208"),
        ("int x[] = 1;", "error FH1208"),
        ("int a[2]; int x[2] = a;", "error FH1208"),
        ("struct s { int a; }; struct t { int a; } y; struct s x = y;", "error FH1203"),
        ('char x[2] = "abc";', "warning FH1304"),
        ('int x[2] = "abc";', "error FH1208"),
        ("struct s x = {1};", "error FH1206"),
        ("int x = {};", "error FH1208"),
        ("char x[100000000] = {[99999999] = 1};", "unsupported FH1006"),
    ],
)
def test_refused(declaration: str, finding: str) -> None:
    assert faults(declaration)[0] == f"1:{finding}"


def test_automatic_objects_are_zeroed_where_stores_do_not_reach() -> None:
    unit = valid("struct s { int a, b; }; int f(int k) { struct s x = {.b = k}; return x.a; }")
    block = function(unit, "f").body
    assert block is not None
    declare = block.body[0]
    assert isinstance(declare, tree.Declare)
    assert declare.initial is not None
    assert declare.initial.zero
    assert [[step.index for step in store.path] for store in declare.initial.stores] == [[1]]


def test_large_objects_leave_out_their_zeros() -> None:
    assert data_of("char x[50000000] = {1, 2};", "x") == b"\1\2"
    assert data_of('char x[50000000] = "ab";', "x") == b"ab"
