"""A program of either language, compiled to be recorded, and run: from sources to a `Recorded`."""

from pathlib import Path
from typing import TYPE_CHECKING

from freehold.diagnostics import Diagnostic
from freehold.driver.cache import Cache
from freehold.driver.library import runtime_objects
from freehold.driver.listener import Listener
from freehold.driver.options import CompileOptions
from freehold.driver.pipeline import is_rust
from freehold.driver.verdict import refusal
from freehold.records import dataclass
from freehold.source import Source

if TYPE_CHECKING:
    from freehold.execute import RunOptions
    from freehold.mir.body import Program
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
    from freehold.codegen.program import CodegenOptions, compile_program
    from freehold.driver.deep import deeply
    from freehold.driver.verdict import verdict
    from freehold.execute import run
    from freehold.picture import Recorded

    cache = Cache(cache_folder)
    program, found = deeply(lambda: _read(sources, options, cache))
    if program is None:
        return Made(None, found, refusal(found))
    compiled = deeply(lambda: compile_program(program, CodegenOptions(recorded=True)))
    library = runtime_objects(cache, listener, compiled.object)
    outcome = run(compiled, library, run_options)
    assert outcome.recorded is not None
    recorded = Recorded(
        outcome.recorded,
        compiled.sites,
        compiled.shown,
        outcome.diagnostics,
        outcome.stdout,
        sources,
        outcome.status,
    )
    findings = (*found, *outcome.diagnostics)
    return Made(recorded, findings, verdict(outcome.diagnostics, outcome.status))


def _read(
    sources: tuple[Source, ...], options: CompileOptions, cache: Cache
) -> "tuple[Program | None, tuple[Diagnostic, ...]]":
    if is_rust(sources):
        from freehold.driver.rust_programs import read_program as read_rust

        rust = read_rust(sources[0], cache, strict=options.strict)
        return rust.program, rust.diagnostics
    from freehold.driver.frontend import read_program

    front = read_program(sources, options)
    return front.program, front.diagnostics
