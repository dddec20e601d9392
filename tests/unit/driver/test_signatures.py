"""C functions as Rust signatures: a table of small ones, each with what it amounts to."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from freehold.cli.ownership import command
from freehold.driver.options import CompileOptions
from freehold.driver.signatures import signatures
from freehold.source import Source

HEAD = """
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
struct node { int value; struct node *next; char *name; };
struct list { struct node *head; size_t length; };
"""
# What the signatures are told from, beside the function itself.
CLEAR = """
void clear(struct list *l)
{
    struct node *n = l->head;
    while (n) { struct node *t = n->next; free(n); n = t; }
    l->head = NULL;
}
"""

TABLE = [
    (
        (
            "int sum(const int *a, size_t n)"
            "{ int s = 0; for (size_t i = 0; i < n; i++) s += a[i]; return s; }"
        ),
        "pub fn sum(a: &[i32], n: usize) -> i32",
    ),
    (
        "void fill(int *a, size_t n) { for (size_t i = 0; i < n; i++) a[i] = 0; }",
        "pub fn fill(a: &mut [i32], n: usize)",
    ),
    ("static void bump(int *p) { ++*p; }", "fn bump(p: &mut i32)"),
    (
        (
            "struct heap { int items[9]; }; int top(const struct heap *h, int i)"
            " { return h->items[i]; }"
        ),
        "pub fn top(h: &Heap, i: i32) -> i32",
    ),
    (
        "typedef struct { int at; } cursor; void step(cursor *c) { c->at++; }",
        "pub fn step(c: &mut Cursor)",
    ),
    (
        "int *make(size_t n) { return malloc(n * sizeof(int)); }",
        "pub fn make(n: usize) -> Option<Vec<i32>>",
    ),
    (
        (
            "struct node *one(void)"
            "{ struct node *n = malloc(sizeof *n); if (!n) exit(1); n->next = 0; return n; }"
        ),
        "pub fn one() -> Box<Node>",
    ),
    ("void drop(struct node *n) { free(n->name); free(n); }", "pub fn drop(n: Box<Node>)"),
    (
        "void drop(struct node *n) { if (n) { free(n->name); free(n); } }",
        "pub fn drop(n: Option<Box<Node>>)",
    ),
    ("void drop(char *p) { free(p); }", "pub fn drop(p: Option<CString>)"),
    ('const char *kind(int k) { return k ? "a" : "b"; }', "pub fn kind(k: i32) -> &'static CStr"),
    ("size_t length(const char *s) { return strlen(s); }", "pub fn length(s: &CStr) -> usize"),
    ("char *copy(const char *s) { return strdup(s); }", "pub fn copy(s: &CStr) -> Option<CString>"),
    (
        "const char *pick(const char *a, const char *b, int w) { return w ? a : b; }",
        "pub fn pick<'a>(a: &'a CStr, b: &'a CStr, w: i32) -> &'a CStr",
    ),
    (
        "int value_or(const struct node *n, int other) { return n == NULL ? other : n->value; }",
        "pub fn value_or(n: Option<&Node>, other: i32) -> i32",
    ),
    (
        "char **name(struct node *n) { n->value++; return &n->name; }",
        "pub fn name<'a>(n: &'a mut Node) -> &'a mut *mut i8",
    ),
    (
        "int open_new(struct node **p) { *p = malloc(sizeof **p); return *p ? 0 : -1; }",
        "pub fn open_new(p: &mut Option<Box<Node>>) -> i32",
    ),
    ("void reset(char **p) { free(*p); *p = NULL; }", "pub fn reset(p: &mut Option<CString>)"),
    (
        "static struct node *kept; void keep(struct node *n) { kept = n; }",
        "pub fn keep(n: &'static Node)",
    ),
    (
        "static struct node *kept; void keep(struct node *n) { free(kept); kept = n; }",
        "pub fn keep(n: Box<Node>)",
    ),
    (
        'FILE *start(const char *n) { return fopen(n, "r"); }',
        "pub fn start(n: &CStr) -> Option<File>",
    ),
    ("int finish(FILE *f) { return fclose(f); }", "pub fn finish(f: File) -> i32"),
    (
        "int apply(int (*f)(int), int x) { return f(x); }",
        "pub fn apply(f: fn(i32) -> i32, x: i32) -> i32",
    ),
    (
        (
            "struct node *find(struct node *n, int v)"
            "{ while (n && n->value != v) n = n->next; return n; }"
        ),
        "pub fn find<'a>(n: Option<&'a Node>, v: i32) -> Option<&'a Node>",
    ),
    # Where the list releases its nodes, it owns what goes in, and gives up what comes out.
    (
        "void push(struct list *l, struct node *n) { n->next = l->head; l->head = n; }" + CLEAR,
        "pub fn push(l: &mut List, n: Box<Node>)",
    ),
    (
        "struct node *pop(struct list *l) { struct node *n = l->head; if (n == NULL) return NULL;"
        " l->head = n->next; return n; }" + CLEAR,
        "pub fn pop(l: &mut List) -> Option<Box<Node>>",
    ),
    (
        "struct node *first(struct list *l) { return l->head; }" + CLEAR,
        "pub fn first<'a>(l: &'a List) -> Option<&'a Node>",
    ),
    # Where it does not, it borrows them.
    (
        "void push(struct list *l, struct node *n) { l->head = n; }",
        "pub fn push<'a>(l: &mut List, n: &'a Node)",
    ),
    (
        "void join(struct node *a, struct node *b) { a->next = b; b->value = 0; }",
        "pub fn join<'a>(a: &mut Node, b: &'a mut Node)",
    ),
]


@pytest.mark.parametrize(
    ("text", "expected"), TABLE, ids=[f"{i} {one[1]}" for i, one in enumerate(TABLE)]
)
def test_the_signature(text: str, expected: str) -> None:
    found = signatures([Source("t.c", HEAD + text)], CompileOptions())
    assert found.diagnostics == ()
    wanted = expected.split("(", maxsplit=1)[0].split("<", maxsplit=1)[0].rsplit(maxsplit=1)[-1]
    assert [one.rust for one in found.functions if one.name == wanted] == [expected]


def test_reasons_and_json(tmp_path: Path) -> None:
    path = tmp_path / "t.c"
    path.write_text(HEAD + "void drop(struct node *n)\n{\n    free(n->name);\n    free(n);\n}\n")
    done = CliRunner().invoke(command, ["--explain", "--no-cache", str(path)])
    assert done.exit_code == 0
    assert "pub fn drop(n: Box<Node>);" in done.output
    assert "// `n` is consumed" in done.output
    assert f"released by `free`: {path}:10:5" in done.output
    done = CliRunner().invoke(command, ["--format", "json", "--no-cache", str(path)])
    (function,) = json.loads(done.output)["functions"]
    assert (function["line"], function["parameters"][0]["role"]) == (7, "consumed")


def test_what_does_not_parse_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.c"
    path.write_text("int f(void) { return x; }\n")
    assert CliRunner().invoke(command, ["--no-cache", str(path)]).exit_code == 2
