"""The further examples on pages: what is mended is clean, and Rust says what the page says it does.

A block is ```` ```c good ````, ```` ```rust good ````, or Rust that is refused (```` ```rust E0382
````), that ends in a panic (```` ```rust panics ````), or has a finding when it runs (```` ```rust
FH0801 ````).
"""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from freehold import api
from freehold.cli.explain import command
from freehold.diagnostics import Severity
from freehold.source import Source

DOCS = Path(__file__).parents[3] / "docs"
PAGES = DOCS / "codes"
PITFALLS = DOCS / "pitfalls"
_BLOCK = re.compile(r"^```(c|rust) (good|panics|E\d{4}|FH\d{4})\n(.*?)^```", re.M | re.S)
BLOCKS = [
    pytest.param(found[1], found[2], found[3], id=f"{path.stem} {found[1]} {found[2]}")
    for path in sorted((*PAGES.glob("*.md"), *PITFALLS.glob("*.md")))
    for found in _BLOCK.finditer(path.read_text())
    if (found[1], found[2]) != ("rust", "good")
]


@pytest.mark.parametrize(("language", "outcome", "text"), BLOCKS)
def test_the_example_comes_out_so(language: str, outcome: str, text: str) -> None:
    source = Source(f"page.{'c' if language == 'c' else 'rs'}", text)
    if outcome == "panics":
        done = api.run(source)
        assert (done.faults, done.exit_code) == ((), 101)
        assert "panicked" in done.stderr
        return
    if language == "c":
        done = api.check(source, pedantic=True)
    else:
        done = (api.run if outcome.startswith("FH") else api.check)(source)
    found = done.findings
    told = {one.code.id for one in found if one.severity is not Severity.NOTE}
    assert told == (set() if outcome == "good" else {outcome})


def test_mended_rust_is_accepted() -> None:
    """One program with a module for each example: std is looked at once."""
    parts = [
        f"mod {path.stem.replace('-', '_').lower()}_{found.start()} {{\n{found[3]}}}\n"
        for path in sorted((*PAGES.glob("*.md"), *PITFALLS.glob("*.md")))
        for found in _BLOCK.finditer(path.read_text())
        if (found[1], found[2]) == ("rust", "good")
    ]
    done = api.check(Source("pages.rs", "".join(parts) + "fn main() {}\n"))
    assert [one for one in done.findings if one.severity is not Severity.NOTE] == []


def test_each_pitfall_has_a_page_that_can_be_asked_for() -> None:
    listed = CliRunner().invoke(command, ["pitfalls"]).output
    assert len(listed.splitlines()) == len(list(PITFALLS.glob("*.md"))) > 0
    for line in listed.splitlines():
        text = CliRunner().invoke(command, [line.split()[0]]).output
        assert text.startswith(f"# {line.split(maxsplit=1)[1]}\n")
        assert "```rust " in text


def test_a_page_has_its_examples_in_both_languages() -> None:
    """Each code of a fault has a mended program, and Rust's two."""
    wanted = {"c good", "rust good"}
    for path in sorted(PAGES.glob("FH0[1-6]*.md")):
        found = {f"{one[1]} {one[2]}" for one in _BLOCK.finditer(path.read_text())}
        assert wanted <= found, path.stem
        assert len(found) == 3, path.stem
