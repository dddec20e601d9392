"""From what is named on the command line to source files: folders are walked, lists are read."""

import os
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

from freehold.cli.sources import read_source
from freehold.diagnostics import Diagnostic
from freehold.records import dataclass
from freehold.source import Source

_SUFFIXES = (".c", ".rs")
# Folders that hold what was made or fetched, not what was written.
_SKIPPED = {"target", "build", "node_modules", "__pycache__", "venv"}


@dataclass(frozen=True, slots=True)
class Inputs:
    """The sources, and what could not be read."""

    sources: tuple[Source, ...]
    problems: tuple[Diagnostic, ...]


def read_inputs(names: Sequence[str], exclude: Sequence[str], lang: str | None = None) -> Inputs:
    """Read the files `names` (- is standard input), and those in the folders among them.

    `exclude` are patterns that leave files of folders out: of a path, or of one part of it. `lang`
    is the language of standard input.
    """
    sources: list[Source] = []
    problems: list[Diagnostic] = []
    seen: set[str] = set()
    for name in _files(names, exclude):
        key = name if name == "-" else os.path.realpath(name)
        if key in seen:
            continue
        seen.add(key)
        got = read_source(name, lang)
        if isinstance(got, Diagnostic):
            problems.append(got)
        else:
            sources.append(got)
    return Inputs(tuple(sources), tuple(problems))


def _files(names: Sequence[str], exclude: Sequence[str]) -> Iterator[str]:
    for name in names:
        if name != "-" and Path(name).is_dir():
            yield from walk(name, exclude)
        else:
            yield name


def walk(folder: str, exclude: Sequence[str]) -> Iterator[str]:
    """Yield the sources in `folder`, in the order of their names."""
    for path, folders, files in os.walk(folder):
        folders[:] = sorted(
            each
            for each in folders
            if not each.startswith(".")
            and each not in _SKIPPED
            and not is_excluded(Path(path, each), exclude)
        )
        for each in sorted(files):
            if each.endswith(_SUFFIXES) and not is_excluded(Path(path, each), exclude):
                yield os.path.normpath(os.path.join(path, each))  # noqa: PTH118 (keeps `a/b.c`)


def is_excluded(path: Path, exclude: Sequence[str]) -> bool:
    """Whether one of the patterns `exclude` fits the path, its end, or a part of it."""
    text = path.as_posix()
    return any(
        fnmatch(text, pattern)
        or fnmatch(text, f"*/{pattern}")
        or any(fnmatch(part, pattern) for part in path.parts)
        for pattern in exclude
    )
