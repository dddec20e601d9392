"""`freehold check`: find ownership and borrow errors without running."""

import click

from freehold.cli.console import Console, cache_folder, wants_colour
from freehold.cli.sources import read_sources
from freehold.diagnostics import Diagnostic
from freehold.diagnostics.ansi import Palette
from freehold.diagnostics.codes import UNREADABLE
from freehold.diagnostics.report import Report
from freehold.driver.verdict import FINDINGS, checked
from freehold.source import Source


@click.command("check")
@click.argument("files", nargs=-1, metavar="FILE...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "concise", "json", "sarif"]),
    default="text",
    show_default=True,
    help="Form of the report.",
)
@click.option("--report", metavar="FILE", help="Write the report to FILE, the text to stderr.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing on stderr.")
@click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever was found.")
@click.option("--strict", is_flag=True, help="Refuse snippets, rather than repair them.")
@click.option("--no-cache", is_flag=True, help="Neither use nor keep what was read before.")
def command(  # noqa: PLR0913  (one parameter for each option: click's way)
    *,
    files: tuple[str, ...],
    form: str,
    report: str | None,
    quiet: bool,
    color: str,
    exit_zero: bool,
    strict: bool,
    no_cache: bool,
) -> None:
    """Check Rust files, each a program or library of its own, without running them.

    Moves, initialisation, borrows and lifetimes are checked as rustc does, under rustc's codes.
    """
    console = Console(Palette(wants_colour(color)), form, report, quiet)
    sources, found = read_sources(files)
    for one in found:
        console.found(one)
    for source in sources:
        for one in _check(source, strict=strict, no_cache=no_cache):
            console.found(one)
            found.append(one)
    code = checked(found)
    console.finish(Report(tuple(found), exit_code=code, command="check", files=files))
    raise SystemExit(0 if exit_zero and code == FINDINGS else code)


def _check(source: Source, *, strict: bool, no_cache: bool) -> tuple[Diagnostic, ...]:
    if not source.name.endswith(".rs"):
        what = f"`{source.name}`: only Rust is checked without running; for C there is `run`"
        return (Diagnostic(UNREADABLE, None, {"what": what}),)
    from freehold.driver.cache import Cache
    from freehold.driver.rust import check_source, load_std

    load_std(Cache(None if no_cache else cache_folder()))
    return check_source(source, strict=strict)
