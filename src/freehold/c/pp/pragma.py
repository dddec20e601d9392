"""Pragmas. What this tool does not know is ignored, as compilers do."""

from freehold.c.lex import lex
from freehold.c.pp.files import Library
from freehold.c.pp.macro import Macro, special
from freehold.c.pp.report import Report
from freehold.c.pp.stream import Stream
from freehold.c.pp.substitute import Expand
from freehold.c.token import Kind, Token
from freehold.diagnostics.codes import ERROR_DIRECTIVE
from freehold.source import Source


class Pragmas:
    """Carries out `#pragma` and `_Pragma`."""

    def __init__(
        self,
        macros: dict[str, Macro],
        library: Library,
        stream: Stream,
        report: Report,
        expand: Expand,
    ) -> None:
        self._macros = macros
        self._library = library
        self._stream = stream
        self._report = report
        self._expand = expand
        self._pushed: dict[str, list[Macro | None]] = {}

    def carry_out(self, at: Token, line: list[Token]) -> list[Token]:
        """Carry out the rest of a pragma's line; return what the parser must see of it."""
        words = [token.text for token in line]
        match words:
            case ["once", *_]:
                self._once()
            case ["push_macro" | "pop_macro" as what, "(", name, ")", *_] if name[:1] == '"':
                self._push_or_pop(what, name[1:-1])
            case ["GCC", "poison", *_]:
                self._poison(line[2:])
            case ["GCC", "system_header", *_]:
                file = self._stream.frames[-1].file
                if file is not None:
                    file.system = True
            case ["GCC", "error" | "warning" as what, text, *_] if text[:1] == '"':
                self._message(line[2], what, text[1:-1])
            case ["pack", *_]:
                text = " ".join(token.text for token in self._expand(line))
                place = at.source, at.start, _end(at, line)
                return [Token(Kind.PRAGMA, text, *place, bol=True, expansion=at.expansion)]
            case _:
                pass  # an unknown pragma
        return []

    def _once(self) -> None:
        file = self._stream.frames[-1].file
        if file is not None:
            self._library.read_only_once(file)

    def _push_or_pop(self, what: str, name: str) -> None:
        stack = self._pushed.setdefault(name, [])
        if what == "push_macro":
            stack.append(self._macros.get(name))
        elif stack:
            macro = stack.pop()
            if macro is None:
                self._macros.pop(name, None)
            else:
                self._macros[name] = macro

    def _poison(self, names: list[Token]) -> None:
        for name in names:
            if name.kind is not Kind.IDENT:
                self._report.error(name, "`poison` takes identifiers")
                return
            if name.text in self._macros:
                self._report.warn(name, f"the macro `{name.text}` is poisoned")
            self._macros[name.text] = special(name.text, poisoned=True)

    def _message(self, at: Token, what: str, text: str) -> None:
        if what == "error":
            self._report.add(ERROR_DIRECTIVE, at.span, what=text)
        else:
            self._report.warn(at, text)


def pragma_tokens(at: Token, literal: Token) -> list[Token]:
    """Return the tokens in the string of a `_Pragma`, placed where that stands (6.10.9)."""
    text = literal.text.partition('"')[2][:-1].replace('\\"', '"').replace("\\\\", "\\")
    line = lex(Source(at.source.name, text))[0][:-1]
    place = at.source, at.start, at.end
    return [Token(t.kind, t.text, *place, space=t.space, expansion=at.expansion) for t in line]


def _end(at: Token, line: list[Token]) -> int:
    last = line[-1]
    return last.end if last.source is at.source and last.end > at.start else at.end
