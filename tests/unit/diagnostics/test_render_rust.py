"""Rust's findings in the reports that machines read."""

import json

from freehold.diagnostics import (
    Diagnostic,
    Label,
    codes_rust_borrow,
    codes_rust_types,
    render_concise,
    render_json,
    render_sarif,
)
from freehold.diagnostics.report import Report
from freehold.source import Source, Span

SOURCE = Source("a.rs", "fn f(v: Vec<u8>) {\n    let a = &v;\n    drop(v);\n    a.len();\n}\n")
FOUND = Diagnostic(
    codes_rust_borrow.MOVE_OF_BORROWED,
    Span(SOURCE, 44, 45),
    {"name": "`v`"},
    "move out of `v` occurs here",
    (Label(Span(SOURCE, 31, 33), "borrow of `v` occurs here"),),
)
MISMATCH = Diagnostic(codes_rust_types.MISMATCHED_TYPES, Span(SOURCE, 23, 26), {}, "expected")
REPORT = Report((FOUND, MISMATCH), exit_code=1, command="check", files=("a.rs",))


def test_sarif_has_rustc_s_code_its_labels_and_what_it_is_about() -> None:
    (run,) = json.loads(render_sarif.render(REPORT, "1"))["runs"]
    first, second = run["tool"]["driver"]["rules"]
    assert [first["id"], second["id"]] == ["E0308", "E0505"]
    assert first["properties"]["tags"][0] == second["properties"]["tags"][0] == "rust"
    assert "security-severity" not in second["properties"]
    assert first["fullDescription"]["text"].startswith("An expression")
    result = run["results"][0]
    assert result["ruleId"] == "E0505"
    assert result["locations"][0]["message"]["text"] == "move out of `v` occurs here"
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 3
    assert result["relatedLocations"][0]["message"]["text"] == "borrow of `v` occurs here"


def test_json_and_one_liners_say_the_same() -> None:
    found = json.loads(render_json.render(REPORT, "1"))["findings"]
    assert [(one["code"], one["line"], one["label"]) for one in found] == [
        ("E0505", 3, "move out of `v` occurs here"),
        ("E0308", 2, "expected"),
    ]
    lines = [render_concise.render(one) for one in REPORT.findings]
    assert lines[0].startswith("a.rs:3:10: error[E0505]")
