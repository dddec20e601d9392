"""Lexing: source text to preprocessing tokens (C11 5.1.1.2 phases 1 to 3).

Knows no macro and no keyword. Offsets of tokens are offsets in the raw text, in which line splices
and trigraphs still stand.
"""

import re

from freehold.c.token import Kind, Token
from freehold.diagnostics import Diagnostic
from freehold.diagnostics.codes import LEXICAL
from freehold.source import Source, Span

# C11 annex D: characters past ASCII of which identifiers may consist, and those of them that may
# not come first. (Undecodable bytes are surrogates, which are in no range.)
_LETTERS = (
    "\\xa8\\xaa\\xad\\xaf\\xb2-\\xb5\\xb7-\\xba\\xbc-\\xbe\\xc0-\\xd6\\xd8-\\xf6\\xf8-\\xff"
    "\\u0100-\\u167f\\u1681-\\u180d\\u180f-\\u1fff\\u200b-\\u200d\\u202a-\\u202e\\u203f-\\u2040"
    "\\u2054\\u2060-\\u218f\\u2460-\\u24ff\\u2776-\\u2793\\u2c00-\\u2dff\\u2e80-\\u2fff"
    "\\u3004-\\u3007\\u3021-\\u302f\\u3031-\\ud7ff\\uf900-\\ufd3d\\ufd40-\\ufdcf\\ufdf0-\\ufe44"
    "\\ufe47-\\ufffd\\U00010000-\\U000efffd"
)
_MARKS = "\\u0300-\\u036f\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f"
_UCN = r"\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}"

_PUNCTUATORS = (
    r"<<=|>>=|\.\.\.|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||\+=|-=|\*=|/=|%=|&=|\^=|\|=|\#\#"
    r"|[-+*/&|^~!=?;,()\[\]{}\#]|\.(?![0-9])|<(?![:%])|>|%(?![:>])|:(?!>)"
)
# One alternative for each kind of token, the frequent ones first; the group's number is its kind.
_MASTER = re.compile(
    rf"""
  ((?!(?:u8|[uUL])["'])[A-Za-z_$][A-Za-z_0-9$]*+(?![\\\x80-\U0010ffff]))  # 1 identifier
| ([\ \t\v\f\r\0]++|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+\*/)                     # 2 blanks
| (?!/\*)({_PUNCTUATORS})                                                  # 3 punctuator
| (\n)                                                                     # 4 end of a line
| (\.?[0-9](?:[eEpP][+-]|[0-9A-Za-z_.]|'(?=[0-9A-Za-z_]))*+)               # 5 number
| ((?:u8|[uUL])?"(?:[^"\\\n]|\\[^\n])*+")                                  # 6 string
| ((?:u8|[uUL])?'(?:[^'\\\n]|\\[^\n])*+')                                  # 7 character constant
| ((?![{_MARKS}])(?:[A-Za-z_${_LETTERS}]|{_UCN})(?:[A-Za-z_0-9${_LETTERS}]|{_UCN})*+)  # 8
| (%:%:|<:|:>|<%|%>|%:)                                                    # 9 digraph
| (/\*)                                                                    # 10 open comment
| (["'][^\n]*+|.)                                                          # 11 anything else
""",
    re.VERBOSE,
)
_BLANK, _LINE, _EXTENDED, _DIGRAPH, _OPEN = 2, 4, 8, 9, 10
# By number of the group.
_KINDS = (
    Kind.OTHER, Kind.IDENT, Kind.OTHER, Kind.PUNCT, Kind.OTHER, Kind.NUMBER, Kind.STRING,
    Kind.CHAR, Kind.IDENT, Kind.PUNCT, Kind.OTHER, Kind.OTHER,
)  # fmt: skip
_DIGRAPHS = {"<:": "[", ":>": "]", "<%": "{", "%>": "}", "%:": "#", "%:%:": "##"}

# gcc lets blanks stand between the backslash and the end of the line.
_SPLICE = re.compile(r"\\[ \t\v\f\r]*(?:\n|\Z)")
_SPLICE_OR_TRIGRAPH = re.compile(r"(?:\\|\?\?/)[ \t\v\f\r]*(?:\n|\Z)|\?\?([=/'()!<>-])")
_TRIGRAPHS = dict(zip("=/'()!<>-", "#\\^[]|{}~", strict=True))
_UNIVERSAL = re.compile(_UCN)


def lex(source: Source, *, trigraphs: bool = False) -> tuple[list[Token], list[Diagnostic]]:
    """Return the tokens of a whole file, END included, and what could not be read.

    A quote without its partner is an OTHER token up to the end of the line: an error only where
    the preprocessor keeps it.
    """
    raw = source.text
    if trigraphs and "??" in raw:
        return _lex_edited(source, _SPLICE_OR_TRIGRAPH)
    if "\\" in raw and _SPLICE.search(raw):
        return _lex_edited(source, _SPLICE)
    return _scan(source, raw)


def _lex_edited(source: Source, edit: re.Pattern[str]) -> tuple[list[Token], list[Diagnostic]]:
    """Lex the text that is left after each match of `edit` was carried out."""
    raw = source.text
    pieces: list[str] = []
    steps: list[tuple[int, int]] = []  # (offset in the text, characters removed up to there)
    last = removed = 0
    for match in edit.finditer(raw):
        new = _TRIGRAPHS[match[1]] if match.lastindex else ""
        pieces += (raw[last : match.start()], new)
        last, start = match.end(), match.start() - removed + len(new)
        removed += match.end() - match.start() - len(new)
        steps.append((start, removed))
    pieces.append(raw[last:])
    tokens, found = _scan(source, "".join(pieces))
    _to_raw(tokens, steps)
    at = [Token(Kind.OTHER, "", source, d.at.start, d.at.end) for d in found if d.at is not None]
    _to_raw(at, steps)
    return tokens, [_lexical(t, str(d.facts["what"])) for t, d in zip(at, found, strict=True)]


def _to_raw(tokens: list[Token], steps: list[tuple[int, int]]) -> None:
    """Turn the offsets of ordered tokens into offsets in the raw text."""
    steps = [(0, 0), *steps]
    here, last = 0, len(steps) - 1
    for token in tokens:
        while here < last and steps[here + 1][0] <= token.start:
            here += 1
        token.start += steps[here][1]
        # The end is that of the last character: a splice past it is not the token's.
        inside = here
        while inside < last and steps[inside + 1][0] < token.end:
            inside += 1
        token.end += steps[inside][1]


def _scan(source: Source, text: str) -> tuple[list[Token], list[Diagnostic]]:
    tokens: list[Token] = []
    append, kinds = tokens.append, _KINDS
    found: list[Diagnostic] = []
    bol, space = True, False
    for match in _MASTER.finditer(text, 1 if text.startswith("\ufeff") else 0):
        group = match.lastindex
        if group == _BLANK:
            space = True
            continue
        if group == _LINE:
            bol, space = True, False
            continue
        spelling = match[0]
        start, end = match.span()
        if group == _DIGRAPH:
            spelling = _DIGRAPHS[spelling]
        elif group == _EXTENDED:
            spelling = _UNIVERSAL.sub(_character, spelling)
        elif group == _OPEN:
            at = Token(Kind.OTHER, spelling, source, start, end)
            found.append(_lexical(at, "unterminated comment"))
            break
        append(Token(kinds[group or 0], spelling, source, start, end, bol=bol, space=space))
        bol = space = False
    append(Token(Kind.END, "", source, len(text), len(text), bol=True))
    return tokens, found


def _character(name: re.Match[str]) -> str:
    code = int(name[0][2:], 16)
    # Identifiers are what they name, however they are spelt.
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else name[0]


def _lexical(at: Token, what: str) -> Diagnostic:
    return Diagnostic(LEXICAL, Span(at.source, at.start, at.end), {"what": what})
