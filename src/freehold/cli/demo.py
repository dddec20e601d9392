"""`freehold demo`: the packaged examples, run for real, their reports, and a table."""

import click

from freehold.api import cache_folder, check
from freehold.cli.console import Console, wants_colour
from freehold.cli.demos import DEMOS, PROGRAMS, Demo
from freehold.cli.sources import read_sources
from freehold.cli.values import usage
from freehold.diagnostics.ansi import Palette, Role
from freehold.diagnostics.report import Report, is_finding
from freehold.source import Source


@click.command("demo")
@click.argument("name", required=False)
@click.option("--list", "only_list", is_flag=True, help="List the examples.")
@click.option("--source", is_flag=True, help="Print the example's source in place of running it.")
@click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True
)
def command(*, name: str | None, only_list: bool, source: bool, color: str) -> None:
    """Run the example NAME, or all of them, and show what is reported.

    Exits with 0 if each example showed what it is there to show.
    """
    if only_list:
        for demo in DEMOS:
            click.echo(f"{demo.name:15} {demo.story}")
        return
    chosen = [demo for demo in DEMOS if name in {None, demo.name}]
    if not chosen:
        usage(f"no example {name}; `freehold demo --list` lists them")
    if source:
        for demo in chosen:
            click.echo((PROGRAMS / demo.file).read_text(), nl=False)
        return
    palette = Palette(wants_colour(color))
    rows = [(demo, _show(demo, palette)) for demo in chosen]
    if len(rows) > 1:
        _table(rows, palette)
    raise SystemExit(0 if all(_differs(demo, report) == "" for demo, report in rows) else 1)


def _show(demo: Demo, palette: Palette) -> Report:
    """Run or check an example, as its command would."""
    return _check(demo, palette) if demo.file.endswith(".rs") else _run(demo, palette)


def _check(demo: Demo, palette: Palette) -> Report:
    click.echo(palette.paint(f"=== {demo.name}: {demo.story}", Role.STRONG))
    click.echo(f"$ freehold check {demo.file}")
    text = (PROGRAMS / demo.file).read_text(encoding="utf-8")
    report = check(Source(demo.file, text)).report
    console = Console(palette)
    for one in report.findings:
        console.found(one)
    console.finish(report)
    return report


def _run(demo: Demo, palette: Palette) -> Report:
    from freehold.driver.options import CompileOptions
    from freehold.driver.pipeline import Job, run_program
    from freehold.execute.options import RunOptions

    options = " ".join(f"-D{key}={value}" for key, value in demo.defines)
    options += " --fail-alloc each" if demo.fail_each else ""
    line = f"{demo.file} {options}".strip()
    click.echo(palette.paint(f"=== {demo.name}: {demo.story}", Role.STRONG))
    click.echo(f"$ freehold run {line}")
    sources, _ = read_sources([str(PROGRAMS / demo.file)])
    sources[0].name = demo.file
    console = Console(palette)
    job = Job(
        tuple(sources),
        CompileOptions(defines=demo.defines),
        RunOptions(name=demo.name),
        fail_each=demo.fail_each,
        cache=cache_folder(),
    )
    report = run_program(job, console)
    console.finish(report)
    click.echo()
    return report


def _shown(report: Report) -> tuple[str, ...]:
    return tuple(sorted({found.code.id for found in report.findings if is_finding(found)}))


def _differs(demo: Demo, report: Report) -> str:
    """Return how the report differs from what the example is there to show; "" if it does not."""
    shown = _shown(report)
    if report.exit_code not in {0, 1}:
        return f"exit code {report.exit_code}"
    if shown != tuple(sorted(demo.codes)):
        return f"shows {' '.join(shown) or 'nothing'}"
    return "" if demo.says in "\n".join(report.summary) else f"does not say: {demo.says}"


def _table(rows: list[tuple[Demo, Report]], palette: Palette) -> None:
    click.echo(palette.paint(f"{'example':15} {'':2} {'shows':36} what it is", Role.STRONG))
    for demo, report in rows:
        difference = _differs(demo, report)
        mark = palette.paint("ok", Role.NOTE) if not difference else palette.paint("!!", Role.ERROR)
        shown = difference or " ".join(_shown(report)) or "clean"
        click.echo(f"{demo.name:15} {mark} {shown:36} {demo.story}")
