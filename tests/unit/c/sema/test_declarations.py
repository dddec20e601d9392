"""Specifiers, declarators, enumerations, linkage: what they mean, and what is refused."""

import pytest

from freehold.c.ctype import QualType
from freehold.c.sema.spell import spell
from freehold.c.tree import Storage
from freehold.mir.body import Linkage
from tests.unit.c.sema.analysing import analysed, errors, faults, function, numbers, valid, variable


@pytest.mark.parametrize(
    ("declaration", "spelled"),
    [
        ("long unsigned int long x;", "unsigned long long"),
        ("short signed x;", "short"),
        ("const char x = 1;", "const char"),
        ("double long _Complex x;", "_Complex long double"),
        ("unsigned __int128 x;", "unsigned __int128"),
        ("int *const volatile x = 0;", "int *const volatile"),
        ("int (*x)(int, ...);", "int (*)(int, ...)"),
        ("int *(*x[3])(void);", "int *(*[3])(void)"),
        ("int (*(*x)(void))[4];", "int (*(*)(void))[4]"),
        ("typedef const int a[2]; a x[3] = {0};", "const int [3][2]"),
        ("__typeof__(1 ? (char *)0 : (void *)0) x;", "char *"),
        ("__typeof__(1.0f + 1u) x;", "float"),
        ("enum { A, B } x; ", "enum <anonymous>"),
        ("int x[] = {[4] = 1, 2};", "int [6]"),
        ('char x[] = "abc";', "char [4]"),
    ],
)
def test_types(declaration: str, spelled: str) -> None:
    assert spell(variable(analysed(declaration)[0], "x").type) == spelled


def test_parameters_are_adjusted() -> None:
    unit = valid("int f(int a[const 3], int g(void), const int c, int b[2][5]) { return c; }")
    parameters = function(unit, "f").parameters
    assert [spell(p.type) for p in parameters] == [
        "int *const",
        "int (*)(void)",
        "const int",
        "int (*)[5]",
    ]
    result = spell(QualType(function(unit, "f").type))
    assert result == "int (int *, int (*)(void), int, int (*)[5])"


def test_a_result_has_no_qualifiers() -> None:
    assert not faults("const int f(void); int f(void); int (*p)(void) = f;", pedantic=True)


@pytest.mark.parametrize(
    "source",
    [
        "int f(void); int f();",
        "int f(); int f(int a) { return a; }",
        "int f(int a[]); int f(int *a);",
        "extern int a[]; int a[3]; extern int a[];",
        "static int x; extern int x; static int x = 1;",
        "static int f(void); int f(void) { return 1; } static int f(void);",
        "int x; int x; int x = 1; int x;",
        "typedef int t; typedef int t; t x;",
        "struct s; struct s *p; struct s { int a; } x; struct t { struct s *q; };",
        "int f(int x) { struct x { int y; } x2 = {x}; { int x = x2.y; return x; } }",
        "typedef int t; int f(void) { int t = 1; return t; } t x;",
        "int f(void) { extern int y; return y; } int y;",
        "enum e { A, B = 5, C }; int x[C == 6 ? 1 : -1];",
        "void f(void) { int f = 1; (void)f; }",
        "int f(a, b) int a; char b; { return a + b; }",
        "_Thread_local static int x; extern _Thread_local int y;",
        "struct s { int n; struct { int a; union { int b; char c; }; }; } x = {1, {2, {3}}};",
    ],
)
def test_accepted(source: str) -> None:
    assert not errors(source, pedantic=True)


@pytest.mark.parametrize(
    ("source", "finding"),
    [
        ("int x;\nlong x;", "2:error FH1202"),
        ("int f(int);\nint f(char);", "2:error FH1202"),
        ("static int x;\nint x;", "2:error FH1202"),
        ("int x;\nstatic int x;", "2:error FH1202"),
        ("int x = 1;\nint x = 2;", "2:error FH1202"),
        ("int f(void) { return 1; }\nint f(void) { return 1; }", "2:error FH1202"),
        ("typedef int t;\ntypedef long t;", "2:error FH1202"),
        ("typedef int t;\nint t;", "2:error FH1202"),
        ("struct s { int a; };\nunion s x;", "2:error FH1202"),
        ("struct s { int a; };\nstruct s { int a; };", "2:error FH1202"),
        ("enum { A };\nenum { A };", "2:error FH1202"),
        ("struct s { int a;\nint a; };", "2:error FH1202"),
        ("struct s {\nstruct s x; };", "2:error FH1206"),
        ("void f(int a,\nint a) { }", "2:error FH1202"),
        ("int f(void) {\nint a; { int b; }\nint a; return a; }", "3:error FH1202"),
        ("void f(int a) {\nint a; }", "2:error FH1202"),
        ("extern int a;\nint f(void) {\nstatic extern int b; return a + b; }", "3:error FH1211"),
        ("auto int x;", "1:error FH1211"),
        ("int f(void)[3];", "1:error FH1211"),
        ("int a[2](void);", "1:error FH1211"),
        ("void a[2];", "1:error FH1211"),
        ("void x;", "1:error FH1211"),
        ("int a[-1];", "1:error FH1211"),
        ("struct s { int a : 33; };", "1:error FH1211"),
        ("struct s { int a[]; int b; };", "1:error FH1211"),
        ("inline int x;", "1:error FH1211"),
        ("_Alignas(3) int x;", "1:error FH1211"),
        ("_Alignas(1) int x;", "1:error FH1211"),
        ("restrict int x;", "1:error FH1211"),
        ('_Static_assert(1 == 2, "no");', "1:error FH1213"),
        ("x;", "1:warning FH1305"),
    ],
)
def test_refused(source: str, finding: str) -> None:
    assert faults(source)[0] == finding


def test_one_mistake_is_reported_once() -> None:
    assert faults("int size = 1; long size = 2;") == ["1:error FH1202"]
    assert faults("int f(void) { return no + no * no; }") == ["1:error FH1201"]
    assert faults("int f(void) { return g(); }\nint h(void) { return g(); }") == [
        "1:warning FH1301"
    ]


def test_enumerators_count_up_and_grow() -> None:
    declaration = (
        "enum e { A = -3, B, C = 0x7fffffff }; enum { D = 1u << 31 }; enum { E = 1L << 40 };"
    )
    assert numbers(declaration, "B", "C", "D", "E", "sizeof(E)", "sizeof(enum e)") == [
        -2,
        2**31 - 1,
        2**31,
        2**40,
        8,
        4,
    ]
    assert numbers(declaration, "(enum e)-1 < 0", "sizeof D") == [1, 4]


def test_linkage_and_storage() -> None:
    unit = valid(
        """static int a; int b; extern int c; _Thread_local int d;
        int f(void) { static int e; extern int b; return a + b + c + d + e; }"""
    )
    found = {v.name: (v.storage, v.linkage, v.defined) for v in unit.variables}
    assert found == {
        "a": (Storage.STATIC, Linkage.INTERNAL, True),
        "b": (Storage.STATIC, Linkage.EXTERNAL, True),
        "c": (Storage.EXTERN, Linkage.EXTERNAL, False),
        "d": (Storage.STATIC, Linkage.EXTERNAL, True),
        "e": (Storage.STATIC, Linkage.INTERNAL, True),
    }


def test_statics_of_one_name_have_symbols_of_their_own() -> None:
    unit = valid("int f(void) { static int n; { static int n; n++; } return n++; } static int n;")
    symbols = [v.symbol for v in unit.variables if v.name == "n"]
    assert len(set(symbols)) == 3


def test_help_names_what_was_meant() -> None:
    found = analysed("int count; int f(void) { return coumt; }")[1]
    assert found[0].help == ("did you mean `count`?",)
    found = analysed("struct s { int width, x; } v; int f(void) { return v.widht; }")[1]
    assert found[0].help == ("did you mean `width`?",)
    found = analysed("struct s { int x, y; } v; int f(void) { return v.zoom; }")[1]
    assert found[0].help == ("it has `x`, `y`",)


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ("int main(void) { }", 0),
        ("int main() { }", 0),
        ("int main(int n, char *a[]) { }", 0),
        ("int main(int n, char **a, char **e) { }", 0),
        ("int main(int n, const char *const *a) { }", 0),
        ("int main(n, a) int n; char **a; { }", 0),
        ("void main(void) { }", 1),
        ("int main(int n) { }", 1),
        ("int main(char **a, int n) { }", 1),
        ("int main(int n, char *a) { }", 1),
    ],
)
def test_forms_of_main(source: str, wrong: int) -> None:
    assert not faults(source)
    assert len(errors(source, pedantic=True)[:1]) == wrong
