"""`freehold layout` of C: text, JSON, pictures, what is refused."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from freehold.cli.layout import command

TEXT = """#include <stddef.h>
struct packet { char kind; int length; short flags; void *next; char tail; };
typedef struct { unsigned a : 3, b : 9; char c; double d; } bits_t;
union either { int i; double d; char text[12]; };
struct outer { char x; struct packet p; struct { int q, r; }; char name[70]; char *end; };
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "types.c"
    path.write_text(TEXT)
    return path


def layout(*arguments: str | Path) -> Result:
    done = CliRunner().invoke(command, [str(one) for one in arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done


def test_a_struct_side_by_side(source: Path) -> None:
    done = layout(source, "packet")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert "size 32, align 8, 16 bytes of padding (50 %), 1 cache line" in lines[1]
    row = next(line for line in lines if line.startswith("  next"))
    assert row.split()[-3:] == ["16", "16", "0"]
    assert "      0  a...bbbb cc...... dddddddd e......." in lines
    best = "best order: next, length, flags, kind, tail: 16 bytes, saves 16"
    assert best in lines[-1]


def test_all_types_of_the_file_and_none_of_headers(source: Path) -> None:
    types = json.loads(layout(source, "--format", "json").stdout)["types"]
    names = [one["name"] for one in types]
    assert names == ["struct packet", "bits_t", "union either", "struct outer"]
    packet, bits, either, outer = types
    assert [hole["bits"] for hole in packet["holes"]] == [24, 48, 56]
    assert packet["holes"][-1]["tail"] is True
    assert packet["rules"]["repr(Rust)"]["size"] == 16
    assert packet["best_order"]["saved"] == 16
    assert bits["members"][1] | {"align": 0} == {
        "name": "b", "type": "unsigned int : 9", "offset": 0, "bit": 3, "bits": 9, "align": 0,
        "cache_lines": [0, 0],
    }  # fmt: skip
    assert bits["rules"]["repr(C)"] is None
    assert either["padding_bits"] == 32
    assert outer["inner_padding_bytes"] == 16
    assert outer["cache_lines"] == 2


def test_a_member_on_two_cache_lines_is_said(tmp_path: Path) -> None:
    path = tmp_path / "split.c"
    path.write_text("struct __attribute__((packed)) s { char head[60]; long across; };")
    assert "`across` lies on two cache lines" in layout(path).stdout


def test_typedefs_and_tags_name_a_type(source: Path) -> None:
    assert layout(source, "bits_t").stdout.startswith("bits_t")
    assert layout(source, "struct outer").stdout == layout(source, "outer").stdout
    assert layout(source, "nothing").exit_code == 2
    assert layout(source.with_name("missing.c")).exit_code == 2


def test_what_does_not_parse_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.c"
    path.write_text("struct s { int; int x[; };")
    done = layout(path)
    assert done.exit_code == 2
    assert "error[FH1" in done.stderr


@pytest.mark.parametrize("form", ["svg", "html"])
def test_pictures_hold_no_script(tmp_path: Path, form: str) -> None:
    path = tmp_path / "odd.c"
    path.write_text("struct s { char c; struct { long script; }; double onload[2]; };")
    target = tmp_path / f"out.{form}"
    assert layout(path, "--format", form, "--output", target).exit_code == 0
    text = target.read_text()
    assert "<svg" in text
    assert "<script" not in text
    assert form == "svg" or "default-src 'none'" in text


def test_options_of_a_compiler_are_obeyed(tmp_path: Path) -> None:
    path = tmp_path / "sized.c"
    path.write_text("struct s { char text[N]; };")
    assert "size 12," in layout("-DN=12", path).stdout
