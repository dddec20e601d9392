"""Sixty clean idioms: silent as they stand, and with -DBUG the one bug in each is found.

A mark `//~ BUG FH0101|FH0104` stands on the line of the finding (`^` for lines above); `any` after
the codes accepts every line.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.corpora.harness import run_freehold

CASES = sorted((Path(__file__).parent / "c").glob("*.c"))
MARK = re.compile(r"//~(?P<up>\^*) BUG (?P<codes>FH\d{4}(?:\|FH\d{4})*)(?P<any> any)?")


@dataclass(frozen=True, slots=True)
class Mark:
    """One accepted finding: any of `codes` at `line` (0: anywhere)."""

    line: int
    codes: frozenset[str]


def marks_of(path: Path) -> list[Mark]:
    found = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        for mark in MARK.finditer(line):
            at = 0 if mark["any"] else number - len(mark["up"])
            found.append(Mark(at, frozenset(mark["codes"].split("|"))))
    return found


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_silent_as_it_stands(path: Path) -> None:
    result = run_freehold([path])
    assert result.exit_code == 0, result.summary()
    assert not result.codes, result.summary()
    assert result.stdout


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_bug_is_found(path: Path) -> None:
    result = run_freehold([path], options=["-DBUG"])
    marks = marks_of(path)
    found = {(finding.line, finding.code) for finding in result.findings}
    hit = any(
        code in mark.codes and mark.line in {0, line} for line, code in found for mark in marks
    )
    assert hit, f"wanted one of {marks}, got {result.summary()}"


def test_there_are_sixty() -> None:
    assert len(CASES) >= 60
