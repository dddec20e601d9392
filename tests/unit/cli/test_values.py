"""Option values, and files that cannot be read."""

from pathlib import Path

import click
import pytest

from freehold.cli.sources import read_sources
from freehold.cli.values import EACH, Allocation, LeakKinds, Size


@pytest.mark.parametrize(
    ("text", "size"), [("0", 0), ("12", 12), ("64K", 65536), ("2GiB", 2 << 30), ("1m", 1 << 20)]
)
def test_sizes(text: str, size: int) -> None:
    assert Size().convert(text, None, None) == size


@pytest.mark.parametrize("text", ["", "many", "-1", "1.5G", "3X"])
def test_what_is_no_size(text: str) -> None:
    with pytest.raises(click.BadParameter):
        Size().convert(text, None, None)


def test_leak_kinds() -> None:
    kinds = LeakKinds()
    assert kinds.convert("possible, definite", None, None) == ("definite", "possible")
    assert len(kinds.convert("all", None, None)) == 4
    assert kinds.convert("none", None, None) == ()
    with pytest.raises(click.BadParameter):
        kinds.convert("lost", None, None)


def test_allocations() -> None:
    assert Allocation().convert("each", None, None) == EACH
    assert Allocation().convert("3", None, None) == 3
    for wrong in ("0", "-1", "all"):
        with pytest.raises(click.BadParameter):
            Allocation().convert(wrong, None, None)


def test_sources(tmp_path: Path) -> None:
    (tmp_path / "latin.c").write_bytes(b'char s[] = "\xe9";\n')
    (tmp_path / "x.o").write_bytes(b"")
    names = [str(tmp_path / name) for name in ("latin.c", "x.o", "none.c", "a.cpp")]
    sources, problems = read_sources(names)
    assert [source.text for source in sources] == ['char s[] = "\udce9";\n']
    assert [problem.code.id for problem in problems] == ["FH2002"] * 3


def test_a_pasted_line_may_name_its_compiler(tmp_path: Path) -> None:
    (tmp_path / "a.c").write_text("")
    sources, problems = read_sources(["gcc", str(tmp_path / "a.c")])
    assert len(sources) == 1
    assert not problems


def test_no_file_is_a_usage_error() -> None:
    with pytest.raises(click.UsageError):
        read_sources([])
