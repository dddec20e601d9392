"""Reading what was named on the command line."""

import sys
from collections.abc import Sequence
from pathlib import Path

from freehold.cli.values import usage
from freehold.diagnostics import Diagnostic
from freehold.diagnostics.codes import UNREADABLE
from freehold.source import Source, decoded, read

STDIN = "<stdin>"  # how standard input is called
_COMPILED = (".o", ".a", ".so", ".obj", ".lib")
_CPLUSPLUS = (".cc", ".cpp", ".cxx", ".C", ".hpp")
_OBJECTS = ("\x7fELF", "!<arch>", "MZ")  # how files that are compiled begin
_COMPILERS = ("cc", "gcc", "clang", "c99", "c11", "tcc")


def read_sources(
    names: Sequence[str], lang: str | None = None
) -> tuple[list[Source], list[Diagnostic]]:
    """Return the sources of `names`, and what could not be read.

    The name - is standard input, which is in C unless `lang` is `rust`.
    """
    if names and names[0] in _COMPILERS and not Path(names[0]).exists():
        names = names[1:]  # a pasted line
    if not names:
        usage("no file given")
    sources: list[Source] = []
    problems: list[Diagnostic] = []
    for name in names:
        got = read_source(name, lang)
        if isinstance(got, Diagnostic):
            problems.append(got)
        else:
            sources.append(got)
    return sources, problems


def read_source(name: str, lang: str | None = None) -> Source | Diagnostic:
    """Return the source `name`, or why it cannot be read; see `read_sources`."""
    if name.endswith(_COMPILED):
        return _problem(name, "it is compiled already; give its C source")
    if name.endswith(_CPLUSPLUS):
        return _problem(name, "it is C++, Freehold reads C")
    try:
        source = _standard_input(lang) if name == "-" else read(name)
    except OSError as error:
        return _problem(name, (error.strerror or str(error)).lower())
    if source.text.startswith(_OBJECTS):
        return _problem(name, "it is compiled already; give its C source")
    return source


def _problem(name: str, why: str) -> Diagnostic:
    return Diagnostic(UNREADABLE, None, {"what": f"`{name}`: {why}"})


def _standard_input(lang: str | None) -> Source:
    suffix = ".rs" if lang == "rust" else ""
    return Source(STDIN + suffix, decoded(sys.stdin.buffer.read()))
