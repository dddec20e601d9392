"""Static verdict against checked run: an error whose expression runs without a fault is our bug.

    python -m tests.differential.check_against_run [JULIET --count 300] [--programs PATH...]
        [--part 1/4] [--state FILE] [--jobs 2]

PATHs are C programs, or folders of them (those of tests/run and tests/idioms, if nothing else is
asked for); JULIET is a checkout of its cases, a sample of which is taken as in `juliet_check`.
Each program is checked. One with errors is run, and each error must be met: a fault of the run must
lie on its line, with what called it. Of those that are not met, clang's coverage says whether their
*expression* was executed at all.

With --state the answers are kept in a file, and a second call goes on where the first one ended.
--part K/N takes every Nth program.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from freehold.cli.ccline import CcError, parse
from freehold.cli.run import compile_options
from freehold.cli.sources import read_sources
from freehold.diagnostics import Diagnostic, Severity
from freehold.driver.options import CompileOptions
from freehold.driver.static import check_c
from freehold.source import Span
from tests.annotated import expectation, revisions
from tests.corpora.juliet import environment_of, random_source, sample, sample_options, stdin_of
from tests.corpora.juliet_check import RIGHT
from tests.differential.coverage import measure

ROOT = Path(__file__).parents[2]
DEFAULT = ("tests/run/c", "tests/run/libc", "tests/idioms/c", "tests/unit/memory/twins")
LIMIT = 120  # seconds for one run
Line = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Program:
    """What is compiled together, with which options, and what it reads."""

    name: str
    files: tuple[Path, ...]
    options: tuple[str, ...] = ()
    run_options: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    stdin: str = ""
    environment: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What one program's errors came to.

    `met` of the errors share a line with a fault, `passed` over are those that were not executed.
    """

    name: str
    errors: int = 0
    met: int = 0
    passed: int = 0
    wrong: list[str] = field(default_factory=list)
    trouble: str = ""


def test_programs(paths: Sequence[Path]) -> Iterator[Program]:
    """Yield the programs under `paths`, each revision of an annotated one apart."""
    for path in paths:
        for file in sorted(path.rglob("*.c")) if path.is_dir() else [path]:
            text = file.read_text(errors="replace")
            if re.search(r"\bmain\s*\(", text):
                yield from (_program(file.resolve(), one) for one in revisions(text))


def _program(file: Path, revision: str) -> Program:
    expected = expectation(file, revision)
    stdin = file.with_suffix(".stdin")
    return Program(
        f"{file.parent.name}/{file.name}[{revision}]",
        (file,),
        tuple(word for word in expected.options if not word.startswith("--")),
        tuple(word for word in expected.options if word.startswith("--")),
        tuple(expected.arguments),
        stdin.read_text() if stdin.exists() else "",
    )


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
                stdin=stdin_of(case),
                environment=tuple(environment_of(case).items()),
            )


# ----------------------------------------------------------------------------------------- checking


def errors_of(program: Program) -> list[Diagnostic]:
    """Return the errors of memory safety that checking finds."""
    try:
        options = compile_options(parse(list(program.options)), system_headers=False)
    except CcError:
        options = CompileOptions()
    sources, _ = read_sources([str(path) for path in program.files])
    done = check_c([(source, options) for source in sources], pedantic=False)
    return [one for one in done.findings if one.severity is Severity.ERROR and one.code.id < "FH1"]


def lines_of(found: Diagnostic) -> set[Line]:
    """Return the lines of an error: its own, and where in a callee it happens."""
    spans = [found.at, *(one.span for one in found.labels if one.text.endswith((" here", "call")))]
    return {line for span in spans if span is not None for line in _lines(span.outermost())}


def _lines(span: Span) -> Iterator[Line]:
    name = Path(span.source.name).name
    last = span.source.line_of(max(span.end - 1, span.start))
    return ((name, line) for line in range(span.line, last + 1))


def faults_of(program: Program, scratch: Path) -> tuple[set[Line], str]:
    """Return the lines of the faults that a run meets, their callers included, and what failed."""
    report = scratch / "run.json"
    words = [sys.executable, "-m", "freehold", "run", "--format", "json", "--report", str(report)]
    words += [*program.run_options, *program.options, *map(str, program.files)]
    try:
        subprocess.run(
            [*words, "--", *program.arguments],
            input=program.stdin.encode(),
            capture_output=True,
            timeout=LIMIT,
            check=False,
            cwd=scratch,
            env=environment(program),
        )
    except subprocess.TimeoutExpired:
        return set(), "the run takes too long"
    if not report.exists():
        return set(), "the run has no report"
    findings: list[dict[str, Any]] = json.loads(report.read_text())["findings"]
    met: set[Line] = set()
    for one in findings:
        if one["severity"] == "unsupported":
            return set(), f"unsupported: {one['message']}"
        met |= set(places(one))
    return met, ""


def environment(program: Program) -> dict[str, str]:
    """Return the variables that a program is run with."""
    path = f"{ROOT / 'src'}:{os.environ.get('PYTHONPATH', '')}"
    return {**os.environ, "PYTHONPATH": path, **dict(program.environment)}


def places(value: object) -> Iterator[Line]:
    """Yield each file and line in a finding."""
    if isinstance(value, dict):
        if value.get("file") and value.get("line"):
            for line in range(value["line"], (value.get("end_line") or value["line"]) + 1):
                yield Path(value["file"]).name, line
        for one in value.values():
            yield from places(one)
    elif isinstance(value, list):
        for one in value:
            yield from places(one)


def judge(program: Program) -> Answer:
    """Check a program, run it if that finds errors, and compare."""
    errors = errors_of(program)
    if not errors:
        return Answer(program.name)
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        met, trouble = faults_of(program, scratch)
        if trouble:
            return Answer(program.name, len(errors), trouble=trouble)
        left = [one for one in errors if not met & lines_of(one)]
        wrong = list(left)
        if left:
            coverage = measure(
                program.files,
                program.options,
                scratch,
                arguments=program.arguments,
                stdin=program.stdin,
                environment=environment(program),
            )
            if coverage is not None:
                wrong = [one for one in left if coverage.executed(*_start(one))]
    return Answer(
        program.name,
        len(errors),
        len(errors) - len(left),
        len(left) - len(wrong),
        [f"{one.code.id} {_where(one)} {one.message}" for one in wrong],
    )


def _start(found: Diagnostic) -> tuple[str, tuple[int, int]]:
    assert found.at is not None
    span = found.at.outermost()
    return span.source.name, (span.line, span.column)


def _where(found: Diagnostic) -> str:
    name, (line, column) = _start(found)
    return f"{Path(name).name}:{line}:{column}"


# -------------------------------------------------------------------------------------------- main


def _known(state: Path | None) -> dict[str, Answer]:
    if state is None or not state.exists():
        return {}
    rows = [json.loads(line) for line in state.read_text().splitlines()]
    return {row["name"]: Answer(**row) for row in rows}


def _chosen(args: argparse.Namespace, workdir: Path) -> list[Program]:
    programs: list[Program] = []
    if args.path is not None:
        programs += juliet_programs(args, workdir)
    if args.programs is not None or not programs:
        programs += test_programs(args.programs or [ROOT / folder for folder in DEFAULT])
    number, _, parts = args.part.partition("/")
    return programs[int(number) - 1 :: int(parts)]


def _answers(args: argparse.Namespace, programs: list[Program]) -> Iterator[Answer]:
    known = _known(args.state)
    yield from (known[one.name] for one in programs if one.name in known)
    with ProcessPoolExecutor(args.jobs) as pool:
        pending = [pool.submit(judge, one) for one in programs if one.name not in known]
        for one in as_completed(pending):
            answer = one.result()
            if args.state is not None and not answer.trouble:
                with args.state.open("a") as file:
                    file.write(json.dumps(asdict(answer)) + "\n")
            yield answer


def main() -> int:
    """Compare; exit 1 when an error runs without a fault."""
    parser = sample_options(__doc__ or "", count=300, optional=True)
    parser.add_argument("--programs", nargs="*", type=Path)
    parser.add_argument("--part", default="1/1")
    parser.add_argument("--state", type=Path)
    args = parser.parse_args()
    total = Counter[str]()
    with tempfile.TemporaryDirectory() as name:
        programs = _chosen(args, Path(name))
        for one in _answers(args, programs):
            total.update(errors=one.errors, met=one.met, passed=one.passed, wrong=len(one.wrong))
            total.update(with_wrong=bool(one.wrong), trouble=bool(one.trouble))
            for line in (*one.wrong, *([one.trouble] if one.trouble else [])):
                print(f"{one.name}: {line}", flush=True)
    print(
        f"{len(programs)} programs, {total['errors']} errors: {total['met']} met, {total['passed']}"
        f" not executed, {total['wrong']} wrong in {total['with_wrong']} programs;"
        f" {total['trouble']} programs not compared"
    )
    return 1 if total["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
