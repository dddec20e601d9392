"""`freehold check`: find ownership, borrow and heap errors without running."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from freehold.api import cache_folder
from freehold.cli.ccline import CcError, CcLine, parse
from freehold.cli.commands import NAME as COMMANDS
from freehold.cli.commands import CommandsError, read_commands
from freehold.cli.console import FORMATS, Console, wants_colour, write_out
from freehold.cli.paths import Inputs, read_inputs
from freehold.cli.run import compile_options
from freehold.cli.sources import STDIN
from freehold.cli.values import EDITION, LANG, usage
from freehold.config import LEVELS, ConfigError, Settings, find, read
from freehold.diagnostics import Diagnostic
from freehold.diagnostics.ansi import Palette
from freehold.diagnostics.codes import BAD_SETTINGS
from freehold.diagnostics.report import Report
from freehold.driver.baseline import BaselineError, write
from freehold.driver.gate import Gated, closing, count, gate, outcome, summed_up
from freehold.driver.options import CompileOptions
from freehold.driver.verdict import FINDINGS, WRONG
from freehold.records import dataclass
from freehold.source import Source

if TYPE_CHECKING:
    from freehold.driver.check import CheckJob


class _CheckCommand(click.Command):
    """Takes the compiler's options out of the line before click sees it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        short = [_OWN.get(word, word) for word in args]
        try:
            ctx.obj = parse(short)
        except CcError as error:
            usage(str(error))
        return super().parse_args(ctx, list(ctx.obj.rest))


# What cc means otherwise: here -o is ours.
_OWN = {"-o": "--report"}


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the command line says of the gate; None leaves it to the settings."""

    fail_on: str | None
    baseline: str | None
    update_baseline: bool
    exit_zero: bool
    fix: bool
    diff: bool


@click.command("check", cls=_CheckCommand, options_metavar="[OPTIONS] [CC OPTIONS]")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="Form of the report.",
)
@click.option("--report", metavar="FILE", help="Write the report to FILE, the text to stderr [-o].")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing on stderr.")
@click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True
)
@click.option("--fail-on", type=click.Choice(LEVELS), help="Exit with 1 from this level on.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever was found.")
@click.option("--pedantic", is_flag=True, help="List each unchecked allocation.")
@click.option("--baseline", metavar="FILE", help="Tell only of what this file does not know.")
@click.option("--update-baseline", is_flag=True, help="Make what is found now the baseline.")
@click.option("--fix", is_flag=True, help="Carry out the edits that are always safe.")
@click.option("--diff", is_flag=True, help="Print those edits, and leave the files as they are.")
@click.option("--config", metavar="FILE", help="Read the settings here.")
@click.option("--no-config", is_flag=True, help="Read no settings.")
@click.option("--compile-commands", metavar="FILE", help="How each C file is compiled.")
@click.option("--system-headers", is_flag=True, help="Read the machine's headers, not our own.")
@EDITION
@LANG
@click.option("--strict", is_flag=True, help="Refuse snippets, rather than repair them.")
@click.option(
    "--jobs",
    type=click.IntRange(0, 1024),
    default=1,
    show_default=True,
    help="Processes that check C; 0: one for each core.",
)
@click.option("--cluster", metavar="ADDRESS", default="", help="A Dask scheduler that checks C.")
@click.option("--no-cache", is_flag=True, help="Neither use nor keep what was read before.")
@click.pass_context
def command(  # noqa: PLR0913  (one parameter for each option: click's way)
    ctx: click.Context,
    /,
    *,
    paths: tuple[str, ...],
    form: str,
    report: str | None,
    quiet: bool,
    color: str,
    fail_on: str | None,
    exit_zero: bool,
    pedantic: bool,
    baseline: str | None,
    update_baseline: bool,
    fix: bool,
    diff: bool,
    config: str | None,
    no_config: bool,
    compile_commands: str | None,
    system_headers: bool,
    strict: bool,
    edition: str,
    lang: str | None,
    jobs: int,
    cluster: str,
    no_cache: bool,
) -> None:
    """Check C and Rust without running them: files, and all files in folders.

    C files given together are one program. Each Rust file is a program or library of its own:
    moves, initialisation, borrows and lifetimes are checked as rustc does, under rustc's codes.
    Exit code: 0 clean, 1 findings, 2 the command line or a source is wrong, 3 unsupported.
    """
    line = ctx.obj
    assert isinstance(line, CcLine)
    console = Console(Palette(wants_colour(color)), form, report, quiet, document_to_stdout=True)
    for note in line.notes:
        console.note(note)
    paths = paths or (".",)
    try:
        settings = _settings(config, paths, none=no_config)
        commands = _commands(compile_commands, paths)
    except (ConfigError, CommandsError) as error:
        _refuse(console, str(error), paths)

    from freehold.driver.check import CheckJob, Means, NoCluster, Unit

    compiled = _with_settings(line, settings)
    options = compile_options(
        compiled, system_headers=system_headers, strict=strict, edition=edition
    )
    inputs = read_inputs(paths, settings.exclude, lang)
    if not inputs.sources and not inputs.problems:
        console.note(f"no C or Rust file in {', '.join(f'`{path}`' for path in paths)}")
    job = CheckJob(
        tuple(Unit(source, _of_source(source, options, commands)) for source in inputs.sources),
        pedantic=pedantic or settings.pedantic,
        resources=settings.resources,
        means=Means(
            None if no_cache else cache_folder(), jobs or len(os.sched_getaffinity(0)), cluster
        ),
    )
    wish = _Wish(fail_on, baseline, update_baseline, exit_zero, fix, diff)
    try:
        _Run(console, job, inputs, settings, wish).run()
    except (NoCluster, BaselineError) as error:
        _refuse(console, str(error), paths)


@dataclass(frozen=True, slots=True)
class _Run:
    """One use of the command, once it is known what is wanted."""

    console: Console
    job: "CheckJob"
    inputs: Inputs
    settings: Settings
    wish: _Wish

    def run(self) -> NoReturn:
        """Check, mend what is to be mended, and say what there is; exits."""
        gated = self._gated(self.inputs.sources)
        if self.wish.fix or self.wish.diff:
            gated = self._mend(gated)
        self._conclude(gated)

    def _gated(self, sources: Sequence[Source]) -> Gated:
        """Return what is to be told of sources: those that were read, perhaps edited."""
        from freehold.driver.check import Unit, check

        units = zip(sources, self.job.units, strict=True)
        job = replace(self.job, units=tuple(Unit(one, unit.options) for one, unit in units))
        done = check(job, self.console)
        chosen = self._baseline
        known = None if chosen is None or self.wish.update_baseline else Path(chosen)
        found = (*self.inputs.problems, *done.findings)
        gated = gate(found, sources, self.settings.allow, known)
        notes = (*done.notes, *gated.notes)
        if not gated.findings:
            return Gated((), notes, gated.hidden)
        from freehold.driver.fixes import with_fix

        return Gated(tuple(map(with_fix, gated.findings)), notes, gated.hidden)

    @property
    def _baseline(self) -> str | None:
        return self.wish.baseline or self.settings.baseline

    def _mend(self, gated: Gated) -> Gated:
        """Carry out the edits of what is to be told, or show them; return what remains."""
        from freehold.driver.mend import mend

        sources = self.inputs.sources
        done = mend(sources, gated.findings, lambda edited: self._gated(edited).findings)
        changed = [
            (old, new)
            for old, new in zip(sources, done.sources, strict=True)
            if old.text != new.text and not old.name.startswith(STDIN)
        ]
        if self.wish.diff:
            for old, new in changed:
                write_out("".join(_difference(old, new)))
            return gated
        for _, new in changed:
            Path(new.name).write_bytes(new.text.encode("utf-8", "surrogateescape"))
        if changed:
            files = "1 file" if len(changed) == 1 else f"{len(changed):,} files"
            self.console.note(f"{count(done.gone)} mended in {files}")
        return self._gated(done.sources) if changed else gated

    def _conclude(self, gated: Gated) -> NoReturn:
        wish, console = self.wish, self.console
        if wish.update_baseline:
            if self._baseline is None:
                usage("--update-baseline: give --baseline FILE, or set it in the settings")
            known = write(gated.findings, Path(self._baseline))
            console.note(f"{count(known)} in the baseline now")
        for one in gated.findings:
            console.found(one)
        for note in gated.notes:
            console.note(note)
        code = outcome(gated.findings, wish.fail_on or self.settings.fail_on)
        files = tuple(source.name for source in self.inputs.sources)
        has_c = any(name.endswith(".c") or name == STDIN for name in files) and code < WRONG
        # A verdict that knew nothing of what is passed over would be wrong.
        verdicts = closing(gated.findings, checked=has_c and not gated.hidden)
        counted = (summed_up(gated.findings, len(files)),) if files else ()
        summary = (*verdicts, *counted)
        console.finish(
            Report(gated.findings, exit_code=code, command="check", files=files, summary=summary)
        )
        forgiven = wish.exit_zero or wish.update_baseline
        raise SystemExit(0 if forgiven and code == FINDINGS else code)


def _difference(old: Source, new: Source) -> Iterator[str]:
    from difflib import unified_diff

    for line in unified_diff(
        old.text.splitlines(keepends=True),
        new.text.splitlines(keepends=True),
        old.name,
        f"{new.name} (mended)",
    ):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _settings(config: str | None, paths: tuple[str, ...], *, none: bool) -> Settings:
    if none:
        return Settings()
    if config is not None:
        return read(Path(config))
    first = Path("." if paths[0] == "-" else paths[0])
    return find(first if first.is_dir() else first.parent)


def _commands(given: str | None, paths: tuple[str, ...]) -> dict[Path, CcLine]:
    if given is not None:
        return read_commands(Path(given))
    for path in map(Path, paths):
        for folder in (path, path / "build"):
            if (folder / COMMANDS).is_file():
                return read_commands(folder / COMMANDS)
    return {}


def _with_settings(line: CcLine, settings: Settings) -> CcLine:
    """Return the line with what the settings add; where both say something the line counts."""
    return replace(
        line,
        include_dirs=(*line.include_dirs, *settings.include),
        defines=(*settings.define, *line.defines),
        undefines=(*settings.undefine, *line.undefines),
        std=settings.std if settings.std and line.std == CcLine().std else line.std,
    )


def _of_source(
    source: Source, options: CompileOptions, commands: dict[Path, CcLine]
) -> CompileOptions:
    own = commands.get(Path(source.name).resolve()) if commands else None
    if own is None:
        return options
    return replace(
        options,
        include_dirs=(*own.include_dirs, *options.include_dirs),
        quote_dirs=(*own.quote_dirs, *options.quote_dirs),
        system_dirs=(*own.system_dirs, *options.system_dirs),
        defines=(*own.defines, *options.defines),
        undefines=(*own.undefines, *options.undefines),
        forced_includes=(*own.forced_includes, *options.forced_includes),
        std=own.std,
    )


def _refuse(console: Console, what: str, files: tuple[str, ...]) -> NoReturn:
    found = Diagnostic(BAD_SETTINGS, None, {"what": what})
    console.found(found)
    console.finish(Report((found,), exit_code=WRONG, command="check", files=files))
    raise SystemExit(WRONG)
