"""The core of the run time, built by gcc and linked with programs that are written by hand.

A program here is C as codegen would emit it (programs/program.h); the site of everything is its
line, so a finding's line is where the test program says so.
"""

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

import freehold.runtime
from freehold.execute import Outcome, RunOptions, run
from freehold.source import Source, Span

HERE = Path(__file__).parent
NATIVE = Path(freehold.runtime.__file__).parent / "native"
# -r would merge string constants in a way that the loader does not follow.
FLAGS = [
    "-std=gnu11",
    "-O1",
    "-g",
    "-fPIC",
    "-w",
    "-fno-omit-frame-pointer",
    "-fno-optimize-sibling-calls",
    "-fno-strict-aliasing",
    "-fno-merge-constants",
]


@dataclass(frozen=True, slots=True)
class LineSite:
    """A line of a test program."""

    span: Span
    function: str
    name: str


@dataclass(frozen=True, slots=True)
class Program:
    """A test program: its object file, and a site for each of its lines."""

    object: bytes
    sites: tuple[LineSite, ...]
    accesses: int = 0
    proven: int = 0


Found = list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Ran:
    """An outcome, and its findings as (code, line)."""

    outcome: Outcome
    found: Found

    def message(self, line: int) -> str:
        """Return the message of the finding at `line`."""
        return next(d.message for d in self.outcome.diagnostics if d.at and d.at.line == line)


def _gcc(*arguments: str) -> None:
    if shutil.which("gcc") is None:
        pytest.skip("gcc is missing")
    subprocess.run(["gcc", *FLAGS, *arguments], check=True, timeout=120)


@pytest.fixture(scope="session")
def runtime_object(pytestconfig: pytest.Config) -> bytes:
    sources = sorted(NATIVE.glob("*.[ch]"))
    key = sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:16]
    cache = pytestconfig.cache
    assert cache is not None
    made = cache.mkdir("freehold-runtime") / f"{key}.o"
    if not made.exists():
        parts = [str(path) for path in sources if path.suffix == ".c"]
        _gcc("-O2", "-r", "-nostdlib", "-o", str(made), *parts)
    return made.read_bytes()


def _sites(path: Path) -> tuple[LineSite, ...]:
    """Return a site for each line; `int x;` in a comment gives it the name x."""
    text = path.read_text()
    source = Source(path.name, text)
    sites = [LineSite(Span(source, 0, 0), "", "")]
    function, at = "", 0
    for line in text.splitlines(keepends=True):
        if heading := re.match(r"^\w.*?(\w+)\([^;]*$", line):
            function = heading[1]
        declared = re.search(r"/\* \w+ (\w+)[^;]*; ", line)
        span = Span(source, at, at + len(line) - 1)
        sites.append(LineSite(span, function, declared[1] if declared else ""))
        at += len(line)
    return tuple(sites)


@pytest.fixture(scope="session")
def run_native(
    runtime_object: bytes, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Ran]:
    """Return a function that builds and runs a test program: name, argument, **options."""
    built: dict[str, Program] = {}

    def build(name: str) -> Program:
        path = HERE / "programs" / f"{name}.c"
        made = tmp_path_factory.mktemp("program") / "program.o"
        _gcc("-I", str(NATIVE), "-c", "-o", str(made), str(path))
        return Program(made.read_bytes(), _sites(path))

    def run_program(name: str, *arguments: str, **options: object) -> Ran:
        program = built.get(name) or built.setdefault(name, build(name))
        asked = RunOptions(name=name, arguments=arguments, capture=True, timeout=20)
        outcome = run(program, (runtime_object,), replace_options(asked, options))
        found = [(d.code.id, d.at.line if d.at else 0) for d in outcome.diagnostics]
        return Ran(outcome, found)

    return run_program


def replace_options(options: RunOptions, changes: dict[str, object]) -> RunOptions:
    """Return `options` with `changes`."""
    fields = {name: getattr(options, name) for name in RunOptions.__dataclass_fields__}
    return RunOptions(**{**fields, **changes})
