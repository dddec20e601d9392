"""A folder of several programs: each `main` with what they share."""

from freehold.driver.options import CompileOptions
from freehold.driver.static import check_c
from freehold.source import Source

LIBRARY = """\
#include <stdlib.h>
char *make(void) { return malloc(4); }
"""
TWICE = """\
#include <stdlib.h>
char *make(void);
void say(void) {}
int main(void)
{
    char *p = make();
    free(p);
    free(p);
    return 0;
}
"""
BEYOND = """\
#include <stdlib.h>
char *make(void);
void say(void) {}
int main(void)
{
    char *p = make();
    if (p != NULL)
        p[4] = 1;
    free(p);
    return 0;
}
"""


def test_each_main_is_a_program_of_its_own() -> None:
    texts = {"library.c": LIBRARY, "twice.c": TWICE, "beyond.c": BEYOND}
    units = [(Source(name, text), CompileOptions()) for name, text in texts.items()]
    done = check_c(units, pedantic=False)
    found = {(one.code.id, one.at.source.name) for one in done.findings if one.at is not None}
    assert found == {("FH0202", "twice.c"), ("FH0101", "beyond.c")}
