"""`%%freehold` for IPython and Jupyter: a cell of C or Rust is checked, run or drawn.

`%load_ext freehold.notebook` registers the magic. What it shows are the values of `freehold.api`,
which a notebook displays by itself.
"""

import argparse
import re
import shlex
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NoReturn, Protocol

from freehold.diagnostics import Diagnostic
from freehold.diagnostics.render_html import render
from freehold.source import Source

if TYPE_CHECKING:
    from freehold.api import Result, View

_C = re.compile(r"^\s*#\s*\w+|\b(?:int|void)\s+main\s*\(", re.M)
_RUST = re.compile(r"\bfn\s+\w+|\blet\s+(?:mut\s+)?\w+|\bprintln!", re.M)


class Formatter(Protocol):
    """Says how values of a type are shown."""

    def for_type(self, typ: type, func: Callable[[Diagnostic], str]) -> object:
        """Show values of `typ` by `func`."""


class Display(Protocol):
    """The formatters, by MIME type."""

    @property
    def formatters(self) -> Mapping[str, Formatter]:
        """Each of them."""


class Shell(Protocol):
    """What of IPython's shell is used."""

    @property
    def display_formatter(self) -> Display:
        """What shows values."""

    def register_magic_function(
        self, func: object, magic_kind: str = ..., magic_name: str | None = ...
    ) -> None:
        """Make a function a magic."""


def load_ipython_extension(shell: Shell) -> None:
    """Register `%%freehold`; IPython calls it for `%load_ext freehold.notebook`.

    Single findings, too, are shown in colour from then on; results, views and heaps always are.
    """
    shell.register_magic_function(magic, "cell", "freehold")
    shell.display_formatter.formatters["text/html"].for_type(Diagnostic, lambda one: render([one]))


class UsageError(Exception):
    """The line of a cell is not understood."""

    def _render_traceback_(self) -> list[str]:
        """Return what IPython shows in place of a traceback."""
        return [str(self)]


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Raise UsageError: a notebook goes on."""
        raise UsageError(f"%%freehold: {message}; one of: {self.format_usage().strip()}")


def magic(line: str, cell: str) -> "Result | View":
    """Check, run or draw the program in a cell.

    `%%freehold [check|run|view] [--lang c|rust] [-DNAME=VALUE] [--stdin TEXT] [-- ARGUMENT...]`;
    without a word it runs, and the language is told from the text. Returns the result.
    """
    from freehold import api

    before, _, after = f" {line} ".partition(" -- ")
    asked = _parser().parse_args(shlex.split(before))
    source = Source(f"cell.{'rs' if (asked.lang or language(cell)) == 'rust' else 'c'}", cell)
    defines = dict(_define(one) for one in asked.D)
    if asked.act == "check":
        return api.check(source, defines=defines)
    arguments = shlex.split(after)
    stdin = asked.stdin.encode()
    if asked.act == "view":
        return api.view(source, defines=defines, arguments=arguments, stdin=stdin)
    return api.run(source, defines=defines, arguments=arguments, stdin=stdin)


def language(text: str) -> str:
    """Return `rust` if a text looks like Rust, else `c`."""
    return "rust" if _RUST.search(text) and not _C.search(text) else "c"


def _define(text: str) -> tuple[str, str]:
    name, mark, value = text.partition("=")
    return name, value if mark else "1"


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="%%freehold", add_help=False, exit_on_error=True)
    parser.add_argument("act", nargs="?", choices=("check", "run", "view"), default="run")
    parser.add_argument("--lang", choices=("c", "rust"))
    parser.add_argument("--stdin", default="")
    parser.add_argument("-D", action="append", default=[], metavar="NAME[=VALUE]")
    return parser
