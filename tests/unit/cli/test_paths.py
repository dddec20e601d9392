import json
from pathlib import Path

import pytest

from freehold.cli.commands import CommandsError, read_commands
from freehold.cli.paths import read_inputs


def _make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")


def test_folders_are_walked_without_what_was_made(tmp_path: Path) -> None:
    _make(tmp_path, "b.c", "a.rs", "a.h", "in/c.c", "target/d.c", ".git/e.c", "old/f.c", "g_test.c")
    inputs = read_inputs([str(tmp_path)], ["old", "*_test.c"])
    names = [str(Path(source.name).relative_to(tmp_path)) for source in inputs.sources]
    assert names == ["a.rs", "b.c", "in/c.c"]


def test_a_file_named_twice_is_read_once_and_a_missing_one_is_said(tmp_path: Path) -> None:
    _make(tmp_path, "a.c")
    inputs = read_inputs([str(tmp_path / "a.c"), str(tmp_path), str(tmp_path / "b.c")], [])
    assert len(inputs.sources) == 1
    assert [one.code.id for one in inputs.problems] == ["FH2002"]


def test_commands_are_read_as_they_are_meant_in_their_folder(tmp_path: Path) -> None:
    file = tmp_path / "compile_commands.json"
    entries = [
        {"directory": "sub", "file": "a.c", "arguments": ["cc", "-Iinc", "-DN=1", "-c", "a.c"]},
        {"directory": str(tmp_path), "file": "b.c", "command": "gcc -std=c99 '-DS=\"a b\"' b.c"},
        {"directory": ".", "file": "x.cpp", "command": "g++ -std=c++17 x.cpp"},
    ]
    file.write_text(json.dumps(entries))
    commands = read_commands(file)
    assert set(commands) == {tmp_path / "sub" / "a.c", tmp_path / "b.c"}
    first, second = commands[tmp_path / "sub" / "a.c"], commands[tmp_path / "b.c"]
    assert first.include_dirs == (str(tmp_path / "sub" / "inc"),)
    assert first.defines == (("N", "1"),)
    assert (second.std, second.defines) == ("c99", (("S", '"a b"'),))


@pytest.mark.parametrize("text", ["", "{}", '[{"file": "a.c"}]', "[1]"])
def test_what_are_no_commands_is_said(text: str, tmp_path: Path) -> None:
    file = tmp_path / "compile_commands.json"
    file.write_text(text)
    with pytest.raises(CommandsError):
        read_commands(file)
