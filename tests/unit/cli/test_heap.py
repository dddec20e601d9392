"""`freehold heap`: forms, exit codes, and what is refused."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from freehold.cli.heap import command

STORY = "A=5 B=1 free:A C=2 D=5"


def heap(*arguments: str) -> Result:
    done = CliRunner().invoke(command, list(arguments))
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--size", "10", STORY), 1),
        (("--size", "10", "--policy", "first-fit", *STORY.split()), 1),
        (("--size", "10", "--exit-zero", STORY), 0),
        (("--size", "10", "--grow", STORY), 0),
        (("--size", "10", "--chunks", STORY), 0),
        (("--size", "10", "--grow", "--limit", "10", STORY), 1),
        (("--size", "10", "--policy", "best-fit", STORY), 0),
        ((STORY,), 0),
        (("--size", "10", "--no-coalesce", "A=5 B=5 free:A free:B C=10"), 1),
        (("--size", "10", "free:A"), 2),
        (("--size", "10", "no_such.csv"), 2),
        (("--size", "ten", STORY), 2),
        (("--policy", "worst", STORY), 2),
        (("--align", "3", STORY), 2),
        (("--heap", "x", STORY), 2),
        (("--stack", STORY), 2),
        (("--stack", "{f:1K*9000"), 1),
        (("--stack", "{f:1K*9"), 0),
        (("--strategies", "{ A=5 { B=5 } use:B }"), 1),
        (("--strategies", "--format", "svg", STORY), 2),
        (("--format", "svg", "--policy", "all", STORY), 2),
        ((), 2),
    ],
)
def test_exit_codes(arguments: tuple[str, ...], code: int) -> None:
    assert heap(*arguments).exit_code == code


def test_a_failure_is_a_finding_and_the_picture_is_the_output() -> None:
    done = heap("--size", "10", STORY)
    assert "C=2     CC...B...." in done.stdout
    assert "external fragmentation  42.9 % (highest 44.4 %)" in done.stdout
    assert "error[FH0901]: `D=5` cannot be served: 7 bytes are free" in done.stderr
    assert "holes of 3 and 4" in done.stderr


def test_json_has_figures_and_findings() -> None:
    done = heap("--size", "10", "--format", "json", STORY)
    document = json.loads(done.stdout)
    (replay,) = document["replays"]
    assert document["exit_code"] == done.exit_code == 1
    assert replay["free_bytes"] == 7
    assert replay["largest_hole"] == 4
    assert replay["heaps"][""]["holes"] == [{"start": 2, "size": 3}, {"start": 6, "size": 4}]
    assert replay["findings"][0]["code"] == "FH0901"
    assert replay["requests"]["list"][-1]["address"] is None


def test_policies_side_by_side() -> None:
    lines = heap("--size", "16", "--policy", "all", STORY).stdout.splitlines()
    assert len(lines) == 11
    assert lines[0].split()[:2] == ["policy", "failed"]


def test_two_traces_are_compared(tmp_path: Path) -> None:
    other = tmp_path / "reserved.csv"
    other.write_text("event,block,size\nalloc,v,64\nalloc,o,8\n")
    done = heap("v=8 o=8 resize:v=64", "--compare", str(other))
    assert done.exit_code == 0
    row = next(line for line in done.stdout.splitlines() if line.startswith("bytes copied"))
    assert row.split()[-4:] == ["8", "0", "-100.0", "%"]


@pytest.mark.parametrize("form", ["html", "svg"])
def test_pictures_go_to_a_file(tmp_path: Path, form: str) -> None:
    target = tmp_path / f"out.{form}"
    assert heap("--size", "10", "--format", form, "-o", str(target), STORY).exit_code == 1
    assert "<svg" in target.read_text()
    assert heap("--format", form, "-o", str(tmp_path), STORY).exit_code == 2


def test_more_heaps() -> None:
    done = heap("--size", "10", "--heap", "net=16:pool", "A=5 P@net=16 Q@net=1")
    assert done.exit_code == 1
    assert "`Q@net=1`" in done.stderr


def test_a_program_is_compiled_as_cc_would(tmp_path: Path) -> None:
    (tmp_path / "inc").mkdir()
    (tmp_path / "inc" / "size.h").write_text("#define SIZE (WIDE * 8)\n")
    (tmp_path / "main.c").write_text(
        '#include <stdlib.h>\n#include "size.h"\nchar *get(int);\n'
        "int main(int n, char **words) { free(get(SIZE + atoi(words[1]))); return n - 2; }\n"
    )
    (tmp_path / "get.c").write_text("#include <stdlib.h>\nchar *get(int n) { return malloc(n); }\n")
    files = [str(tmp_path / "main.c"), str(tmp_path / "get.c")]
    line = ["-I", str(tmp_path / "inc"), "-DWIDE=2", "--format", "json", *files, "--", "5"]
    (replay,) = json.loads(heap(*line).stdout)["replays"]
    assert replay["peak_requested_bytes"] == 21
