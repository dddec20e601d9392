"""Whole programs, borrow-checked: what is marked is found; both solvers agree on every body."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from freehold.api import cache_folder
from freehold.borrow.check import check_solved
from freehold.borrow.context import Context, context
from freehold.borrow.naive import solve_naively
from freehold.borrow.relations import facts
from freehold.borrow.solver import solve
from freehold.driver.cache import Cache
from freehold.driver.rust import Analysed, check_source, load_std
from freehold.mir.body import Body
from freehold.ownership.check import analyse
from freehold.rust import crates
from freehold.rust.depth import deep_recursion
from freehold.rust.regions import Solved, constrain
from freehold.rust.traits import World
from freehold.source import Source
from freehold.types.generic import ClosureDef

PROGRAMS = sorted((Path(__file__).parent / "programs").glob("*.rs"))


@pytest.fixture(scope="module", autouse=True)
def _std() -> None:
    load_std(Cache(cache_folder()))


def _source(path: Path) -> Source:
    return Source(path.name, path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_what_is_marked_is_found(path: Path) -> None:
    source = _source(path)
    marks = {
        (code, number)
        for number, line in enumerate(source.text.splitlines(), 1)
        for code in re.findall(r"//~ (\w+)", line)
    }
    found = {(one.code.id, one.at.line) for one in check_source(source) if one.at is not None}
    assert {one for one in found if one[0].startswith(("E", "FH15"))} == marks


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_the_solvers_agree_on_every_body(path: Path) -> None:
    for solved in _bodies(path):
        relations = facts(solved)
        assert solve_naively(relations) == solve(relations), solved.analysed.body.display


def _bodies(path: Path) -> Iterator[Context]:
    with deep_recursion():
        program = crates.load(_source(path))
        analysed = Analysed(program, World(program))
        program.resolve_all()
        for function in program.user.functions:
            body = analysed.build(function)
            if body is not None:
                yield from _contexts(body, body, analysed.world, {})


def _contexts(
    body: Body, owner: Body, world: World, solved: dict[ClosureDef, Solved]
) -> Iterator[Context]:
    assert body.generic is not None
    for inner in body.generic.closures.values():
        yield from _contexts(inner, owner, world, solved)
    regions = constrain(body, owner, world, solved)
    made = context(analyse(body), regions)
    if isinstance(body.generic.definition, ClosureDef):
        required = check_solved(made).requirements
        solved[body.generic.definition] = Solved(regions.universals, required)
    yield made
