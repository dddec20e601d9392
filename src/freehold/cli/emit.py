"""`freehold emit`: a stage of the compiler, as text, for those who work on it."""

import click

from freehold.api import cache_folder
from freehold.cli.ccline import CcError, CcLine, parse
from freehold.cli.console import Console, wants_colour, write_out
from freehold.cli.run import compile_options
from freehold.cli.sources import read_sources
from freehold.cli.values import usage
from freehold.diagnostics.ansi import Palette

STAGES = ("tokens", "ast", "mir", "llvm")


class _EmitCommand(click.Command):
    """Takes the compiler's options out of the line before click sees it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            line = parse(args)
        except CcError as error:
            usage(str(error))
        ctx.obj = line
        return super().parse_args(ctx, list(line.rest))


@click.command("emit", cls=_EmitCommand)
@click.argument("stage", type=click.Choice(STAGES))
@click.argument("files", nargs=-1, metavar="FILE...")
@click.option("--system-headers", is_flag=True, help="Read the machine's headers, not our own.")
@click.pass_context
def command(
    ctx: click.Context, /, *, stage: str, files: tuple[str, ...], system_headers: bool
) -> None:
    """Print the tokens, the syntax tree, the MIR or the LLVM IR of C files, or of a Rust file."""
    from freehold.driver.cache import Cache
    from freehold.driver.emit import emit
    from freehold.driver.verdict import refusal

    line = ctx.obj
    assert isinstance(line, CcLine)
    console = Console(Palette(wants_colour("auto")))
    sources, problems = read_sources(files)
    text = ""
    if not problems:
        options = compile_options(line, system_headers=system_headers)
        text, problems = emit(stage, sources, options, Cache(cache_folder()))
    for problem in problems:
        console.found(problem)
    write_out(text)
    raise SystemExit(refusal(problems))
