"""The places and the order of drops, against what rustc makes of the same functions.

Also: python -m tests.differential.test_rust_drops [FILE.rs] prints what differs.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from freehold.driver.rust import Analysed
from freehold.mir.body import Body
from freehold.ownership import elaborate
from freehold.rust import crates
from freehold.rust.depth import deep_recursion
from freehold.rust.items import Module
from freehold.rust.traits import World
from freehold.source import Source

from .rust_traces import of_body, of_text, ways

PROGRAMS = sorted((Path(__file__).parent / "rust_drops").glob("*.rs"))
# Overflow is checked as in a debug build; pointers are not: what is a Box for us is none there.
CHECKS = ("-C", "debug-assertions=no", "-C", "overflow-checks=yes")
RUSTC = ("rustc", "--edition", "2021", "--crate-type", "lib", *CHECKS, "--emit=mir", "-o", "-")


def rustc_ways(path: Path) -> dict[str, set[tuple[str, ...]]]:
    """Return what happens on the ways through each function, by rustc."""
    done = subprocess.run(
        [*RUSTC, str(path)], capture_output=True, text=True, check=True, timeout=120
    )
    return {name: ways(nodes) for name, nodes in of_text(done.stdout).items()}


def our_ways(path: Path) -> dict[str, set[tuple[str, ...]]]:
    """Return what happens on the ways through each function, by us."""
    with deep_recursion():
        program = crates.load(Source(path.name, path.read_text(encoding="utf-8")))
        analysed = Analysed(program, World(program))
        found: dict[str, set[tuple[str, ...]]] = {}
        for function in program.user.functions:
            body = analysed.build(function)
            if body is not None and isinstance(function.parent, Module):
                found.update(_with_closures(function.name, body))
    assert not analysed.diagnostics
    return found


def _with_closures(name: str, body: Body) -> Iterator[tuple[str, set[tuple[str, ...]]]]:
    yield name, ways(of_body(elaborate(body)))
    assert body.generic is not None
    for number, inner in enumerate(body.generic.closures.values()):
        yield from _with_closures(f"{name}::{{closure#{number}}}", inner)


def differences(path: Path) -> list[str]:
    """Return a line for each way that only one of the two takes."""
    ours, theirs = our_ways(path), rustc_ways(path)
    lines = []
    for name in ours:
        for who, only in (
            ("we", ours[name] - theirs[name]),
            ("rustc", theirs[name] - ours[name]),
        ):
            lines += [f"{name}: only {who}: {' | '.join(way)}" for way in sorted(only)]
    return lines


@pytest.mark.skipif(shutil.which("rustc") is None, reason="rustc is not installed")
@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_drops_are_those_of_rustc(path: Path) -> None:
    assert differences(path) == []


if __name__ == "__main__":
    for given in map(Path, sys.argv[1:]) if len(sys.argv) > 1 else PROGRAMS:
        print(*differences(given), sep="\n")
