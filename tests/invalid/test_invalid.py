"""Constraint violations of C11 6.5 to 6.9: each is rejected, at the line where gcc rejects it."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from freehold.c.parse import parse
from freehold.c.preprocess import PreprocessOptions, preprocess
from freehold.c.sema import SemaOptions, analyse
from freehold.diagnostics import Diagnostic, Severity
from freehold.source import Source

CASES = sorted(Path(__file__).parent.glob("*.c"))
MARK = re.compile(r"//~ ERROR (FH\d{4})")


def errors_in(path: Path) -> list[Diagnostic]:
    preprocessed = preprocess(Source(path.name, path.read_text()), PreprocessOptions())
    unit, found = parse(preprocessed.tokens)
    found = [*preprocessed.diagnostics, *found]
    if unit is not None:
        found += analyse(unit, SemaOptions(pedantic_errors=True))[1]
    return [diagnostic for diagnostic in found if diagnostic.severity is Severity.ERROR]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_rejected_at_its_line(path: Path) -> None:
    wanted = {
        (number, mark[1])
        for number, line in enumerate(path.read_text().splitlines(), 1)
        for mark in MARK.finditer(line)
    }
    found = [(error.at.line, error.code.id) for error in errors_in(path) if error.at is not None]
    assert found[:1], "accepted"
    assert set(found[:1]) == wanted


def test_there_are_enough() -> None:
    assert len(CASES) >= 120


@pytest.mark.skipif(shutil.which("gcc") is None, reason="gcc is the oracle")
@pytest.mark.parametrize("path", CASES[::8], ids=lambda path: path.stem)
def test_gcc_says_the_same_line(path: Path) -> None:
    command = ["gcc", "-std=gnu11", "-pedantic-errors", "-fsyntax-only", str(path)]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    first = re.search(r":(\d+):\d+: error", said)
    assert first is not None
    line = path.read_text().splitlines()[int(first[1]) - 1]
    assert MARK.search(line)
