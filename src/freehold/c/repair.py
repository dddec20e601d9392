"""C snippets: bare statements get a `main`, and a `}` that got lost is put back; each is said.

Works on the text, before preprocessing. Tried only on what does not parse, or has no `main`; the
caller keeps the outcome if that does better. Lines keep their numbers.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from freehold.c.lex import lex
from freehold.c.parse.words import DECLARATION_STARTS, keywords
from freehold.c.preprocess import OWN_HEADERS
from freehold.c.token import Kind, Token
from freehold.diagnostics.edits import Draft, Edit, Repaired
from freehold.diagnostics.indentation import Word, closings
from freehold.records import dataclass
from freehold.source import Source

_WORDS = keywords("gnu17")
_JUMPS = frozenset(
    ("if", "for", "while", "do", "switch", "return", "goto", "break", "continue", "*", "++")
)
_ASSIGNS = frozenset(("=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>="))
# The type, the name and the parameters of a function, alone at the start of a line.
_HEAD = re.compile(r"^(?:[A-Za-z_]\w*[ \t*]+)+[A-Za-z_]\w*[ \t]*\([^;{}]*\)\s*\{", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RepairedUnit:
    """A repaired source, and the headers that it needs besides."""

    repaired: Repaired
    headers: tuple[str, ...] = ()


def repair(source: Source) -> RepairedUnit:
    """Return `source` as the program that it means, or as it is."""
    draft = Draft(source)
    _close(draft)
    headers = _wrap(draft)
    return RepairedUnit(draft.done(), headers)


# ------------------------------------------------------------------------------------ lost braces


def _close(draft: Draft) -> None:
    """Put back closing braces, by the indentation and in front of functions."""
    if _balance(_tokens(draft.text)) <= 0:
        return
    source = draft.source
    tokens = _tokens(draft.text)
    heads = {match.start() for match in _HEAD.finditer(draft.text)}
    words = [Word("_" if t.kind is not Kind.PUNCT else t.text, t.start, t.end) for t in tokens]
    end = len(draft.text)
    edits = closings(source, [*words, Word("", end, end)], _end_of)
    flat = not edits or _balance(tokens) != sum(edit.text.count("}") for edit in edits)
    if flat:
        edits = list(_before_functions(tokens, heads, end))
    for edit in edits:
        how = "before the next function" if flat else "by the indentation"
        draft.say(f"`{edit.text.strip()}` is put back, {how}", edit.start)
    draft.apply(edits)


def _end_of(head: str) -> str:
    """Return `;` for a block that is a definition of a type, or an initialiser."""
    return ";" if re.match(r"(?:typedef|struct|union|enum)\b[^(]*$|.*=\s*$", head) else ""


def _before_functions(tokens: Sequence[Token], heads: set[int], end: int) -> Iterator[Edit]:
    """Close, in front of each function and at the end, what is open there."""
    depth = 0
    last = 0
    for token in tokens:
        if depth and token.start in heads:
            yield Edit(last, last, " }" * depth)
            depth = 0
        if token.kind is Kind.PUNCT:
            depth += (token.text == "{") - (token.text == "}")
        last = token.end
    if depth > 0:
        yield Edit(min(last, end), min(last, end), " }" * depth)


def _balance(tokens: Sequence[Token]) -> int:
    """Return how many braces are open at the end."""
    texts = [token.text for token in tokens if token.kind is Kind.PUNCT]
    return texts.count("{") - texts.count("}")


def _tokens(text: str) -> list[Token]:
    """Return the tokens of a text, without its directives and its END."""
    its: list[Token] = []
    directive = False
    for token in lex(Source("", text))[0]:
        directive = (directive and not token.bol) or (token.bol and token.text == "#")
        if not directive and token.kind is not Kind.END:
            its.append(token)
    return its


# -------------------------------------------------------------------------------- bare statements


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands outside of functions: one statement, declaration or function."""

    tokens: Sequence[Token]

    @property
    def is_statement(self) -> bool:
        """Whether it can stand only in a function."""
        texts = [token.text for token in self.tokens]
        if texts[0] in _JUMPS:
            return True
        if self.tokens[0].kind is not Kind.IDENT or texts[0] in DECLARATION_STARTS:
            return self.initialises
        after = texts[1] if len(texts) > 1 else ""
        if after == "(":
            return texts[-1] in (";", ")") and not _is_function_type(self.tokens)
        return after in _ASSIGNS or after in ("->", ".", "++", "--", "[") or self.initialises

    @property
    def initialises(self) -> bool:
        """Whether it is a variable whose value a call computes: no such one stands outside."""
        if not self.is_variable:
            return False
        texts = [token.text for token in self.tokens]
        if "=" not in texts:
            return False
        value = self.tokens[texts.index("=") + 1 :]
        return any(
            token.kind is Kind.IDENT and token.text not in _WORDS and after.text == "("
            for token, after in itertools.pairwise(value)
        )

    @property
    def is_variable(self) -> bool:
        """Whether it declares variables, rather than a function or type."""
        texts = [token.text for token in self.tokens]
        if texts[0] in ("typedef", "extern") or texts[-1] != ";" or len(texts) < 3:
            return False
        head = texts[: texts.index("=")] if "=" in texts else texts
        tag = texts[0] in ("struct", "union", "enum") and len(head) == 3 and "=" not in texts
        return (
            "(" not in head and "{" not in head and head[1:2] != [";"] and len(head) > 1 and not tag
        )


def _is_function_type(tokens: Sequence[Token]) -> bool:
    """Tell whether `name(...)` declares a function of old: only names are between."""
    inner = [token.text for token in tokens[2:-2]]
    return bool(inner) and inner[0] in DECLARATION_STARTS


def _pieces(tokens: Sequence[Token]) -> Iterator[_Piece]:
    start = depth = 0
    for index, token in enumerate(tokens):
        if token.kind is Kind.PUNCT:
            depth += (token.text in "([{") - (token.text in ")]}")
        if depth or token.kind is not Kind.PUNCT or token.text not in (";", "}"):
            continue
        after = tokens[index + 1].text if index + 1 < len(tokens) else ""
        ends = token.text == ";" or not (
            after in (";", ",", "else", "while") or _typed(tokens, start)
        )
        if ends:
            yield _Piece(tokens[start : index + 1])
            start = index + 1
    if start < len(tokens):
        yield _Piece(tokens[start:])


def _typed(tokens: Sequence[Token], start: int) -> bool:
    """Tell whether a `}` ends the members of a type, behind which a name may follow."""
    return tokens[start].text in ("struct", "union", "enum", "typedef")


def _wrap(draft: Draft) -> tuple[str, ...]:
    """Put a `main` around bare statements; return the headers that they need."""
    tokens = _tokens(draft.text)
    pieces = list(_pieces(tokens))
    bare = [index for index, piece in enumerate(pieces) if piece.is_statement]
    if not bare or _defines(tokens, "main"):
        return ()
    first, last = bare[0], bare[-1]
    while first and pieces[first - 1].is_variable:
        first -= 1
    if any(_is_function(piece) for piece in pieces[first:last]):
        return ()
    start, end = pieces[first].tokens[0].start, pieces[last].tokens[-1].end
    draft.say("statements outside of any function are put into a `main`", start, end)
    headers = tuple(_headers(tokens))
    for header in headers:
        draft.say(f"<{header}> is included", start)
    stop = "" if draft.text[end - 1] in ";}" else ";"
    returns = "" if pieces[last].tokens[0].text == "return" else " return 0;"
    draft.apply([Edit(start, start, "int main(void) { "), Edit(end, end, f"{stop}{returns} }}")])
    return headers


def _is_function(piece: _Piece) -> bool:
    texts = [token.text for token in piece.tokens]
    return texts[-1] == "}" and texts[0] not in _JUMPS and "(" in texts[: texts.index("{")]


def _defines(tokens: Sequence[Token], name: str) -> bool:
    """Tell whether `name` is followed by parameters and a body."""
    for index, token in enumerate(tokens[:-1]):
        if token.text == name and tokens[index + 1].text == "(" and index:
            before = tokens[index - 1]
            if before.kind is Kind.IDENT or before.text == "*":
                return True
    return False


# ---------------------------------------------------------------------------------------- headers

_HEADERS = (
    "stdio.h",
    "stdlib.h",
    "string.h",
    "assert.h",
    "math.h",
    "ctype.h",
    "unistd.h",
    "time.h",
)


@cache
def _declared(header: str) -> frozenset[str]:
    """Return the names that one of our headers declares or defines."""
    text = (Path(OWN_HEADERS) / header).read_text()
    names = re.findall(r"\b([A-Za-z_]\w*)\s*\(", text)
    names += re.findall(r"#\s*define\s+([A-Za-z_]\w*)", text)
    return frozenset(names)


def _headers(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the headers of what is called."""
    called = {
        token.text
        for token, after in itertools.pairwise(tokens)
        if token.kind is Kind.IDENT and (after.text == "(" or token.text == "NULL")
    }
    called = {name for name in called if name not in _WORDS and not _defines(tokens, name)}
    for header in _HEADERS:
        its = called & _declared(header)
        if its:
            yield header
            called -= its
