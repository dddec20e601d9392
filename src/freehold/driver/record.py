"""A program of either language, compiled to be recorded, and run: from sources to a `Recorded`."""

from pathlib import Path
from typing import TYPE_CHECKING

from freehold.diagnostics import Diagnostic
from freehold.driver.listener import Listener
from freehold.driver.options import CompileOptions
from freehold.driver.pipeline import Job, perform
from freehold.records import dataclass
from freehold.source import Source

if TYPE_CHECKING:
    from freehold.execute import RunOptions
    from freehold.picture import Recorded


@dataclass(frozen=True, slots=True)
class Made:
    """A recorded run, or None and what stood against it. `exit_code` as `freehold run` has it."""

    recorded: "Recorded | None"
    diagnostics: tuple[Diagnostic, ...]
    exit_code: int


def record(
    sources: tuple[Source, ...],
    options: CompileOptions,
    run_options: "RunOptions",
    cache_folder: Path | None,
    listener: Listener,
) -> Made:
    """Compile and run `sources` as one program, and record it as `run_options.record` says."""
    done = perform(Job(sources, options, run_options, cache=cache_folder), listener)
    return Made(done.recorded, done.report.findings, done.report.exit_code)
