"""docs/claims.md: each of its programs shows what the page says."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

import freehold
from freehold.cli.app import freehold as command
from freehold.learn.beside import beside
from tests.conftest import make_std

PAGE = Path(__file__).parents[2] / "docs" / "claims.md"
_BLOCK = re.compile(r"^## (?P<title>.*?)$|^```(?P<info>.+?)\n(?P<text>.*?)^```$", re.M | re.S)


class Shown(NamedTuple):
    title: str
    language: str
    act: str
    expected: tuple[str, ...]
    text: str
    output: str


def shown() -> list[Shown]:
    """Return the programs of the page; a block of text is the output of the one before."""
    found: list[Shown] = []
    title = ""
    for block in _BLOCK.finditer(PAGE.read_text(encoding="utf-8")):
        if block["title"]:
            title = block["title"]
            continue
        language, *words = block["info"].split()
        if language == "text":
            found[-1] = found[-1]._replace(output=block["text"])
        else:
            act = words[0] if words else ""
            found.append(Shown(title, language, act, tuple(words[1:]), block["text"], ""))
    return found


ALL = shown()


def of(*languages: str) -> pytest.MarkDecorator:
    rows = [one for one in ALL if one.language in languages]
    return pytest.mark.parametrize("one", rows, ids=lambda one: one.title[:40])


def test_each_claim_has_a_program() -> None:
    titles = re.findall(r"^## (.*)$", PAGE.read_text(encoding="utf-8"), re.M)
    assert titles == [one.title for one in ALL]
    assert len(titles) >= 20


@of("c", "rust")
def test_a_program_shows_what_is_so(one: Shown) -> None:
    source = freehold.Source(f"claim.{'rs' if one.language == 'rust' else 'c'}", one.text)
    if one.act.startswith("check"):
        done = freehold.check(source, strict=one.act == "check-strict")
    else:
        if one.language == "rust":
            make_std(source)
        done = freehold.run(source, timeout=60)
    codes = {word for word in one.expected if "=" not in word} - {"clean"}
    assert set(done.codes) == codes
    assert not one.output or done.stdout == one.output
    figures = dict(word.split("=") for word in one.expected if "=" in word)
    if figures:
        assert done.run is not None
        assert done.run.heap is not None
        heap = {
            "allocations": done.run.heap.allocations,
            "allocated": done.run.heap.allocated_bytes,
        }
        assert {name: str(heap[name]) for name in figures} == figures


@of("console")
def test_a_transcript_is_what_is_printed(one: Shown) -> None:
    line, expected = one.text.split("\n", 1)
    words = re.findall(r'"([^"]*)"|(\S+)', line.removeprefix("$ freehold "))
    printed = CliRunner().invoke(command, [quoted or plain for quoted, plain in words]).stdout
    assert printed.startswith(expected)


@of("python")
def test_what_python_does(one: Shown) -> None:
    done = subprocess.run(
        [sys.executable, "-c", one.text], capture_output=True, text=True, check=True
    )
    assert done.stdout == one.output


@pytest.mark.skipif(
    not (shutil.which("valgrind") and shutil.which("cc")), reason="needs valgrind and cc"
)
def test_the_two_tools_do_differ() -> None:
    text = next(one.text for one in ALL if one.title.startswith("AddressSanitizer"))
    said = {one.tool: one for one in beside(freehold.Source("claim.c", text), ("valgrind", "asan"))}
    assert [line for _, line in said["valgrind"].lines] == [8]
    assert said["asan"].lines == ()
