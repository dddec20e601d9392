"""The borrow check on MIR text, and the two solvers on the same bodies."""

from pathlib import Path

import pytest

from freehold.borrow import check, context
from freehold.borrow.naive import solve_naively
from freehold.borrow.relations import facts
from freehold.borrow.solver import solve
from freehold.mir.body import Program
from freehold.mir.verify import verify_body
from freehold.ownership.check import analyse
from tests.mir.harness import cases, load


@pytest.mark.parametrize("path", cases("borrow"), ids=lambda path: path.stem)
def test_what_is_marked_is_found(path: Path) -> None:
    case = load(path)
    verify_body(Program(), case.body)
    findings = check(case.body, case.regions())
    assert {(finding.code.id, finding.at.line) for finding in findings if finding.at} == case.marks


@pytest.mark.parametrize("path", cases("borrow"), ids=lambda path: path.stem)
def test_the_solvers_agree(path: Path) -> None:
    case = load(path)
    relations = facts(context(analyse(case.body), case.regions()))
    assert solve_naively(relations) == solve(relations)
