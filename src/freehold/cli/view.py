"""`freehold view`: record a run, and draw its memory step by step, in a page or in the terminal."""

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from freehold.api import cache_folder, programs
from freehold.cli.console import Console, wants_colour
from freehold.cli.run import RunCommand, Split, compile_options
from freehold.cli.sources import read_sources
from freehold.cli.values import usage
from freehold.diagnostics.ansi import Palette
from freehold.diagnostics.report import Report
from freehold.driver.machine import unsupported_machine
from freehold.driver.verdict import refusal

if TYPE_CHECKING:
    from freehold.driver.record import Made
    from freehold.picture import Story

_AT = re.compile(r"(?:(line|step):)?(\d+)")


@click.command("view", cls=RunCommand, options_metavar="[OPTIONS] [CC OPTIONS]")
@click.argument("files", nargs=-1, metavar="FILE... [-- ARGUMENTS]")
@click.option("--output", metavar="FILE", help="Write the page here [FILE.html].")
@click.option("--ascii", "boxes", is_flag=True, help="Draw boxes in the terminal; write no page.")
@click.option("--at", metavar="WHEN", help="Line, step:N, error or end: where boxes are drawn.")
@click.option("--save", metavar="FILE", help="Keep the recorded run, as .fhtrace.")
@click.option("--steps", type=click.IntRange(1), default=1_000_000, help="Steps that are recorded.")
@click.option("--timeout", type=click.FloatRange(min=0.01), default=60.0, help="Seconds.")
@click.option("--quiet", is_flag=True, help="Say nothing on stderr.")
@click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True
)
@click.option("--system-headers", is_flag=True, help="Read the machine's headers, not our own.")
@click.option("--strict", is_flag=True, help="Refuse snippets, rather than repair them.")
@click.option("--no-cache", is_flag=True, help="Neither use nor keep the run time.")
@click.pass_context
def command(  # noqa: PLR0913  (one parameter for each option: click's way)
    ctx: click.Context,
    /,
    *,
    files: tuple[str, ...],
    output: str | None,
    boxes: bool,
    at: str | None,
    save: str | None,
    steps: int,
    timeout: float,
    quiet: bool,
    color: str,
    system_headers: bool,
    strict: bool,
    no_cache: bool,
) -> None:
    """Run a program, and write a page that shows its stack and heap at each step.

    C files are one program; each Rust file is one of its own. Several programs are shown side by
    side. The page is one file, and needs no network.
    """
    split = ctx.obj
    assert isinstance(split, Split)
    console = Console(Palette(wants_colour(color)), quiet=quiet)
    sources, problems = read_sources(files)
    unsupported = unsupported_machine()
    if problems or unsupported is not None:
        found = [*([unsupported] if unsupported else []), *problems]
        for one in found:
            console.found(one)
        raise SystemExit(refusal(found))
    options = compile_options(split.line, system_headers=system_headers, strict=strict)

    from freehold.driver.record import record
    from freehold.execute.options import Recording, RunOptions

    made: list[tuple[str, Made]] = []
    for group in programs(sources):
        run = RunOptions(
            name=Path(group[0].name).stem,
            arguments=split.program,
            timeout=timeout,
            capture=True,
            record=Recording(steps=steps),
        )
        done = record(group, options, run, None if no_cache else cache_folder(), console)
        for finding in done.diagnostics:
            console.found(finding)
        if done.recorded is None:
            console.finish(Report(done.diagnostics, exit_code=done.exit_code, command="view"))
            raise SystemExit(done.exit_code)
        made.append((" ".join(source.name for source in group), done))
    _show(made, console, output=output, boxes=boxes, at=at, save=save)


def _show(
    made: "list[tuple[str, Made]]",
    console: Console,
    *,
    output: str | None,
    boxes: bool,
    at: str | None,
    save: str | None,
) -> None:
    from freehold.picture import tell
    from freehold.picture.fhtrace import pack

    stories = [(title, tell(one.recorded)) for title, one in made if one.recorded is not None]
    if boxes or at is not None:
        for _, story in stories:
            sys.stdout.write(_boxes(story, at))
        return
    from freehold.web import Panel, write_page

    panels = [Panel(title, pack(story)) for title, story in stories]
    if save is not None:
        Path(save).write_bytes(panels[0].trace)
        console.note(f"{save}: the recorded run")
    target = Path(output or f"{Path(stories[0][0].split()[0]).stem}.html")
    target.write_text(write_page(panels), encoding="utf-8")
    steps = ", ".join(f"{story.end:,} steps" for _, story in stories)
    console.note(f"{target}: {steps}; open it in a browser")


def _boxes(story: "Story", at: str | None) -> str:
    from freehold.picture import state_at
    from freehold.picture.ascii import draw

    return "\n".join(draw(story, state_at(story, position)) for position in _positions(story, at))


def _positions(story: "Story", at: str | None) -> list[int]:
    """Return where boxes are to be drawn: unless asked, at each error, else before the end."""
    faults = [fault.step for fault in story.faults]
    if at is None:
        return [max(step, 0) for step in faults[:1]] or [max(story.end - 1, 0)]
    if at == "end":
        return [story.end]
    if at == "error":
        if not faults:
            usage("--at error: nothing went wrong")
        return [max(step, 0) for step in faults]
    match = _AT.fullmatch(at)
    if match is None:
        usage(f"--at {at}: a line, step:N, error or end")
    number = int(match[2])
    if match[1] == "step":
        return [min(max(number - 1, 0), story.end)]
    found = [n for n, step in enumerate(story.steps) if step.place.line == number]
    if not found:
        usage(f"--at {at}: line {number} is not executed")
    return found[:1]
