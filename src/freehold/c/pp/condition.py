"""Values of `#if` expressions: intmax_t and uintmax_t arithmetic (C11 6.10.1)."""

import re
from dataclasses import dataclass

from freehold.c.token import Kind, Token

_MASK = (1 << 64) - 1
_MAX_DEPTH = 500
_SUFFIX = re.compile(r"(?i)(u|l|ll|lu|ul|llu|ull|z|uz|zu)?$")
_LEVELS: dict[str, int] = {
    "||": 1, "&&": 2, "|": 3, "^": 4, "&": 5, "==": 6, "!=": 6, "<": 7, ">": 7, "<=": 7, ">=": 7,
    "<<": 8, ">>": 8, "+": 9, "-": 9, "*": 10, "/": 10, "%": 10,
}  # fmt: skip
_ESCAPES = {"n": 10, "t": 9, "r": 13, "a": 7, "b": 8, "f": 12, "v": 11, "e": 27, "E": 27}


class ConditionError(Exception):
    """The expression has no value; `at` is the token where that shows."""

    def __init__(self, what: str, at: Token | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.at = at


@dataclass(frozen=True, slots=True)
class Value:
    """A 64-bit value: `number` is in range of its signedness."""

    number: int
    unsigned: bool = False


def wrap(number: int, *, unsigned: bool) -> Value:
    """Return `number` modulo 2**64, as its signedness reads it."""
    number &= _MASK
    if not unsigned and number >> 63:
        number -= 1 << 64
    return Value(number, unsigned)


def evaluate(tokens: list[Token]) -> bool:
    """Return whether the expression is true; macros are expanded, `defined` is gone."""
    reader = _Reader(tokens)
    value = reader.comma(live=True)
    if reader.peek() is not None:
        raise ConditionError("missing binary operator", reader.peek())
    return value.number != 0


class _Reader:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._index = 0
        self._depth = 0

    def peek(self) -> Token | None:
        return self._tokens[self._index] if self._index < len(self._tokens) else None

    def _take(self) -> Token:
        token = self.peek()
        if token is None:
            raise ConditionError("expression ends too early")
        self._index += 1
        return token

    def _accept(self, text: str) -> bool:
        token = self.peek()
        if token is not None and token.text == text:
            self._index += 1
            return True
        return False

    # comma = conditional ("," conditional)*
    def comma(self, *, live: bool) -> Value:
        value = self.conditional(live=live)
        while self._accept(","):
            value = self.conditional(live=live)
        return value

    # conditional = binary ("?" comma ":" conditional)?
    def conditional(self, *, live: bool) -> Value:
        condition = self.binary(1, live=live)
        if not self._accept("?"):
            return condition
        self._enter()
        then = self.comma(live=live and condition.number != 0)
        if not self._accept(":"):
            raise ConditionError("`:` expected after `?`", self.peek())
        otherwise = self.conditional(live=live and condition.number == 0)
        self._depth -= 1
        chosen = then if condition.number else otherwise
        return wrap(chosen.number, unsigned=then.unsigned or otherwise.unsigned)

    # binary(n) = unary (operator of level >= n  binary(level + 1))*
    def binary(self, least: int, *, live: bool) -> Value:
        left = self.unary(live=live)
        while True:
            token = self.peek()
            level = _LEVELS.get(token.text, 0) if token and token.kind is Kind.PUNCT else 0
            if token is None or level < least or level == 0:
                return left
            self._index += 1
            needed = live
            if token.text == "||":
                needed = live and left.number == 0
            elif token.text == "&&":
                needed = live and left.number != 0
            right = self.binary(level + 1, live=needed)
            left = _apply(token, left, right, live=needed)

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise ConditionError("expression is nested too deeply", self.peek())

    def unary(self, *, live: bool) -> Value:
        operators: list[str] = []
        while (token := self.peek()) is not None and token.text in {"+", "-", "!", "~"}:
            operators.append(token.text)
            self._index += 1
        value = self.primary(live=live)
        for operator in reversed(operators):
            if operator == "-":
                value = wrap(-value.number, unsigned=value.unsigned)
            elif operator == "~":
                value = wrap(~value.number, unsigned=value.unsigned)
            elif operator == "!":
                value = Value(int(value.number == 0))
        return value

    def primary(self, *, live: bool) -> Value:
        token = self._take()
        if token.text == "(":
            self._enter()
            value = self.comma(live=live)
            if not self._accept(")"):
                raise ConditionError("`)` expected", self.peek() or token)
            self._depth -= 1
            return value
        if token.kind is Kind.NUMBER:
            return _number(token)
        if token.kind is Kind.CHAR:
            return _character(token)
        if token.kind is Kind.IDENT:
            return Value(0)
        raise ConditionError(f"`{token.text}` is not valid in a preprocessor expression", token)


def _number(token: Token) -> Value:
    text = token.text.replace("'", "").lower()
    body = text.rstrip("ulz")
    suffix = text[len(body) :]
    try:
        if body.startswith("0x"):
            number = int(body[2:], 16)
        elif body.startswith("0b"):
            number = int(body[2:], 2)
        elif body.startswith("0") and len(body) > 1:
            number = int(body, 8)
        else:
            number = int(body)
    except ValueError:
        raise ConditionError(f"`{token.text}` is not an integer", token) from None
    if not _SUFFIX.fullmatch(suffix):
        raise ConditionError(f"invalid suffix on `{token.text}`", token)
    unsigned = "u" in suffix or number >> 63 != 0
    return wrap(number, unsigned=unsigned)


def _character(token: Token) -> Value:
    wide = token.text[0] != "'"
    body = token.text[token.text.index("'") + 1 : -1]
    value, count, index = 0, 0, 0
    while index < len(body):
        code, index = _one_character(body, index)
        value = code if wide else ((value << 8) | (code & 0xFF)) & 0xFFFFFFFF
        count += 1
    if not wide:
        bits = 8 if count == 1 else 32
        if value >> (bits - 1) & 1:
            value -= 1 << bits
    return wrap(value, unsigned=False)


def _one_character(body: str, index: int) -> tuple[int, int]:
    if body[index] != "\\":
        return ord(body[index]), index + 1
    match = re.compile(r"x([0-9a-fA-F]+)|([0-7]{1,3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})").match(
        body, index + 1
    )
    if match is None:
        letter = body[index + 1 : index + 2]
        return _ESCAPES.get(letter, ord(letter) if letter else 0), index + 2
    digits = match.group(1) or match.group(3) or match.group(4)
    return (int(digits, 16) if digits else int(match.group(2), 8)), match.end()


def _apply(token: Token, left: Value, right: Value, *, live: bool) -> Value:
    operator = token.text
    if operator in {"||", "&&"}:
        both = (left.number != 0, right.number != 0)
        return Value(int(any(both) if operator == "||" else all(both)))
    if operator in {"<<", ">>"}:
        return _shift(operator, left, right)
    unsigned = left.unsigned or right.unsigned
    a, b = wrap(left.number, unsigned=unsigned).number, wrap(right.number, unsigned=unsigned).number
    if operator in {"/", "%"}:
        if b == 0:
            if live:
                raise ConditionError("division by zero", token)
            return Value(0, unsigned)
        quotient = abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
        return wrap(quotient if operator == "/" else a - quotient * b, unsigned=unsigned)
    compared = {"==": a == b, "!=": a != b, "<": a < b, ">": a > b, "<=": a <= b, ">=": a >= b}
    if operator in compared:
        return Value(int(compared[operator]))
    made = {"|": a | b, "^": a ^ b, "&": a & b, "+": a + b, "-": a - b, "*": a * b}
    return wrap(made[operator], unsigned=unsigned)


def _shift(operator: str, left: Value, right: Value) -> Value:
    count = right.number
    if not right.unsigned and count < 0:
        operator, count = (">>" if operator == "<<" else "<<"), -count
    count = min(count, 64)
    number = left.number << count if operator == "<<" else left.number >> count
    return wrap(number, unsigned=left.unsigned)
