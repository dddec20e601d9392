"""Values of `#if` expressions: intmax_t and uintmax_t arithmetic (C11 6.10.1).

Operators wait on a stack of their own, so that no depth of nesting is too deep.
"""

from collections.abc import Callable

from freehold.c.pp.constants import ConditionError, Value, character, number, wrap
from freehold.c.pp.report import Report
from freehold.c.token import Kind, Token
from freehold.records import dataclass

_UNARY = frozenset({"+", "-", "!", "~"})
# Binary operators by precedence; `,` binds least.
_LEVELS: dict[str, int] = {
    ",": 1, "?": 2, ":": 2, "||": 3, "&&": 4, "|": 5, "^": 6, "&": 7, "==": 8, "!=": 8,
    "<": 9, ">": 9, "<=": 9, ">=": 9, "<<": 10, ">>": 10, "+": 11, "-": 11, "*": 12, "/": 12,
    "%": 12,
}  # fmt: skip
_UNARY_LEVEL = 13


def evaluate(tokens: list[Token], directive: Token, report: Report, *, bools: bool = False) -> bool:
    """Return whether an expression is true. Macros are expanded, `defined` is gone.

    `bools`: `true` is a constant (C23). Raises ConditionError.
    """
    if not tokens:
        raise ConditionError(f"#{directive.text} without an expression", directive)
    return _Machine(tokens[-1], report, bools=bools).run(tokens).number != 0


@dataclass(slots=True)
class _Waiting:
    """An operator that waits for its right operand. `skips`: that operand is not evaluated."""

    text: str
    token: Token
    level: int
    unary: bool = False
    skips: bool = False


class _Machine:
    """Operands and operators, each on their stack.

    Between two operators of one level the left is carried out first, but for `?:` and the unary
    ones. `_skipping` counts the waiting operators whose right operand does not matter.
    """

    def __init__(self, last: Token, report: Report, *, bools: bool) -> None:
        self._values: list[Value] = []
        self._operators: list[_Waiting] = []
        self._last = last
        self._report = report
        self._bools = bools
        self._skipping = 0

    # expression = conditional ("," conditional)*
    # conditional = binary ("?" expression ":" conditional)?
    # binary = unary (operator unary)*        by precedence
    # unary = ("+" | "-" | "!" | "~")* (constant | identifier | "(" expression ")")
    def run(self, tokens: list[Token]) -> Value:
        """Return the value of the expression."""
        wants_operand = True
        for token in tokens:
            text = token.text if token.kind is Kind.PUNCT else ""
            if wants_operand:
                if text in _UNARY:
                    self._operators.append(_Waiting(text, token, _UNARY_LEVEL, unary=True))
                elif text == "(":
                    self._operators.append(_Waiting(text, token, 0))
                else:
                    self._values.append(self._operand(token))
                    wants_operand = False
            elif text == ")":
                self._close(token)
            elif text in _LEVELS:
                self._binary(text, token)
                wants_operand = True
            else:
                raise ConditionError(f"an operator is missing before `{token.text}`", token)
        if wants_operand:
            raise ConditionError("an operand is missing at the end", self._last)
        self._reduce(1)
        if self._operators:
            raise ConditionError("`(` without `)`", self._operators[-1].token)
        return self._values[0]

    def _operand(self, token: Token) -> Value:
        if token.kind is Kind.NUMBER:
            return number(token, self._report)
        if token.kind is Kind.CHAR:
            return character(token, self._report)
        if token.kind is Kind.IDENT:
            return Value(int(self._bools and token.text == "true"))
        if token.text in _LEVELS or token.text == ")":
            raise ConditionError(f"an operand is missing before `{token.text}`", token)
        raise ConditionError(f"`{token.text}` has no place in an expression of #if", token)

    def _close(self, token: Token) -> None:
        self._reduce(1)
        if not self._operators:
            raise ConditionError("`)` without `(`", token)
        self._operators.pop()

    def _binary(self, text: str, token: Token) -> None:
        level = _LEVELS[text]
        # What is as strong as this goes first, but `?:` groups from the right; between `?` and `:`
        # stands a whole expression.
        self._reduce(1 if text == ":" else level + 1 if text == "?" else level, text)
        waiting = _Waiting(text, token, level)
        value = self._values[-1]
        if text == ":":
            self._colon(token)
            waiting.skips = self._values[-2].number != 0
        elif text == "?":
            waiting.skips = value.number == 0
        elif text in {"||", "&&"}:
            waiting.skips = (value.number != 0) == (text == "||")
        elif text == "," and not self._skipping:
            self._report.pedantic(token, "comma operator in an expression of #if")
        self._skipping += waiting.skips
        self._operators.append(waiting)

    def _colon(self, token: Token) -> None:
        """End the middle operand of the `?` that this colon belongs to."""
        if not self._operators or self._operators[-1].text != "?":
            raise ConditionError("`:` without `?`", token)
        self._skipping -= self._operators.pop().skips

    def _reduce(self, level: int, incoming: str = "") -> None:
        """Carry out what waits and binds at least as strongly as `level`."""
        operators = self._operators
        while operators and operators[-1].level >= level:
            if operators[-1].text == "?" and incoming in {",", ":"}:
                return
            self._apply()

    def _apply(self) -> None:
        waiting = self._operators.pop()
        self._skipping -= waiting.skips
        values = self._values
        if waiting.text == "?":
            raise ConditionError("`?` without `:`", waiting.token)
        right = values.pop()
        if waiting.unary:
            values.append(self._checked(waiting, _unary(waiting.text, right)))
            return
        left = values.pop()
        if waiting.text == ":":
            chosen = left if values.pop().number else right
            values.append(wrap(chosen.number, unsigned=left.unsigned or right.unsigned))
        elif waiting.text in {"/", "%"} and right.number == 0:
            if not self._skipping:
                raise ConditionError("division by zero", waiting.token)
            values.append(Value(0, left.unsigned or right.unsigned))
        else:
            values.append(self._checked(waiting, _BINARY[waiting.text](left, right)))

    def _checked(self, waiting: _Waiting, result: "_Exact") -> Value:
        """Return the value that an exact result has in 64 bits."""
        exact, unsigned = result
        value = wrap(exact, unsigned=unsigned)
        if value.number != exact and not unsigned and not self._skipping:
            self._report.pedwarn(waiting.token, "integer overflow in an expression of #if")
        return value


_Exact = tuple[int, bool]  # a value before it is cut to 64 bits, and whether it is unsigned


def _unary(operator: str, value: Value) -> _Exact:
    if operator == "-":
        return -value.number, value.unsigned
    if operator == "~":
        return wrap(~value.number, unsigned=value.unsigned).number, value.unsigned
    if operator == "!":
        return int(value.number == 0), False
    return value.number, value.unsigned


def _arithmetic(carry_out: Callable[[int, int], int]) -> Callable[[Value, Value], _Exact]:
    def apply(left: Value, right: Value) -> _Exact:
        unsigned = left.unsigned or right.unsigned
        a = wrap(left.number, unsigned=unsigned).number
        b = wrap(right.number, unsigned=unsigned).number
        return carry_out(a, b), unsigned

    return apply


def _comparison(holds: Callable[[int, int], bool]) -> Callable[[Value, Value], _Exact]:
    compare = _arithmetic(holds)
    return lambda left, right: (int(compare(left, right)[0]), False)


def _quotient(a: int, b: int) -> int:
    return abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)


def _shift(left: Value, count: int) -> _Exact:
    # 64 places shift everything out; more would only take memory.
    if count >= 0:
        return left.number << min(count, 64), left.unsigned
    return left.number >> min(-count, 64), left.unsigned


_BINARY: dict[str, Callable[[Value, Value], _Exact]] = {
    ",": lambda left, right: (right.number, right.unsigned),
    "||": lambda left, right: (int(left.number != 0 or right.number != 0), False),
    "&&": lambda left, right: (int(left.number != 0 and right.number != 0), False),
    "|": _arithmetic(lambda a, b: a | b),
    "^": _arithmetic(lambda a, b: a ^ b),
    "&": _arithmetic(lambda a, b: a & b),
    "==": _comparison(lambda a, b: a == b),
    "!=": _comparison(lambda a, b: a != b),
    "<": _comparison(lambda a, b: a < b),
    ">": _comparison(lambda a, b: a > b),
    "<=": _comparison(lambda a, b: a <= b),
    ">=": _comparison(lambda a, b: a >= b),
    "<<": lambda left, right: _shift(left, right.number),
    ">>": lambda left, right: _shift(left, -right.number),
    "+": _arithmetic(lambda a, b: a + b),
    "-": _arithmetic(lambda a, b: a - b),
    "*": _arithmetic(lambda a, b: a * b),
    "/": _arithmetic(_quotient),
    "%": _arithmetic(lambda a, b: a - _quotient(a, b) * b),
}
