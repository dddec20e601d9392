"""`freehold layout`: where the members of a type lie, in C, `repr(C)` and `repr(Rust)`."""

import click

from freehold.api import cache_folder
from freehold.cli.ccline import CcError, CcLine, parse
from freehold.cli.console import Console, wants_colour, write_out
from freehold.cli.sources import read_sources
from freehold.cli.values import LANG, usage
from freehold.diagnostics.ansi import Palette
from freehold.driver.verdict import refusal


class _LayoutCommand(click.Command):
    """Takes a C compiler's options out of the line before click sees it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            line = parse([_OWN.get(word, word) for word in args])
        except CcError as error:
            usage(str(error))
        ctx.obj = line
        return super().parse_args(ctx, list(line.rest))


# What cc means otherwise: here -o is ours.
_OWN = {"-o": "--output"}


@click.command("layout", cls=_LayoutCommand, options_metavar="[OPTIONS] [CC OPTIONS]")
@click.argument("file", metavar="FILE")
@click.argument("wanted", metavar="[TYPE]", default="")
@LANG
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
@click.option("--system-headers", is_flag=True, help="Read the machine's headers, not our own.")
@click.option("--no-cache", is_flag=True, help="Neither use nor keep what was read before.")
@click.pass_context
def command(  # noqa: PLR0913  (one parameter for each option: click's way)
    ctx: click.Context,
    /,
    *,
    file: str,
    wanted: str,
    lang: str | None,
    form: str,
    output: str | None,
    color: str,
    system_headers: bool,
    no_cache: bool,
) -> None:
    """Show the layout of the structs, unions and enums of a file, or of one TYPE.

    Of a C file TYPE is a tag or a typedef's name; of a Rust file any type, such as "Option<Node>".
    """
    from freehold.cli.layout_show import document
    from freehold.driver.layouts import c_types, rust_types

    line = ctx.obj
    assert isinstance(line, CcLine)
    console = Console(Palette(wants_colour(color)))
    sources, problems = read_sources([file], lang)
    if problems:
        for one in problems:
            console.found(one)
        raise SystemExit(refusal(problems))
    if sources[0].name.endswith(".rs"):
        from freehold.driver.cache import Cache
        from freehold.driver.rust import load_std

        load_std(Cache(None if no_cache else cache_folder()))
        found = rust_types(sources[0], wanted)
    else:
        from freehold.cli.run import compile_options

        found = c_types(sources[0], compile_options(line, system_headers=system_headers), wanted)
    for one in found.diagnostics:
        console.found(one)
    if not found.types:
        code = refusal(found.diagnostics)
        if not code:
            usage(f"{file} declares no {f'`{wanted}`' if wanted else 'struct, union or enum'}")
        raise SystemExit(code)
    write_out(document(found.types, form, file), output)
