"""Edits that mend findings: what becomes of a text, and what is left alone."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from freehold.cli.check import command

HEAD = "#include <stdlib.h>\n"
GROW = """struct v { int *data; size_t cap; };
int grow(struct v *v, size_t n)
{
    v->data = %srealloc(v->data, n * sizeof *v->data);
    if (%s)
        return -1;
    v->cap = n;
    return 0;
}
"""
GROWN = """struct v { int *data; size_t cap; };
int grow(struct v *v, size_t n)
{
    void *grown = realloc(v->data, n * sizeof *v->data);
    if (grown == NULL)
        return -1;
    v->data = grown;
    v->cap = n;
    return 0;
}
"""
SIZED = """struct pair { long a, b; };
struct pair *pair(void)
{
    struct pair *p = malloc(%s);
    return p;
}
"""
TWICE = """int twice(int c)
{
    char *p = malloc(8);
    if (p == NULL)
        return 1;
    %s
    free(p);
    return 0;
}
"""
WRAPPED = """int *table(unsigned n)
{
    int *t = malloc(%s);
    return t;
}
"""

MENDED = {
    "realloc": (GROW % ("", "v->data == NULL"), GROWN),
    "realloc, not": (GROW % ("", "!v->data"), GROWN),
    "realloc, cast": (GROW % ("(int *)", "NULL == v->data"), GROWN),
    "sizeof a name": (SIZED % "sizeof p", SIZED % "sizeof *p"),
    "sizeof in brackets": (SIZED % "2 * sizeof(p)", SIZED % "2 * sizeof(*p)"),
    "elements": (WRAPPED % "10", WRAPPED % "10 * sizeof *t"),
    "elements of a sum": (WRAPPED % "3 + 4", WRAPPED % "(3 + 4) * sizeof *t"),
    "free": (TWICE % "free(p);", TWICE % "free(p); p = NULL;"),
    "free without braces": (TWICE % "if (c) free(p);", TWICE % "if (c) { free(p); p = NULL; }"),
    "comment": ("int x; // freehold: allow(FH0201) why\n", "int x;\n"),
    "comment alone": ("/* freehold: allow(FH0201) */\nint x;\n", "int x;\n"),
}
LEFT = {
    # What follows is not the test of the result: it would not be looked at.
    "realloc, no test": (
        GROW.replace("    if (%s)\n        return -1;\n", "") % "",
        "FH0806",
    ),
    # The branch looks at the pointer, which would no longer be null there.
    "realloc, the name is used": (
        GROW.replace("return -1;", "return v->data == NULL;") % ("", "v->data == NULL"),
        "FH0806",
    ),
    # Fewer bytes than there were are never put.
    "sizeof for less": (
        "char *c(void)\n{\n    char *p = malloc(sizeof p);\n    return p;\n}\n",
        "FH0607",
    ),
    "macro": (
        "#define DROP(p) free(p)\n" + TWICE.replace("    free(p);", "    DROP(p);") % "DROP(p);",
        "FH0202",
    ),
}


def _check(path: Path, *options: str) -> tuple[int, str]:
    arguments = ["--no-config", "--no-cache", "--format", "concise", *options, str(path)]
    done = CliRunner().invoke(command, arguments)
    return done.exit_code, done.stdout


@pytest.mark.parametrize(("text", "expected"), MENDED.values(), ids=list(MENDED))
def test_an_edit_does_away_with_its_finding(text: str, expected: str, tmp_path: Path) -> None:
    path = tmp_path / "t.c"
    path.write_text(HEAD + text)
    before = _check(path)[1]
    assert before
    after = _check(path, "--fix")[1]
    assert path.read_text() == HEAD + expected
    assert len(after.splitlines()) == len(before.splitlines()) - 1


@pytest.mark.parametrize(("text", "code"), LEFT.values(), ids=list(LEFT))
def test_what_may_be_meant_is_left_alone(text: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "t.c"
    path.write_text(HEAD + text)
    assert code in _check(path, "--fix")[1]
    assert path.read_text() == HEAD + text


def test_a_difference_changes_no_file(tmp_path: Path) -> None:
    path = tmp_path / "t.c"
    text = HEAD + SIZED % "sizeof p"
    path.write_text(text)
    code, out = _check(path, "--diff")
    assert code == 1
    assert "\n+    struct pair *p = malloc(sizeof *p);\n" in out
    assert path.read_text() == text


def test_rust_variables_become_mutable(tmp_path: Path) -> None:
    path = tmp_path / "t.rs"
    path.write_text('fn main() {\n    let x = 1;\n    x += 1;\n    println!("{x}");\n}\n')
    code, out = _check(path, "--fix")
    assert (code, out) == (0, "")
    assert "let mut x = 1;" in path.read_text()
