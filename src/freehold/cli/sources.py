"""Reading what was named on the command line."""

import sys
from collections.abc import Sequence
from pathlib import Path

from freehold.cli.values import usage
from freehold.diagnostics import Diagnostic
from freehold.diagnostics.codes import UNREADABLE
from freehold.source import Source, decoded, read

_COMPILED = (".o", ".a", ".so", ".obj", ".lib")
_CPLUSPLUS = (".cc", ".cpp", ".cxx", ".C", ".hpp")
_COMPILERS = ("cc", "gcc", "clang", "c99", "c11", "tcc")


def read_sources(names: Sequence[str]) -> tuple[list[Source], list[Diagnostic]]:
    """Return the sources of `names` (- is standard input), and what could not be read."""
    if names and names[0] in _COMPILERS and not Path(names[0]).exists():
        names = names[1:]  # a pasted line
    if not names:
        usage("no C file given")
    sources: list[Source] = []
    problems: list[Diagnostic] = []
    for name in names:
        got = read_source(name)
        if isinstance(got, Diagnostic):
            problems.append(got)
        else:
            sources.append(got)
    return sources, problems


def read_source(name: str) -> Source | Diagnostic:
    """Return the source `name` (- is standard input), or why it cannot be read."""
    if name.endswith(_COMPILED):
        return _problem(name, "it is compiled already; give its C source")
    if name.endswith(_CPLUSPLUS):
        return _problem(name, "it is C++, Freehold reads C")
    try:
        return _read(name)
    except OSError as error:
        return _problem(name, (error.strerror or str(error)).lower())


def _problem(name: str, why: str) -> Diagnostic:
    return Diagnostic(UNREADABLE, None, {"what": f"`{name}`: {why}"})


def _read(name: str) -> Source:
    return Source("<stdin>", decoded(sys.stdin.buffer.read())) if name == "-" else read(name)
