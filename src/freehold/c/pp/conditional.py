"""`#if` to `#endif`: which groups of lines are active."""

from freehold.c.pp.condition import evaluate
from freehold.c.pp.constants import ConditionError
from freehold.c.pp.has import Operators
from freehold.c.pp.report import Report
from freehold.c.pp.stream import Conditional, Frame, Stream
from freehold.c.pp.substitute import Expand
from freehold.c.token import Kind, Token

NAMES = frozenset({"if", "ifdef", "ifndef", "elif", "elifdef", "elifndef", "else", "endif"})
_OPENING = frozenset({"if", "ifdef", "ifndef"})


class Conditionals:
    """Carries out the conditional directives."""

    def __init__(
        self, stream: Stream, operators: Operators, report: Report, expand: Expand, *, bools: bool
    ) -> None:
        self._stream = stream
        self._operators = operators
        self._report = report
        self._expand = expand
        self._bools = bools

    def carry_out(self, frame: Frame, name: Token, rest: list[Token]) -> None:
        """Carry out a conditional directive that stands in an active group."""
        stack = frame.conditionals
        if name.text in _OPENING:
            taken = self._holds(name, rest)
            stack.append(Conditional(name, taken))
            if not taken:
                self._skip(frame)
        elif not stack:
            self._report.error(name, f"#{name.text} without #if")
        elif name.text == "endif":
            self._check_end(name, rest)
            stack.pop()
        else:
            self._check_order(stack[-1], name)
            if name.text == "else":
                self._check_end(name, rest)
                stack[-1].in_else = True
            # A group was active until here, so whatever follows is not.
            self._skip(frame)

    def _skip(self, frame: Frame) -> None:
        """Skip groups until one is active, or the conditional ends."""
        tokens, hashes = frame.lexed.tokens, frame.lexed.hashes
        depth = 0
        while True:
            position = hashes[frame.hash]
            if tokens[position].kind is Kind.END:
                frame.index = position
                return
            name = tokens[position + 1]
            word = "" if name.bol else name.text
            if word not in NAMES or (depth and word not in _OPENING and word != "endif"):
                frame.hash += 1
            elif word in _OPENING:
                frame.hash += 1
                depth += 1
            elif depth:
                frame.hash += 1
                depth -= 1
            elif self._ends_skipping(frame, self._stream.line(frame)):
                return

    def _ends_skipping(self, frame: Frame, line: list[Token]) -> bool:
        """Carry out what stands at the level of the conditional whose groups are skipped."""
        name, rest = line[0], line[1:]
        conditional = frame.conditionals[-1]
        if name.text == "endif":
            frame.conditionals.pop()
            return True
        self._check_order(conditional, name)
        if name.text == "else":
            conditional.in_else = True
        if conditional.taken:
            return False
        if name.text == "else":
            self._check_end(name, rest)
        conditional.taken = name.text == "else" or self._holds(name, rest)
        return conditional.taken

    def _check_order(self, conditional: Conditional, name: Token) -> None:
        if conditional.in_else:
            self._report.error(name, f"#{name.text} after #else")

    def _check_end(self, name: Token, rest: list[Token]) -> None:
        if rest:
            self._report.pedwarn(rest[0], f"extra tokens at the end of #{name.text}")

    def _holds(self, name: Token, rest: list[Token]) -> bool:
        if name.text.endswith("def"):
            return self._is_defined(name, rest) != name.text.endswith("ndef")
        try:
            # Once more after expansion: glibc hides `__has_attribute` behind a macro.
            line = self._operators.answer(self._expand(self._operators.answer(rest)))
            return evaluate(line, name, self._report, bools=self._bools)
        except ConditionError as error:
            self._report.error(error.at, error.what)
            return False

    def _is_defined(self, name: Token, rest: list[Token]) -> bool:
        negated = name.text.endswith("ndef")
        if not rest or rest[0].kind is not Kind.IDENT:
            what = "a macro's name must be an identifier" if rest else "no macro name"
            self._report.error(rest[0] if rest else name, f"{what} after #{name.text}")
            return negated
        self._check_end(name, rest[1:])
        return self._operators.is_defined(rest[0])
