"""`freehold ownership` of C: each function as the Rust signature that it amounts to."""

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, NoReturn

from freehold import __version__
from freehold.cli.console import Console, wants_colour, write_out
from freehold.cli.sources import read_sources
from freehold.diagnostics.ansi import Palette, Role
from freehold.driver.means import Means
from freehold.driver.options import CompileOptions
from freehold.driver.verdict import refusal
from freehold.records import dataclass
from freehold.source import Span

if TYPE_CHECKING:
    from freehold.driver.signatures import Part, Signature


@dataclass(frozen=True, slots=True)
class Wish:
    """How it is to be printed; with `explain` what shows each part of a signature."""

    form: str
    color: str
    explain: bool = False


def show_c(files: tuple[str, ...], options: CompileOptions, means: Means, wish: Wish) -> NoReturn:
    """Print the signatures of the functions in `files`; exits."""
    from freehold.driver.signatures import signatures

    console = Console(Palette(wants_colour(wish.color)), "text")
    sources, problems = read_sources(list(files))
    if problems:
        for one in problems:
            console.found(one)
        raise SystemExit(refusal(problems))
    found = signatures(sources, options, means)
    for one in found.diagnostics:
        console.found(one)
    if wish.form == "json":
        write_out(json.dumps(_document(files, found.functions), indent=2) + "\n")
    else:
        colour = wish.color == "always" or (wants_colour(wish.color) and sys.stdout.isatty())
        lines = _lines(found.functions, Palette(colour), explain=wish.explain)
        write_out("".join(f"{line}\n" for line in lines))
    raise SystemExit(refusal(found.diagnostics))


def _lines(functions: "tuple[Signature, ...]", palette: Palette, *, explain: bool) -> Iterator[str]:
    file = ""
    for one in functions:
        here = one.span.outermost().source.name
        if here != file:
            if file:
                yield ""
            yield palette.paint(f"// {here}", Role.FRAME)
            file = here
        yield f"{one.rust};"
        if explain:
            yield from (palette.paint(f"    // {text}", Role.GHOST) for text in _reasons(one))


def _reasons(function: "Signature") -> Iterator[str]:
    """Yield a line for each thing that is said of a pointer."""
    for part in (*function.parameters, function.result):
        if not part.role:
            continue
        name = f"`{part.name}`" if part.name else "the result"
        null = ", may be null" if part.nullable else ""
        yield f"{name} is {part.role}{null}"
        for one in part.evidence:
            if one.event is not None:
                through = [_at(span) for span in one.event.spans()]
                yield f"  {one.text}: {' -> '.join(through)}"
    if function.partial:
        yield "not all ways through it were looked at"


def _at(span: Span) -> str:
    at = span.outermost()
    return f"{at.source.name}:{at.line}:{at.column}"


def _document(files: tuple[str, ...], functions: "tuple[Signature, ...]") -> dict[str, object]:
    return {
        "schema": 1,
        "tool": {"name": "freehold", "version": __version__},
        "command": "ownership",
        "files": list(files),
        "functions": [_function(one) for one in functions],
    }


def _function(one: "Signature") -> dict[str, object]:
    at = one.span.outermost()
    return {
        "name": one.name,
        "file": at.source.name,
        "line": at.line,
        "rust": one.rust,
        "parameters": [{"name": part.name, **_part(part)} for part in one.parameters],
        "result": _part(one.result),
        "partial": one.partial,
    }


def _part(part: "Part") -> dict[str, object]:
    evidence = [
        {"text": one.text, "at": [_at(span) for span in one.event.spans()] if one.event else []}
        for one in part.evidence
    ]
    return {
        "rust": part.rust,
        "role": part.role or None,
        "nullable": part.nullable,
        "evidence": evidence,
    }
