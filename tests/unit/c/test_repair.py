"""C snippets become programs, and each change is said."""

import pytest

from freehold.c.repair import repair
from freehold.source import Source


def repaired(text: str) -> tuple[str, list[str], tuple[str, ...]]:
    made = repair(Source("t.c", text))
    notes = [note.message.removeprefix("repaired: ") for note in made.repaired.repairs]
    return made.repaired.source.text, notes, made.headers


@pytest.mark.parametrize(
    "text",
    [
        "int main(void) { return 0; }\n",
        "int x = 3; struct s { int a; } y; typedef int t; int f(int);\n",
        "#define F(x) do { x; } while (0)\nint f(a) int a; { return a; }\n",
        "int f(void) { int a[2] = { 1, 2 }; return a[0]; }\n",
    ],
)
def test_what_needs_none(text: str) -> None:
    source = Source("t.c", text)
    assert repair(source).repaired.source is source


def test_bare_statements() -> None:
    text, notes, headers = repaired(
        'struct pair { int a, b; };\nint n = 2;\nchar *s = malloc(n);\nstrcpy(s, "a");\nputs(s)'
    )
    assert text == (
        "struct pair { int a, b; };\nint main(void) { int n = 2;\nchar *s = malloc(n);\n"
        'strcpy(s, "a");\nputs(s); return 0; }'
    )
    assert headers == ("stdio.h", "stdlib.h", "string.h")
    assert len(notes) == 4


def test_statements_beside_functions() -> None:
    text, _, headers = repaired("int one(void) { return 1; }\nfor (;;) { one(); break; }\n")
    assert text.endswith("\nint main(void) { for (;;) { one(); break; } return 0; }\n")
    assert headers == ()
    main = "int main(void) { return 0; }\nx = 1;\n"
    assert repaired(main)[0] == main


def test_a_brace_lost_before_the_next_function() -> None:
    flat = (
        "int f(int a)\n{\nif (a) {\nreturn 1;\n}\nreturn 2;\nint main(void)\n{\nreturn f(1);\n}\n"
    )
    text, notes, _ = repaired(flat)
    assert text == flat.replace("return 2;", "return 2; }")
    assert notes == ["`}` is put back, before the next function"]


def test_braces_lost_by_indentation() -> None:
    text, notes, _ = repaired(
        "typedef struct {\n  int n;\n\nint get(void) {\n  for (;;) {\n    return 1;\n\n"
        "  return 0;\nint main(void) {\n  return get();\n"
    )
    assert text.splitlines() == [
        "typedef struct {",
        "  int n; };",
        "",
        "int get(void) {",
        "  for (;;) {",
        "    return 1; }",
        "",
        "  return 0; }",
        "int main(void) {",
        "  return get(); }",
    ]
    assert len(notes) == 4
