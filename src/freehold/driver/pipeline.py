"""The pipeline, top to bottom: sources, a program, the run, a report."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from freehold.diagnostics import Diagnostic, Severity
from freehold.diagnostics.codes import UNDEFINED_SYMBOL, UNREADABLE, UNSUPPORTED
from freehold.diagnostics.report import Accesses, HeapUse, Loss, Report, RunSummary
from freehold.driver.cache import Cache
from freehold.driver.ghost_words import told
from freehold.driver.libraries import load_libraries
from freehold.driver.library import runtime_objects
from freehold.driver.listener import Listener
from freehold.driver.options import CompileOptions
from freehold.driver.programs import Built, obtain
from freehold.driver.verdict import refusal, verdict
from freehold.records import dataclass
from freehold.source import Source

if TYPE_CHECKING:
    from freehold.execute import LeakSummary, Losses, Outcome, RunOptions
    from freehold.picture import Recorded

_EACH = 1000  # allocations that are made to fail in turn


@dataclass(frozen=True, slots=True)
class Job:
    """What to compile and how to run it. With `fail_each` it runs once more for each allocation."""

    sources: tuple[Source, ...]
    options: CompileOptions
    run: "RunOptions"
    fail_each: bool = False
    cache: Path | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The sources' names."""
        return tuple(source.name for source in self.sources)


@dataclass(frozen=True, slots=True)
class Done:
    """The report of a job, and its recorded run, if `Job.run` asked for one and it came to that."""

    report: Report
    recorded: "Recorded | None" = None


def run_program(job: Job, listener: Listener) -> Report:
    """Compile and run `job`; `listener` hears of each finding as it is made."""
    return perform(job, listener).report


def perform(job: Job, listener: Listener) -> Done:
    """Compile and run `job`, as `run_program` does, and record it if it says so."""
    cache = Cache(job.cache)
    built = _rust(job, cache, listener) if is_rust(job.sources) else _c(job, cache)
    said = _said(built, job.options)
    for one in said:
        listener.found(one)
    if built.compiled is None:
        return Done(Report(said, exit_code=refusal(said), files=job.names))
    library = runtime_objects(cache, listener, built.compiled.object, built.base)
    rust = is_rust(job.sources)
    report, outcome = _run(built, library, job.run, listener, rust=rust)
    if job.fail_each and report.runs:
        report = _fail_each(built, library, job.run, listener, report)
    report = replace(report, findings=(*said, *report.findings), files=job.names)
    if outcome is None or outcome.recorded is None:
        return Done(report)
    return Done(report, _recorded(job, built, outcome))


def _recorded(job: Job, built: Built, outcome: "Outcome") -> "Recorded":
    from freehold.picture import Recorded

    assert built.compiled is not None
    assert outcome.recorded is not None
    shown = built.owners
    return Recorded(
        outcome.recorded,
        built.compiled.sites,
        built.compiled.shown,
        outcome.diagnostics,
        outcome.stdout,
        job.sources if shown is None else (shown.source,),
        outcome.status,
        () if shown is None else tuple(map(told, shown.ghosts)),
    )


def is_rust(sources: Sequence[Source]) -> bool:
    """Whether a program is Rust's: one file, by its name."""
    return any(source.name.endswith(".rs") for source in sources)


def _rust(job: Job, cache: Cache, listener: Listener) -> Built:
    from freehold.driver.rust_programs import obtain as obtain_rust
    from freehold.driver.rust_programs import obtain_recorded

    if len(job.sources) > 1:
        what = "a Rust program is one file"
        return Built(None, (Diagnostic(UNREADABLE, None, {"what": what}),))
    if job.run.record is not None:
        return obtain_recorded(job.sources[0], cache, job.options)
    return obtain_rust(job.sources[0], cache, listener, job.options)


def _c(job: Job, cache: Cache) -> Built:
    libraries = load_libraries(job.options)
    if libraries.problems:
        return Built(None, tuple(libraries.problems))
    recorded = job.run.record is not None
    return obtain(job.sources, job.options, cache, libraries, recorded=recorded)


def _said(built: Built, options: CompileOptions) -> tuple[Diagnostic, ...]:
    """Return what the front end said, without warnings when none are wanted."""
    return tuple(
        d for d in built.diagnostics if options.warnings or d.severity is not Severity.WARNING
    )


def _undefined(name: str, *, rust: bool) -> Diagnostic:
    """Return what is said of a function that is called and defined nowhere."""
    if rust:  # what an `extern` block declares is in a library of C, which cannot be given
        what = f"`{name}`, a foreign function that libc does not have"
        return Diagnostic(UNSUPPORTED, None, {"what": what})
    return Diagnostic(UNDEFINED_SYMBOL, None, {"name": name})


def _run(
    built: Built,
    library: Sequence[bytes],
    options: "RunOptions",
    listener: Listener,
    *,
    rust: bool = False,
) -> "tuple[Report, Outcome | None]":
    from freehold.execute import Unresolved, run

    assert built.compiled is not None
    try:
        outcome = run(
            built.compiled, library, options, listener.found, built.base, built.causes.explain
        )
    except Unresolved as error:
        missing = tuple(_undefined(name, rust=rust) for name in error.names)
        for one in missing:
            listener.found(one)
        return Report(missing, exit_code=refusal(missing)), None
    report = Report(
        outcome.diagnostics,
        (_summary(outcome, options),),
        verdict(outcome.diagnostics, outcome.status),
        summary=_lines(outcome),
    )
    return report, outcome


def _fail_each(
    built: Built, library: Sequence[bytes], options: "RunOptions", listener: Listener, whole: Report
) -> Report:
    """Run again and again, another allocation failing each time; report what is new."""
    seen = {_identity(found) for found in whole.findings}
    findings, runs = list(whole.findings), list(whole.runs)
    for number in range(1, min(_allocations(whole), _EACH) + 1):
        listener.progress(f"allocation {number} fails")
        again = replace(options, fail_alloc=number, capture=True, record=None)
        report, _ = _run(built, library, again, _Deaf())
        for found in report.findings:
            if _identity(found) not in seen:
                seen.add(_identity(found))
                findings.append(found)
                listener.found(found)
        runs.extend(report.runs)
    listener.progress("")
    said = f"run {len(runs) - 1:,} times more, another allocation failing each time"
    return replace(
        whole,
        findings=tuple(findings),
        runs=tuple(runs),
        exit_code=verdict(findings, runs[0].status),
        summary=(*whole.summary, said),
    )


class _Deaf:
    """A listener that hears nothing."""

    def found(self, finding: Diagnostic) -> None:
        """Hear nothing."""

    def progress(self, text: str) -> None:
        """Hear nothing."""


def _identity(found: Diagnostic) -> object:
    """Return what makes two findings of two runs the same."""
    return found.code.id, found.at, tuple(frame.function for frame in found.stack)


def _allocations(report: Report) -> int:
    heap = report.runs[0].heap
    return heap.allocations if heap is not None else 0


def _summary(outcome: "Outcome", options: "RunOptions") -> RunSummary:
    from freehold.execute.words import signal_name

    return RunSummary(
        status=outcome.status,
        signal=None if outcome.signal is None else signal_name(outcome.signal),
        cpu_seconds=outcome.cpu_seconds,
        peak_bytes=outcome.peak_bytes,
        heap=None if outcome.leaks is None else _heap(outcome.leaks),
        accesses=Accesses(outcome.proven, outcome.accesses),
        violations=outcome.faults,
        failed_allocation=options.fail_alloc,
        stdout=outcome.stdout,
        stderr=outcome.stderr,
    )


def _heap(leaks: "LeakSummary") -> HeapUse:
    return HeapUse(
        in_use=_loss(leaks.in_use),
        allocations=leaks.allocations,
        releases=leaks.frees,
        allocated_bytes=leaks.allocated,
        definite=_loss(leaks.definite),
        indirect=_loss(leaks.indirect),
        possible=_loss(leaks.possible),
        reachable=_loss(leaks.reachable),
        peak_bytes=leaks.peak,
    )


def _loss(losses: "Losses") -> Loss:
    return Loss(losses.bytes, losses.blocks)


def _lines(outcome: "Outcome") -> tuple[str, ...]:
    """Return the summary for people: the heap, the verdicts, the proportion proven."""
    heap = (*outcome.leaks.lines(), "") if outcome.leaks is not None else ()
    proven = f"{outcome.proven:,} of {outcome.accesses:,} accesses proven at compile time"
    return (*heap, *outcome.closing, proven)
