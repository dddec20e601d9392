"""Static verdict against checked run: an error whose line runs without a fault is a bug of ours.

    python -m tests.differential.check_against_run JULIET [--count 100] [--programs PATH...]

JULIET is a checkout of its cases; PATHs are C programs, or folders of them (those in tests, if
nothing else is asked for). Each is checked; one with errors is run, and each error must share a
line with a fault that the run meets, its events included. Of those that do not, gcov says whether
their line was executed at all.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.annotated import expectation, revisions
from tests.corpora.juliet import environment_of, random_source, sample, sample_options, stdin_of
from tests.corpora.juliet_check import RIGHT

ROOT = Path(__file__).parents[2]
DEFAULT = ("tests/run/c", "tests/run/libc", "tests/idioms/c", "tests/unit/memory/twins")
LIMIT = 60  # seconds for one check or run
_GCOV = re.compile(r"\s*(\d+)\*?:\s*(\d+):")


@dataclass(frozen=True, slots=True)
class Program:
    """What is compiled together, with which options, and what it reads."""

    name: str
    files: tuple[Path, ...]
    options: tuple[str, ...] = ()
    stdin: str = ""
    environment: tuple[tuple[str, str], ...] = ()


def test_programs(paths: Sequence[Path]) -> Iterator[Program]:
    """Yield the programs under `paths`, each revision of an annotated one apart."""
    for path in paths:
        for file in sorted(path.rglob("*.c")) if path.is_dir() else [path]:
            text = file.read_text(errors="replace")
            if not re.search(r"\bmain\s*\(", text):
                continue
            for revision in revisions(text):
                words = [w for w in expectation(file, revision).options if not w.startswith("--")]
                name = f"{file.name}[{revision}]" if revision else file.name
                yield Program(name, (file.resolve(),), tuple(words))


def juliet_programs(args: argparse.Namespace, workdir: Path) -> Iterator[Program]:
    """Yield the bad and the good build of Juliet's cases."""
    support = args.path / "testcasesupport"
    for case in sample(args, RIGHT):
        extra = random_source(case, workdir)
        defines = ("-Drand=fixed_random",) if extra else ()
        for omit in ("OMITGOOD", "OMITBAD"):
            yield Program(
                f"{case.stem}[{omit}]",
                (*case.files, *extra, support / "io.c"),
                (f"-I{support}", "-DINCLUDEMAIN", f"-D{omit}", *defines),
                stdin_of(case),
                tuple(environment_of(case).items()),
            )


def freehold(command: str, program: Program, scratch: Path) -> list[dict[str, Any]]:
    """Return the findings of `check` or `run`, as JSON has them."""
    report = scratch / f"{command}.json"
    words = [sys.executable, "-m", "freehold", command, "--format", "json"]
    if command == "run":
        words += ["--report", str(report)]
    else:
        words += ["--exit-zero"]
    try:
        done = subprocess.run(
            [*words, *program.options, *map(str, program.files)],
            input=program.stdin,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=LIMIT,
            check=False,
            cwd=scratch,
            env=environment(program),
        )
    except subprocess.TimeoutExpired:
        return []
    text = done.stdout if command == "check" else report.read_text() if report.exists() else ""
    found: list[dict[str, Any]] = json.loads(text)["findings"] if text else []
    return found


def environment(program: Program) -> dict[str, str]:
    """Return the variables that a program is run with."""
    path = f"{ROOT / 'src'}:{os.environ.get('PYTHONPATH', '')}"
    return {**os.environ, "PYTHONPATH": path, **dict(program.environment)}


def places(value: object) -> Iterator[tuple[str, int]]:
    """Yield each file and line in a finding."""
    if isinstance(value, dict):
        if value.get("file") and value.get("line"):
            yield Path(value["file"]).name, value["line"]
        for one in value.values():
            yield from places(one)
    elif isinstance(value, list):
        for one in value:
            yield from places(one)


def unmet(program: Program) -> list[str]:
    """Return the errors of a program that its run does not meet though it executes their lines."""
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        errors = [
            one
            for one in freehold("check", program, scratch)
            if one["severity"] == "error" and one["code"] < "FH1"
        ]
        if not errors:
            return []
        met = {place for one in freehold("run", program, scratch) for place in places(one)}
        left = [one for one in errors if not met & set(places(one))]
        if not left:
            return []
        passed = executed(program, scratch)
        return [
            f"{one['code']} {Path(one['file']).name}:{one['line']} {one['message']}"
            for one in left
            if (Path(one["file"]).name, one["line"]) in passed
        ]


def executed(program: Program, scratch: Path) -> set[tuple[str, int]]:
    """Return the lines that gcc's build of a program executes."""
    command = ["gcc", "-w", "--coverage", "-O0", "-o", "program", *program.options]
    subprocess.run(
        [*command, *map(str, program.files), "-lm", "-lpthread"],
        cwd=scratch,
        check=False,
        capture_output=True,
    )
    if not (scratch / "program").exists():
        return set()
    try:
        subprocess.run(
            ["./program"],
            input=program.stdin.encode(),
            capture_output=True,
            cwd=scratch,
            check=False,
            timeout=LIMIT,
            env=environment(program),
        )
    except subprocess.TimeoutExpired:
        return set()
    notes = [str(path) for path in scratch.glob("*.gcda")]
    subprocess.run(["gcov", *notes], cwd=scratch, capture_output=True, check=False)
    found: set[tuple[str, int]] = set()
    for report in scratch.glob("*.gcov"):
        for line in report.read_text(errors="replace").splitlines():
            match = _GCOV.match(line)
            if match:
                found.add((report.name.removesuffix(".gcov"), int(match[2])))
    return found


def main() -> int:
    """Compare; exit 1 when an error runs without a fault."""
    parser = sample_options(__doc__ or "", count=0)
    parser.add_argument("--programs", nargs="*", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        programs: list[Program] = []
        if args.count:
            programs += juliet_programs(args, Path(name))
        if args.programs is not None or not programs:
            programs += test_programs(args.programs or [ROOT / folder for folder in DEFAULT])
        bad = 0
        with ThreadPoolExecutor(args.jobs) as pool:
            for program, answer in zip(programs, pool.map(unmet, programs), strict=True):
                bad += bool(answer)
                for line in answer:
                    print(f"{program.name}: {line}", flush=True)
    print(f"{len(programs)} programs, {bad} with an error that runs without a fault")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
