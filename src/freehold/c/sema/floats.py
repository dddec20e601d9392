"""Exact floating-point constants: read, rounded to a format, computed with, encoded.

A value is a sign and a rational magnitude; nothing is ever held in a host float but by way of an
exact conversion.
"""

import re
import struct
from fractions import Fraction

from freehold.mir.values import BinOp
from freehold.records import dataclass
from freehold.types import FloatKind

# Precision in bits and the largest exponent of each format.
_FORMAT = {
    FloatKind.F32: (24, 127),
    FloatKind.F64: (53, 1023),
    FloatKind.F80: (64, 16383),
    FloatKind.F128: (113, 16383),
}
# Decimal exponents past these are infinite or zero in every format.
_LARGEST, _SMALLEST = 6000, -6000
_HEX = re.compile(r"0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)(?:[pP]([+-]?\d+))?")
_DECIMAL = re.compile(r"(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?")


@dataclass(frozen=True, slots=True)
class Real:
    """A floating value: finite with `magnitude`, else infinite, or not a number if `nan`."""

    negative: bool
    magnitude: Fraction | None
    nan: bool = False

    @property
    def signed(self) -> Fraction:
        """The value of a finite number."""
        assert self.magnitude is not None
        return -self.magnitude if self.negative else self.magnitude


NAN = Real(negative=False, magnitude=None, nan=True)
INFINITY = Real(negative=False, magnitude=None)
ZERO = Real(negative=False, magnitude=Fraction(0))


def rounded(value: Fraction, kind: FloatKind, *, negative_zero: bool = False) -> Real:
    """Return `value` rounded to nearest, ties to even; too large is infinite."""
    if not value:
        return Real(negative_zero, Fraction(0))
    negative, size = value < 0, abs(value)
    precision, top = _FORMAT[kind]
    exponent = size.numerator.bit_length() - size.denominator.bit_length()
    if size < _power(exponent):
        exponent -= 1
    quantum = max(exponent, 1 - top) - precision + 1
    result = round(size / _power(quantum)) * _power(quantum)
    return Real(negative, result if result < _power(top + 1) else None)


def _power(exponent: int) -> Fraction:
    return Fraction(1 << exponent) if exponent >= 0 else Fraction(1, 1 << -exponent)


def parse(text: str, kind: FloatKind) -> Real:
    """Read a C floating constant without its suffix, rounded to `kind`."""
    if text[:2] in ("0x", "0X"):
        return _parse_hex(text, kind)
    match = _DECIMAL.fullmatch(text)
    assert match is not None
    whole, fraction, exponent = match[1], match[2], int(match[3] or 0)
    digits = (whole + fraction).lstrip("0")
    if not digits:
        return ZERO
    power = exponent - len(fraction)
    if power + len(digits) > _LARGEST:
        return INFINITY
    if power + len(digits) < _SMALLEST:
        return ZERO
    number = _integer(digits)
    value = Fraction(number * 10**power) if power >= 0 else Fraction(number, 10**-power)
    return rounded(value, kind)


def _integer(digits: str) -> int:
    """Read decimal digits piecewise: int() refuses more than 4,300 at once."""
    value = 0
    for at in range(0, len(digits), 4000):
        piece = digits[at : at + 4000]
        value = value * 10 ** len(piece) + int(piece)
    return value


def _parse_hex(text: str, kind: FloatKind) -> Real:
    match = _HEX.fullmatch(text)
    assert match is not None
    digits, power = match[1] + match[2], int(match[3] or 0) - 4 * len(match[2])
    number = int(digits or "0", 16)
    if not number:
        return ZERO
    if power + number.bit_length() > 4 * _LARGEST:
        return INFINITY
    if power + number.bit_length() < 4 * _SMALLEST:
        return ZERO
    return rounded(number * _power(power), kind)


def spelling(value: Real, kind: FloatKind) -> str:
    """Return the canonical hexadecimal text of a value of format `kind`."""
    sign = "-" if value.negative else ""
    if value.nan:
        return "nan"
    if value.magnitude is None:
        return f"{sign}inf"
    if not value.magnitude:
        return f"{sign}0x0p+0"
    number, power = value.magnitude.numerator, 1 - value.magnitude.denominator.bit_length()
    bits = number.bit_length() - 1
    exponent, shift = power + bits, -bits % 4
    digits = f"{(number << shift) - (1 << (bits + shift)):x}".rjust((bits + shift) // 4, "0")
    digits = digits.rstrip("0") if bits else ""
    assert kind in _FORMAT
    return f"{sign}0x1{'.' if digits else ''}{digits}p{exponent:+d}"


def read(text: str) -> Real:
    """Read what `spelling` wrote; it is exact in its own format, whichever that was."""
    negative = text.startswith("-")
    body = text.lstrip("-")
    if body == "nan":
        return NAN
    if body == "inf":
        return Real(negative, None)
    found = _parse_hex(body, FloatKind.F128)
    return Real(negative, found.magnitude)


def from_int(value: int, kind: FloatKind) -> Real:
    """Convert an integer."""
    return rounded(Fraction(value), kind)


def to_int(value: Real) -> int | None:
    """Truncate towards zero; None for infinities and NaN."""
    if value.magnitude is None:
        return None
    size = value.magnitude.numerator // value.magnitude.denominator
    return -size if value.negative else size


def convert(value: Real, kind: FloatKind) -> Real:
    """Round a value of one format to another."""
    if value.magnitude is None:
        return value
    return rounded(value.signed, kind, negative_zero=value.negative)


def negate(value: Real) -> Real:
    """Flip the sign."""
    return Real(not value.negative, value.magnitude, value.nan)


def arithmetic(op: BinOp, left: Real, right: Real, kind: FloatKind) -> Real:
    """Compute ADD, SUB, MUL or DIV in format `kind`."""
    if left.nan or right.nan:
        return NAN
    if op is BinOp.SUB:
        return _add(left, negate(right), kind)
    if op is BinOp.ADD:
        return _add(left, right, kind)
    if op is BinOp.MUL:
        return _multiply(left, right, kind)
    return _divide(left, right, kind)


def _add(left: Real, right: Real, kind: FloatKind) -> Real:
    if left.magnitude is None or right.magnitude is None:
        if left.magnitude is None and right.magnitude is None:
            return left if left.negative == right.negative else NAN
        return left if left.magnitude is None else right
    both = left.negative and right.negative
    return rounded(left.signed + right.signed, kind, negative_zero=both)


def _multiply(left: Real, right: Real, kind: FloatKind) -> Real:
    negative = left.negative != right.negative
    if left.magnitude is None or right.magnitude is None:
        return NAN if 0 in (left.magnitude, right.magnitude) else Real(negative, None)
    return rounded(left.signed * right.signed, kind, negative_zero=negative)


def _divide(left: Real, right: Real, kind: FloatKind) -> Real:
    negative = left.negative != right.negative
    if right.magnitude is None:
        return NAN if left.magnitude is None else Real(negative, Fraction(0))
    if left.magnitude is None:
        return Real(negative, None)
    if not right.magnitude:
        return Real(negative, None) if left.magnitude else NAN
    return rounded(left.signed / right.signed, kind, negative_zero=negative)


def compare(op: BinOp, left: Real, right: Real) -> bool:
    """Compute EQ..GE; NaN is unequal to everything."""
    if left.nan or right.nan:
        return op is BinOp.NE
    order = _order(left, right)
    return {
        BinOp.EQ: order == 0,
        BinOp.NE: order != 0,
        BinOp.LT: order < 0,
        BinOp.LE: order <= 0,
        BinOp.GT: order > 0,
        BinOp.GE: order >= 0,
    }[op]


def _order(left: Real, right: Real) -> int:
    if left.magnitude is not None and right.magnitude is not None:
        return (left.signed > right.signed) - (left.signed < right.signed)
    return _rank(left) - _rank(right)


def _rank(value: Real) -> int:
    if value.magnitude is not None:
        return 0
    return -1 if value.negative else 1


def encode(value: Real, kind: FloatKind) -> bytes:
    """Return the bytes of a value of format `kind`, as they lie in memory."""
    if kind in (FloatKind.F32, FloatKind.F64):
        return struct.pack("<f" if kind is FloatKind.F32 else "<d", _host(value))
    precision, top = _FORMAT[kind]
    explicit = kind is FloatKind.F80
    exponent, significand = _parts(value, precision, top)
    if explicit:
        sign = int(value.negative) << 15
        return struct.pack("<QH6x", significand, sign | exponent)
    significand &= (1 << (precision - 1)) - 1
    number = int(value.negative) << 127 | exponent << 112 | significand
    return number.to_bytes(16, "little")


def _host(value: Real) -> float:
    if value.nan:
        return float("nan")
    if value.magnitude is None:
        return float("-inf") if value.negative else float("inf")
    # Exact: the magnitude is representable in the format already.
    return -float(value.magnitude) if value.negative else float(value.magnitude)


def _parts(value: Real, precision: int, top: int) -> tuple[int, int]:
    """Return the biased exponent, and the significand with its leading bit."""
    leading = 1 << (precision - 1)
    if value.magnitude is None:
        return 2 * top + 1, leading | (leading >> 1 if value.nan else 0)
    if not value.magnitude:
        return 0, 0
    size = value.magnitude
    exponent = size.numerator.bit_length() - size.denominator.bit_length()
    if size < _power(exponent):
        exponent -= 1
    exponent = max(exponent, 1 - top)
    significand = size / _power(exponent - precision + 1)
    assert significand.denominator == 1
    biased = exponent + top if significand.numerator >= leading else 0
    return biased, significand.numerator


def decode(data: bytes, kind: FloatKind) -> Real:
    """Return the value that `encode` wrote."""
    if kind in (FloatKind.F32, FloatKind.F64):
        host = struct.unpack("<f" if kind is FloatKind.F32 else "<d", data)[0]
        return read(host.hex())
    precision, top = _FORMAT[kind]
    number = int.from_bytes(data, "little")
    if kind is FloatKind.F80:
        significand, exponent = number & (1 << 64) - 1, number >> 64 & 0x7FFF
        negative = bool(number >> 79 & 1)
    else:
        significand, exponent = number & (1 << 112) - 1, number >> 112 & 0x7FFF
        negative = bool(number >> 127)
        significand |= int(exponent > 0) << 112
    if exponent == 2 * top + 1:
        return NAN if significand & ~(1 << (precision - 1)) else Real(negative, None)
    scale = _power(max(exponent, 1) - top - precision + 1)
    return Real(negative, significand * scale)
