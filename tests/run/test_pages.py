"""The program on each code's page shows that code."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

PAGES = Path(__file__).parents[2] / "docs" / "codes"
_BLOCK = re.compile(
    r'^```c(?: file=(?P<file>\S+))?(?: run="(?P<run>[^"]*)")?\n(.*?)^```', re.M | re.S
)
# Shown by a command line, not by a program.
_CONSOLE = {
    "FH0807",
    "FH0901",
    "FH0902",
    "FH2001",
    "FH2002",
    "FH2003",
    "FH2004",
    "FH2007",
    "FH2008",
}


# Found without running the program; a run shows none of them.
_STATIC = {
    "FH0205",
    "FH0206",
    "FH0507",
    "FH0508",
    "FH0606",
    "FH0607",
    "FH0608",
    "FH0609",
    "FH0610",
    "FH0611",
    "FH0806",
}


def _pages() -> list[str]:
    """Name the pages of what a C program shows."""
    return sorted(path.stem for path in PAGES.glob("*.md") if "```rust\n" not in path.read_text())


@pytest.mark.parametrize("code", [code for code in _pages() if code not in _CONSOLE])
def test_the_example_shows_the_code(code: str, tmp_path: Path) -> None:
    blocks = list(_BLOCK.finditer((PAGES / f"{code}.md").read_text()))
    assert blocks, "no C program"
    named = [block for block in blocks if block["file"]]
    names = []
    for block in named or blocks[:1]:
        names.append(block["file"] or "example.c")
        (tmp_path / names[-1]).write_text(block[3])
    report = tmp_path / "report.json"
    verb = ["check", "--no-config", "--pedantic"] if code in _STATIC else ["run"]
    command = [sys.executable, "-m", "freehold", *verb, "--format", "json", "--report", str(report)]
    command += [*shlex.split(blocks[0]["run"] or ""), *names]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        capture_output=True,
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    text = done.stderr.decode(errors="replace")
    assert report.exists(), text
    document = json.loads(report.read_text())
    found = [(finding["code"], finding["severity"]) for finding in document["findings"]]
    assert code in {c for c, _ in found}, text
    errors = {c for c, severity in found if severity == "error" and c < "FH09"}
    assert errors <= {code, *_COMPANIONS.get(code, ())}, text


# What else the example cannot help showing.
_COMPANIONS = {
    "FH0301": ("FH0801",),
    "FH0609": ("FH0101",),
    "FH0702": ("FH0801",),
    "FH0802": ("FH0801",),
}


def test_pages_shown_by_a_command_line_have_one() -> None:
    for code in _CONSOLE:
        assert "```console\n$ " in (PAGES / f"{code}.md").read_text()
