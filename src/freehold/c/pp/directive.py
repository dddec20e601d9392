"""Directives: what each `#` line does (C11 6.10)."""

import re
from collections.abc import Callable

from freehold.c.pp.conditional import NAMES as CONDITIONALS
from freehold.c.pp.conditional import Conditionals
from freehold.c.pp.define import macro_to_undefine, read_definition
from freehold.c.pp.include import Includes
from freehold.c.pp.macro import Macro
from freehold.c.pp.pragma import Pragmas
from freehold.c.pp.report import Report
from freehold.c.pp.stream import Frame
from freehold.c.pp.substitute import Expand
from freehold.c.token import Kind, Token
from freehold.diagnostics import Label
from freehold.diagnostics.codes import ERROR_DIRECTIVE

_MAX_LINE = 2147483647
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_IGNORED = frozenset({"ident", "sccs", "assert", "unassert"})


class Directives:
    """Carries out the directives of a unit."""

    def __init__(
        self,
        macros: dict[str, Macro],
        conditionals: Conditionals,
        includes: Includes,
        pragmas: Pragmas,
        report: Report,
        expand: Expand,
    ) -> None:
        self._macros = macros
        self._conditionals = conditionals
        self._pragmas = pragmas
        self._report = report
        self._expand = expand
        self._table: dict[str, Callable[[Token, list[Token]], None]] = {
            "define": self._define,
            "undef": self._undef,
            "include": includes.include,
            "include_next": includes.include,
            "import": includes.include,
            "error": self._error,
            "warning": self._warning,
        }

    # directive = "#" (name token*)? newline
    def carry_out(self, frame: Frame, line: list[Token]) -> list[Token]:
        """Carry out the directive whose line, after the `#`, is `line`."""
        if not line:
            return []
        name, rest = line[0], line[1:]
        action = self._table.get(name.text)
        if action is not None:
            action(name, rest)
        elif name.text in CONDITIONALS:
            self._conditionals.carry_out(frame, name, rest)
        elif name.text == "pragma":
            return self._pragmas.carry_out(name, rest)
        elif name.text == "line":
            self._line(frame, name, rest)
        elif name.kind is Kind.NUMBER:
            self._line(frame, name, line)
        elif name.text not in _IGNORED:
            self._report.error(name, f"there is no directive #{name.text}")
        return []

    # -------------------------------------------------------------------------------- macros

    def _define(self, name: Token, rest: list[Token]) -> None:
        macro = read_definition(name, rest, self._report)
        if macro is None:
            return
        known = self._macros.get(macro.name)
        if known is not None and not known.same_as(macro):
            self._redefine(rest[0], known)
        self._macros[macro.name] = macro

    def _redefine(self, target: Token, known: Macro) -> None:
        if known.poisoned:
            self._report.error(target, f"`{target.text}` is poisoned")
        elif known.at is None:
            self._report.warn(target, f"the builtin macro `{target.text}` is redefined")
        else:
            label = Label(known.at.span, "first defined here")
            self._report.pedwarn(target, f"macro `{target.text}` redefined", label)

    # undef = "undef" identifier
    def _undef(self, name: Token, rest: list[Token]) -> None:
        target = macro_to_undefine(name, rest, self._report)
        if target is None:
            return
        if len(rest) > 1:
            self._report.pedwarn(rest[1], "#undef takes one name")
        known = self._macros.pop(target.text, None)
        if known is not None and known.poisoned:
            self._report.error(target, f"`{target.text}` is poisoned")
        elif known is not None and known.builtin is not None:
            self._report.warn(target, f"the builtin macro `{target.text}` is undefined")

    # --------------------------------------------------------------------------------- other

    # line = "line"? digit+ string? digit*      after expansion; without "line" gcc -E writes it
    def _line(self, frame: Frame, name: Token, rest: list[Token]) -> None:
        marker = rest[:1] == [name]
        rest = self._expand(rest)
        number = rest[0].text if rest else ""
        if not (number.isascii() and number.isdigit()):
            self._report.error(rest[0] if rest else name, f"#{name.text} wants a line number")
            return
        wanted = int(number) if len(number) < 20 else 0
        if not marker and not 0 < wanted <= _MAX_LINE:
            self._report.pedantic(rest[0], "line number out of range")
        frame.shift = (wanted & _MAX_LINE) - (name.span.line + 1)
        if len(rest) > 1:
            self._presume_name(frame, rest[1])
        if len(rest) > 2 and not marker:
            self._report.pedwarn(rest[2], "extra tokens at the end of #line")
        if marker and "3" in [token.text for token in rest[2:]] and frame.file is not None:
            frame.file.system = True

    def _presume_name(self, frame: Frame, literal: Token) -> None:
        if literal.kind is not Kind.STRING or literal.text[0] != '"':
            self._report.error(literal, f"`{literal.text}` is no file name")
            return
        frame.name = _ESCAPE.sub(r"\1", literal.text[1:-1])

    def _error(self, name: Token, rest: list[Token]) -> None:
        self._report.add(ERROR_DIRECTIVE, name.span, what=_text(rest))

    def _warning(self, name: Token, rest: list[Token]) -> None:
        self._report.pedantic(name, "#warning is an extension")
        self._report.warn(name, f"#warning {_text(rest)}".rstrip())


def _text(line: list[Token]) -> str:
    parts = [
        (" " if token.space and index else "") + token.text for index, token in enumerate(line)
    ]
    return "".join(parts).rstrip()
