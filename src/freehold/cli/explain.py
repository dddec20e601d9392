"""`freehold explain CODE`: the code's page."""

from difflib import get_close_matches

import click

from freehold.cli.values import usage
from freehold.diagnostics.codes import registry
from freehold.diagnostics.pages import page


@click.command("explain")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Explain CODE, such as FH0201 or use-after-free; without it, list the codes."""
    codes = registry()
    if code is None:
        for known in codes.values():
            click.echo(f"{known.id}  {known.name}")
        return
    names = {known.name: known.id for known in codes.values()}
    wanted = names.get(code.lower(), code.upper())
    text = page(wanted)
    if text is None:
        close = get_close_matches(code.lower(), names, 1) or get_close_matches(wanted, codes, 1)
        hint = f"did you mean {close[0]}? " if close else ""
        usage(f"no code {code}; {hint}`freehold explain` lists them")
    click.echo(text, nl=False)
