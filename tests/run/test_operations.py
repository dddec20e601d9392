"""Each cell of the table of operations is a program that runs: the two of a row say the same."""

import pytest
from click.testing import CliRunner

from freehold import api
from freehold.cli.explain import command
from freehold.cli.operations import ROWS, marked, program
from freehold.source import Source


@pytest.mark.parametrize("name", ROWS)
def test_both_programs_run_clean_and_say_the_same(name: str) -> None:
    said = []
    for suffix in ("c", "rs"):
        assert marked(name, suffix)
        source = Source(f"{name}.{suffix}", program(name, suffix))
        assert not api.check(source).findings
        done = api.run(source)
        assert not done.findings
        said.append(done.stdout)
    assert said[0] == said[1]
    assert said[0]


def test_the_table_and_a_row() -> None:
    table = CliRunner().invoke(command, ["operations"]).output
    assert all(words in table for words in ROWS.values())
    row = CliRunner().invoke(command, ["operations", "resize"]).output
    assert "realloc(a, 4 * sizeof *a);" in row
    assert "a.resize(4, 0);" in row
    assert CliRunner().invoke(command, ["operations", "nothing"]).exit_code == 2
