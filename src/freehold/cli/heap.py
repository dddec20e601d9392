"""`freehold heap`: replay a trace on models of allocators and stacks."""

from dataclasses import fields, replace
from pathlib import Path
from typing import Any, NoReturn

import click

from freehold.api import Silent, cache_folder
from freehold.cli.console import Console, wants_colour, write_out
from freehold.cli.run import RunCommand, Split, compile_options
from freehold.cli.sources import read_sources
from freehold.cli.values import Size, usage
from freehold.diagnostics import Diagnostic
from freehold.diagnostics.ansi import Palette
from freehold.driver.machine import unsupported_machine
from freehold.driver.verdict import CLEAN, FINDINGS, WRONG
from freehold.events import Log, read_script, read_trace
from freehold.heap.model import Growth, HeapOptions
from freehold.heap.policies import POLICIES, Policy, checked
from freehold.heap.replay import Replay, replay_log
from freehold.source import Source

_SUFFIXES = (".csv", ".json", ".trace", ".txt")
_RECORDED = ".fhtrace"
_SHOWN = 10  # failures that are shown as findings


class _Policies(click.ParamType[tuple[str, ...]]):
    """Names of policies with commas between them, or `all`."""

    name = "policies"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Return the names."""
        if isinstance(value, tuple):
            return value
        names = tuple(POLICIES) if value == "all" else tuple(str(value).split(","))
        for name in names:
            if name not in POLICIES:
                self.fail(f"no policy {name!r}; {', '.join(POLICIES)}, all", param, ctx)
        return names


class _HeapCommand(RunCommand):
    """Takes `-o` for itself: nothing is linked here."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Call that option by the name that no compiler has."""
        cut = args.index("--") if "--" in args else len(args)
        words = ["--output" if word == "-o" else word for word in args[:cut]]
        return super().parse_args(ctx, [*words, *args[cut:]])


@click.command("heap", cls=_HeapCommand, options_metavar="[OPTIONS] [CC OPTIONS]")
@click.argument("traces", nargs=-1, metavar='"SCRIPT"|TRACE|FILE... [-- ARGUMENTS]', required=True)
@click.option(
    "--size", type=Size(), help="Bytes of the heap; without it, it starts empty and grows."
)
@click.option(
    "--policy",
    "policies",
    type=_Policies(),
    default="first-fit",
    show_default=True,
    help=f"{', '.join(POLICIES)}; several with commas, or all, are put side by side.",
)
@click.option("--grow", is_flag=True, help="Let the heap grow when no hole is large enough.")
@click.option("--chunks", is_flag=True, help="Grow by chunks that no block may span.")
@click.option("--step", type=Size(), default=1, help="Grow by multiples of this.")
@click.option("--limit", type=Size(), default=0, help="Bytes that it may grow to.")
@click.option("--no-coalesce", is_flag=True, help="Do not join holes that touch.")
@click.option("--align", type=Size(), help="Blocks start at multiples of this.")
@click.option("--header", type=Size(), help="Bytes that the allocator keeps before each block.")
@click.option("--slot", type=Size(), help="Bytes of a pool's slots.")
@click.option("--slab", type=Size(), help="Bytes of a slab.")
@click.option("--smallest", type=Size(), help="Bytes of the smallest buddy.")
@click.option(
    "--heap",
    "heaps",
    multiple=True,
    metavar="NAME=SIZE[:POLICY]",
    help="Another heap, for blocks such as A@NAME=5.",
)
@click.option("--until-failure", is_flag=True, help="Stop at the first request that fails.")
@click.option("--compare", metavar="TRACE", help="Replay this one too, and compare the figures.")
@click.option("--strategies", is_flag=True, help="Release in six ways instead, and compare them.")
@click.option("--stack", is_flag=True, help="Replay the calls on stack models instead.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "svg", "html"]),
    default="text",
    show_default=True,
)
@click.option("--output", metavar="FILE", help="Write there instead of to stdout [-o].")
@click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 also when a request fails.")
@click.pass_context
def command(  # noqa: PLR0913  (one parameter for each option: click's way)
    ctx: click.Context,
    /,
    *,
    traces: tuple[str, ...],
    size: int | None,
    policies: tuple[str, ...],
    grow: bool,
    chunks: bool,
    step: int,
    limit: int,
    no_coalesce: bool,
    align: int | None,
    header: int | None,
    slot: int | None,
    slab: int | None,
    smallest: int | None,
    heaps: tuple[str, ...],
    until_failure: bool,
    compare: str | None,
    strategies: bool,
    stack: bool,
    form: str,
    output: str | None,
    color: str,
    exit_zero: bool,
) -> None:
    """Replay what a program asks of its heap on a model of an allocator.

    SCRIPT is such as "A=5 B=1 free:A C=2 resize:B=9": exit code 1 when a request fails, 0 when all
    are served. TRACE is a CSV or JSON file, - for stdin, or a recorded run (.fhtrace). FILEs are a
    program in C or Rust, which is run and recorded; -I, -D and the like are as cc has them.
    """
    from freehold.cli import heap_show

    split = ctx.obj
    assert isinstance(split, Split)
    console = Console(Palette(wants_colour(color)))
    log = _load(traces, split, console)
    if strategies or stack:
        if form not in {"text", "json"}:
            usage(f"--{'stack' if stack else 'strategies'} has no {form} form")
        show = heap_show.stacks if stack else heap_show.strategies
        text, wrong = show(log, form, size, limit)
        write_out(text, output)
        raise SystemExit(FINDINGS if wrong and not exit_zero else CLEAN)
    given = {
        "align": align,
        "header": header,
        "slot": slot,
        "slab": slab,
        "smallest": smallest,
        "coalesce": False if no_coalesce else None,
    }
    growth = Growth.CHUNKS if chunks else Growth.CONTIGUOUS
    growth = growth if grow or chunks or size is None else Growth.FIXED
    options = HeapOptions(size or 0, growth=growth, step=step, limit=limit)
    others = dict(_heap(text, options, given) for text in heaps)
    results: list[tuple[str, Replay]] = []
    logs = [log] if compare is None else [log, _load((compare,), split, console)]
    for name in policies:
        its = replace(options, policy=_policy(name, given))
        for number, one in enumerate(logs):
            title = name if number == 0 else f"{name}, second trace"
            results.append((title, replay_log(one, its, others, until_failure=until_failure)))
    for _, result in results if len(results) == 1 else ():
        for found in heap_show.findings(result, _SHOWN):
            console.found(found)
    write_out(heap_show.document(results, form, pairs=compare is not None), output)
    failed = any(not result.served for _, result in results)
    raise SystemExit(FINDINGS if failed and not exit_zero else CLEAN)


def _policy(name: str, given: dict[str, int | None]) -> Policy:
    kind = POLICIES[name]
    known = {field.name for field in fields(kind)}
    chosen = {key: value for key, value in given.items() if key in known and value is not None}
    try:
        made: Any = kind
        return checked(made(**chosen))
    except ValueError as error:
        usage(f"--{error}")


def _heap(text: str, options: HeapOptions, given: dict[str, int | None]) -> tuple[str, HeapOptions]:
    name, _, rest = text.partition("=")
    size, _, policy = rest.partition(":")
    policy = policy or "first-fit"
    if not name or policy not in POLICIES:
        usage(f"--heap {text}: NAME=SIZE or NAME=SIZE:POLICY is expected")
    return name, replace(
        options, size=Size().convert(size, None, None), policy=_policy(policy, given)
    )


def _load(traces: tuple[str, ...], split: Split, console: Console) -> Log:
    """Read a script or a file, or record a program; ends when it makes no sense."""
    if all(name.endswith((".c", ".rs")) for name in traces):
        return _of_program(traces, split, console)
    if len(traces) == 1 and traces[0].endswith(_RECORDED):
        return _of_run(traces[0], console)
    if len(traces) == 1 and _is_file(traces[0]):
        sources, problems = read_sources(traces)
        log, found = (Log(), problems) if problems else read_trace(sources[0])
    else:
        log, found = read_script(Source("script", " ".join(traces)))
    if found:
        _refuse(found, console)
    return log


def _of_run(name: str, console: Console) -> Log:
    """Return what a recorded run asked of its heap."""
    from freehold.diagnostics.codes import TRACE_ERROR, UNREADABLE
    from freehold.events import TraceFormatError, read_recorded

    try:
        return read_recorded(Path(name).read_bytes())
    except OSError as error:
        what = f"{name}: {(error.strerror or str(error)).lower()}"
        _refuse([Diagnostic(UNREADABLE, None, {"what": what})], console)
    except TraceFormatError as error:
        _refuse([Diagnostic(TRACE_ERROR, None, {"what": f"{name}: {error}"})], console)


def _of_program(names: tuple[str, ...], split: Split, console: Console) -> Log:
    """Return what a program asks of its heap."""
    from freehold.driver.record import record
    from freehold.events import read_recorded
    from freehold.execute.options import Recording, RunOptions
    from freehold.picture import tell
    from freehold.picture.fhtrace import pack

    sources, problems = read_sources(names)
    unsupported = unsupported_machine()
    if problems or unsupported is not None:
        _refuse([*([unsupported] if unsupported else []), *problems], console)
    options = compile_options(split.line, system_headers=False)
    name = Path(names[0]).stem
    run = RunOptions(name, split.program, capture=True, timeout=60, record=Recording())
    done = record(tuple(sources), options, run, cache_folder(), Silent())
    if done.recorded is None:
        _refuse(list(done.diagnostics), console)
    return read_recorded(pack(tell(done.recorded)))


def _is_file(text: str) -> bool:
    if text == "-" or text.lower().endswith(_SUFFIXES):
        return True
    try:
        return Path(text).is_file()
    except (OSError, ValueError):
        return False


def _refuse(problems: list[Diagnostic], console: Console) -> NoReturn:
    for one in problems:
        console.found(one)
    raise SystemExit(WRONG)
