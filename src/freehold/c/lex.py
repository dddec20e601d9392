"""Lexing: source text to preprocessing tokens (C11 5.1.1.2 phases 1 to 3).

Knows no macro and no keyword. Offsets of tokens are offsets in the raw text, line splices included.
"""

import re
from bisect import bisect_right

from freehold.c.token import Kind, Token
from freehold.diagnostics import Diagnostic
from freehold.diagnostics.codes import LEXICAL
from freehold.source import Source, Span

_PUNCTUATORS = (
    r"<<=|>>=|\.\.\.|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||\+=|-=|\*=|/=|%=|&=|\^=|\|=|\#\#|"
    r"%:%:|<:|:>|<%|%>|%:|::(?=:)|[-+*/%&|^~!<>=?:;,.()\[\]{}\#]"
)
_MASTER = re.compile(
    r"""
 (?P<IDENT>(?!(?:u8|[uUL])["'])(?:[A-Za-z_$\u0080-\U0010ffff]|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8})
   (?:[A-Za-z_0-9$\u0080-\U0010ffff]|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8})*)
|(?P<BLANK>[ \t\v\f\r]+|//[^\n]*|/\*.*?\*/)
|(?P<LINE>\n)
|(?P<NUMBER>\.?[0-9](?:[eEpP][+-]|[0-9A-Za-z_.]|'(?=[0-9A-Za-z_]))*)
|(?P<STRING>(?:u8|[uUL])?"(?:[^"\\\n]|\\.)*")
|(?P<CHAR>(?:u8|[uUL])?'(?:[^'\\\n]|\\.)+')
|(?P<PUNCT>"""
    + _PUNCTUATORS
    + r""")
|(?P<OPEN>/\*)
|(?P<OTHER>.)
""",
    re.VERBOSE | re.DOTALL,
)
_SPLICE = re.compile(r"\\[ \t\v\f\r]*\n")
_DIGRAPHS = {"<:": "[", ":>": "]", "<%": "{", "%>": "}", "%:": "#", "%:%:": "##"}
_KINDS = {
    "IDENT": Kind.IDENT,
    "NUMBER": Kind.NUMBER,
    "STRING": Kind.STRING,
    "CHAR": Kind.CHAR,
    "PUNCT": Kind.PUNCT,
}


class _Splices:
    """Text without its line splices, and the way back to raw offsets."""

    __slots__ = ("_after", "_removed", "text")

    def __init__(self, raw: str) -> None:
        pieces: list[str] = []
        self._after: list[int] = []  # offsets in `text` at which a splice was
        self._removed: list[int] = []  # characters removed up to there
        last = removed = 0
        for splice in _SPLICE.finditer(raw):
            pieces.append(raw[last : splice.start()])
            self._after.append(splice.start() - removed)
            removed += splice.end() - splice.start()
            self._removed.append(removed)
            last = splice.end()
        pieces.append(raw[last:])
        self.text = "".join(pieces)

    def raw(self, offset: int) -> int:
        """Return the raw offset of the character at `offset`."""
        index = bisect_right(self._after, offset) - 1
        return offset + (self._removed[index] if index >= 0 else 0)


def lex(source: Source) -> tuple[list[Token], list[Diagnostic]]:
    """Return the tokens of a whole file, END included, and what could not be read."""
    if "\\" in source.text and _SPLICE.search(source.text):
        splices = _Splices(source.text)
        tokens, found = _scan(source, splices.text)
        for token in tokens:
            token.end = splices.raw(token.end - 1) + 1 if token.end else 0
            token.start = splices.raw(token.start)
        return tokens, found
    return _scan(source, source.text)


def _scan(source: Source, text: str) -> tuple[list[Token], list[Diagnostic]]:
    tokens: list[Token] = []
    found: list[Diagnostic] = []
    append, kinds = tokens.append, _KINDS
    bol, space = True, False
    position, length = (1 if text.startswith("\ufeff") else 0), len(text)
    match = _MASTER.match
    while position < length:
        one = match(text, position)
        assert one is not None  # OTHER takes anything
        name, start, position = one.lastgroup or "", position, one.end()
        if name == "BLANK":
            space = True
            continue
        if name == "LINE":
            bol, space = True, False
            continue
        if name == "OPEN":
            found.append(_lexical(source, start, start + 2, "unterminated comment"))
            break
        kind = kinds.get(name, Kind.OTHER)
        spelling = one.group()
        if kind is Kind.OTHER:
            if spelling in "\"'":
                position = _end_of_line(text, start)
                spelling = text[start:position]
            append(Token(kind, spelling, source, start, position, bol=bol, space=space))
        elif kind is Kind.PUNCT:
            spelling = _DIGRAPHS.get(spelling, spelling)
            append(Token(kind, spelling, source, start, position, bol=bol, space=space))
        else:
            append(Token(kind, spelling, source, start, position, bol=bol, space=space))
        bol = space = False
    append(Token(Kind.END, "", source, length, length, bol=True))
    return tokens, found


def _end_of_line(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _lexical(source: Source, start: int, end: int, what: str) -> Diagnostic:
    return Diagnostic(LEXICAL, Span(source, start, end), {"what": what})
