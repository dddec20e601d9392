"""Macro expansion: calls found, arguments collected, replacements rescanned (C11 6.10.3.4).

While the replacement of a macro is being rescanned its name is busy: it stands for itself, then
and for ever after (its `hideset` says so).
"""

from collections.abc import Callable

from freehold.c.pp.limits import NESTED_CALLS, Budget, Limit
from freehold.c.pp.macro import Macro
from freehold.c.pp.pragma import pragma_tokens
from freehold.c.pp.report import Report
from freehold.c.pp.stream import Stream
from freehold.c.pp.substitute import Arguments, Substitution
from freehold.c.token import Kind, Token
from freehold.diagnostics import Label
from freehold.diagnostics.codes import PREPROCESSING
from freehold.source import Source

# Carries out the line of a pragma; returns what the parser must see of it.
Pragma = Callable[[Token, list[Token]], list[Token]]

_NOWHERE = Source("", "")


class _Leave(Token):
    """Stands among waiting tokens where a macro's replacement ends. Its `text` is empty."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        super().__init__(Kind.END, "", _NOWHERE, 0, 0)
        self.name = name


class Expander:
    """Expands what a stream holds. Tokens that wait for their rescan are stacked, next one last."""

    __slots__ = (
        "_budget", "_busy", "_depth", "_gnu", "_report", "_stream", "macros",
        "pragma",
    )  # fmt: skip

    def __init__(
        self, macros: dict[str, Macro], stream: Stream, report: Report, budget: Budget, *, gnu: bool
    ) -> None:
        self.macros = macros
        self._stream = stream
        self._report = report
        self._budget = budget
        self._gnu = gnu
        self._busy: set[str] = set()
        self._depth = 0
        self.pragma: Pragma = _no_pragma

    def unit(self, out: list[Token]) -> None:
        """Append all that the stream holds, expanded, to `out`."""
        stream, macros = self._stream, self.macros
        append = out.append
        pending: list[Token] = []
        while stream.refill():
            while stream.at < len(stream.run):
                # Most tokens are no macros: the loop must not call anything for them.
                for at in range(stream.at, len(stream.run)):
                    token = stream.run[at]
                    if token.text in macros:
                        stream.at = at + 1
                        self._call(token, pending, out, from_stream=True)
                        self._drain(pending, out, from_stream=True)
                        break
                    append(token)
                else:
                    break

    def line(self, tokens: list[Token]) -> list[Token]:
        """Return `tokens`, an argument or a directive's line, fully expanded."""
        macros = self.macros
        if macros.keys().isdisjoint([token.text for token in tokens]):
            return tokens
        self._depth += 1
        if self._depth > NESTED_CALLS:
            raise Limit("the nesting of macro calls", NESTED_CALLS, tokens[0].span.outermost())
        out: list[Token] = []
        self._drain(tokens[::-1], out, from_stream=False)
        self._depth -= 1
        return out

    def _drain(self, pending: list[Token], out: list[Token], *, from_stream: bool) -> None:
        macros, append = self.macros, out.append
        while pending:
            token = pending.pop()
            if token.text in macros:
                self._call(token, pending, out, from_stream=from_stream)
            elif token.text:
                append(token)
            else:
                self._leave(token)

    def _leave(self, token: Token) -> None:
        assert isinstance(token, _Leave)
        self._busy.discard(token.name)

    def _call(
        self, token: Token, pending: list[Token], out: list[Token], *, from_stream: bool
    ) -> None:
        """Expand `token`, the name of a macro, which was taken from `pending` or the stream."""
        macro = self.macros[token.text]
        if token.hideset is not None or macro.name in self._busy:
            self._paint(token)
            out.append(token)
        elif macro.simple is None and not macro.replacement:
            self._special(macro, token, pending, out, from_stream=from_stream)
        elif macro.parameters is None:
            self._rescan(macro, token, Arguments([]), pending, out)
        elif not self._parenthesis_follows(pending, from_stream=from_stream):
            out.append(token)
        else:
            arguments = self._arguments(macro, token, pending, from_stream=from_stream)
            if arguments is None:
                out.append(token)
            else:
                self._rescan(macro, token, arguments, pending, out)

    def _rescan(
        self,
        macro: Macro,
        call: Token,
        arguments: Arguments,
        pending: list[Token],
        out: list[Token],
    ) -> None:
        """Replace `call`, and let the replacement wait for its rescan."""
        made = Substitution(
            macro, call, arguments, self.line, self._report, self._budget
        ).tokens()  # fmt: skip
        if not made:
            self._pass_on_space(call, pending)
            return
        # `made[0]` may be an argument's token, which other replacements hold too.
        first = made[0]
        if first.space != call.space or first.bol != call.bol:
            made[0] = Token(
                first.kind, first.text, first.source, first.start, first.end,
                bol=call.bol, space=call.space, hideset=first.hideset, expansion=first.expansion,
            )  # fmt: skip
        macros = self.macros
        for at, token in enumerate(made):
            if token.text in macros:
                out += made[:at]
                pending.append(_Leave(macro.name))
                pending += made[: at - 1 if at else None : -1]
                self._busy.add(macro.name)
                return
        out += made

    def _pass_on_space(self, call: Token, pending: list[Token]) -> None:
        # `a EMPTY-b` has white space between `a` and `-`, which `#` shows.
        if call.space and pending and pending[-1].text and not pending[-1].space:
            token = pending[-1]
            pending[-1] = Token(
                token.kind, token.text, token.source, token.start, token.end,
                bol=token.bol, space=True, hideset=token.hideset, expansion=token.expansion,
            )  # fmt: skip

    def _paint(self, token: Token) -> None:
        if token.hideset is None:
            token.hideset = frozenset((token.text,))

    def _special(
        self,
        macro: Macro,
        token: Token,
        pending: list[Token],
        out: list[Token],
        *,
        from_stream: bool,
    ) -> None:
        if macro.operator:
            # In an argument it waits until the argument stands where it is used.
            out += self._pragma_operator(token, pending) if from_stream else [token]
            return
        if macro.poisoned:
            self._report.error(token, f"`{macro.name}` is poisoned")
        out.append(macro.builtin(token) if macro.builtin else token)

    # pragma-operator = "_Pragma" "(" string ")"
    def _pragma_operator(self, at: Token, pending: list[Token]) -> list[Token]:
        literal = None
        if self._parenthesis_follows(pending, from_stream=True):
            self._next(pending, from_stream=True)
            literal = self._next(pending, from_stream=True)
        close = self._next(pending, from_stream=True) if literal else None
        if literal is None or literal.kind is not Kind.STRING or not close or close.text != ")":
            self._report.error(at, "`_Pragma` takes a string literal in parentheses")
            return []
        return self.pragma(at, pragma_tokens(at, literal))

    # ---------------------------------------------------------------------------- arguments

    def _parenthesis_follows(self, pending: list[Token], *, from_stream: bool) -> bool:
        while pending:
            token = pending[-1]
            if token.text:
                return token.text == "("
            self._leave(pending.pop())
        following = self._stream.peek() if from_stream else None
        return following is not None and following.text == "("

    # arguments = "(" list ("," list)* ")"
    def _arguments(
        self, macro: Macro, call: Token, pending: list[Token], *, from_stream: bool
    ) -> Arguments | None:
        """Take the arguments of a call, parentheses and all; None if they do not fit."""
        last = len(macro.parameters or ()) if macro.variadic else 0
        current: list[Token] = []
        lists = [current]
        depth = count = 0
        while True:
            token = self._next(pending, from_stream=from_stream)
            if token is None:
                what = f"the arguments of macro `{macro.name}` have no `)`"
                self._report.error(call, what)
                return None
            text = token.text
            if text == "(":
                depth += 1
                if depth == 1:
                    continue
            elif text == ")":
                depth -= 1
                if depth == 0:
                    break
            elif text == "," and depth == 1 and len(lists) != last:
                current = []
                lists.append(current)
                continue
            current.append(token)
            count += 1
        self._budget.collect(count, call.span)
        return self._match(macro, call, lists)

    def _next(self, pending: list[Token], *, from_stream: bool) -> Token | None:
        while pending:
            token = pending.pop()
            if token.text:
                if token.text in self._busy:
                    self._paint(token)
                return token
            self._leave(token)
        return self._stream.take() if from_stream else None

    def _match(self, macro: Macro, call: Token, lists: list[list[Token]]) -> Arguments | None:
        """Return the arguments of a call, if they are as many as the parameters."""
        takes, given = len(macro.parameters or ()), len(lists)
        if takes == 0 and not lists[0]:
            return Arguments([])
        if given == takes:
            # GNU: a lone variadic argument that is empty counts as left out.
            alone = macro.variadic and takes == 1 and not lists[0] and self._gnu
            return Arguments(lists, missing=alone)
        if macro.variadic and given == takes - 1:
            at = call if macro.at is None or not self._report.quiet(macro.at.source) else macro.at
            self._report.pedantic(at, "ISO C wants an argument for the `...` of a macro")
            return Arguments([*lists, []], missing=True)
        few = "only " if given < takes else ""
        what = f"macro `{macro.name}` takes {takes} arguments, {few}{given} given"
        labels = [] if macro.at is None else [Label(macro.at.span, "macro defined here")]
        self._report.add(PREPROCESSING, call.span, *labels, what=what)
        return None


def _no_pragma(at: Token, line: list[Token]) -> list[Token]:
    return []
