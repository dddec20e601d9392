"""Teaching snippets in Rust, pasted as they are: the verdict is the one that their author meant.

`verdicts.tsv` says what is found in each text of `rust/`, by checking it and by running it; its
`.stdout` is what the run prints.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest

from freehold.api import cache_folder
from freehold.diagnostics import Diagnostic, Severity
from freehold.driver.cache import Cache
from freehold.driver.rust import check_source, load_std
from freehold.source import Source
from tests.corpora.harness import run_freehold

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table. `status` is None if the text is not run."""

    name: str
    check: str
    run: str
    status: int | None
    says: str

    @property
    def path(self) -> Path:
        """Where the text is."""
        return HERE / "rust" / f"{self.name}.rs"


def _rows() -> list[Row]:
    found: list[Row] = []
    for line in (HERE / "verdicts.tsv").read_text().splitlines():
        if not line.startswith("#"):
            name, check, run, status, says = (line + "\t").split("\t")[:5]
            found.append(Row(name, check, run, None if status == "-" else int(status), says))
    return found


ROWS = _rows()


def test_each_text_has_its_row() -> None:
    assert sorted(path.stem for path in (HERE / "rust").glob("*.rs")) == [r.name for r in ROWS]


def _errors(found: tuple[Diagnostic, ...]) -> str:
    wrong = [one for one in found if one.severity in (Severity.ERROR, Severity.UNSUPPORTED)]
    return " ".join(f"{one.code.id}:{one.at.outermost().line if one.at else 0}" for one in wrong)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_check(row: Row) -> None:
    load_std(Cache(cache_folder()))
    found = check_source(Source(row.path.name, row.path.read_text()), strict=False)
    assert _errors(found) == row.check


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.status is not None], ids=lambda row: row.name
)
def test_run(row: Row) -> None:
    result = run_freehold([row.path])
    faults = [one for one in result.findings if one.severity == "error"]
    assert " ".join(f"{one.code}:{one.line}" for one in faults) == row.run
    assert result.exit_code == row.status
    assert row.says in result.stderr.decode()
    golden = row.path.with_suffix(".stdout").read_bytes()
    if row.run.startswith("FH0701"):  # how much it prints before depends on the stack's size
        assert result.stdout.startswith(golden)
    else:
        assert result.stdout == golden
