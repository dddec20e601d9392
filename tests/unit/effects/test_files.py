"""Faults that need two files to happen: the call that makes them real is told, with the rest."""

from freehold.diagnostics import Diagnostic
from freehold.driver.options import CompileOptions
from freehold.driver.static import check_c
from freehold.source import Source

RELEASE = """
#include <stdlib.h>
struct box { int *value; };
void box_drop(struct box *b) { free(b->value); }
int box_get(const struct box *b) { return *b->value; }
"""

USE = """
#include <stdlib.h>
struct box { int *value; };
void box_drop(struct box *b);
int box_get(const struct box *b);
int use(void)
{
    struct box b = { malloc(sizeof(int)) };
    if (b.value == NULL)
        return 1;
    *b.value = 1;
    %s
}
"""


def _check(*texts: str) -> tuple[Diagnostic, ...]:
    units = [(Source(f"{i}.c", text), CompileOptions()) for i, text in enumerate(texts)]
    return check_c(units, pedantic=False).findings


def test_a_use_after_a_release_in_the_other_file() -> None:
    (found,) = _check(USE % "box_drop(&b); return box_get(&b);", RELEASE)
    assert (found.code.id, found.severity.value) == ("FH0201", "error")
    said = {(label.span.source.name, label.text) for label in found.labels}
    assert ("1.c", "freed here") in said
    assert ("1.c", "used here") in said


def test_the_right_order_is_silent() -> None:
    assert _check(USE % "int got = box_get(&b); box_drop(&b); return got;", RELEASE) == ()


def test_a_long_array_with_a_short_text() -> None:
    text = 'int f(void) { char s[2147483647] = "01"; return s[1] + s[9]; }'
    assert _check(text) == ()


def test_files_that_do_not_link_are_refused() -> None:
    found = _check("int one(void) { return 1; }", "int one(void) { return 2; }")
    assert {one.code.id for one in found} == {"FH1215"}
