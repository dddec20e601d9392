"""`freehold learn`: exercises as files, and their grades."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from freehold import __version__
from freehold.cli.console import Console, wants_colour, write_out
from freehold.cli.sources import read_source
from freehold.cli.values import usage
from freehold.diagnostics import Diagnostic
from freehold.diagnostics.ansi import Palette, Role
from freehold.driver.machine import unsupported_machine
from freehold.driver.verdict import CLEAN, FINDINGS, WRONG, refusal

if TYPE_CHECKING:
    from freehold.learn.beside import Said
    from freehold.learn.model import Exercise, Grade
    from freehold.source import Source

_COLOUR = click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True
)


class _Tools(click.ParamType[tuple[str, ...]]):
    """Names of tools with commas between them."""

    name = "tools"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Return the names."""
        from freehold.learn.beside import TOOLS

        if isinstance(value, tuple):
            return value
        names = TOOLS if value == "all" else tuple(str(value).split(","))
        for name in names:
            if name not in TOOLS:
                self.fail(f"no tool {name!r}; {', '.join(TOOLS)}, all", param, ctx)
        return names


@click.group("learn")
def command() -> None:
    """Mend programs, answer questions, and have both graded by the check and the run.

    `list` names the exercises, `start NAME` writes one to a file, `grade FILE` grades it.
    """


@command.command("list")
def list_exercises() -> None:
    """List the exercises."""
    from freehold.learn.exercises import EXERCISES

    write_out("".join(f"{one.name:13} {one.file:16} {one.story}\n" for one in EXERCISES))


@command.command("start", short_help="Write an exercise to a file.")
@click.argument("name")
@click.argument("folder", default=".", metavar="[DIR]")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def start(*, name: str, folder: str, force: bool) -> None:
    """Write the exercise NAME into DIR (here, if not given)."""
    from freehold.learn.exercises import EXERCISES, text_of

    one = next((one for one in EXERCISES if one.name == name), None)
    if one is None:
        usage(f"no exercise {name}; `freehold learn list` lists them")
    target = Path(folder) / one.file
    if target.exists() and not force:
        usage(f"{target} is there already; --force writes over it")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text_of(one), encoding="utf-8")
    except OSError as error:
        usage(f"cannot write {target}: {(error.strerror or str(error)).lower()}")
    write_out(f"{target}: {one.story}; the task is in its first lines\n")


@command.command("grade", short_help="Grade an exercise: what holds, what is open.")
@click.argument("file")
@click.option("--hints", is_flag=True, help="Show what stands against each point that is open.")
@click.option(
    "--beside", type=_Tools(), default=(), help="Show what valgrind, asan or rustc say, too; all."
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@_COLOUR
def grade(*, file: str, hints: bool, beside: tuple[str, ...], form: str, color: str) -> None:
    """Grade FILE, an exercise of `start`: exit code 0 if nothing is left to do, else 1.

    The program is compiled and run. Only --beside runs it without Freehold's checks.
    """
    from freehold.learn.beside import beside as ask
    from freehold.learn.exercises import exercise_of
    from freehold.learn.model import Ungraded

    console = Console(Palette(wants_colour(color)))
    source = read_source(file)
    found = [source] if isinstance(source, Diagnostic) else []
    unsupported = unsupported_machine()
    if unsupported is not None:
        found.append(unsupported)
    if isinstance(source, Diagnostic) or found:
        raise SystemExit(_refused(found, console))
    console.progress("grading")
    try:
        exercise = exercise_of(source)
        graded = exercise.grade(source)
        said = ask(source, beside) if beside else []
    except Ungraded as error:
        _refused(list(error.found), console)
        console.note(f"not graded: {error}")
        raise SystemExit(WRONG) from error
    console.progress("")
    palette = Palette(color == "always" or (wants_colour(color) and sys.stdout.isatty()))
    shown = _json if form == "json" else _text
    write_out(shown(exercise, graded, said, hints=hints, palette=palette))
    if hints and form == "text":
        _show_findings(graded, source, console)
    raise SystemExit(CLEAN if graded.whole else FINDINGS)


def _refused(found: list[Diagnostic], console: Console) -> int:
    for one in found:
        console.found(one)
    return refusal(found)


def _text(
    exercise: "Exercise", graded: "Grade", said: "list[Said]", *, hints: bool, palette: Palette
) -> str:
    """Return the grade as a table, then what other tools say."""
    width = max(len(point.where) for point in graded.points)
    lines = []
    for number, point in enumerate(graded.points, 1):
        mark = palette.paint("held", Role.NOTE) if point.held else palette.paint("open", Role.ERROR)
        # What is to be found is not given away, unless it is asked for.
        told = point.held or hints or exercise.name != "seven"
        title = point.title if told else "a bug of this function"
        lines.append(f"{number:>2}  {mark}  {point.where:{width}}  {title}")
        if point.says and (hints or exercise.name == "questions") and not _mute(point.says):
            lines.append(f"{'':{width + 12}}{point.says}")
    lines += [f"    {note}" for note in graded.notes if hints or exercise.name != "seven"]
    lines.append(f"{exercise.name}: {graded.held} of {len(graded.points)}")
    if said:
        lines += ["", *_table(said)]
    return "\n".join(lines) + "\n"


def _mute(says: str) -> bool:
    return says == "not answered"


def _table(said: "list[Said]") -> list[str]:
    from freehold.learn.beside import rows

    table = [("tool", "seconds", "what it finds"), *rows(said)]
    width = max(len(row[0]) for row in table)
    return [f"{tool:{width}}  {seconds:>7}  {what}".rstrip() for tool, seconds, what in table]


def _json(
    exercise: "Exercise", graded: "Grade", said: "list[Said]", *, hints: bool, palette: Palette
) -> str:
    del hints, palette  # all is told, and plain
    document = {
        "schema": 1,
        "tool": {"name": "freehold", "version": __version__},
        "command": "learn",
        "exercise": exercise.name,
        "held": graded.held,
        "of": len(graded.points),
        "points": [
            {
                "where": point.where,
                "title": point.title,
                "held": point.held,
                "says": point.says,
                "codes": [one.code.id for one in point.found],
            }
            for point in graded.points
        ],
        "notes": list(graded.notes),
        "beside": [
            {
                "tool": one.tool,
                "seconds": round(one.seconds, 3),
                "missing": one.missing or None,
                "findings": [{"text": text, "line": line} for text, line in one.lines],
            }
            for one in said
        ],
    }
    return json.dumps(document, indent=2) + "\n"


def _show_findings(graded: "Grade", source: "Source", console: Console) -> None:
    """Show the findings of open points that are in the learner's own text, each once."""
    seen: list[Diagnostic] = []
    for point in graded.points:
        for one in () if point.held else point.found:
            mine = one.at is not None and one.at.outermost().source.name == source.name
            if mine and one not in seen:
                seen.append(one)
                console.found(one)
