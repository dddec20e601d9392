"""Sources and findings that the renderer tests share."""

from freehold.diagnostics import Diagnostic, Event, Frame, Label, codes
from freehold.source import Expansion, Source, Span

HEADER = Source("list.h", "#define NEXT(n) ((n)->next)\n#define SKIP(n) NEXT(NEXT(n))\n")
MAIN = Source(
    "list.c",
    "int main(void)\n{\n\tfree(head);\n    use(SKIP(head), 日本, tail);\n    return 0;\n}\n",
)


def span(text: str, source: Source = MAIN, expansion: Expansion | None = None) -> Span:
    start = source.text.index(text)
    return Span(source, start, start + len(text), expansion)


def lines(first: str, last: str) -> Span:
    start = MAIN.text.index(first)
    return Span(MAIN, start, MAIN.text.index(last) + len(last))


IN_SKIP = Expansion("SKIP", span("SKIP(head)"))
IN_NEXT = Expansion("NEXT", span("NEXT(NEXT(n))", HEADER, IN_SKIP))

USE = Diagnostic(
    codes.USE_AFTER_FREE,
    span("(n)->next", HEADER, IN_NEXT),
    {"access": "read", "size": "8 bytes", "where": "at its `next`"},
    primary="read here",
    labels=(Label(span("tail"), "the other end"),),
    stack=(Frame("step", span("use")), Frame("main", span("SKIP(head)"))),
    events=(
        Event("block of 16 bytes allocated here", (Frame("malloc", None), Frame("make", None))),
        Event("freed here", (Frame("main", span("free(head)")),)),
    ),
    notes=("these bytes hold nothing new",),
    help=("read the link before you free the node",),
    count=3,
)
