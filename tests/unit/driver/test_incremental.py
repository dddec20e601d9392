"""What is kept of a check: the same findings from it, and an edit does again what it must."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from freehold.driver import store, tasks
from freehold.driver.means import Means
from freehold.driver.units import ReadUnit, read_unit
from freehold.effects import analyse_function
from tests.unit.driver.programs import TEXTS, check, told, write


@pytest.fixture
def means(tmp_path: Path) -> Means:
    return Means(cache=tmp_path / "cache" / "freehold")


@pytest.fixture
def program(tmp_path: Path) -> Path:
    folder = tmp_path / "program"
    folder.mkdir()
    return write(folder)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The functions that are analysed, and the files that are read, from now on."""
    log: list[str] = []
    analyse, read = analyse_function, read_unit

    def noted(body, *rest):  # type: ignore[no-untyped-def]
        log.append(body.display)
        return analyse(body, *rest)

    def noted_unit(task: ReadUnit) -> bytes:
        log.append(Path(task.name).name)
        return read(task)

    monkeypatch.setattr(tasks, "analyse_function", noted)
    monkeypatch.setattr(tasks, "read_unit", noted_unit)
    return log


def _again(log: list[str], program: Path, means: Means) -> list[str]:
    """Check once more; return what was done for it. What is found is as without a cache."""
    log.clear()
    found = told(check(program, means))
    made = sorted(log)
    assert found == told(check(program))
    return made


def test_what_is_found(program: Path) -> None:
    codes = [one.code.id for one in check(program)]
    assert codes == ["FH0107", "FH0201", "FH0801"]


def test_the_second_time_nothing_is_done(program: Path, means: Means, done: list[str]) -> None:
    check(program, means)
    assert _again(done, program, means) == []


Edit = Callable[[dict[str, str]], None]


def _edit(file: str, old: str, new: str) -> dict[str, str]:
    assert old in TEXTS[file]
    return {file.replace(".", "_"): TEXTS[file].replace(old, new)}


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        # Lines above: everything has merely moved.
        (
            _edit("use.c", "\n#include <stdio.h>", "\n\nextern int x;\n#include <stdio.h>"),
            ["use.c"],
        ),
        # A function that does what it did: its callers need not be looked at.
        (
            _edit("box.c", "    release(b);\n", "    ;\n    release(b);\n"),
            ["box.c", "box_drop"],
        ),
        # A function that counts for itself what it does.
        (
            _edit("box.c", "    release(b);\n", "    static int n;\n    n++;\n    release(b);\n"),
            ["box.c", "box_drop"],
        ),
        # Another string literal before those of others.
        (
            _edit("box.c", "    free(b->value);\n", '    if (*"xyz")\n        free(b->value);\n'),
            ["box.c", "release"],
        ),
        # A function that does something else: its callers, and theirs.
        (
            _edit("box.c", "    release(b);\n", ""),
            ["box.c", "box_drop", "twice"],
        ),
        # A table of functions.
        (_edit("main.c", "{ twice, lost }", "{ lost, twice }"), ["main", "main.c"]),
    ],
    ids=["moved", "same effect", "counter", "literal", "other effect", "table"],
)
def test_an_edit_does_again_what_it_must(
    edit: dict[str, str], expected: list[str], program: Path, means: Means, done: list[str]
) -> None:
    check(program, means)
    write(program, **edit)
    assert _again(done, program, means) == expected
    assert _again(done, program, means) == []


def test_a_header_that_changed_is_read(program: Path, means: Means, done: list[str]) -> None:
    check(program, means)
    write(program, **_edit("box.h", "return *b->value;", "return b->next == 0;"))
    again = _again(done, program, means)
    assert set(again) == {"box.c", "box_value", "main", "main.c", "twice", "use.c"}


def test_a_type_that_changed_counts(program: Path, means: Means, done: list[str]) -> None:
    check(program, means)
    write(program, **_edit("box.h", "char *name; int", "char *name; long more; int"))
    again = _again(done, program, means)
    assert {"box_new", "box_drop", "twice", "lost", "box_value"} <= set(again)
    assert "main" not in again


def _damage(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:] = bytes(len(data) - 100)
    path.write_bytes(data)


@pytest.mark.parametrize(
    "spoil",
    [_damage, lambda path: path.write_text("not a database"), lambda path: path.write_bytes(b"")],
    ids=["damaged", "foreign", "empty"],
)
def test_a_spoilt_file_costs_time_only(
    spoil: Callable[[Path], None], program: Path, means: Means, done: list[str]
) -> None:
    check(program, means)
    assert means.cache is not None
    (file,) = means.cache.glob("*.sqlite")
    for more in means.cache.glob("*.sqlite-*"):
        more.unlink()
    spoil(file)
    assert _again(done, program, means)
    _again(done, program, means)
    assert _again(done, program, means) == []


def test_a_file_that_another_process_holds_costs_time_only(
    program: Path, means: Means, done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_PATIENCE", 0.01)
    check(program, means)
    assert means.cache is not None
    (file,) = means.cache.glob("*.sqlite")
    write(program, **_edit("box.c", "    release(b);\n", ""))
    with sqlite3.connect(file) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert _again(done, program, means)
    other.close()
    assert _again(done, program, means)  # it could not be kept then
    assert _again(done, program, means) == []


def test_processes_at_once_find_the_same(program: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "freehold", "check", "--no-config", "--format", "concise"]
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    running = [
        subprocess.Popen(
            [*command, *(name for name in TEXTS if name.endswith(".c"))],
            cwd=program,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    one, other = (process.communicate(timeout=60)[0] for process in running)
    assert one == other
    assert [line.split()[1] for line in one.splitlines()] == [
        "error[FH0107]",
        "error[FH0201]",
        "warning[FH0801]",
    ]


def test_a_folder_that_cannot_be_made(program: Path, tmp_path: Path, done: list[str]) -> None:
    (tmp_path / "file").write_text("")
    assert _again(done, program, Means(cache=tmp_path / "file" / "cache"))


def test_entries_of_another_kind_are_made_anew(
    program: Path, means: Means, done: list[str]
) -> None:
    check(program, means)
    assert means.cache is not None
    (file,) = means.cache.glob("*.sqlite")
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE kept SET data = substr(data, 1, length(data) / 2)")
    connection.close()
    assert len(_again(done, program, means)) == 14
    assert _again(done, program, means) == []
