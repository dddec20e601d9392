"""Preprocessing (C11 translation phases 4 and 6): directives, conditionals, macro expansion."""

import datetime
from dataclasses import dataclass
from pathlib import Path

from freehold.c.lex import lex
from freehold.c.pp.directive import Directives, Limit
from freehold.c.pp.files import Library, ReadFile, read_from_disk
from freehold.c.pp.macro import Argument, Macro, PasteError, Replacement, hide
from freehold.c.pp.predefined import predefined
from freehold.c.token import Kind, Token
from freehold.diagnostics import Diagnostic
from freehold.diagnostics.codes import PREPROCESSING, TOO_COMPLEX
from freehold.source import Source

OWN_HEADERS = str(Path(__file__).parent / "include")
MAX_TOKENS = 8_000_000
MAX_PENDING = 2_000_000


@dataclass(frozen=True, slots=True)
class PreprocessOptions:
    """What the command line says. Folders are searched in the order quote, include, system."""

    include_dirs: tuple[str, ...] = ()
    quote_dirs: tuple[str, ...] = ()
    system_dirs: tuple[str, ...] = (OWN_HEADERS,)
    defines: tuple[tuple[str, str], ...] = ()
    undefines: tuple[str, ...] = ()
    forced_includes: tuple[str, ...] = ()
    std: str = "gnu11"
    read: ReadFile = read_from_disk


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
    try:
        unit.start()
        unit.expand_into(tokens)
    except Limit as limit:
        facts = {"what": limit.what, "limit": limit.limit}
        unit.directives.found.append(Diagnostic(TOO_COMPLEX, limit.at, facts))
    end = Token(Kind.END, "", source, len(source.text), len(source.text), bol=True)
    tokens.append(end)
    files = unit.library.files.values()
    read = tuple(file.source for file in files if file is not None)
    return Preprocessed(tokens, unit.directives.found, read)


class _Unit:
    """The state of one translation unit: macros, and tokens that wait to be rescanned."""

    def __init__(self, source: Source, options: PreprocessOptions) -> None:
        self._source = source
        self._options = options
        self._counter = 0
        self._made = 0
        self._now = datetime.datetime.now()  # __DATE__ is local time
        self.library = Library(
            options.quote_dirs, (*options.include_dirs, *options.system_dirs), options.read
        )
        self.macros: dict[str, Macro] = {}
        self.directives = Directives(self.macros, self.library, self.expand_list)

    def start(self) -> None:
        """Define what is predefined, and enter the main file."""
        text = predefined(self._options.std)
        for name, value in self._options.defines:
            text += f"#define {name} {value}\n"
        for name in self._options.undefines:
            text += f"#undef {name}\n"
        for name, builtin in {
            "__FILE__": self._file,
            "__LINE__": self._line,
            "__COUNTER__": self._count,
            "__INCLUDE_LEVEL__": self._level,
            "__BASE_FILE__": self._base,
            "__DATE__": self._date,
            "__TIME__": self._time,
            "__TIMESTAMP__": self._stamp,
        }.items():
            self.macros[name] = Macro(name, None, variadic=False, body=(), builtin=builtin)
        self._define_all(Source("<command line>", text))
        tokens, found = lex(self._source)
        self.directives.found.extend(found)
        self.directives.enter_main(self._source, tokens)
        for name in reversed(self._options.forced_includes):
            self.directives.force(name)

    def _define_all(self, source: Source) -> None:
        tokens, found = lex(source)
        self.directives.found.extend(found)
        self.directives.enter_main(source, tokens)
        while self.directives.next() is not None:
            pass

    # ------------------------------------------------------------------------------ expansion

    def expand_into(self, out: list[Token]) -> None:
        """Append the whole expanded unit to `out`."""
        pending: list[Token] = []
        macros, following, append = self.macros, self.directives.next, out.append
        while True:
            token = pending.pop() if pending else following()
            if token is None:
                return
            if token.kind is Kind.IDENT and token.text in macros:
                self._invoke(token, pending, append_to=out, file_level=True)
            elif token.kind is Kind.IDENT and token.text == "_Pragma":
                self._pragma_operator(token, pending, out)
            else:
                append(token)

    def expand_list(self, tokens: list[Token]) -> list[Token]:
        """Return `tokens` fully expanded, as an argument or a directive's line is."""
        if not any(t.kind is Kind.IDENT and t.text in self.macros for t in tokens):
            return tokens
        pending = tokens[::-1]
        out: list[Token] = []
        while pending:
            token = pending.pop()
            if token.kind is Kind.IDENT and token.text in self.macros:
                self._invoke(token, pending, append_to=out, file_level=False)
            else:
                out.append(token)
        return out

    def _invoke(
        self, token: Token, pending: list[Token], *, append_to: list[Token], file_level: bool
    ) -> None:
        macro = self.macros[token.text]
        if token.hideset is not None and token.text in token.hideset:
            append_to.append(token)
            return
        if macro.builtin is not None:
            append_to.append(macro.builtin(token))
            return
        arguments: dict[str, Argument] = {}
        hideset = token.hideset
        if macro.parameters is not None:
            following = self._following(pending, file_level=file_level)
            if following is None or following.text != "(" or following.kind is not Kind.PUNCT:
                if following is not None:
                    pending.append(following)
                append_to.append(token)
                return
            collected = self._arguments(macro, token, pending, file_level=file_level)
            if collected is None:
                append_to.append(token)
                return
            arguments, last = collected
            if hideset is not None:
                hideset = hideset & (last.hideset or frozenset())
        self._replace(macro, token, arguments, hide(hideset, macro.name), pending)

    def _replace(
        self,
        macro: Macro,
        token: Token,
        arguments: dict[str, Argument],
        hideset: frozenset[str],
        pending: list[Token],
    ) -> None:
        try:
            made = Replacement(macro, arguments, token, self.expand_list).tokens(hideset)
        except PasteError as error:
            self._error(token, f"pasting forms `{error.text}`, an invalid preprocessing token")
            return
        except RecursionError:
            raise Limit("nesting of macro calls", 1000, token.span) from None
        if made:
            made[0].space, made[0].bol = token.space, token.bol
        self._made += len(made)
        if self._made > MAX_TOKENS or len(pending) > MAX_PENDING:
            raise Limit("the number of tokens that macros make", MAX_TOKENS, token.span.outermost())
        pending.extend(reversed(made))

    def _following(self, pending: list[Token], *, file_level: bool) -> Token | None:
        if pending:
            return pending.pop()
        return self.directives.next() if file_level else None

    def _arguments(
        self, macro: Macro, call: Token, pending: list[Token], *, file_level: bool
    ) -> tuple[dict[str, Argument], Token] | None:
        parameters = macro.parameters or ()
        lists: list[list[Token]] = [[]]
        depth = 0
        while True:
            token = self._following(pending, file_level=file_level)
            if token is None:
                self._error(call, f"unterminated argument list of macro `{macro.name}`")
                return None
            if token.kind is Kind.PUNCT:
                if token.text == "(":
                    depth += 1
                elif token.text == ")":
                    if depth == 0:
                        break
                    depth -= 1
                elif (
                    token.text == ","
                    and depth == 0
                    and (not macro.variadic or len(lists) < len(parameters))
                ):
                    lists.append([])
                    continue
            lists[-1].append(token)
        return self._match(macro, call, lists), token

    def _match(self, macro: Macro, call: Token, lists: list[list[Token]]) -> dict[str, Argument]:
        parameters = macro.parameters or ()
        if not parameters and lists == [[]]:
            return {}
        given = [Argument(tokens) for tokens in lists]
        if macro.variadic and len(given) == len(parameters) - 1:
            given.append(Argument([], missing=True))
        if len(given) != len(parameters):
            few = "only " if len(given) < len(parameters) else ""
            self._error(
                call,
                f"macro `{macro.name}` takes {len(parameters)} arguments, {few}{len(given)} given",
            )
            given = (given + [Argument([]) for _ in parameters])[: len(parameters)]
        return dict(zip(parameters, given, strict=True))

    def _pragma_operator(self, token: Token, pending: list[Token], out: list[Token]) -> None:
        texts: list[Token] = []
        for _ in range(3):
            following = self._following(pending, file_level=True)
            if following is None:
                break
            texts.append(following)
        if len(texts) < 3 or texts[1].kind is not Kind.STRING:
            self._error(token, "`_Pragma` takes a string literal in parentheses")
            return
        text = texts[1].text.partition('"')[2][:-1].replace('\\"', '"').replace("\\\\", "\\")
        line, _ = lex(Source(token.source.name, text))
        out.extend(self.directives.pragma(token, line[:-1]))

    def _error(self, at: Token, what: str) -> None:
        self.directives.found.append(Diagnostic(PREPROCESSING, at.span, {"what": what}))

    # ------------------------------------------------------------------------ builtin macros

    def _file(self, at: Token) -> Token:
        name, _ = self.directives.presumed(at.span.outermost())
        return _string(at, name)

    def _line(self, at: Token) -> Token:
        _, line = self.directives.presumed(at.span.outermost())
        return _like(at, Kind.NUMBER, str(line))

    def _count(self, at: Token) -> Token:
        self._counter += 1
        return _like(at, Kind.NUMBER, str(self._counter - 1))

    def _level(self, at: Token) -> Token:
        return _like(at, Kind.NUMBER, str(self.directives.depth - 1))

    def _base(self, at: Token) -> Token:
        return _string(at, self._source.name)

    def _date(self, at: Token) -> Token:
        return _string(at, f"{self._now:%b} {self._now.day:2d} {self._now.year}")

    def _time(self, at: Token) -> Token:
        return _string(at, f"{self._now:%H:%M:%S}")

    def _stamp(self, at: Token) -> Token:
        return _string(at, f"{self._now:%a %b} {self._now.day:2d} {self._now:%H:%M:%S %Y}")


def _like(at: Token, kind: Kind, text: str) -> Token:
    return Token(
        kind, text, at.source, at.start, at.end,
        bol=at.bol, space=at.space, expansion=at.expansion,
    )  # fmt: skip


def _string(at: Token, text: str) -> Token:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return _like(at, Kind.STRING, f'"{escaped}"')
