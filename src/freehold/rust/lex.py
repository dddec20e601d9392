"""Lexing: source text to tokens.

Knows no keyword. What it gives is always well formed: delimiters match (see `freehold.rust.pair`),
and what could not be read was reported, and left out or replaced.
"""

import re
from unicodedata import normalize

from freehold.diagnostics import Diagnostic
from freehold.diagnostics.codes import RUST_LEXICAL
from freehold.rust.literals import faults, string_offsets
from freehold.rust.pair import pair
from freehold.rust.token import Kind, Token
from freehold.source import Source, Span

__all__ = ["lex", "string_offsets"]

# A plain word may touch nothing that would make it a prefix, or a longer word past ASCII.
_WORD = r"[A-Za-z_][A-Za-z0-9_]*+(?![\"'\#\x80-\U0010ffff])"
_ANY_WORD = r"[^\W\d]\w*+"
_BLANKS = r"[ \t\n\r\v\f\x85\u200e\u200f\u2028\u2029]++"
_PUNCTUATORS = (
    r"<<=|>>=|\.\.\.|\.\.=|::|->|=>|==|!=|<=|>=|&&|\|\||\+=|-=|\*=|/=|%=|\^=|&=|\|=|<<|>>|\.\."
    r"|[-+*/%^!&|=<>@.,;:\#$?~]"
)
_EXPONENT = r"[eE][+-]?_*[0-9][0-9_]*+"
_COMMENT = r"/\*(?:[^*/]|\*(?!/)|/(?!\*))*+\*/"  # one with no other inside
# One alternative for each kind of token, the frequent ones first; the group's number is its kind.
_MASTER = re.compile(
    rf"""
  ({_WORD})                                                               # 1 word
| ({_BLANKS}|//(?:(?![/!])|//)[^\n]*+)                                    # 2 blanks
| (//[/!][^\n]*+|{_COMMENT})                                              # 3 other comment
| ([(\[{{])                                                               # 4 open
| ([)\]}}])                                                               # 5 close
| ((?!/\*)(?:{_PUNCTUATORS}))                                             # 6 punctuator
| ("(?:[^"\\]|\\.)*+")                                                    # 7 string
| ('(?:\\(?:x[^'\n]{{0,2}}|u\{{[^'}}\n]*+\}}|[^xu\n])|[^\\'\n\r\t])')     # 8 character
| ('(?:r\#)?{_ANY_WORD}(?!'))                                             # 9 lifetime
| ([0-9][0-9_]*+(?:\.[0-9][0-9_]*+(?:{_EXPONENT})?|{_EXPONENT}
      |\.(?![._]|[^\W\d]))(?:{_ANY_WORD})?)                               # 10 float
| ([0-9]\w*+)                                                             # 11 integer
| ([bc]?r(?P<hashes>\#*+)"(?:(?!"(?P=hashes)).)*+"(?P=hashes))            # 12 raw string, 13
| ([bc]"(?:[^"\\]|\\.)*+")                                                # 14 byte or C string
| (b'(?:\\(?:x[^'\n]{{0,2}}|[^x\n])|[^\\'\n\r\t])')                       # 15 byte
| (r\#{_ANY_WORD})                                                        # 16 raw identifier
| ({_ANY_WORD})                                                           # 17 any other word
| (.)                                                                     # 18 anything else
""",
    re.VERBOSE | re.DOTALL,
)
_BLANK, _OTHER_COMMENT, _LIFETIME, _RAW, _PREFIXED, _ODD_WORD = 2, 3, 9, 12, 14, 17
_SIMPLE = {
    1: Kind.IDENT,
    4: Kind.OPEN,
    5: Kind.CLOSE,
    6: Kind.PUNCT,
    10: Kind.FLOAT,
    11: Kind.INT,
}
_QUOTED = {7: Kind.STR, 8: Kind.CHAR, 15: Kind.BYTE}
_RAW_KINDS = {"r": Kind.RAW_STR, "b": Kind.RAW_BYTE_STR, "c": Kind.RAW_C_STR}
_SHEBANG = rf"#!(?!(?:{_BLANKS}|//[^\n]*+|{_COMMENT})*+\[)[^\n]*"
_COMMENT_EDGE = re.compile(r"/\*|\*/")
_ODD = re.compile(_ANY_WORD)
_RAW_QUOTE = re.compile(r'#+"')
_STRINGS = {
    "b": "double quote byte string",
    "c": "C string",
    "r": "raw string",
    "br": "raw byte string",
    "cr": "raw C string",
}
_CHARACTERS = re.compile(r"'(?:[^'\\\n]|\\.)*+'")
_NEVER_RAW = frozenset(("self", "Self", "super", "crate", "_"))
# Characters that text processors put in place of others.
_LOOKALIKES = {
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2018": "'", "\u2019": "'", "\u2013": "-",
    "\u2014": "-", "\u2212": "-", "\u00d7": "*", "\u2026": "...", "\uff1b": ";", "\u037e": ";",
    "\uff0c": ",", "\uff1a": ":", "\uff08": "(", "\uff09": ")", "\uff01": "!", "\u00a0": " ",
}  # fmt: skip


def lex(source: Source) -> tuple[list[Token], list[Diagnostic]]:
    """Return the tokens of a whole file, END included, and what could not be read.

    Delimiters of the tokens match: where those of the text do not, that is reported, and closing
    ones are put in or left out.
    """
    lexer = _Lexer(source)
    lexer.run()
    tokens, unpaired = pair(lexer.tokens)
    return tokens, lexer.found if lexer.cut else lexer.found + unpaired


def lex_piece(text: str) -> list[Token]:
    """Return the tokens of a piece of correct Rust of our own, whose delimiters need not match."""
    lexer = _Lexer(Source("", text))
    lexer.run()
    return lexer.tokens[:-1]


class _Lexer:
    """One lexing. `cut`: a literal or comment without end has swallowed the rest."""

    __slots__ = ("cut", "found", "source", "space", "text", "tokens")

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.tokens: list[Token] = []
        self.found: list[Diagnostic] = []
        self.space = True
        self.cut = False

    def run(self) -> None:
        text = self.text
        at = 1 if text.startswith("\ufeff") else 0
        if text.startswith("#!", at):
            shebang = re.compile(_SHEBANG).match(text, at)
            at = shebang.end() if shebang else at
        while at < len(text):
            at = self.scan(at)
        self.add(Kind.END, "", at, at)

    def scan(self, at: int) -> int:
        """Lex from `at` on; return the end, or where a token too odd for the table ended."""
        tokens, source, space = self.tokens, self.source, self.space
        append, simple = tokens.append, _SIMPLE
        for match in _MASTER.finditer(self.text, at):
            group = match.lastindex or 0
            if group == _BLANK:
                space = True
                continue
            kind = simple.get(group)
            if kind is not None:
                start, end = match.span()
                append(Token(kind, match[0], source, start, end, space=space))
                space = False
                continue
            self.space = space
            if group >= _ODD_WORD:
                return self.odd(match.start())
            self.special(group, match)
            space = self.space
        return len(self.text)

    def add(self, kind: Kind, text: str, start: int, end: int) -> None:
        self.tokens.append(Token(kind, text, self.source, start, end, space=self.space))
        self.space = False

    def special(self, group: int, match: re.Match[str]) -> None:
        """Add the token of a less simple kind."""
        start, end = match.span()
        text = match[0]
        quoted = _QUOTED.get(group)
        if quoted is not None:
            self.literal(quoted, text, start)
        elif group == _OTHER_COMMENT:
            self.comment(text, start)
        elif group == _LIFETIME:
            name = text.removeprefix("'r#")
            if name in _NEVER_RAW:
                self.error(start, end, f"`{name}` cannot be a raw lifetime")
            self.add(Kind.LIFETIME, text.replace("r#", "", 1), start, end)
        elif group == _RAW:
            self.literal(_RAW_KINDS[text[0]], text, start)
        elif group == _PREFIXED:
            self.literal(Kind.BYTE_STR if text[0] == "b" else Kind.C_STR, text, start)
        else:
            self.raw_word(text, start)

    def literal(self, kind: Kind, text: str, start: int) -> None:
        if "\\" in text or not text.isascii() or "\0" in text:
            for offset, length, what in faults(kind, text):
                self.error(start + offset, start + offset + length, what)
        self.add(kind, text, start, start + len(text))

    def comment(self, text: str, start: int) -> None:
        """Add a doc comment, or nothing for any other."""
        end = start + len(text)
        if text.startswith("//"):
            kind = Kind.OUTER_DOC if text[2] == "/" else Kind.INNER_DOC
            self.add(kind, text[3:].removesuffix("\r"), start, end)
        elif text.startswith("/*!"):
            self.add(Kind.INNER_DOC, text[3:-2], start, end)
        elif text.startswith("/**") and len(text) > 4 and text[3] != "*":
            self.add(Kind.OUTER_DOC, text[3:-2], start, end)
        self.space = True

    def raw_word(self, text: str, start: int) -> None:
        end = start + len(text)
        name = text[2:]
        if name in _NEVER_RAW:
            self.error(start, end, f"`{name}` cannot be a raw identifier")
        self.add(Kind.RAW_IDENT, normalize("NFC", name), start, end)

    # ------------------------------------------------------------------------------------- faults

    def odd(self, at: int) -> int:
        """Read what the table does not settle, and return where to go on."""
        text = self.text
        if text.startswith("/*", at):
            return self.nested(at)
        if text[at] == "'":
            return self.character(at)
        word = _ODD.match(text, at)
        if word is not None:
            return self.odd_word(word[0], at)
        if text[at] == '"':
            return self.endless(at, "double quote string")
        return self.stray(at)

    def odd_word(self, word: str, start: int) -> int:
        """Read a word past ASCII, or one that touches a quote or `#`."""
        end = start + len(word)
        after = self.text[end : end + 1]
        if word in _STRINGS and (after == '"' or _RAW_QUOTE.match(self.text, end)):
            return self.endless(start, _STRINGS[word])
        name = normalize("NFC", word)
        if not name.isidentifier():
            self.error(start, end, f"`{word}` is no identifier")
        elif after and after in "\"'#":
            help = "put a blank between the prefix and the literal"
            self.error(start, end, f"prefix `{word}` is unknown", help)
        self.add(Kind.IDENT, name, start, end)
        return end

    def nested(self, start: int) -> int:
        """Read a comment that holds others, or has no end."""
        depth = 0
        for edge in _COMMENT_EDGE.finditer(self.text, start):
            depth += 1 if edge[0] == "/*" else -1
            if not depth:
                self.comment(self.text[start : edge.end()], start)
                return edge.end()
        doc = " doc-" if self.text[start + 2 : start + 3] in ("*", "!") else " "
        return self.swallow(start, f"unterminated block{doc}comment")

    def endless(self, start: int, what: str) -> int:
        """Report a string without its end."""
        at = self.swallow(start, f"unterminated {what}")
        self.add(Kind.STR, '""', start, at)
        return at

    def swallow(self, start: int, what: str) -> int:
        self.error(start, start + len(self.text[start:].split("\n", 1)[0]), what)
        self.cut = True
        return len(self.text)

    def character(self, start: int) -> int:
        """Report a character literal that holds none or several, or has no end."""
        match = _CHARACTERS.match(self.text, start)
        if self.text.startswith("''", start):
            end, what, help = start + 2, "empty character literal", ""
        elif match is not None:
            end = match.end()
            what = "character literal may only contain one codepoint"
            help = f'a string is written `"{match[0][1:-1]}"`'
        else:
            end, what, help = start + 1, "unterminated character literal", ""
        self.error(start, end, what, help)
        self.add(Kind.CHAR, "'?'", start, end)
        return end

    def stray(self, at: int) -> int:
        """Report a character that starts no token; read it as what it looks like."""
        char = self.text[at]
        meant = _LOOKALIKES.get(char)
        help = f"`{char}` looks like `{meant}`, but is not" if meant else ""
        self.error(at, at + 1, f"unknown start of token: {_shown(char)}", help)
        if meant is None:
            self.add(Kind.OTHER, char, at, at + 1)
        elif meant in "([{":
            self.add(Kind.OPEN, meant, at, at + 1)
        elif meant in ")]}":
            self.add(Kind.CLOSE, meant, at, at + 1)
        elif meant not in "\"' ":
            self.add(Kind.PUNCT, meant, at, at + 1)
        return at + 1

    def error(self, start: int, end: int, what: str, help: str = "") -> None:
        span = Span(self.source, start, end)
        helps = (help,) if help else ()
        self.found.append(Diagnostic(RUST_LEXICAL, span, {"what": what}, help=helps))


def _shown(char: str) -> str:
    return f"`{char}`" if char.isprintable() else f"U+{ord(char):04X}"
