"""Freehold from Python: `check`, `run` and `view` are functions that return values.

`freehold.check` and its like are these. Nothing heavy is imported before it is called.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from freehold.diagnostics import Diagnostic
from freehold.diagnostics.report import Report, RunSummary, is_finding
from freehold.driver.machine import unsupported_machine
from freehold.driver.options import CompileOptions
from freehold.driver.verdict import refusal
from freehold.records import dataclass
from freehold.source import Source, read

if TYPE_CHECKING:
    from freehold.picture import Story

File = str | os.PathLike[str] | Source
Defines = Mapping[str, str | int]


def cache_folder() -> Path:
    """Return the folder of the cache, as the XDG base directories have it."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    home = Path(base) if base.startswith("/") else Path.home() / ".cache"
    return home / "freehold"


class SourceError(Exception):
    """A program that cannot be shown, as it does not compile; `findings` say why."""

    def __init__(self, findings: tuple[Diagnostic, ...]) -> None:
        super().__init__("; ".join(one.message for one in findings) or "not recorded")
        self.findings = findings

    def _render_traceback_(self) -> list[str]:
        """Return what IPython shows in place of a traceback."""
        from freehold.diagnostics.ansi import Palette
        from freehold.diagnostics.render_text import render

        return [render(one, Palette(colour=True)) for one in self.findings]


@dataclass(frozen=True, slots=True)
class Result:
    """What a check or a run came to: `print` shows it as in a terminal, a notebook in colour."""

    report: Report

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """All that is told, notes included."""
        return self.report.findings

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of errors, warnings and hazards, in the order of their happening."""
        told = {"error", "warning", "hazard", "unsupported"}
        return tuple(one.code.id for one in self.findings if one.severity.value in told)

    @property
    def faults(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the program's memory, rather than with its text."""
        return tuple(one for one in self.findings if is_finding(one))

    @property
    def exit_code(self) -> int:
        """What the command would have ended with."""
        return self.report.exit_code

    @property
    def run(self) -> RunSummary | None:
        """The figures of the run; None of a check, or if it did not compile."""
        return self.report.runs[0] if self.report.runs else None

    @property
    def stdout(self) -> str:
        """What the program wrote."""
        return "" if self.run is None else self.run.stdout.decode("utf-8", "backslashreplace")

    @property
    def stderr(self) -> str:
        """What the program wrote there; findings are not among it."""
        return "" if self.run is None else self.run.stderr.decode("utf-8", "backslashreplace")

    def __str__(self) -> str:
        from freehold.diagnostics.ansi import Palette
        from freehold.diagnostics.render_text import render

        parts = [render(one, Palette()) + "\n" for one in self.findings]
        return "\n".join([*parts, *self.report.summary])

    def _repr_html_(self) -> str:
        from freehold.diagnostics.render_html import report

        return report(self.report, self.stdout)


@dataclass(frozen=True, slots=True)
class View:
    """A recorded run, of one program or of several side by side."""

    titles: tuple[str, ...]
    stories: "tuple[Story, ...]"
    findings: tuple[Diagnostic, ...]

    @property
    def html(self) -> str:
        """The page, which needs no network."""
        from freehold.picture.fhtrace import pack
        from freehold.web import Panel, write_page

        shown = zip(self.titles, self.stories, strict=True)
        return write_page([Panel(title, pack(story)) for title, story in shown])

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the page, and return where."""
        target = Path(path)
        target.write_text(self.html, encoding="utf-8")
        return target

    def boxes(self, step: int | None = None) -> str:
        """Return the memory before `step`, from 0, as boxes; else at a fault, or the end."""
        from freehold.picture import state_at
        from freehold.picture.ascii import draw

        def position(story: "Story") -> int:
            if step is not None:
                return min(max(step, 0), story.end)
            return max(story.faults[0].step if story.faults else story.end - 1, 0)

        return "\n".join(draw(one, state_at(one, position(one))) for one in self.stories)

    def __str__(self) -> str:
        return self.boxes()

    def _repr_html_(self) -> str:
        from freehold.markup import framed

        return framed(self.html, ", ".join(self.titles))


def check(
    *files: File,
    defines: Defines | None = None,
    include_dirs: Sequence[str] = (),
    edition: int = 2021,
    pedantic: bool = False,
    strict: bool = False,
) -> Result:
    """Check C files, as one program, and Rust files, each alone, without running them.

    A file is a path, or a `Source(name, text)`. Raises OSError for one that cannot be read. No
    settings, baseline or comments that allow findings are read: those are the command's.
    """
    from freehold.driver.check import CheckJob, Means, Unit
    from freehold.driver.check import check as check_job
    from freehold.driver.gate import outcome

    sources = _sources(files)
    options = _options(defines, include_dirs, strict=strict, edition=edition)
    units = tuple(Unit(source, options) for source in sources)
    done = check_job(CheckJob(units, pedantic=pedantic, means=Means(cache_folder())), Silent())
    return Result(
        Report(
            done.findings,
            exit_code=outcome(done.findings, "hazard"),
            command="check",
            files=tuple(source.name for source in sources),
            summary=done.notes,
        )
    )


def run(  # noqa: PLR0913  (what can be said of a run, each by its name)
    *files: File,
    arguments: Sequence[str] = (),
    stdin: bytes = b"",
    defines: Defines | None = None,
    include_dirs: Sequence[str] = (),
    edition: int = 2021,
    strict: bool = False,
    fail_each: bool = False,
    **limits: Any,
) -> Result:
    """Compile C files as one program, or a Rust file, and run it with every access checked.

    `limits` are those of `freehold.execute.RunOptions`: `timeout`, `memory`, `max_output`,
    `fail_alloc`, `stop_on_first`. With `fail_each` it runs once more for each allocation, which
    fails. Raises OSError for a file that cannot be read.
    """
    sources = _sources(files)
    unsupported = unsupported_machine()
    if unsupported is not None:
        return Result(Report((unsupported,), exit_code=refusal([unsupported])))

    from freehold.driver.pipeline import Job, run_program
    from freehold.execute.options import RunOptions

    options = RunOptions(
        name=Path(sources[0].name).stem,
        arguments=tuple(arguments),
        stdin=stdin,
        capture=True,
        **limits,
    )
    compiling = _options(defines, include_dirs, strict=strict, edition=edition)
    job = Job(sources, compiling, options, fail_each=fail_each, cache=cache_folder())
    return Result(run_program(job, Silent()))


def view(  # noqa: PLR0913  (what can be said of a run, each by its name)
    *files: File,
    arguments: Sequence[str] = (),
    stdin: bytes = b"",
    defines: Defines | None = None,
    include_dirs: Sequence[str] = (),
    edition: int = 2021,
    steps: int = 1_000_000,
    timeout: float = 60.0,
    strict: bool = False,
) -> View:
    """Run and record C files as one program, or Rust files, each a program of its own.

    Raises SourceError if one does not compile, OSError if it cannot be read.
    """
    from freehold.driver.record import record
    from freehold.execute.options import Recording, RunOptions
    from freehold.picture import tell

    sources = _sources(files)
    unsupported = unsupported_machine()
    if unsupported is not None:
        raise SourceError((unsupported,))
    options = _options(defines, include_dirs, strict=strict, edition=edition)
    titles: list[str] = []
    stories: list[Story] = []
    found: list[Diagnostic] = []
    for group in programs(sources):
        run_options = RunOptions(
            name=Path(group[0].name).stem,
            arguments=tuple(arguments),
            stdin=stdin,
            capture=True,
            timeout=timeout,
            record=Recording(steps=steps),
        )
        made = record(group, options, run_options, cache_folder(), Silent())
        if made.recorded is None:
            raise SourceError(made.diagnostics)
        titles.append(" ".join(source.name for source in group))
        stories.append(tell(made.recorded))
        found.extend(made.diagnostics)
    return View(tuple(titles), tuple(stories), tuple(found))


def programs(sources: Sequence[Source]) -> list[tuple[Source, ...]]:
    """Return the programs: all C files together, each Rust file alone, in the order given."""
    c = tuple(source for source in sources if not source.name.endswith(".rs"))
    groups: list[tuple[Source, ...]] = []
    for source in sources:
        if source.name.endswith(".rs"):
            groups.append((source,))
        elif c not in groups:
            groups.append(c)
    return groups


class Silent:
    """A listener that says nothing: a value is returned instead."""

    def found(self, finding: Diagnostic) -> None:
        """Say nothing."""

    def progress(self, text: str) -> None:
        """Say nothing."""


def _sources(files: Sequence[File]) -> tuple[Source, ...]:
    if not files:
        raise TypeError("no file is given")
    return tuple(one if isinstance(one, Source) else read(os.fspath(one)) for one in files)


def _options(
    defines: Defines | None, include_dirs: Sequence[str], *, strict: bool, edition: int
) -> CompileOptions:
    pairs = tuple((name, str(value)) for name, value in (defines or {}).items())
    return CompileOptions(
        include_dirs=tuple(include_dirs), defines=pairs, strict=strict, edition=edition
    )
