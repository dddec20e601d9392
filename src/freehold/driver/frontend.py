"""C sources to one MIR program: the stages in order, each a function from value to value."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from freehold.c.lower import lower
from freehold.c.parse import ParseOptions, parse
from freehold.c.pp.files import ReadFile, read_from_disk
from freehold.c.preprocess import OWN_HEADERS, PreprocessOptions, preprocess
from freehold.c.repair import repair
from freehold.c.sema import SemaOptions, analyse
from freehold.diagnostics import Diagnostic, Severity
from freehold.diagnostics.codes import CPLUSPLUS, SYNTAX
from freehold.driver.options import CompileOptions
from freehold.mir.body import Program
from freehold.mir.link import link
from freehold.records import dataclass
from freehold.source import Source

SYSTEM_HEADERS = ("/usr/local/include", "/usr/include/x86_64-linux-gnu", "/usr/include")
_FATAL = {Severity.ERROR, Severity.UNSUPPORTED}


@dataclass(frozen=True, slots=True)
class Front:
    """A program, unless something in `diagnostics` stands against it."""

    program: Program | None
    diagnostics: tuple[Diagnostic, ...]


def read_program(
    sources: Sequence[Source],
    options: CompileOptions,
    read: ReadFile = read_from_disk,
    known: Callable[[str], bool] = lambda symbol: True,
) -> Front:
    """Return the program that `sources` make together.

    `read` is how included files are got; `known` says which symbols libraries have.
    """
    found: list[Diagnostic] = []
    programs: list[Program] = []
    for source in sources:
        front = read_unit(source, options, read)
        found.extend(front.diagnostics)
        if front.program is not None:
            programs.append(front.program)
    if len(programs) < len(sources) or is_fatal(found):
        return Front(None, tuple(found))
    program, problems = link(programs, known)
    found.extend(problems)
    return Front(None if is_fatal(problems) else program, tuple(found))


def read_unit(source: Source, options: CompileOptions, read: ReadFile) -> Front:
    """Return the program of one translation unit; one that is a snippet is repaired."""
    front = _read_unit(source, options, read)
    if options.strict or not _is_snippet(front.diagnostics):
        return front
    made = repair(source)
    if not made.repaired.repairs:
        return front
    headers = (*options.forced_includes, *made.headers)
    again = _read_unit(made.repaired.source, replace(options, forced_includes=headers), read)
    if _is_snippet(again.diagnostics):
        return front
    return Front(again.program, (*made.repaired.repairs, *again.diagnostics))


def _is_snippet(found: Sequence[Diagnostic]) -> bool:
    """Whether a text fails to parse, and not because it is C++."""
    codes = {one.code for one in found}
    return SYNTAX in codes and CPLUSPLUS not in codes


def _read_unit(source: Source, options: CompileOptions, read: ReadFile) -> Front:
    found: list[Diagnostic] = []
    done = preprocess(source, preprocess_options(options, read))
    found.extend(done.diagnostics)
    if is_fatal(found):
        return Front(None, tuple(found))
    parsing = ParseOptions(std=options.std, pedantic_errors=options.pedantic_errors)
    tree, problems = parse(done.tokens, parsing)
    found.extend(problems)
    if tree is None or is_fatal(problems):
        return Front(None, tuple(found))
    unit, problems = analyse(tree, SemaOptions(pedantic_errors=options.pedantic_errors))
    found.extend(problems)
    if is_fatal(problems):
        return Front(None, tuple(found))
    program, problems = lower(unit)
    found.extend(problems)
    return Front(None if is_fatal(problems) else program, tuple(found))


def preprocess_options(options: CompileOptions, read: ReadFile) -> PreprocessOptions:
    """Return the preprocessor's part of `options`."""
    # stddef.h, stdarg.h and their like belong to the compiler: ours are found behind the system's.
    system = (*SYSTEM_HEADERS, OWN_HEADERS) if options.system_headers else (OWN_HEADERS,)
    return PreprocessOptions(
        include_dirs=options.include_dirs,
        quote_dirs=options.quote_dirs,
        system_dirs=(*options.system_dirs, *system),
        defines=options.defines,
        undefines=options.undefines,
        forced_includes=options.forced_includes,
        std=options.std,
        read=read,
    )


def is_fatal(found: Sequence[Diagnostic]) -> bool:
    """Whether something in `found` keeps the program from being run."""
    return any(d.severity in _FATAL for d in found)
