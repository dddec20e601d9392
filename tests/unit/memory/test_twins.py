"""Programs against `freehold.memory`, beside the same in C and in Rust under the checked run."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.unit.memory import programs
from tests.unit.memory.programs import Told

TWINS = Path(__file__).parent / "twins"


@dataclass(frozen=True)
class Row:
    """A program: what it prints, the codes of its faults, what it loses (bytes, blocks)."""

    twin: str
    lines: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    definite: tuple[int, int] = (0, 0)
    indirect: tuple[int, int] = (0, 0)
    panics: bool = False  # the twin ends there, with 101


GROWN = tuple(f"{n} {4 if n <= 4 else 8 if n <= 8 else 16}" for n in range(1, 11))
TABLE = (
    Row("one_number.c", ("42",)),
    Row("growing_array.c", ("0 0", "4", "0"), ("FH0401",)),
    Row("forgotten.c", definite=(1_024_000, 1000)),
    Row("freed_twice.c", codes=("FH0202", "FH0201")),
    Row("chain.c", ("3", "2", "1", "3"), ("FH0201",), (16, 1), (16, 1)),
    Row("local_returned.c", ("1",), ("FH0203",)),
    Row("past_the_end.c", codes=("FH0101", "FH0105", "FH0102", "FH0301", "FH0302")),
    Row("boxed.rs", ("42", "43")),
    Row("moved.rs", codes=("E0382",)),
    Row("growth.rs", ("0 0", *GROWN, "8", "1", "abcde 8", "3")),
    Row("order.rs", ("inner ends", "door off", "desk off", "early off", "outer ends", "hall off")),
    Row("counts.rs", ("1", "2", "3 1", "2", "true", "true")),
    Row("cycle.rs", ("2 2",), definite=(32, 1), indirect=(32, 1)),
    Row("cell.rs", ("2", "2"), panics=True),
    Row("two_borrows.rs", codes=("E0502", "E0499")),
    Row("out_of_range.rs", panics=True),
    Row("tracked.rs", ("24", "12", "0")),
)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.twin)
def test_the_program_does_what_the_table_says(row: Row) -> None:
    program: Callable[[Told], None] = getattr(programs, row.twin.partition(".")[0])
    told = Told()
    program(told)
    assert tuple(told.lines) == row.lines
    assert tuple(told.codes) == (("FH0704",) if row.panics else row.codes)
    leaks = told.heap.leaks()
    assert (leaks.definite.bytes, leaks.definite.blocks) == row.definite
    assert (leaks.indirect.bytes, leaks.indirect.blocks) == row.indirect


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.twin)
def test_so_does_its_twin(row: Row, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    done = subprocess.run(
        [
            *(sys.executable, "-m", "freehold", "run", "--format", "json", "--report"),
            *(str(report), "-w", str(TWINS / row.twin)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    document = json.loads(report.read_text())
    assert tuple(done.stdout.splitlines()) == row.lines
    found = [one["code"] for one in document["findings"] if one["severity"] == "error"]
    assert tuple(code for code in found if not code.startswith("FH08")) == row.codes
    if row.panics:
        assert document["run"]["status"] == 101
    elif document["run"] is not None:
        leaks = document["run"]["leaks"]
        for kind, amount in (("definitely_lost", row.definite), ("indirectly_lost", row.indirect)):
            assert (leaks[kind]["bytes"], leaks[kind]["blocks"]) == amount
