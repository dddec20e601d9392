"""Preprocessing (C11 translation phase 4): directives, conditionals, macro expansion."""

import datetime
from pathlib import Path

from freehold.c.depth import deep_recursion
from freehold.c.pp.builtin import builtin_macros
from freehold.c.pp.conditional import Conditionals
from freehold.c.pp.directive import Directives
from freehold.c.pp.expand import Expander
from freehold.c.pp.files import Library, ReadFile, lexed_source, modified_on_disk, read_from_disk
from freehold.c.pp.has import Operators
from freehold.c.pp.include import Includes
from freehold.c.pp.limits import Budget, Limit
from freehold.c.pp.macro import Macro, special
from freehold.c.pp.pragma import Pragmas
from freehold.c.pp.predefined import is_c23, is_gnu, predefined
from freehold.c.pp.report import Report
from freehold.c.pp.stream import Stream
from freehold.c.token import Kind, Token
from freehold.diagnostics import Diagnostic
from freehold.diagnostics.codes import LEXICAL, TOO_COMPLEX
from freehold.records import dataclass
from freehold.source import Source, Span

OWN_HEADERS = str(Path(__file__).parent / "include")


@dataclass(frozen=True, slots=True)
class PreprocessOptions:
    """What the command line says.

    Folders are searched in the order quote, include, system; the folder of the including file
    comes before them for "...". `now`: what `__DATE__` and `__TIME__` say.
    """

    include_dirs: tuple[str, ...] = ()
    quote_dirs: tuple[str, ...] = ()
    system_dirs: tuple[str, ...] = (OWN_HEADERS,)
    defines: tuple[tuple[str, str], ...] = ()
    undefines: tuple[str, ...] = ()
    forced_includes: tuple[str, ...] = ()
    std: str = "gnu11"
    read: ReadFile = read_from_disk
    pedantic_errors: bool = False
    now: datetime.datetime | None = None


@dataclass(frozen=True, slots=True)
class Preprocessed:
    """The tokens of one translation unit (END last), what was found, and the files it read."""

    tokens: list[Token]
    diagnostics: list[Diagnostic]
    dependencies: tuple[Source, ...]


def preprocess(source: Source, options: PreprocessOptions) -> Preprocessed:
    """Return the translation unit of `source`. Never raises on bad input."""
    unit = _Unit(source, options)
    tokens: list[Token] = []
    found = unit.report.found
    try:
        with deep_recursion():
            unit.start()
            unit.expander.unit(tokens)
    except Limit as limit:
        facts = {"what": limit.what, "limit": limit.limit}
        found.append(Diagnostic(TOO_COMPLEX, limit.at, facts))
    if any([token.kind is Kind.OTHER for token in tokens]):  # noqa: C419  a list is faster
        found.extend(_stray(token) for token in tokens if token.kind is Kind.OTHER)
        tokens = [token for token in tokens if token.kind is not Kind.OTHER]
    tokens.append(Token(Kind.END, "", source, len(source.text), len(source.text), bol=True))
    files = unit.library.files.values()
    read = tuple(file.lexed.source for file in files if file is not None)
    return Preprocessed(tokens, found, read)


def _stray(token: Token) -> Diagnostic:
    """Return what is wrong with a token that C has no use for."""
    quote = token.text[0]
    what = (
        f"`{quote}` without a closing one" if quote in "\"'" else f"`{token.text}` is no part of C"
    )
    return Diagnostic(LEXICAL, token.span, {"what": what})


class _Unit:
    """The parts of the preprocessor, put together for one translation unit."""

    def __init__(self, source: Source, options: PreprocessOptions) -> None:
        self._source = source
        self._options = options
        quoted, folders = len(options.quote_dirs), (*options.quote_dirs, *options.include_dirs)
        self.library = Library(
            folders=(*folders, *options.system_dirs),
            quoted=quoted,
            system=len(folders),
            read=options.read,
            trigraphs=not is_gnu(options.std),
        )
        self.report = Report(pedantry=options.pedantic_errors, quiet=self._is_quiet)
        budget = Budget()
        self._macros: dict[str, Macro] = {}
        self._stream = Stream(self.report, budget)
        self.expander = Expander(
            self._macros, self._stream, self.report, budget, gnu=is_gnu(options.std)
        )
        self._wire()

    def _wire(self) -> None:
        macros, stream, report = self._macros, self._stream, self.report
        line = self.expander.line
        self._includes = Includes(macros, self.library, stream, report, line)
        pragmas = Pragmas(macros, self.library, stream, report, line)
        operators = Operators(macros, report, self._includes.can_include)
        bools = is_c23(self._options.std)
        conditionals = Conditionals(stream, operators, report, line, bools=bools)
        directives = Directives(macros, conditionals, self._includes, pragmas, report, line)
        stream.carry_out = directives.carry_out
        self.expander.pragma = pragmas.carry_out

    def _is_quiet(self, source: Source) -> bool:
        file = self.library.files.get(source.name)
        return file is not None and file.system and file.lexed.source is source

    def start(self) -> None:
        """Define what is predefined, and enter the main file."""
        options, macros = self._options, self._macros
        now = options.now or datetime.datetime.now()
        macros["_Pragma"] = special("_Pragma")
        macros |= builtin_macros(self._stream, self._source.name, now, modified_on_disk)
        self._run(Source("<built-in>", predefined(options.std)))
        lines = [f"#define {name} {value}\n" for name, value in options.defines]
        lines += [f"#undef {name}\n" for name in options.undefines]
        self._run(Source("<command line>", "".join(lines)))
        main = lexed_source(self._source, trigraphs=not is_gnu(options.std))
        at = Span(self._source, 0, 0)
        self._stream.enter(main, at)
        for name in reversed(options.forced_includes):
            self._includes.force(name, at)

    def _run(self, source: Source) -> None:
        """Carry out the directives of a source that has nothing else."""
        self._stream.enter(lexed_source(source), Span(source, 0, 0))
        while self._stream.refill():
            pass
