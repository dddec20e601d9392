import pytest

from freehold.diagnostics import Diagnostic, Severity
from freehold.diagnostics.codes import CPLUSPLUS, SYNTAX

from .conftest import Faults


def said(found: list[Diagnostic]) -> list[str]:
    return [f"{d.at.line}:{d.at.column} {d.message}" for d in found if d.at is not None]


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("int x = 3\nint y;", ["1:10 expected `;` after the initializer, found `int`"]),
        ("void f(void) {\n  g(1, 2;\n}", ["2:9 expected `,` or `)`, found `;`"]),
        ("int f(void) { return 1;", ["1:24 expected `}` before the end of the file"]),
        ("int x = ;", ["1:9 expected an expression, found `;`"]),
        ("void f(void) { else x; }", ["1:16 `else` without an `if` before it"]),
        ("typedef int T; int x = T;", ["1:24 expected an expression, found the type `T`"]),
        (
            "struct s { int x; }\nstruct t { enum { A } enum e; };\nint y;",
            [
                "1:20 expected `;` after the definition of a type, found `struct`",
                "2:22 expected `;` after the definition of a type, found `enum`",
            ],
        ),
        (
            "struct s { int x; }\nvoid f(void) { }",
            ["1:20 expected `;` after the definition of a type, found `void`"],
        ),
        ("bool b;", ["1:1 no type is called `bool`"]),
        (
            "int x; } int y z;",
            [
                "1:8 expected a declaration, found `}`",
                "1:15 expected `;` after the declaration, found `z`",
            ],
        ),
    ],
)
def test_message(text: str, messages: list[str], faults: Faults) -> None:
    assert said(faults(text)) == messages


@pytest.mark.parametrize(
    ("text", "help_"),
    [
        ("bool b;", "`bool` is declared in <stdbool.h>"),
        ("struct node { int x; }; node n;", "write `struct node`"),
        ("itn x;", "did you mean `int`?"),
        ("typedef int number; nubmer x;", "did you mean `number`?"),
    ],
)
def test_help_for_a_type(text: str, help_: str, faults: Faults) -> None:
    assert faults(text)[0].help == (help_,)


@pytest.mark.parametrize(
    ("text", "help_"),
    [
        ("if (a =< b) ;", "write `<=`"),
        ("if (a => b) ;", "write `>=`"),
        ("if (a <> b) ;", "C writes `!=`"),
        ("if (a and b) ;", "C writes `&&` (or `and`, from <iso646.h>)"),
        ("if (a) ; elif b {}", "C writes `else if`"),
    ],
)
def test_help_for_other_languages(text: str, help_: str, faults: Faults) -> None:
    assert faults(f"void f(void) {{ {text} }}")[0].help == (help_,)


def test_keyword_as_a_name(faults: Faults) -> None:
    assert faults("int for;")[0].message == "expected a name to declare, found the keyword `for`"


def test_label_points_at_the_bracket(faults: Faults) -> None:
    (fault,) = faults("void f(void) { x = (1; }")
    assert [(label.span.column, label.text) for label in fault.labels] == [
        (20, "to close this `(`")
    ]


def test_independent_faults_are_all_found(faults: Faults) -> None:
    text = """
struct s { int a int b; float c; };
enum e { A, B C };
int a[] = { 1, 2 3 };
void f(void) {
    if (1 { a; } else { b; }
    x = (1;
    { y = 2 z; }
    for (i = 0; i < 3 i++) ;
}
int g(void) { return 1; }
int h(int a b);
"""
    assert [d.at.line for d in faults(text) if d.at is not None] == [2, 3, 4, 6, 7, 8, 9, 12]


def test_fault_in_one_function_spares_the_next(faults: Faults) -> None:
    assert len(faults("int f(void) { return (; }\nint g(void) { int x[3] = {1, 2}; }")) == 1


def test_faults_are_limited(faults: Faults) -> None:
    assert len(faults("int x y;\n" * 1000)) == 20


def test_stray_characters_are_reported_once_each(faults: Faults) -> None:
    assert [d.message for d in faults("int @x;")] == ["`@` is no part of C"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("class X { int y; };", ["class"]),
        (
            "void f(void) { int *p = new int[3]; delete[] p; delete p; }",
            [
                "new",
                "delete",
                "delete",
            ],
        ),
        ("template <typename T> T g(T a) { return a; }", ["template"]),
        ("namespace n { int x; }", ["namespace"]),
        ("using namespace std;", ["using"]),
        ("void f(void) { std::sort(a); }", ["::"]),
        ("int puts(const char *); void f(void) { cout << 1; }", ["cout"]),
        ("void f(int& x);", ["reference"]),
        ("void f(void) { try { } catch (int e) { } }", ["try", "catch"]),
        ("void f(void) { x = static_cast<int>(y); }", ["static_cast"]),
        ("struct s { public: int x; };", ["public"]),
        ('extern "C" { int x; }', ['extern "C"']),
    ],
)
def test_cplusplus_by_name(text: str, names: list[str], faults: Faults) -> None:
    found = faults(text)
    assert [d.facts["what"] for d in found if d.code is CPLUSPLUS] == names
    assert all(d.help for d in found)


def test_new_and_delete_point_to_malloc_and_free(faults: Faults) -> None:
    new, delete = faults("void f(void) { int *p = new int; delete p; }")
    assert "malloc" in new.help[0]
    assert "free" in delete.help[0]


def test_cplusplus_words_are_names_in_c(faults: Faults) -> None:
    assert not faults("int class, new, delete, template; int f(void) { return new << class; }")
    (fault,) = faults("int new; int f(void) { return new new; }")
    assert fault.code is SYNTAX


@pytest.mark.parametrize(
    "text",
    [
        "int x;;",
        "struct s { int x;; };",
        "void f(void) { l: }",
        "void f(void) { l: int x; }",
        "_Static_assert(1);",
        "int a[] = { [1] 2 };",
        "struct s { int a; } x = { a: 2 };",
        "",
    ],
)
def test_pedantry(text: str, faults: Faults) -> None:
    assert not faults(text)
    assert [d.severity for d in faults(text, pedantic=True)] == [Severity.ERROR]


def test_extension_quiets_pedantry(faults: Faults) -> None:
    assert not faults("__extension__ struct s { int a; } x = { a: 2 };", pedantic=True)


def test_missing_last_semicolon_in_a_struct_is_a_warning(faults: Faults) -> None:
    assert [d.severity for d in faults("struct s { int x };")] == [Severity.WARNING]
    assert [d.severity for d in faults("struct s { int x };", pedantic=True)] == [Severity.ERROR]
