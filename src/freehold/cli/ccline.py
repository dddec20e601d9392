"""The part of a command line that a C compiler would have understood.

A line that was pasted from a build works: what matters here is taken over, what does not is
dropped, and what would have changed the program's meaning is said in a note.
"""

from collections.abc import Callable
from dataclasses import replace

from freehold.records import dataclass

# Options whose value may stand in the same word or in the next.
_VALUED = (
    "-include",
    "-imacros",
    "-isystem",
    "-iquote",
    "-idirafter",
    "-I",
    "-D",
    "-U",
    "-L",
    "-l",
    "-o",
    "-x",
)
# Options whose value stands in the next word, and has no bearing on a checked run.
_SKIPPED = {"-isysroot", "-Xlinker", "-Xassembler", "-Xpreprocessor", "--param", "-T", "-u", "-z"}
_SKIPPED |= {"-MF", "-MT", "-MQ", "-B", "-e"}

# What begins so has no bearing on a checked run.
_IGNORED = (
    "-W", "-O", "-g", "-f", "-m", "-M", "-p", "-no-pie", "-nostdlib", "-nodefaultlibs",
    "-nostartfiles", "-static", "-shared", "-rdynamic", "-ansi",
)  # fmt: skip
_IGNORED_EXACTLY = {"-c", "-s", "-v", "-P", "-C", "-H", "-Q", "-###"}

# Accepted, but it would have changed what the program means.
_SAID = {
    "-m32": "the machine is always x86-64",
    "-mx32": "the machine is always x86-64",
    "-m16": "the machine is always x86-64",
    "-funsigned-char": "char stays signed",
    "-fshort-enums": "enumerations stay as wide as int",
    "-fpack-struct": "structs keep their padding",
    "-fopenmp": "parallel regions run in one thread",
}

# Libraries that are part of glibc, which is there in any case.
_ALWAYS_THERE = {"c", "m", "dl", "rt", "pthread", "util", "gcc", "gcc_s"}


class CcError(Exception):
    """The line asks for something that cannot be had."""


@dataclass(frozen=True, slots=True)
class CcLine:
    """What was understood. `rest` is what no C compiler has: our own options, and the files."""

    include_dirs: tuple[str, ...] = ()
    quote_dirs: tuple[str, ...] = ()
    system_dirs: tuple[str, ...] = ()
    defines: tuple[tuple[str, str], ...] = ()
    undefines: tuple[str, ...] = ()
    forced_includes: tuple[str, ...] = ()
    std: str = "gnu17"
    libraries: tuple[str, ...] = ()
    library_dirs: tuple[str, ...] = ()
    pedantic_errors: bool = False
    warnings: bool = True
    notes: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()


def parse(arguments: list[str]) -> CcLine:
    """Take the compiler's options out of `arguments`; raises CcError."""
    line = CcLine()
    pending = list(reversed(arguments))
    while pending:
        argument = pending.pop()
        if argument == "-" or not argument.startswith("-") or _is_ours(argument):
            line = replace(line, rest=(*line.rest, argument))
            continue
        option, value = _split(argument, pending)
        line = _TAKE.get(option, _plain)(line, option, value)
    return line


def _is_ours(argument: str) -> bool:
    if argument in {"-h", "-q"}:  # no compiler has these
        return True
    return argument.startswith("--") and not argument.startswith("--param")


def _split(argument: str, pending: list[str]) -> tuple[str, str]:
    """Return the option and its value, which may be the rest of the word or the next argument."""
    if argument.startswith("-std="):
        return "-std", argument[5:]
    for option in _VALUED:
        if argument.startswith(option) and argument != option:
            return option, argument[len(option) :]
    if argument in _VALUED or argument in _SKIPPED:
        if not pending:
            raise CcError(f"{argument} needs a value")
        return argument, pending.pop()
    return argument, ""


def _plain(line: CcLine, option: str, _: str) -> CcLine:
    if option == "-E":
        raise CcError("-E: use `freehold emit tokens`")
    if option == "-w":
        return replace(line, warnings=False)
    if option == "-ansi":
        return replace(line, std="c90")
    if option == "-pedantic-errors":
        return replace(line, pedantic_errors=True)
    if option.startswith("-fsanitize="):
        return _note(line, f"{option}: every check is always on")
    if option in _SAID:
        return _note(line, f"{option} has no effect: {_SAID[option]}")
    if option in _IGNORED_EXACTLY or option.startswith(_IGNORED):
        return line
    raise CcError(f"no such option: {option}")


def _note(line: CcLine, text: str) -> CcLine:
    return line if text in line.notes else replace(line, notes=(*line.notes, text))


def _include(line: CcLine, _: str, value: str) -> CcLine:
    return replace(line, include_dirs=(*line.include_dirs, value))


def _quote(line: CcLine, _: str, value: str) -> CcLine:
    return replace(line, quote_dirs=(*line.quote_dirs, value))


def _system(line: CcLine, _: str, value: str) -> CcLine:
    return replace(line, system_dirs=(*line.system_dirs, value))


def _define(line: CcLine, _: str, value: str) -> CcLine:
    name, equals, text = value.partition("=")
    kept = tuple(u for u in line.undefines if u != name)
    made = (name, text if equals else "1")
    return replace(line, defines=(*line.defines, made), undefines=kept)


def _undefine(line: CcLine, _: str, value: str) -> CcLine:
    kept = tuple(d for d in line.defines if d[0].partition("(")[0] != value)
    return replace(line, defines=kept, undefines=(*line.undefines, value))


def _forced(line: CcLine, _: str, value: str) -> CcLine:
    return replace(line, forced_includes=(*line.forced_includes, value))


def _std(line: CcLine, _: str, value: str) -> CcLine:
    if "++" in value:
        raise CcError(f"-std={value}: Freehold reads C, not C++")
    return replace(line, std=value)


def _language(line: CcLine, _: str, value: str) -> CcLine:
    if value not in {"c", "none", "c-header"}:
        raise CcError(f"-x {value}: Freehold reads C")
    return line


def _library(line: CcLine, _: str, value: str) -> CcLine:
    if value in _ALWAYS_THERE:
        return line
    line = _note(line, f"-l{value}: the library is loaded as it is, and runs unchecked")
    return replace(line, libraries=(*line.libraries, value))


def _library_dir(line: CcLine, _: str, value: str) -> CcLine:
    return replace(line, library_dirs=(*line.library_dirs, value))


def _output(line: CcLine, _: str, value: str) -> CcLine:
    return _note(line, f"-o {value}: no file is made (a report goes to a file by --report)")


def _ignore(line: CcLine, _: str, __: str) -> CcLine:
    return line


_TAKE: dict[str, Callable[[CcLine, str, str], CcLine]] = {
    **dict.fromkeys(_SKIPPED, _ignore),
    "-I": _include,
    "-iquote": _quote,
    "-isystem": _system,
    "-idirafter": _system,
    "-D": _define,
    "-U": _undefine,
    "-include": _forced,
    "-imacros": _forced,
    "-std": _std,
    "-x": _language,
    "-l": _library,
    "-L": _library_dir,
    "-o": _output,
}
