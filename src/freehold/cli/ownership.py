"""`freehold ownership`: C functions as Rust signatures, Rust programs with what drops and moves."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from typing import assert_never

import click

from freehold import __version__
from freehold.api import cache_folder
from freehold.cli.ccline import CcError, parse
from freehold.cli.console import Console, wants_colour, write_out
from freehold.cli.ownership_c import Wish, show_c
from freehold.cli.run import compile_options
from freehold.cli.sources import read_sources
from freehold.cli.values import EDITION, usage
from freehold.diagnostics import Diagnostic
from freehold.diagnostics.ansi import Palette, Role
from freehold.diagnostics.report import Report
from freehold.driver.ghost_words import head_of
from freehold.driver.ghosts import (
    BorrowEnded,
    Dropped,
    Earlier,
    Ghost,
    Moved,
    Owned,
    Owners,
)
from freehold.driver.means import Means
from freehold.driver.options import CompileOptions
from freehold.driver.verdict import checked, refusal


class _Command(click.Command):
    """Takes the compiler's options for C out of the line before click sees it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            ctx.obj = parse(args)
        except CcError as error:
            usage(str(error))
        return super().parse_args(ctx, list(ctx.obj.rest))


@click.command("ownership", cls=_Command, options_metavar="[OPTIONS] [CC OPTIONS]")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True
)
@click.option("--explain", is_flag=True, help="Of C: say what each part of a signature shows in.")
@EDITION
@click.option("--strict", is_flag=True, help="Refuse snippets, rather than repair them.")
@click.option("--no-cache", is_flag=True, help="Neither use nor keep what was read before.")
@click.pass_context
def command(  # noqa: PLR0913  (one parameter for each option: click's way)
    ctx: click.Context,
    /,
    *,
    files: tuple[str, ...],
    form: str,
    color: str,
    explain: bool,
    edition: str,
    strict: bool,
    no_cache: bool,
) -> None:
    """Print who owns what: of C the Rust signatures, of Rust the drops and moves.

    Of C files, which are one program, each function is printed as the Rust signature that it
    amounts to: what it owns, borrows, consumes, may be null. A Rust program is printed with its
    drops, moves and ends of borrows on lines between its own. Errors come first, on stderr; a
    program with some is shown all the same.
    """
    options = compile_options(ctx.obj, system_headers=False, strict=strict, edition=edition)
    if all(file.endswith(".c") for file in files):
        means = Means(None if no_cache else cache_folder())
        show_c(files, options, means, Wish(form, color, explain))
    if len(files) > 1:
        usage("give C files, or one Rust file")
    _show_rust(files[0], Wish(form, color), options, no_cache=no_cache)


def _show_rust(file: str, wish: Wish, options: CompileOptions, *, no_cache: bool) -> None:
    from freehold.driver.cache import Cache
    from freehold.driver.owners import owners
    from freehold.driver.rust import analyse, load_std, settled
    from freehold.rust.edition import Edition

    if not file.endswith(".rs") and file != "-":
        usage(f"{file} is neither a C file nor a Rust file")
    console = Console(Palette(wants_colour(wish.color)), "text")
    sources, problems = read_sources([file])
    if problems:
        _finish(console, tuple(problems))
    load_std(Cache(None if no_cache else cache_folder()))
    analysed = analyse(sources[0], strict=options.strict, edition=Edition(options.edition))
    found = settled(analysed.diagnostics)
    if wish.form == "json":
        write_out(_document(file, found, owners(analysed)))
        raise SystemExit(checked(found))
    for one in found:
        console.found(one)
    colour = wish.color == "always" or (wants_colour(wish.color) and sys.stdout.isatty())
    write_out("\n".join(_lines(owners(analysed), Palette(colour))) + "\n")
    raise SystemExit(checked(found))


def _finish(console: Console, problems: tuple[Diagnostic, ...]) -> None:
    for one in problems:
        console.found(one)
    raise SystemExit(refusal(problems))


# ------------------------------------------------------------------------------------ text


def _lines(found: Owners, palette: Palette) -> Iterator[str]:
    """Return the lines of the source, each with the ghosts above and below it."""
    source = found.source
    above: dict[int, list[Ghost]] = {}
    below: dict[int, list[Ghost]] = {}
    for ghost in found.ghosts:
        (above if ghost.spot.above else below).setdefault(ghost.spot.line, []).append(ghost)
    count = source.text.rstrip("\n").count("\n") + 1
    width = len(str(count))
    for line in range(1, count + 1):
        text = source.line_text(line)
        indent = text[: len(text) - len(text.lstrip())]
        yield from _ghost_lines(above.get(line, []), indent + "    ", width, palette)
        gutter = palette.paint(f"{line:>{width}} |", Role.FRAME)
        yield f"{gutter} {text}".rstrip()
        yield from _ghost_lines(below.get(line, []), indent, width, palette)
    yield ""
    yield from _unsafe(found)


def _ghost_lines(ghosts: list[Ghost], indent: str, width: int, palette: Palette) -> Iterator[str]:
    names = Counter(ghost.place for ghost in ghosts if isinstance(ghost, Dropped))
    heads = []
    for ghost in ghosts:
        head, tail = head_of(ghost)
        if isinstance(ghost, Dropped) and names[ghost.place] > 1:
            tail += f", of line {ghost.declared}"
        heads.append((head, tail))
    drops = max((len(head) for head, tail in heads if tail), default=0)
    gutter = palette.paint(" " * width + " |", Role.FRAME)
    for head, tail in heads:
        text = f"{indent}// {head:<{drops}}  {tail}" if tail else f"{indent}// {head}"
        yield f"{gutter} {palette.paint(text, Role.GHOST)}"


def _unsafe(found: Owners) -> Iterator[str]:
    count = len(found.unsafe_blocks)
    if not count:
        yield "No `unsafe` block: the checker's promises hold throughout."
        return
    blocks = "1 `unsafe` block" if count == 1 else f"{count} `unsafe` blocks"
    yield f"{blocks}, where the checker's promises end:"
    for span in found.unsafe_blocks:
        text = found.source.line_text(span.line).strip()
        yield f"  {found.source.name}:{span.line}:{span.column}: {text}"


# ------------------------------------------------------------------------------------ JSON


def _document(file: str, findings: tuple[Diagnostic, ...], found: Owners) -> str:
    from freehold.diagnostics.render_json import render

    report = Report(findings, exit_code=checked(findings), command="ownership", files=(file,))
    document = json.loads(render(report, __version__))
    del document["run"], document["runs"]
    document["ghosts"] = [_ghost(ghost) for ghost in found.ghosts]
    document["unsafe_blocks"] = [
        {"line": span.line, "column": span.column, "end_line": span.source.line_of(span.end)}
        for span in found.unsafe_blocks
    ]
    return json.dumps(document, indent=2) + "\n"


def _ghost(ghost: Ghost) -> dict[str, object]:
    head, tail = head_of(ghost)
    spot = ghost.spot
    common: dict[str, object] = {
        "line": spot.line,
        "above": spot.above,
        "function": spot.function,
        "text": f"{head}  {tail}".rstrip(),
    }
    match ghost:
        case Dropped(_, place, declared, owned, certain, leaving):
            facts = {"place": place, "declared": declared, **_facts(owned)}
            facts |= {"certain": certain, "exit": leaving.value}
            return {"kind": "drop", **common, **facts}
        case Moved(_, place, owned, way, target):
            facts = {"place": place, **_facts(owned), "way": way.value, "target": target or None}
            return {"kind": "move", **common, **facts}
        case BorrowEnded(_, borrow, holder, since, dropped, after_loop):
            facts = {"borrow": borrow, "holder": holder, "since": since}
            return {
                "kind": "borrow_end",
                **common,
                **facts,
                "dropped": dropped,
                "after_loop": after_loop,
            }
        case Earlier(_, place, owned, first, lines, block):
            facts = {"place": place, **_facts(owned), "first_line": first, "lines": lines}
            return {"kind": "earlier_end", **common, **facts, "block": block}
        case _:
            assert_never(ghost)


def _facts(owned: Owned) -> dict[str, object]:
    return {
        "type": owned.type,
        "bytes": owned.size,
        "heap": owned.heap,
        "destructor": owned.destructor,
    }
