"""`compile_commands.json`: how each file of a project is compiled.

The format is Clang's: a list of objects with `directory`, `file`, and `arguments` or `command`.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from freehold.cli.ccline import CcError, CcLine, parse

NAME = "compile_commands.json"


class CommandsError(Exception):
    """The file cannot be read; the text says why."""


def read_commands(path: Path) -> dict[Path, CcLine]:
    """Return the compiler's line of each C file in `path`, by its absolute path.

    Raises CommandsError. Of several lines for one file the first counts; files that are not C
    are left out, and so are lines for what is not C.
    """
    import json

    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandsError(f"`{path}`: {(error.strerror or str(error)).lower()}") from error
    except ValueError as error:
        raise CommandsError(f"`{path}`: {error}") from error
    if not isinstance(entries, list):
        raise CommandsError(f"`{path}` is no list of commands")
    found: dict[Path, CcLine] = {}
    for entry in entries:
        try:
            file, line = _entry(entry, path.parent)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise CommandsError(f"`{path}`: an entry is not as it should be: {error}") from error
        except CcError:
            continue
        if file.suffix == ".c":
            found.setdefault(file, line)
    return found


def _entry(entry: Mapping[str, object], beside: Path) -> tuple[Path, CcLine]:
    folder = (beside / str(entry.get("directory", "."))).resolve()
    file = (folder / str(entry["file"])).resolve()
    arguments = entry.get("arguments")
    if isinstance(arguments, list):
        words = [str(word) for word in arguments]
    else:
        import shlex

        words = shlex.split(str(entry["command"]))
    return file, _placed(parse(words[1:]), folder)


def _placed(line: CcLine, folder: Path) -> CcLine:
    """Return the line as it is meant in `folder`."""

    def all_of(paths: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(str(folder / path) for path in paths)

    return replace(
        line,
        include_dirs=all_of(line.include_dirs),
        quote_dirs=all_of(line.quote_dirs),
        system_dirs=all_of(line.system_dirs),
        forced_includes=tuple(
            str(folder / name) if (folder / name).exists() else name
            for name in line.forced_includes
        ),
        library_dirs=all_of(line.library_dirs),
    )
