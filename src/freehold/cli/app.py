"""The commands, each in a module of its own that is imported when it is called."""

from importlib import import_module
from pathlib import Path

import click

from freehold import __version__

# name: (module, one line of help)
_COMMANDS = {
    "run": (
        "freehold.cli.run",
        "Run C or Rust with every access checked, and report.",
    ),
    "check": ("freehold.cli.check", "Check C and Rust for memory faults without running them."),
    "view": ("freehold.cli.view", "Draw the memory of a run step by step, in a page."),
    "ownership": (
        "freehold.cli.ownership",
        "Print C functions as Rust signatures, a Rust program with its drops and moves.",
    ),
    "heap": ("freehold.cli.heap", "Replay a trace on models of allocators, and picture it."),
    "layout": (
        "freehold.cli.layout",
        "Show where the members of types lie, in C and in Rust, and a better order.",
    ),
    "demo": ("freehold.cli.demo", "Run the example programs that come with Freehold."),
    "learn": ("freehold.cli.learn", "Exercises in C and Rust, written to a file and graded."),
    "explain": ("freehold.cli.explain", "Explain a code such as FH0201."),
    "emit": ("freehold.cli.emit", "Print a stage of the compiler: tokens, ast, mir or llvm."),
}


class _Lazy(click.Group):
    """A group that imports a command when it is called, and lists them without importing any."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(_COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command; what is none is compared with those that are, and with files."""
        name = args[0]
        if name not in _COMMANDS and not name.startswith("-"):
            from difflib import get_close_matches

            close = get_close_matches(name, _COMMANDS, 1)
            tried = f"freehold {close[0]}" if close else f"freehold run {name}"
            hint = f"; did you mean `{tried}`?" if close or Path(name).suffix else ""
            ctx.fail(f"no command {name}{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="freehold %(version)s")
def freehold() -> None:
    """Find memory bugs in C and Rust, with and without running them.

    `freehold demo` shows examples, `freehold run FILE` runs a program with every access checked,
    `freehold COMMAND --help` has the options of a command.
    """
