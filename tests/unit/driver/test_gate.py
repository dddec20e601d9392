import json
from pathlib import Path

import pytest

from freehold.diagnostics import Diagnostic, Severity
from freehold.diagnostics.codes import DOUBLE_FREE, SYNTAX, UNSUPPORTED, USE_AFTER_FREE
from freehold.driver.baseline import BaselineError, write
from freehold.driver.gate import gate, outcome
from freehold.source import Source, Span

TEXT = """\
free(p);
free(p); // freehold: allow(FH0202) on purpose
// freehold: allow(double-free)
free(q);
free(r); /* freehold: allow(FH0201, FH0202) */
"""


def _double(source: Source, line: int, level: Severity | None = None) -> Diagnostic:
    at = Span(source, source.line_start(line), source.line_start(line) + 4)
    return Diagnostic(DOUBLE_FREE, at, {"block": "a block"}, level=level)


def _lines(found: tuple[Diagnostic, ...]) -> list[tuple[str, int]]:
    return [(one.code.id, one.at.line if one.at else 0) for one in found]


def test_comments_allow_their_line_and_say_when_they_do_not() -> None:
    source = Source("a.c", TEXT)
    found = [_double(source, line) for line in (1, 2, 4, 5)]
    gated = gate(found, [source], frozenset(), None)
    assert _lines(gated.findings) == [("FH0202", 1), ("FH2008", 5)]
    assert gated.findings[1].message == "this allows nothing: `FH0201`"
    assert gated.notes == ("3 findings allowed by comments or settings",)


def test_settings_allow_by_code_or_name() -> None:
    source = Source("a.c", "free(p);\n")
    for allowed in ("FH0202", "double-free"):
        gated = gate([_double(source, 1)], [source], frozenset({allowed}), None)
        assert gated.findings == ()


def test_a_baseline_knows_findings_that_have_moved(tmp_path: Path) -> None:
    file = tmp_path / "known.json"
    source = Source("a.c", "free(p);\nfree(q);\n")
    assert write([_double(source, 1), _double(source, 2)], file) == 2
    moved = Source("a.c", "\n\n  free(p);\nfree(new);\n")
    gated = gate([_double(moved, 3), _double(moved, 4)], [moved], frozenset(), file)
    assert _lines(gated.findings) == [("FH0202", 4)]
    assert gated.notes == (
        "1 finding known to the baseline",
        "1 finding of the baseline gone: --update-baseline",
    )


@pytest.mark.parametrize("text", ["", "[]", '{"schema": 9, "findings": []}', '{"schema": 1}'])
def test_what_is_no_baseline_is_said(text: str, tmp_path: Path) -> None:
    file = tmp_path / "known.json"
    file.write_text(text)
    with pytest.raises(BaselineError):
        gate([], [], frozenset(), file)
    with pytest.raises(BaselineError):
        gate([], [], frozenset(), tmp_path / "missing.json")


def test_a_baseline_is_a_document_of_known_fields(tmp_path: Path) -> None:
    file = tmp_path / "known.json"
    source = Source("a.c", "free(p);\n")
    write([_double(source, 1)], file)
    (entry,) = json.loads(file.read_text())["findings"]
    assert (entry["code"], entry["file"], entry["function"]) == ("FH0202", "a.c", None)


def test_the_level_decides_the_exit_code() -> None:
    source = Source("a.c", "free(p);\n")
    hazard = _double(source, 1, Severity.HAZARD)
    warning = _double(source, 1, Severity.WARNING)
    assert outcome([], "hazard") == 0
    assert [outcome([hazard], level) for level in ("hazard", "warning", "error")] == [1, 0, 0]
    assert [outcome([warning], level) for level in ("hazard", "warning", "error")] == [1, 1, 0]
    assert outcome([_double(source, 1)], "error") == 1


def test_what_cannot_be_read_counts_before_findings_and_these_before_limits() -> None:
    source = Source("a.c", "free(p);\n")
    at = Span(source, 0, 4)
    unread = Diagnostic(SYNTAX, at, {"what": "x"})
    limit = Diagnostic(UNSUPPORTED, at, {"what": "x"})
    fault = Diagnostic(USE_AFTER_FREE, at, {"access": "read", "size": "1 byte", "where": "x"})
    assert outcome([limit], "hazard") == 3
    assert outcome([fault, limit], "hazard") == 1
    assert outcome([fault, limit, unread], "hazard") == 2
