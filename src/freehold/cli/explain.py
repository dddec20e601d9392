"""`freehold explain`: pages of codes and pitfalls, and a table of operations in C and Rust."""

from difflib import get_close_matches

import click

from freehold.cli.values import usage
from freehold.diagnostics.codes import registry
from freehold.diagnostics.pages import page, pitfall, pitfalls


@click.command("explain")
@click.argument("code", required=False)
@click.argument("operation", required=False)
def command(code: str | None, operation: str | None) -> None:
    """Explain CODE, such as FH0201 or use-after-free; without it, list the codes.

    `explain operations` is a table of what is done with memory, in C and in Rust; `explain
    operations resize` prints the two programs of a row. `explain pitfalls` lists what goes wrong
    again and again, each with a page.
    """
    codes = registry()
    if code == "operations":
        _operations(operation)
        return
    if operation is not None:
        usage("one code at a time")
    if code is None:
        for known in codes.values():
            click.echo(f"{known.id}  {known.name}")
        return
    if code == "pitfalls":
        for name, title in pitfalls().items():
            click.echo(f"{name:<22} {title}")
        return
    names = {known.name: known.id for known in codes.values()}
    wanted = names.get(code.lower(), code.upper())
    text = page(wanted) or pitfall(code)
    if text is None:
        close = get_close_matches(code.lower(), names, 1) or get_close_matches(wanted, codes, 1)
        hint = f"did you mean {close[0]}? " if close else ""
        usage(f"no code {code}; {hint}`freehold explain` lists them")
    click.echo(text, nl=False)


def _operations(name: str | None) -> None:
    from freehold.cli.operations import ROWS, both, table

    if name is not None and name not in ROWS:
        usage(f"no operation {name}; there are {', '.join(ROWS)}")
    for line in table() if name is None else both(name):
        click.echo(line)
    if name is None:
        click.echo("\n`freehold explain operations NAME` prints the programs of a row:")
        click.echo(f"{', '.join(ROWS)}.")
