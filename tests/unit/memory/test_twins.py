"""Programs against `freehold.memory`, beside the same in C and in Rust under the checked run.

What all three languages can do is one program in C, `sound.c`, and one in Rust, `sound.rs`; what
Rust refuses to compile is another, and what only one of them can do has a twin in that one.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.unit.memory import programs
from tests.unit.memory.programs import Told

TWINS = Path(__file__).parent / "twins"


@dataclass(frozen=True)
class Row:
    """A program: where its twin is, what it prints, the codes of its faults, what it loses."""

    name: str
    twin: str
    lines: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    definite: tuple[int, int] = (0, 0)  # bytes, blocks
    indirect: tuple[int, int] = (0, 0)


def c(name: str, *lines: str, **more: Any) -> Row:
    return Row(name, f"{name}.c", lines, **more)


def sound(name: str, *lines: str, **more: Any) -> Row:
    return Row(name, "sound", lines, **more)


GROWN = tuple(f"{n} {4 if n <= 4 else 8 if n <= 8 else 16}" for n in range(1, 11))
PANIC = ("FH0704",)
IN_C = (
    c("one_number", "42"),
    c("growing_array", "0 0", "4", "0", codes=("FH0401",)),
    c("forgotten", definite=(1_024_000, 1000)),
    c("freed_twice", codes=("FH0202", "FH0201")),
    c("chain", "3", "2", "1", "3", codes=("FH0201",), definite=(16, 1), indirect=(16, 1)),
    c("local_returned", "1", codes=("FH0203",)),
    c("past_the_end", codes=("FH0101", "FH0105", "FH0102", "FH0301", "FH0302")),
)
LEAKS = {"definite": (32, 1), "indirect": (32, 1)}
SOUND = (
    sound("boxed", "42", "43"),
    sound("growth", "0 0", *GROWN, "8", "1", "abcde 8", "3"),
    sound("order", "inner ends", "door off", "desk off", "early off", "outer ends", "hall off"),
    sound("counts", "1", "2", "3 1", "2", "true", "true"),
    sound("cycle", "2 2", **LEAKS),
    sound("tracked", "24", "12", "0"),
    sound("zeroed", "0 0", "15 30"),
    sound("given_up", definite=(1_024_000, 1000)),
    sound("nodes", "30", "20", "10"),
    sound("pool", "true 104", "true 208", "false 208", "true 200"),
    sound("fragments", "true true", "true false", "7", "CC...B...."),
)
REFUSED = (
    Row("moved", "refused.rs", codes=("E0382",)),
    Row("two_borrows", "refused.rs", codes=("E0502", "E0499")),
)
PANICS = (
    Row("cell", "cell.rs", ("2", "2"), PANIC),
    Row("out_of_range", "out_of_range.rs", codes=PANIC),
)


@pytest.mark.parametrize("row", [*IN_C, *SOUND, *REFUSED, *PANICS], ids=lambda row: row.name)
def test_the_program_does_what_the_table_says(row: Row) -> None:
    program: Callable[[Told], None] = getattr(programs, row.name)
    told = Told()
    program(told)
    assert tuple(told.lines) == row.lines
    assert tuple(told.codes) == row.codes
    leaks = told.heap.leaks()
    assert (leaks.definite.bytes, leaks.definite.blocks) == row.definite
    assert (leaks.indirect.bytes, leaks.indirect.blocks) == row.indirect


def run(twin: str, report: Path) -> tuple[list[str], dict[str, Any]]:
    """Run a twin under the checked run; return what it printed, and the report."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "freehold", "run", "--format", "json"),
            *("--report", str(report), "-w", str(TWINS / twin)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    document: dict[str, Any] = json.loads(report.read_text())
    return done.stdout.splitlines(), document


def faults(document: dict[str, Any]) -> tuple[str, ...]:
    found = (one["code"] for one in document["findings"] if one["severity"] == "error")
    return tuple(code for code in found if not code.startswith("FH08"))


def lost(document: dict[str, Any], kind: str) -> tuple[int, int]:
    amount = document["run"]["leaks"][kind]
    return amount["bytes"], amount["blocks"]


@pytest.mark.parametrize("row", IN_C, ids=lambda row: row.name)
def test_so_does_the_twin_in_c(row: Row, tmp_path: Path) -> None:
    lines, document = run(row.twin, tmp_path / "report.json")
    assert tuple(lines) == row.lines
    assert faults(document) == row.codes
    assert lost(document, "definitely_lost") == row.definite
    assert lost(document, "indirectly_lost") == row.indirect


@pytest.mark.parametrize("twin", ["sound.c", "sound.rs"])
def test_so_do_the_twins_in_both_languages(twin: str, tmp_path: Path) -> None:
    lines, document = run(twin, tmp_path / "report.json")
    expected = [line for row in SOUND for line in (f"= {row.name}", *row.lines)]
    assert lines == expected
    assert faults(document) == ()
    assert lost(document, "definitely_lost") == summed(row.definite for row in SOUND)
    assert lost(document, "indirectly_lost") == summed(row.indirect for row in SOUND)


def summed(amounts: Iterable[tuple[int, int]]) -> tuple[int, int]:
    sizes, counts = zip(*amounts, strict=True)
    return sum(sizes), sum(counts)


def test_what_rust_refuses_is_refused(tmp_path: Path) -> None:
    _, document = run("refused.rs", tmp_path / "report.json")
    assert faults(document) == tuple(code for row in REFUSED for code in row.codes)


@pytest.mark.parametrize("row", PANICS, ids=lambda row: row.name)
def test_what_panics_in_rust_panics(row: Row, tmp_path: Path) -> None:
    lines, document = run(row.twin, tmp_path / "report.json")
    assert tuple(lines) == row.lines
    assert document["run"]["status"] == 101
