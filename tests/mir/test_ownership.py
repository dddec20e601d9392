"""Moves and initialisation on MIR text: the lines that are marked are those that are found."""

from pathlib import Path

import pytest

from freehold.mir.body import Program
from freehold.mir.verify import verify_body
from freehold.ownership import check, elaborate
from tests.mir.harness import cases, load


@pytest.mark.parametrize("path", cases("ownership"), ids=lambda path: path.stem)
def test_what_is_marked_is_found(path: Path) -> None:
    case = load(path)
    verify_body(Program(), case.body)
    found = {(finding.code.id, finding.at.line) for finding in check(case.body) if finding.at}
    assert found == case.marks


@pytest.mark.parametrize("path", cases("ownership"), ids=lambda path: path.stem)
def test_elaborated_bodies_are_well_formed(path: Path) -> None:
    case = load(path)
    if not case.marks:
        verify_body(Program(), elaborate(case.body))
