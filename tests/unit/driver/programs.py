"""A program of three files with faults in and across them, for checks by other means."""

from pathlib import Path

from freehold.diagnostics import Diagnostic
from freehold.driver.means import ALONE, Means
from freehold.driver.options import CompileOptions
from freehold.driver.static import check_c
from freehold.source import Source, Span

TEXTS = {
    "box.h": """
struct box { char *name; int *value; struct box *next; };
struct box *box_new(int value);
void box_drop(struct box *b);
const char *box_kind(const struct box *b);
static inline int box_value(const struct box *b) { return *b->value; }
""",
    "box.c": """
#include <stdlib.h>
#include "box.h"

static void release(struct box *b)
{
    free(b->value);
}

struct box *box_new(int value)
{
    struct box *b = malloc(sizeof *b);
    if (b == NULL)
        return NULL;
    b->value = malloc(sizeof *b->value);
    if (b->value == NULL) {
        free(b);
        return NULL;
    }
    *b->value = value;
    b->next = NULL;
    return b;
}

void box_drop(struct box *b)
{
    release(b);
    free(b);
}

const char *box_kind(const struct box *b)
{
    return b->next != NULL ? "linked" : "single";
}
""",
    "use.c": """
#include <stdio.h>
#include <stdlib.h>
#include "box.h"

static int release(int n)
{
    return n - 1;
}

int twice(void)
{
    struct box *b = box_new(2);
    if (b == NULL)
        return release(1);
    box_drop(b);
    return box_value(b);
}

int lost(void)
{
    struct box *b = box_new(3);
    if (b == NULL)
        return 1;
    puts(box_kind(b));
    return 0;
}
""",
    "main.c": """
#include "box.h"
int twice(void);
int lost(void);

static int (*const steps[])(void) = { twice, lost };

int main(void)
{
    int total = 0;
    for (int i = 0; i < 2; i++)
        total += steps[i]();
    int three[3] = { 1, 2, 3 };
    return total + three[3];
}
""",
}


def write(folder: Path, **texts: str) -> Path:
    """Write the program, with the texts of some files (`use_c`) replaced."""
    for name, text in TEXTS.items():
        (folder / name).write_text(texts.get(name.replace(".", "_"), text))
    return folder


def check(folder: Path, means: Means = ALONE) -> tuple[Diagnostic, ...]:
    """Return what is found in the program."""
    options = CompileOptions(include_dirs=(str(folder),))
    paths = [folder / name for name in TEXTS if name.endswith(".c")]
    units = [(Source(str(path), path.read_text()), options) for path in paths]
    return check_c(units, pedantic=True, means=means).findings


def told(found: tuple[Diagnostic, ...]) -> list[object]:
    """Return all that is said of findings, as plain values."""
    return [
        (
            one.code.id,
            one.severity,
            one.message,
            _place(one.at),
            [(label.text, _place(label.span)) for label in one.labels],
        )
        for one in found
    ]


def _place(span: Span | None) -> object:
    if span is None:
        return None
    at = span.outermost()
    return Path(at.source.name).name, at.line, at.column
