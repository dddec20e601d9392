"""`freehold view`: record a run, and draw its memory step by step, in a page or in the terminal."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from freehold.api import cache_folder, programs
from freehold.cli.console import Console, wants_colour, write_file, write_out
from freehold.cli.run import RunCommand, Split, compile_options
from freehold.cli.sources import read_sources
from freehold.cli.values import EDITION, LANG, usage
from freehold.diagnostics import Diagnostic
from freehold.diagnostics.ansi import Palette
from freehold.diagnostics.report import Report
from freehold.driver.machine import unsupported_machine
from freehold.driver.options import CompileOptions
from freehold.driver.verdict import refusal
from freehold.records import dataclass
from freehold.source import Source

if TYPE_CHECKING:
    from freehold.execute import RunOptions
    from freehold.picture import Story

_TRACE = ".fhtrace"
_AT = re.compile(r"(?:(line|step):)?(\d+)")


class _ViewCommand(RunCommand):
    """Takes `-o page.html` for the page; `-o` with another name is a compiler's, and passed over.

    A compiler's line may stand as it is, and must not have its program written over.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Call that option by the name that no compiler has."""
        cut = args.index("--") if "--" in args else len(args)
        words = [
            "--output" if word == "-o" and following.endswith(".html") else word
            for word, following in zip_longest(args[:cut], args[1:cut], fillvalue="")
        ]
        return super().parse_args(ctx, [*words, *args[cut:]])


@click.command("view", cls=_ViewCommand, options_metavar="[OPTIONS] [CC OPTIONS]")
@click.argument("files", nargs=-1, metavar="FILE... [-- ARGUMENTS]")
@click.option("--output", metavar="FILE", help="Write the page here [-o]; else FILE.html.")
@click.option("--ascii", "boxes", is_flag=True, help="Draw boxes in the terminal; write no page.")
@click.option("--at", metavar="WHEN", help="Line, step:N, error or end: where boxes are drawn.")
@click.option("--save", metavar="FILE", help="Keep the recorded run, as .fhtrace.")
@click.option("--serve", is_flag=True, help="Write no file: serve the page on this machine.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="With --serve [any].")
@click.option(
    "--steps",
    type=click.IntRange(1),
    default=1_000_000,
    show_default=True,
    help="So many are all recorded; of later ones, fewer.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.01),
    default=60.0,
    show_default=True,
    help="Seconds that it may run.",
)
@click.option("--quiet", "-q", is_flag=True, help="Say nothing on stderr.")
@click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True
)
@click.option("--system-headers", is_flag=True, help="Read the machine's headers, not our own.")
@EDITION
@LANG
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
    serve: bool,
    port: int,
    steps: int,
    timeout: float,
    quiet: bool,
    color: str,
    system_headers: bool,
    edition: str,
    lang: str | None,
    strict: bool,
    no_cache: bool,
) -> None:
    """Run a program, and write a page that shows its stack and heap at each step.

    C files are one program; each Rust file is one of its own; a .fhtrace file is a run that was
    recorded before. Several programs are shown side by side. The page is one file, and needs no
    network.
    """
    split = ctx.obj
    assert isinstance(split, Split)
    console = Console(Palette(wants_colour(color)), quiet=quiet)
    named = [name for name in files if not name.endswith(_TRACE)]
    sources, problems = read_sources(named, lang) if named or not files else ([], [])
    unsupported = unsupported_machine() if sources else None
    if problems or unsupported is not None:
        _refuse(console, [*([unsupported] if unsupported else []), *problems])
    from freehold.execute.options import Recording, RunOptions

    run = RunOptions(
        arguments=split.program, timeout=timeout, capture=True, record=Recording(steps=steps)
    )
    options = compile_options(
        split.line, system_headers=system_headers, strict=strict, edition=edition
    )
    shown = [_recorded(name, console) for name in files if name.endswith(_TRACE)]
    for group in programs(sources):
        its = replace(run, name=Path(group[0].name).stem)
        shown.append(_run(group, options, its, None if no_cache else cache_folder(), console))
    if boxes or at is not None:
        for one in shown:
            write_out(_boxes(one.story, at))
        return
    _pages(shown, console, output=output, save=save, serve=serve, port=port)


@dataclass(frozen=True, slots=True)
class _Shown:
    title: str
    story: "Story"
    trace: bytes


def _refuse(console: Console, found: Sequence[Diagnostic]) -> NoReturn:
    for one in found:
        console.found(one)
    raise SystemExit(refusal(found))


def _recorded(name: str, console: Console) -> _Shown:
    """Return the run that a file holds."""
    from freehold.diagnostics.codes import TRACE_ERROR, UNREADABLE
    from freehold.events import TraceFormatError
    from freehold.picture.fhtrace import read_story

    try:
        data = Path(name).read_bytes()
        return _Shown(name, read_story(data), data)
    except OSError as error:
        what = f"{name}: {(error.strerror or str(error)).lower()}"
        _refuse(console, [Diagnostic(UNREADABLE, None, {"what": what})])
    except TraceFormatError as error:
        _refuse(console, [Diagnostic(TRACE_ERROR, None, {"what": f"{name}: {error}"})])


def _run(
    group: tuple[Source, ...],
    options: CompileOptions,
    run: "RunOptions",
    cache: Path | None,
    console: Console,
) -> _Shown:
    """Record a program; ends if it does not compile."""
    from freehold.driver.record import record
    from freehold.picture import tell
    from freehold.picture.fhtrace import pack

    done = record(group, options, run, cache, console)
    if done.recorded is None:
        console.finish(Report(done.diagnostics, exit_code=done.exit_code, command="view"))
        raise SystemExit(done.exit_code)
    story = tell(done.recorded)
    return _Shown(" ".join(source.name for source in group), story, pack(story))


def _pages(
    shown: list[_Shown],
    console: Console,
    *,
    output: str | None,
    save: str | None,
    serve: bool,
    port: int,
) -> None:
    from freehold.web import Panel, write_page

    page = write_page([Panel(one.title, one.trace) for one in shown])
    if save is not None:
        write_file(save, shown[0].trace)
        console.note(f"{save}: the recorded run")
    if serve:
        _serve(page, port, console)
        return
    target = output or f"{Path(shown[0].title.split()[0]).stem}.html"
    write_file(target, page.encode())
    steps = ", ".join(f"{one.story.end:,} steps" for one in shown)
    console.note(f"{target}: {steps}; open it in a browser")


def _serve(page: str, port: int, console: Console) -> None:
    from freehold.web.serve import PageServer

    try:
        server = PageServer(page, port)
    except OSError as error:
        usage(f"--port {port}: {(error.strerror or str(error)).lower()}")
    console.note(f"{server.url} until you press Ctrl-C")
    with server, suppress(KeyboardInterrupt):
        server.serve_forever()


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
