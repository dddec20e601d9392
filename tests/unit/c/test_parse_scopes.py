import pytest

from .conftest import Faults, Shape

AS_EXPRESSION = "(ExprStatement (Binary * T x))"
AS_DECLARATION = "(Declaration T (InitDeclarator (PointerDeclarator x)))"


@pytest.mark.parametrize(
    ("before", "inside", "is_type"),
    [
        ("typedef int T;", "", True),
        ("typedef int T;", "int T;", False),
        ("typedef int T;", "T T = 1;", False),
        ("typedef int T;", "enum { T };", False),
        ("typedef int T;", "{ int T; }", True),
        ("typedef int T;", "for (int T = 0;;) ;", True),
        ("typedef int T;", "struct T { int T; };", True),
        ("typedef int T;", "T: ;", True),
        ("typedef int T;", "int g(int T);", True),
        ("typedef int T;", "int T(void);", False),
        ("typedef int T; int g(T T) { T: return T; }", "", True),
        ("int T;", "typedef int T;", True),
        ("int T;", "{ typedef int T; }", False),
        ("typedef int T;", "({ int T; T; });", True),
    ],
)
def test_type_or_name(*, before: str, inside: str, is_type: bool, statement: Shape) -> None:
    wanted = AS_DECLARATION if is_type else AS_EXPRESSION
    assert statement(f"{inside} T * x;", before) == wanted


def test_parameter_hides_typedef_in_the_body_only(external: Shape) -> None:
    assert external("typedef int T; int f(int T) { return T * T; } T x;") == (
        "(Declaration T (InitDeclarator x))"
    )


def test_parameter_hides_typedef_in_later_parameters(faults: Faults) -> None:
    assert faults("typedef int T; int f(int T, T x);")
    assert not faults("typedef int T; int f(int a, T x); int g(T T, int y[sizeof T]);")


def test_initializer_sees_its_own_name(statement: Shape) -> None:
    assert statement("int T = sizeof(T);", "typedef int T;") == (
        "(Declaration int (InitDeclarator T (SizeOf (Paren T))))"
    )


def test_parenthesised_typedef_in_parameter_is_a_type(external: Shape) -> None:
    assert external("typedef int T; int f(int (T));") == (
        "(Declaration int (InitDeclarator (FunctionDeclarator f (Parameter int"
        " (FunctionDeclarator _ (Parameter T _) True)) True)))"
    )


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("unsigned T;", "(Declaration unsigned (InitDeclarator T))"),
        ("const T;", "(Declaration const+T)"),
        ("T (x);", "(Declaration T (InitDeclarator x))"),
        ("int (T);", "(Declaration int (InitDeclarator T))"),
        ("struct { T T; };", "(Declaration (Record struct (Declaration T (InitDeclarator T))))"),
        (
            "struct { T : 3; };",
            "(Declaration (Record struct (Declaration T (InitDeclarator _ 3))))",
        ),
    ],
)
def test_type_named_once(text: str, tree: str, external: Shape) -> None:
    assert external("typedef int T; struct { int y; };" + text) == tree
