"""Constants and string literals: numbers, characters, strings read into values (C11 6.4.4)."""

import re
from collections.abc import Iterator

from freehold.c import ast, tree
from freehold.c.ctype import Array, Complex, Floating, IntKind, QualType
from freehold.c.sema import floats, fold
from freehold.c.sema.complexes import complex_value
from freehold.c.sema.context import Context
from freehold.c.sema.kinds import (
    BY_KIND,
    CHAR,
    CHAR16,
    CHAR32,
    DOUBLE,
    INT,
    UCHAR,
    WCHAR,
)
from freehold.diagnostics.codes import C_WARNING, LEXICAL
from freehold.records import dataclass
from freehold.source import Span
from freehold.types import FloatKind

_INTEGER = re.compile(r"(0[xX][0-9a-fA-F]+|0[bB][01]+|\d+)([a-zA-Z]*)")
_FLOAT = re.compile(
    r"(0[xX](?:[0-9a-fA-F]+\.?[0-9a-fA-F]*|\.[0-9a-fA-F]+)[pP][+-]?\d+"
    r"|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)([a-zA-Z]\w*)?"
)
_INT_SUFFIX = {"": (0, False), "u": (0, True)}
for _long, _least in (("l", 1), ("ll", 2), ("L", 1), ("LL", 2)):
    _INT_SUFFIX[_long] = (_least, False)
    for _u in "uU":
        _INT_SUFFIX[_long + _u] = _INT_SUFFIX[_u + _long] = (_least, True)
_INT_SUFFIX["U"] = (0, True)
_SIGNED = (IntKind.INT, IntKind.LONG, IntKind.LLONG)
_UNSIGNED = (IntKind.UINT, IntKind.ULONG, IntKind.ULLONG)
_FLOAT_SUFFIX = {
    "": FloatKind.F64,
    "f": FloatKind.F32,
    "l": FloatKind.F80,
    "q": FloatKind.F128,
    "w": FloatKind.F80,
    "f32": FloatKind.F32,
    "f64": FloatKind.F64,
    "f32x": FloatKind.F64,
    "f64x": FloatKind.F80,
    "f128": FloatKind.F128,
}


def number(c: Context, node: ast.Number) -> tree.Expr:
    """Analyse an integer or floating constant."""
    match = _INTEGER.fullmatch(node.text)
    if match is not None and not (match[1][0] != "0" and match[2][:1] in ("e", "E", "p")):
        return _integer(c, node, match[1], match[2])
    match = _FLOAT.fullmatch(node.text)
    if match is None:
        c.report.error(LEXICAL, node.span, f"`{node.text}` is no number")
        return fold.bad(node.span)
    return _floating(c, node, match[1], match[2] or "")


def _integer(c: Context, node: ast.Number, digits: str, suffix: str) -> tree.Expr:
    plain = suffix.translate(_NO_IMAGINARY)
    form = _INT_SUFFIX.get(plain)
    if form is None or len(suffix) - len(plain) > 1:
        what = f"an integer constant has no suffix `{suffix}`"
        c.report.error(LEXICAL, node.span, what)
        return fold.bad(node.span)
    base = {"0x": 16, "0b": 2}.get(digits[:2].lower(), 8 if digits[0] == "0" else 10)
    if base == 8 and ("8" in digits or "9" in digits):
        c.report.error(
            LEXICAL,
            node.span,
            f"`{node.text}` begins with 0, so it is octal, but has the digit 8 or 9",
        )
        return fold.bad(node.span)
    if base == 2:
        c.report.pedantic(LEXICAL, node.span, "binary constants come with C23")
    value = _read_digits(c, node, digits, base)
    ty = _integer_type(c, node.span, value, base, form)
    if plain != suffix:
        c.report.pedantic(LEXICAL, node.span, "imaginary constants are an extension")
        zero = fold.int_value(0, ty, node.span)
        return complex_value(zero, fold.int_value(value, ty, node.span), DOUBLE, node.span)
    return fold.int_value(value, ty, node.span)


_NO_IMAGINARY = str.maketrans("", "", "ijIJ")


def _read_digits(c: Context, node: ast.Number, digits: str, base: int) -> int:
    # More digits than any integer has: int() would take quadratic time, or refuse.
    significant = digits[2 if base in (16, 2) else 0 :].lstrip("0") or "0"
    value = int(significant[-200:], base)
    if len(significant) > 200 or value >= 1 << 64:
        c.report.pedwarn(LEXICAL, node.span, "no integer type holds this constant")
        return value & ((1 << 64) - 1)
    return value


def _integer_type(
    c: Context, span: Span, value: int, base: int, form: tuple[int, bool]
) -> QualType:
    least, unsigned = form
    for rank in range(least, 3):
        if not unsigned and value < 1 << (_SIGNED[rank].bits - 1):
            return BY_KIND[_SIGNED[rank]]
        if (unsigned or base != 10) and value < 1 << _UNSIGNED[rank].bits:
            return BY_KIND[_UNSIGNED[rank]]
    c.report.warn(LEXICAL, span, "no signed type holds this constant: it is unsigned")
    return BY_KIND[IntKind.INT128]


def _floating(c: Context, node: ast.Number, text: str, suffix: str) -> tree.Expr:
    plain = suffix.lower()
    imaginary = plain[:1] in ("i", "j") or plain[-1:] in ("i", "j")
    if imaginary:
        plain = plain[1:] if plain[0] in "ij" else plain[:-1]
        c.report.pedantic(LEXICAL, node.span, "imaginary constants are an extension")
    kind = _FLOAT_SUFFIX.get(plain)
    if plain in ("df", "dd", "dl"):
        c.report.unsupported(node.span, "decimal floating point")
        return fold.bad(node.span)
    if kind is None:
        what = f"a floating constant has no suffix `{suffix}`"
        c.report.error(LEXICAL, node.span, what)
        return fold.bad(node.span)
    if plain in ("q", "w"):
        c.report.pedantic(LEXICAL, node.span, "non-standard suffix on floating constant")
    found = floats.parse(text, kind)
    if found.magnitude is None:
        c.report.pedwarn(LEXICAL, node.span, "this constant is beyond the range of its type")
    ty = QualType(Floating(kind))
    result = fold.float_value(found, ty, node.span)
    if imaginary:
        zero = fold.float_value(floats.ZERO, ty, node.span)
        return complex_value(zero, result, QualType(Complex(kind)), node.span)
    return result


# ------------------------------------------------------------------------ characters and strings


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the characters of a literal are stored."""

    width: int
    type: QualType


_NARROW = Encoding(1, CHAR)
_ENCODINGS = {
    "": _NARROW,
    "u8": _NARROW,
    "L": Encoding(4, WCHAR),
    "u": Encoding(2, CHAR16),
    "U": Encoding(4, CHAR32),
}
_SIMPLE = {
    "n": 10,
    "t": 9,
    "r": 13,
    "a": 7,
    "b": 8,
    "f": 12,
    "v": 11,
    "e": 27,
    "E": 27,
    "\\": 92,
    "'": 39,
    '"': 34,
    "?": 63,
}
_ESCAPE = re.compile(r"\\([0-7]{1,3}|x[0-9a-fA-F]*|u[0-9a-fA-F]{0,4}|U[0-9a-fA-F]{0,8}|.)", re.S)


def character(c: Context, node: ast.Character) -> tree.Expr:
    """Analyse a character constant."""
    at = node.text.index("'")
    prefix, body = node.text[:at], node.text[at + 1 : -1]
    encoding = _ENCODINGS.get(prefix, _NARROW)
    units = list(_units(c, body, encoding.width, node.span))
    if not units:
        c.report.error(LEXICAL, node.span, "empty character constant")
        return fold.bad(node.span)
    if prefix in ("L", "u", "U"):
        if len(units) > 1:
            c.report.warn(LEXICAL, node.span, "more characters than the constant's type holds")
        return fold.int_value(units[0 if len(units) == 1 else -1], encoding.type, node.span)
    if len(units) > 1:
        return _multi_character(c, node, units)
    kind = IntKind.UCHAR if prefix == "u8" else IntKind.CHAR
    ty = UCHAR if prefix == "u8" else INT
    return tree.IntValue(ty, node.span, fold.wrap(units[0], kind))


def _multi_character(c: Context, node: ast.Character, units: list[int]) -> tree.Expr:
    what = "a character constant of several characters"
    if len(units) > 4:
        what = "more characters than the constant's type holds"
    c.report.warn(C_WARNING, node.span, what)
    packed = 0
    for unit in units:
        packed = (packed << 8 | unit) & 0xFFFF_FFFF
    return fold.int_value(packed, INT, node.span)


def _units(c: Context, body: str, width: int, span: Span) -> Iterator[int]:
    """Yield the code units of a literal's text between its quotes."""
    at = 0
    for match in _ESCAPE.finditer(body):
        if match.start() > at:
            yield from _encode(body[at : match.start()], width)
        at = match.end()
        yield from _escape(c, match[1], width, span)
    if at < len(body):
        yield from _encode(body[at:], width)


def _encode(text: str, width: int) -> Iterator[int]:
    if width == 1:
        yield from text.encode("utf-8", "surrogateescape")
        return
    for char in text:
        code = ord(char)
        if width == 2 and code > 0xFFFF:
            yield 0xD800 + ((code - 0x10000) >> 10)
            yield 0xDC00 + ((code - 0x10000) & 0x3FF)
        else:
            yield code


def _escape(c: Context, escape: str, width: int, span: Span) -> Iterator[int]:
    first = escape[0]
    if first in "01234567":
        yield _limited(c, int(escape, 8), width, span)
    elif first == "x":
        if len(escape) == 1:
            c.report.error(LEXICAL, span, "`\\x` needs a hexadecimal digit")
            return
        yield _limited(c, int(escape[1:], 16), width, span)
    elif first in "uU":
        yield from _universal(c, escape, width, span)
    elif first in _SIMPLE:
        if first in "eE":
            c.report.pedantic(LEXICAL, span, f"non-standard escape sequence `\\{first}`")
        yield _SIMPLE[first]
    else:
        c.report.pedwarn(LEXICAL, span, f"there is no escape sequence `\\{escape}`")
        yield from _encode(escape, width)


def _limited(c: Context, value: int, width: int, span: Span) -> int:
    if value >> (8 * width):
        c.report.pedwarn(LEXICAL, span, "this escape sequence is beyond the character's range")
    return value & ((1 << 8 * width) - 1)


def _universal(c: Context, escape: str, width: int, span: Span) -> Iterator[int]:
    if len(escape) != (5 if escape[0] == "u" else 9):
        c.report.error(
            LEXICAL, span, f"`\\{escape}` has too few digits for a universal character name"
        )
        return
    code = int(escape[1:], 16)
    low = code < 0xA0 and code not in (0x24, 0x40, 0x60)
    if low or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        what = f"`\\{escape}` names no character that may be written so"
        c.report.error(LEXICAL, span, what)
        return
    yield from _encode(chr(code), width)


def string_bytes(c: Context, node: ast.String) -> tuple[bytes, Encoding]:
    """Return the bytes of adjacent string literals, terminator included, and their encoding."""
    prefix = ""
    bodies: list[str] = []
    for token in node.parts:
        text = token.text
        at = text.index('"')
        if at and prefix and prefix != text[:at]:
            what = "string literals with different prefixes stand side by side"
            c.report.error(LEXICAL, node.span, what)
        elif at:
            prefix = text[:at]
        bodies.append(text[at + 1 : -1])
    encoding = _ENCODINGS.get(prefix, _NARROW)
    if encoding.width == 1:
        return b"".join(_narrow(c, body, node.span) for body in bodies) + b"\0", encoding
    data = bytearray()
    for body in bodies:
        for unit in _units(c, body, encoding.width, node.span):
            data += unit.to_bytes(encoding.width, "little")
    return bytes(data) + bytes(encoding.width), encoding


def _narrow(c: Context, body: str, span: Span) -> bytes:
    if "\\" not in body:
        return body.encode("utf-8", "surrogateescape")
    return bytes(_units(c, body, 1, span))


def string_literal(c: Context, node: ast.String) -> tree.StringLiteral:
    """Return the array object of a string literal, not yet listed in the unit."""
    data, encoding = string_bytes(c, node)
    length = len(data) // encoding.width
    if length > 4096:
        what = f"{length - 1} characters, but ISO C promises room for 4095"
        c.report.pedantic(C_WARNING, node.span, what)
    ty = QualType(Array(encoding.type, length))
    return tree.StringLiteral(data, ty, node.span, encoding.width)


def string(c: Context, node: ast.String) -> tree.Expr:
    """Analyse a string literal used as an expression."""
    literal = string_literal(c, node)
    c.strings.append(literal)
    return tree.StringRef(literal.type, node.span, literal)
