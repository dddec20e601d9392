"""`freehold run`: compile, run with every access checked, report."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from freehold.api import cache_folder
from freehold.cli.ccline import CcError, CcLine, parse
from freehold.cli.console import FORMATS, Console, wants_colour
from freehold.cli.sources import read_sources
from freehold.cli.values import EACH, EDITION, LANG, Allocation, LeakKinds, Size, usage
from freehold.diagnostics import Diagnostic
from freehold.diagnostics.ansi import Palette
from freehold.diagnostics.report import Report
from freehold.driver.machine import unsupported_machine
from freehold.driver.options import CompileOptions
from freehold.driver.verdict import refusal
from freehold.records import dataclass

if TYPE_CHECKING:
    from freehold.picture import Recorded


@dataclass(slots=True)
class Split:
    """A command line taken apart: the compiler's options, and the program's arguments."""

    line: CcLine
    program: tuple[str, ...]


class RunCommand(click.Command):
    """Takes the compiler's options and what follows `--` out of the line before click sees it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put a `Split` into the context, and leave click the rest."""
        cut = args.index("--") if "--" in args else len(args)
        try:
            line = parse(args[:cut])
        except CcError as error:
            usage(str(error))
        ctx.obj = Split(line, tuple(args[cut + 1 :]))
        return super().parse_args(ctx, list(line.rest))


@click.command("run", cls=RunCommand, options_metavar="[OPTIONS] [CC OPTIONS]")
@click.argument("files", nargs=-1, metavar="FILE... [-- ARGUMENTS]")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="Form of the report.",
)
@click.option(
    "--report", metavar="FILE", help="Write the report to FILE; the text goes to stderr as well."
)
@click.option("--quiet", "-q", is_flag=True, help="Nothing on stderr but the program's own.")
@click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True
)
@click.option("--error-exitcode", type=click.IntRange(0, 255), help="Exit with N on findings.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever was found.")
@click.option(
    "--leak-check",
    type=click.Choice(["no", "summary", "yes", "full"]),
    default="full",
    show_default=True,
)
@click.option(
    "--show-leak-kinds",
    "kinds",
    type=LeakKinds(),
    default="definite,possible",
    show_default=True,
    help="Kinds that are listed: definite, indirect, possible, reachable, all, none.",
)
@click.option(
    "--fail-alloc", type=Allocation(), default=0, help="Make the Nth allocation fail, or each."
)
@click.option("--record", metavar="FILE", help="Keep the run, as .fhtrace: slower.")
@click.option("--timeout", type=click.FloatRange(min=0.01), help="Seconds that it may run.")
@click.option("--memory", type=Size(), help="Heap that it may hold, such as 512M.")
@click.option("--max-output", type=Size(), default=0, help="Bytes that it may write.")
@click.option("--stop-on-first", is_flag=True, help="End the program at the first fault.")
@click.option("--system-headers", is_flag=True, help="Read the machine's headers, not our own.")
@EDITION
@LANG
@click.option("--strict", is_flag=True, help="Refuse snippets, rather than repair them.")
@click.option(
    "--check-all", is_flag=True, help="Check accesses that Rust's own rules prove right, too."
)
@click.option("--no-cache", is_flag=True, help="Neither use nor keep compiled programs.")
@click.pass_context
def command(  # noqa: PLR0913  (one parameter for each option: click's way)
    ctx: click.Context,
    /,
    *,
    files: tuple[str, ...],
    form: str,
    report: str | None,
    quiet: bool,
    color: str,
    error_exitcode: int | None,
    exit_zero: bool,
    leak_check: str,
    kinds: tuple[str, ...],
    fail_alloc: int,
    record: str | None,
    timeout: float | None,
    memory: int | None,
    max_output: int,
    stop_on_first: bool,
    system_headers: bool,
    edition: str,
    lang: str | None,
    strict: bool,
    check_all: bool,
    no_cache: bool,
) -> None:
    """Run C files, as one program, or a Rust file, and report their memory bugs.

    Options of a C compiler are understood: -I -D -U -std -include are obeyed, -W* -O* -g -f* -m* -c
    -o are accepted. FILE may be - for standard input. The program's output is its own;
    the report is on stderr. Exit code: 0 clean (or the program's own), 1 findings, 2 the command
    line or the source is wrong, 3 a limit, or something unsupported.
    """
    split = ctx.obj
    assert isinstance(split, Split)
    console = Console(Palette(wants_colour(color)), form, report, quiet)
    sources, problems = read_sources(files, lang)
    unsupported = unsupported_machine()
    if problems or unsupported is not None:
        _refuse(console, problems, unsupported, files)
    for note in split.line.notes:
        console.note(note)

    from freehold.driver.pipeline import Job, perform
    from freehold.execute.options import Recording, RunOptions
    from freehold.execute.records import Loss

    shown = kinds if leak_check in {"yes", "full"} else ()
    options = RunOptions(
        name=sources[0].name.removesuffix(".c").removesuffix(".rs"),
        arguments=split.program,
        timeout=timeout,
        memory=memory,
        max_output=max_output,
        leak_check=leak_check != "no",
        show=frozenset(Loss[kind.upper()] for kind in shown),
        stop_on_first=stop_on_first,
        fail_alloc=max(fail_alloc, 0),
        record=None if record is None else Recording(),
    )
    compiled = compile_options(
        split.line, system_headers=system_headers, strict=strict, edition=edition
    )
    job = Job(
        tuple(sources),
        replace(compiled, trust=not check_all),
        options,
        fail_each=fail_alloc == EACH,
        cache=None if no_cache else cache_folder(),
    )
    performed = perform(job, console)
    if record is not None and performed.recorded is not None:
        _keep(performed.recorded, record, console)
    done = performed.report
    console.finish(done)
    code = done.exit_code
    if code == 1 and done.has_findings and error_exitcode is not None:
        code = error_exitcode
    raise SystemExit(0 if exit_zero and done.has_findings else code)


def _keep(recorded: "Recorded", name: str, console: Console) -> None:
    """Print what the program has, and write the recorded run to a file."""
    from freehold.picture import tell
    from freehold.picture.fhtrace import pack

    sys.stdout.buffer.write(recorded.stdout)
    sys.stdout.flush()
    try:
        Path(name).write_bytes(pack(tell(recorded)))
    except OSError as error:
        usage(f"cannot write {name}: {(error.strerror or str(error)).lower()}")
    console.note(f"{name}: the recorded run; see it with `freehold view {name}`")


def _refuse(
    console: Console,
    problems: list[Diagnostic],
    unsupported: Diagnostic | None,
    files: tuple[str, ...],
) -> NoReturn:
    """End before anything was compiled, with a report of why."""
    found = [*([unsupported] if unsupported else []), *problems]
    for one in found:
        console.found(one)
    code = refusal(found)
    console.finish(Report(tuple(found), exit_code=code, files=files))
    raise SystemExit(code)


def compile_options(
    line: CcLine, *, system_headers: bool, strict: bool = False, edition: str = "2021"
) -> CompileOptions:
    """Return what the compiler's part of the line asks for."""
    return CompileOptions(
        include_dirs=line.include_dirs,
        quote_dirs=line.quote_dirs,
        system_dirs=line.system_dirs,
        defines=line.defines,
        undefines=line.undefines,
        forced_includes=line.forced_includes,
        std=line.std,
        pedantic_errors=line.pedantic_errors,
        warnings=line.warnings,
        system_headers=system_headers,
        libraries=line.libraries,
        library_dirs=line.library_dirs,
        strict=strict,
        edition=int(edition),
    )
