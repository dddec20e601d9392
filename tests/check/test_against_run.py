"""What checking calls an error, the checked run meets too: on the programs of `tests/run/c`."""

from pathlib import Path

import pytest

from freehold.cli.ccline import CcError, parse
from freehold.cli.run import compile_options
from freehold.diagnostics import Diagnostic, Severity
from freehold.driver.static import check_c
from freehold.source import Source
from tests.annotated import expectation, revisions

PROGRAMS = Path(__file__).parents[1] / "run" / "c"
CASES = [
    (path, revision)
    for path in sorted(PROGRAMS.glob("*.c"))
    for revision in revisions(path.read_text())
    if revision != "whole"  # after the first fault of several the two go on differently
]


def _lines(found: Diagnostic) -> set[int]:
    spans = [found.at, *(label.span for label in found.labels)]
    return {span.outermost().line for span in spans if span is not None}


@pytest.mark.parametrize(
    ("path", "revision"), CASES, ids=[f"{path.stem}-{revision}" for path, revision in CASES]
)
def test_each_error_happens(path: Path, revision: str) -> None:
    expected = expectation(path, revision)
    words = [word for word in expected.options if not word.startswith("--")]
    try:
        options = compile_options(parse(words), system_headers=False)
    except CcError:
        options = compile_options(parse([]), system_headers=False)
    done = check_c([(Source(path.name, path.read_text()), options)], pedantic=False)
    met = {(line, code) for line, code in expected.wanted | expected.missed}
    for one in done.findings:
        if one.severity is Severity.ERROR and one.code.id < "FH1":
            assert any((line, one.code.id) in met for line in _lines(one)), one.message
