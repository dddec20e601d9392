"""Where the parser stands: tokens, spans, and errors.

Tokens are read through parallel lists (`kinds`, `texts`): indexing a list is the cheapest thing
that Python does. In `texts` only keywords equal a keyword and only punctuators a punctuator: raw
identifiers keep their `r#` there, doc comments and fragments are "\\0".
"""

from collections.abc import Sequence
from enum import IntEnum
from typing import NoReturn

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics.codes import RUST_SYNTAX, TOO_COMPLEX
from freehold.rust import ast
from freehold.rust.depth import NESTING
from freehold.rust.parse.faults import Fault, Hopeless
from freehold.rust.parse.spans import join
from freehold.rust.parse.words import KEYWORDS
from freehold.rust.token import Kind, ParsedFragment, Token
from freehold.source import Span


class Word(IntEnum):
    """What `Kind` cannot say of a token: that it is a keyword."""

    KEYWORD = 32


IDENT: int = Kind.IDENT
LIFETIME: int = Kind.LIFETIME
KEYWORD: int = Word.KEYWORD
FRAGMENT: int = Kind.FRAGMENT
OUTER_DOC: int = Kind.OUTER_DOC
INNER_DOC: int = Kind.INNER_DOC
END: int = Kind.END
FIRST_LITERAL: int = Kind.INT
LAST_LITERAL: int = Kind.RAW_C_STR

_MAX_ERRORS = 20
# How `texts` spells tokens whose own text could be taken for a keyword or punctuator.
_DISGUISES = {
    Kind.RAW_IDENT: "r#{}",
    Kind.OUTER_DOC: "\0",
    Kind.INNER_DOC: "\0",
    Kind.FRAGMENT: "\0",
    Kind.OTHER: "\0",
}


class Cursor:
    """The state of one parse.

    `depth` counts what is open, towards `NESTING`. `no_struct`: a `{` does not start a struct
    literal here, as in the condition of an `if`. `let_ok`: a `let` may stand here.
    `plus`: bounds may follow a type here without parentheses.
    """

    __slots__ = (
        "at",
        "depth",
        "errors",
        "found",
        "kinds",
        "last_error",
        "let_ok",
        "no_struct",
        "plus",
        "texts",
        "tokens",
    )

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.found: list[Diagnostic] = []
        self.errors = 0
        self.last_error = -1
        self.at = 0
        self.depth = 0
        self.no_struct = False
        self.let_ok = False
        self.plus = True
        self.tokens: list[Token] = list(tokens)
        words, keyword, ident, disguises = KEYWORDS, KEYWORD, IDENT, _DISGUISES
        kinds: list[int] = []
        texts: list[str] = []
        for token in self.tokens:
            kind: int = token.kind
            text = token.text
            if kind == ident:
                if text in words:
                    kind = keyword
            elif kind in disguises:
                text = disguises[token.kind].format(text)
                kind = ident if token.kind is Kind.RAW_IDENT else kind
            kinds.append(kind)
            texts.append(text)
        # The parser looks at most three tokens past the end.
        self.kinds = [*kinds, END, END, END]
        self.texts = [*texts, "", "", ""]

    # ------------------------------------------------------------------------------------- places

    def here(self) -> Span:
        """Return the place of the current token."""
        token = self.tokens[self.at]
        return Span(token.source, token.start, token.end, token.expansion)

    def span(self, start: int) -> Span:
        """Return the place of the tokens from number `start` to the one before the current."""
        tokens = self.tokens
        first = tokens[start]
        end = self.at - 1
        if end <= start:
            return Span(first.source, first.start, first.end, first.expansion)
        last = tokens[end]
        if first.expansion is last.expansion and first.source is last.source:
            return Span(first.source, first.start, last.end, first.expansion)
        return join(first.span, last.span)

    def gap(self) -> Span:
        """Return the place just after the token before the current one."""
        if self.at == 0:
            return self.here()
        before = self.tokens[self.at - 1].span
        return before._replace(start=before.end, end=before.end)

    def on_new_line(self) -> bool:
        """Tell whether a line ends between the token before the current one and this."""
        before, token = self.tokens[self.at - 1], self.tokens[self.at]
        if before.source is not token.source or before.end > token.start:
            return True
        return "\n" in before.source.text[before.end : token.start]

    # ------------------------------------------------------------------------------------- tokens

    def accept(self, text: str) -> bool:
        """Step over `text` if it stands here."""
        if self.texts[self.at] != text:
            return False
        self.at += 1
        return True

    def expect(self, text: str) -> None:
        """Step over `text`, which must stand here."""
        if self.texts[self.at] != text:
            raise self.unexpected(f"`{text}`")
        self.at += 1

    def split(self, first: str) -> bool:
        """Make the current token `first` if it starts so: `>>` becomes two tokens."""
        text = self.texts[self.at]
        if text == first:
            return True
        if self.kinds[self.at] != Kind.PUNCT or not text.startswith(first):
            return False
        token = self.tokens[self.at]
        middle = token.start + len(first)
        rest = text[len(first) :]
        left = Token(
            Kind.PUNCT, first, token.source, token.start, middle,
            space=token.space, expansion=token.expansion, mark=token.mark,
        )  # fmt: skip
        right = Token(
            Kind.PUNCT, rest, token.source, middle, token.end,
            expansion=token.expansion, mark=token.mark,
        )  # fmt: skip
        self.tokens[self.at : self.at + 1] = [left, right]
        self.texts[self.at : self.at + 1] = [first, rest]
        self.kinds.insert(self.at, Kind.PUNCT)
        return True

    def close_angle(self) -> None:
        """Step over a `>`, be it part of a longer token."""
        if not self.split(">"):
            raise self.unexpected("`>`")
        self.at += 1

    def ident(self, what: str = "identifier") -> ast.Ident:
        """Step over a name and return it."""
        at = self.at
        if self.kinds[at] != IDENT:
            raise self.unexpected(what)
        self.at = at + 1
        token = self.tokens[at]
        span = Span(token.source, token.start, token.end, token.expansion)
        return ast.Ident(span, token.text, token.mark)

    def word(self) -> ast.Ident:
        """Step over a token that stands for a name whatever it is, and return it."""
        token = self.tokens[self.at]
        self.at += 1
        return ast.Ident(token.span, token.text, token.mark)

    def lifetime(self) -> ast.Lifetime:
        """Step over a lifetime or label and return it."""
        if self.kinds[self.at] != LIFETIME:
            raise self.unexpected("lifetime")
        token = self.tokens[self.at]
        self.at += 1
        return ast.Lifetime(token.span, token.text[1:], token.mark)

    def fragment(self, kind: str) -> ParsedFragment | None:
        """Return the current token if it is a fragment of that kind; do not step over it."""
        if self.kinds[self.at] != FRAGMENT:
            return None
        token = self.tokens[self.at]
        fits = isinstance(token, ParsedFragment) and token.fragment == kind
        return token if fits else None  # type: ignore[return-value]  # narrowed by `fits`

    def past_tree(self, index: int) -> int:
        """Return the number of the token after the token tree that starts at token `index`."""
        texts, kinds = self.texts, self.kinds
        if kinds[index] != Kind.OPEN:
            return index + 1
        depth = 0
        while True:
            if kinds[index] == Kind.OPEN:
                depth += 1
            elif kinds[index] == Kind.CLOSE:
                depth -= 1
            elif kinds[index] == END and not texts[index]:
                return index
            index += 1
            if not depth:
                return index

    # -------------------------------------------------------------------------------------- limits

    def nest(self) -> None:
        """Count one more level; the caller subtracts it again."""
        self.depth += 1
        if self.depth > NESTING:
            self.too_deep()

    def too_deep(self) -> NoReturn:
        """Give up: what stands here nests deeper than the stages can walk."""
        facts = {"what": "this nesting", "limit": f"{NESTING} levels"}
        self.found.append(Diagnostic(TOO_COMPLEX, self.here(), facts))
        self.errors += 1
        raise Hopeless

    # -------------------------------------------------------------------------------------- errors

    def spelling(self) -> str:
        """Return how a message calls the current token."""
        kind = self.kinds[self.at]
        token = self.tokens[min(self.at, len(self.tokens) - 1)]
        if kind == END:
            return "end of file" if token.expansion is None else "end of macro"
        if kind == FRAGMENT:
            return f"`{token.text}` fragment"
        if kind in (OUTER_DOC, INNER_DOC):
            return "doc comment"
        quoted = f"`{token.text}`"
        if kind == KEYWORD:
            return f"{'reserved identifier' if token.text == '_' else 'keyword'} {quoted}"
        return quoted

    def unexpected(self, wanted: str) -> Fault:
        """Return the fault that the current token is not what is `wanted`."""
        what = f"expected {wanted}, found {self.spelling()}"
        return self.fault(what, primary=f"expected {wanted}")

    def fault(
        self,
        what: str,
        at: Span | None = None,
        *,
        primary: str = "",
        labels: tuple[Label, ...] = (),
        help: str = "",
    ) -> Fault:
        """Return a syntax error, at the current token if no place is given."""
        place = self.here() if at is None else at
        helps = (help,) if help else ()
        return Fault(Diagnostic(RUST_SYNTAX, place, {"what": what}, primary, labels, help=helps))

    def error(self, what: str, at: Span | None = None, help: str = "") -> None:
        """Report a syntax error that parsing simply goes on after."""
        self.report(self.fault(what, at, help=help))

    def report(self, fault: Fault) -> None:
        """Report a syntax error, unless it only follows from the one before."""
        self.errors += 1
        if self.at > self.last_error:
            self.found.append(fault.diagnostic)
        self.last_error = self.at
        if self.errors >= _MAX_ERRORS:
            raise Hopeless

    # ------------------------------------------------------------------------------------ recovery

    def skip_to(self, stops: frozenset[str]) -> None:
        """Step over whole token trees up to one of `stops`, a closing delimiter or the end."""
        texts, kinds = self.texts, self.kinds
        while texts[self.at] not in stops:
            kind = kinds[self.at]
            if kind in (Kind.CLOSE, END):
                return
            self.at = self.past_tree(self.at)
