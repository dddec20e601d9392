"""Diagnostics of semantic analysis, and which of gcc's levels each has.

error: always. pedwarn: gcc warns, and -pedantic-errors makes it an error. pedantic: gcc is silent
unless -pedantic-errors. warn: never an error. Nothing but errors is said in system headers.
"""

from collections.abc import Sequence
from pathlib import Path

from freehold.c import tree
from freehold.c.sema.kinds import BAD
from freehold.c.sema.options import SemaOptions
from freehold.diagnostics import Code, Diagnostic, Label, Severity
from freehold.diagnostics.codes import TOO_COMPLEX, UNSUPPORTED
from freehold.source import Source, Span

_OWN_HEADERS = str(Path(__file__).parent.parent / "include")
_SYSTEM = (_OWN_HEADERS, "/usr/include/", "/usr/lib/gcc/", "/usr/lib/llvm", "<built-in>")


class Reporter:
    """Collects diagnostics; `extension` is the depth of `__extension__`, which quiets pedantry."""

    __slots__ = ("extension", "found", "pedantry", "systems")

    def __init__(self, options: SemaOptions) -> None:
        self.found: list[Diagnostic] = []
        self.pedantry = options.pedantic_errors
        self.extension = 0
        self.systems: dict[int, bool] = {}

    def in_system(self, at: Span) -> bool:
        """Tell whether `at` lies in a system header."""
        source: Source = at.source
        known = self.systems.get(id(source))
        if known is None:
            known = self.systems[id(source)] = source.name.startswith(_SYSTEM)
        return known

    def error(
        self,
        code: Code,
        at: Span,
        what: str,
        *involved: tree.Expr,
        labels: Sequence[Label] = (),
        help: str = "",
    ) -> None:
        """Report an error, unless one of the expressions involved was reported already."""
        if not any(expr.type is BAD for expr in involved):
            self._add(code, at, what, Severity.ERROR, labels, help)

    def pedwarn(
        self,
        code: Code,
        at: Span,
        what: str,
        *involved: tree.Expr,
        labels: Sequence[Label] = (),
        help: str = "",
    ) -> None:
        """Report what gcc warns about by default, and refuses under -pedantic-errors."""
        if self.in_system(at) or any(expr.type is BAD for expr in involved):
            return
        level = Severity.ERROR if self.pedantry else Severity.WARNING
        self._add(code, at, what, level, labels, help)

    def pedantic(self, code: Code, at: Span, what: str) -> None:
        """Report a GNU extension, under -pedantic-errors."""
        if self.pedantry and not self.extension and not self.in_system(at):
            self._add(code, at, what, Severity.ERROR, (), "")

    def warn(self, code: Code, at: Span, what: str) -> None:
        """Report what is never more than a warning."""
        if not self.in_system(at):
            self._add(code, at, what, Severity.WARNING, (), "")

    def hazard(self, code: Code, at: Span, what: str, help: str) -> None:
        """Report what breaks a rule, whatever comes of it."""
        if not self.in_system(at):
            self._add(code, at, what, Severity.HAZARD, (), help)

    def unsupported(self, at: Span, what: str) -> None:
        """Report a construct that we cannot handle yet."""
        self._add(UNSUPPORTED, at, what, Severity.UNSUPPORTED, (), "")

    def beyond(self, at: Span, what: str, limit: str) -> None:
        """Report what goes beyond a limit of ours."""
        self.found.append(Diagnostic(TOO_COMPLEX, at, {"what": what, "limit": limit}))

    def _add(
        self,
        code: Code,
        at: Span,
        what: str,
        level: Severity,
        labels: Sequence[Label],
        help_text: str,
    ) -> None:
        last = self.found[-1] if self.found else None
        if last is not None and last.code is code and last.at == at and last.severity is level:
            return  # one mistake, which two rules see
        facts = {"what": what, "name": what}
        helps = (help_text,) if help_text else ()
        self.found.append(
            Diagnostic(code, at, facts, labels=tuple(labels), help=helps, level=level)
        )
