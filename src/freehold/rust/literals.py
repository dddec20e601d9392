"""Literals: from their spelling to their value."""

import re
from collections.abc import Iterator
from struct import pack

from freehold.rust import ast
from freehold.rust.token import Kind, Token
from freehold.source import Span

INT_SUFFIXES = frozenset(
    f"{sign}{size}" for sign in "iu" for size in ("8", "16", "32", "64", "128", "size")
)
FLOAT_SUFFIXES = frozenset(("f32", "f64"))
_FLOATS_TO_BE = frozenset(("f16", "f128"))
_LARGEST = (1 << 128) - 1

_INT = re.compile(r"(0x[0-9a-fA-F_]*|0o[0-9_]*|0b[0-9_]*|[0-9][0-9_]*)(\w*)\Z")
_FLOAT = re.compile(r"([0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]+)?)(\w*)\Z")
_BASES = {"0x": (16, "hexadecimal"), "0o": (8, "octal"), "0b": (2, "binary")}

_ESCAPE = re.compile(r"\\(x[^\"']{0,2}|u\{[^}\"]*\}|\r?\n[ \t\r\n]*|.)|\r\n", re.DOTALL)
_HEX = re.compile(r"x[0-9a-fA-F]{2}\Z")
_UNICODE = re.compile(r"u\{_*([0-9a-fA-F][0-9a-fA-F_]*)\}\Z")
_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\", "0": "\0", "'": "'", '"': '"'}

_RAW = frozenset((Kind.RAW_STR, Kind.RAW_BYTE_STR, Kind.RAW_C_STR))
_BYTES = frozenset((Kind.BYTE, Kind.BYTE_STR, Kind.RAW_BYTE_STR))
_CHARS = frozenset((Kind.CHAR, Kind.BYTE))


class BadLiteral(Exception):
    """A number that is none; the message says why."""


def decode(token: Token) -> ast.Literal:
    """Return the literal that `token` spells, or raise BadLiteral.

    Escapes that the lexer has reported decode to U+FFFD.
    """
    kind, span = token.kind, token.span
    match kind:
        case Kind.INT:
            return _number(token.text, span)
        case Kind.FLOAT:
            return _float(token.text, span)
        case Kind.CHAR:
            return ast.CharLiteral(span, _text(token.text[1:-1], kind))
        case Kind.BYTE:
            return ast.ByteLiteral(span, ord(_text(token.text[2:-1], kind)) & 0xFF)
        case Kind.STR:
            return ast.StrLiteral(span, _text(token.text[1:-1], kind))
        case _:
            return _prefixed(token, span)


def _prefixed(token: Token, span: Span) -> ast.Literal:
    kind = token.kind
    start, end = body(kind, token.text)
    inner = token.text[start:end]
    if kind is Kind.RAW_STR:
        return ast.StrLiteral(span, inner.replace("\r\n", "\n"), raw=True, prefix=start)
    if kind in _BYTES:
        text = inner.replace("\r\n", "\n") if kind in _RAW else _text(inner, kind)
        return ast.ByteStrLiteral(span, text.encode("latin-1", "replace"))
    return ast.CStrLiteral(span, _c_string(inner, kind))


def body(kind: Kind, text: str) -> tuple[int, int]:
    """Return where in the spelling of a quoted literal its contents start and end."""
    start = text.index("'" if kind in _CHARS else '"') + 1
    return start, len(text) - 1 - (start - 1 - text.index("r") - 1 if kind in _RAW else 0)


# ---------------------------------------------------------------------------------------- numbers


def _number(text: str, span: Span) -> ast.IntLiteral | ast.FloatLiteral:
    match = _INT.match(text)
    if match is None:  # a digit of another script
        raise BadLiteral(f"`{text}` is no number")
    digits, suffix = match[1], match[2]
    base, name = _BASES.get(digits[:2], (10, ""))
    if suffix and suffix not in INT_SUFFIXES:
        return _odd_suffix(digits, suffix, base, span)
    digits = (digits[2:] if name else digits).replace("_", "")
    if not digits:
        raise BadLiteral("no valid digits found for number")
    beyond = next((digit for digit in digits if int(digit, 16) >= base), "")
    if beyond:
        raise BadLiteral(f"invalid digit for a base {base} literal")
    value = int(digits, base) if len(digits) < 200 else _LARGEST + 1
    if value > _LARGEST:
        raise BadLiteral("integer literal is too large")
    return ast.IntLiteral(span, value, suffix)


def _odd_suffix(digits: str, suffix: str, base: int, span: Span) -> ast.FloatLiteral:
    if base == 10 and suffix in FLOAT_SUFFIXES:
        return ast.FloatLiteral(span, digits.replace("_", ""), suffix)
    if suffix in FLOAT_SUFFIXES:
        raise BadLiteral(f"{_BASES[digits[:2]][1]} float literal is not supported")
    if suffix[0] in "eE" and base == 10 and not suffix.strip("eE_"):
        raise BadLiteral("expected at least one digit in exponent")
    if suffix[0] in "iu" and suffix[1:].isdecimal():
        raise BadLiteral(f"invalid width `{suffix[1:]}` for integer literal")
    if suffix in _FLOATS_TO_BE:
        raise BadLiteral(f"the type `{suffix}` is unstable")
    raise BadLiteral(f"invalid suffix `{suffix}` for number literal")


def _float(text: str, span: Span) -> ast.FloatLiteral:
    match = _FLOAT.match(text)
    if match is None:
        raise BadLiteral(f"`{text}` is no number")
    digits, suffix = match[1].replace("_", ""), match[2]
    if suffix and suffix not in FLOAT_SUFFIXES:
        if suffix in _FLOATS_TO_BE:
            raise BadLiteral(f"the type `{suffix}` is unstable")
        raise BadLiteral(f"invalid suffix `{suffix}` for float literal")
    return ast.FloatLiteral(span, digits, suffix)


# ---------------------------------------------------------------------------------------- escapes


def _text(inner: str, kind: Kind) -> str:
    """Return the contents of a quoted literal with its escapes read."""
    if "\\" not in inner and "\r" not in inner:
        return inner
    return _ESCAPE.sub(lambda match: _value(match, kind), inner)


def _value(match: re.Match[str], kind: Kind) -> str:
    escape = match[1]
    if escape is None:  # a carriage return is no part of the end of a line
        return "\n"
    if escape in _SIMPLE:
        return _SIMPLE[escape]
    if escape[0] in "\r\n" and kind not in _CHARS:
        return ""
    if _HEX.match(escape):
        return chr(int(escape[1:], 16))
    unicode = _UNICODE.match(escape)
    if unicode is not None:
        value = int(unicode[1].replace("_", ""), 16)
        return chr(value) if value < 0x110000 and not 0xD800 <= value < 0xE000 else "\ufffd"
    return "\ufffd" if kind not in _BYTES else "?"


def _c_string(inner: str, kind: Kind) -> bytes:
    if kind is Kind.RAW_C_STR:
        return inner.replace("\r\n", "\n").encode(errors="replace")
    pieces: list[bytes] = []
    last = 0
    for match in _ESCAPE.finditer(inner):
        pieces.append(inner[last : match.start()].encode(errors="replace"))
        value = _value(match, kind)
        is_byte = match[1] is not None and match[1][0] == "x" and len(value) == 1
        pieces.append(pack("B", ord(value) & 0xFF) if is_byte else value.encode())
        last = match.end()
    pieces.append(inner[last:].encode(errors="replace"))
    return b"".join(pieces)


def string_offsets(token: Token) -> list[int]:
    """Return where in the spelling of a string token each character of its value starts.

    One more is the offset of the closing quote.
    """
    spelling, kind = token.text, token.kind
    first, last = body(kind, spelling)
    offsets: list[int] = []
    at = first
    pattern = _RAW_BREAK if kind is Kind.RAW_STR else _ESCAPE
    for match in pattern.finditer(spelling, first, last):
        offsets += range(at, match.start())
        offsets += [match.start()] * len(_value(match, kind) if kind is Kind.STR else "\n")
        at = match.end()
    return [*offsets, *range(at, last + 1)]


_RAW_BREAK = re.compile("\r\n")


def faults(kind: Kind, text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (offset, length, what) for all that is wrong with a quoted literal."""
    start, end = body(kind, text)
    name = "byte literal" if kind is Kind.BYTE else "byte string literal"
    if kind in _BYTES and not text.isascii():
        for offset in range(start, end):
            if not text[offset].isascii():
                yield offset, 1, f"non-ASCII character in {name}"
    if kind in (Kind.C_STR, Kind.RAW_C_STR) and "\0" in text:
        yield text.index("\0"), 1, "null characters in C string literals are not supported"
    if kind in _RAW:
        return
    for match in _ESCAPE.finditer(text, start, end):
        what = _fault(match[1], kind)
        if what:
            yield match.start(), match.end() - match.start(), what


def _fault(escape: str | None, kind: Kind) -> str:
    """Say what is wrong with an escape, "" if nothing is."""
    if escape is None or escape in _SIMPLE:
        null = escape == "0" and kind is Kind.C_STR
        return "null characters in C string literals are not supported" if null else ""
    match escape[0]:
        case "\r" | "\n" if kind not in _CHARS:
            return ""
        case "x":
            return _hex_fault(escape, kind)
        case "u":
            return _unicode_fault(escape, kind)
        case _:
            return f"unknown {'byte' if kind in _BYTES else 'character'} escape: `{escape}`"


def _hex_fault(escape: str, kind: Kind) -> str:
    if len(escape) < 3:
        return "numeric character escape is too short"
    if not _HEX.match(escape):
        return "invalid character in numeric character escape"
    if kind in (Kind.CHAR, Kind.STR) and int(escape[1:], 16) > 0x7F:
        return "out of range hex escape"
    if kind is Kind.C_STR and escape == "x00":
        return "null characters in C string literals are not supported"
    return ""


def _unicode_fault(escape: str, kind: Kind) -> str:
    if kind in _BYTES:
        return "unicode escape in byte string"
    if escape == "u":
        return "incorrect unicode escape sequence"
    match = _UNICODE.match(escape)
    if match is None:
        empty = escape == "u{}"
        return "empty unicode escape" if empty else "invalid character in unicode escape"
    digits = match[1].replace("_", "")
    if len(digits) > 6:
        return "overlong unicode escape"
    value = int(digits, 16)
    if value > 0x10FFFF or 0xD800 <= value < 0xE000:
        return "invalid unicode character escape"
    return ""
