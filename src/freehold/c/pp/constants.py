"""Integer and character constants in `#if` expressions, at intmax_t's or uintmax_t's width."""

import re

from freehold.c.pp.report import Report
from freehold.c.token import Token
from freehold.records import dataclass

_MASK = (1 << 64) - 1
_INTEGER = re.compile(r"(0[xX][0-9a-fA-F]+|0[bB][01]+|[0-9]+)(.*)")
_SUFFIX = re.compile(r"([uU](l|L|ll|LL)?|(l|L|ll|LL)[uU]?)?")
_FLOATING = re.compile(r"(?!0[xX])[0-9]*(\.|[0-9][eE])|0[xX][0-9a-fA-F]*[.pP]|[0-9]+[eE]")
_ESCAPE = re.compile(
    r"\\(?:x([0-9a-fA-F]+)|([0-7]{1,3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL
)
_ESCAPES = {"n": 10, "t": 9, "r": 13, "a": 7, "b": 8, "f": 12, "v": 11, "e": 27, "E": 27}
_PLAIN = frozenset("'\"?\\")
# By prefix: bits of the type, and whether it is signed.
_TYPES = {"": (8, True), "u8": (8, False), "L": (32, True), "u": (16, False), "U": (32, False)}


class ConditionError(Exception):
    """The expression has no value; `at` is the token where that shows."""

    def __init__(self, what: str, at: Token) -> None:
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


# integer = ("0x" hex+ | "0b" bit+ | digit+) suffix        with `'` between digits
def number(token: Token, report: Report) -> Value:
    """Return the value of an integer constant."""
    text = token.text.replace("'", "")
    if _FLOATING.match(text):
        raise ConditionError("floating constant in an expression of #if", token)
    match = _INTEGER.fullmatch(text)
    if match is None or not _SUFFIX.fullmatch(match[2]):
        raise ConditionError(f"`{token.text}` is no integer constant", token)
    digits = match[1].lower()
    if len(digits) > 1 and digits[0] == "0" and digits[1] not in "xb":
        if not set(digits) <= set("01234567"):
            raise ConditionError(f"`{token.text}` is no octal constant", token)
        digits = "0o" + digits
    if digits.startswith("0b"):
        report.pedantic(token, "binary constants are an extension")
    # The longest that matters: more digits only cost time.
    exact = int(digits, 0 if digits[0] == "0" else 10) if len(digits) < 4000 else _MASK + 1
    if exact > _MASK:
        report.pedwarn(token, "no integer type holds this constant")
    elif exact >> 63 and match[1].isdigit() and match[1][0] != "0" and "u" not in match[2].lower():
        report.warn(token, "no signed type holds this constant: it is unsigned")
    unsigned = "u" in match[2].lower() or exact >> 63 != 0
    return wrap(exact, unsigned=unsigned)


def character(token: Token, report: Report) -> Value:
    """Return the value of a character constant: several characters make one int, as in gcc."""
    prefix, _, rest = token.text.partition("'")
    bits, signed = _TYPES[prefix]
    units: list[int] = []
    for code, is_byte in _codes(rest[:-1], token, report):
        if bits == 8 and not is_byte:
            units.extend(chr(code).encode("utf-8", "surrogateescape"))
        else:
            units.append(code & ((1 << bits) - 1))
    if not units:
        raise ConditionError("empty character constant", token)
    if bits > 8 or len(units) == 1:
        value = units[-1]
    else:
        bits, value = 32, int.from_bytes(bytes(units[-4:]), "big")
    if signed and value >> (bits - 1) & 1:
        value -= 1 << bits
    return Value(value)


def _codes(body: str, token: Token, report: Report) -> list[tuple[int, bool]]:
    """Return the characters of a constant, and of each whether it is a byte given by number."""
    codes: list[tuple[int, bool]] = []
    index = 0
    while index < len(body):
        escape = _ESCAPE.match(body, index)
        if escape is None:
            codes.append((ord(body[index]), False))
            index += 1
            continue
        index = escape.end()
        hexadecimal, octal, short, long, letter = escape.groups()
        if hexadecimal or octal:
            codes.append((int(hexadecimal, 16) if hexadecimal else int(octal, 8), True))
        elif short or long:
            codes.append((min(int(short or long, 16), 0x10FFFF), False))
        else:
            if letter not in _ESCAPES and letter not in _PLAIN:
                report.pedwarn(token, f"unknown escape sequence `\\{letter}`")
            codes.append((_ESCAPES.get(letter, ord(letter)), False))
    return codes
