"""Where the parser stands: tokens, the names that are types, spans, and errors.

Tokens are read through parallel lists (`kinds`, `texts`): indexing a list is the cheapest thing
that Python does. `texts` holds keywords in their canonical spelling; string literals, numbers and
character constants never equal a punctuator or a keyword.
"""

from enum import IntEnum
from typing import NoReturn

from freehold.c import ast
from freehold.c.depth import NESTING
from freehold.c.parse import cplusplus
from freehold.c.parse.faults import Fault, Hopeless
from freehold.c.parse.options import ParseOptions
from freehold.c.parse.pragmas import Packing
from freehold.c.parse.spans import join
from freehold.c.parse.suggest import help_for_token
from freehold.c.parse.words import (
    BUILTIN_TYPES,
    DECLARATION_STARTS,
    TYPE_STARTS,
    keywords,
)
from freehold.c.token import Kind, Token
from freehold.diagnostics import Code, Diagnostic, Label, Severity
from freehold.diagnostics.codes import C_WARNING, CPLUSPLUS, LEXICAL, SYNTAX, TOO_COMPLEX
from freehold.source import Span


class Word(IntEnum):
    """What `Kind` cannot say of a token: that it is a keyword."""

    KEYWORD = 16


IDENT: int = Kind.IDENT
KEYWORD: int = Word.KEYWORD
STRING: int = Kind.STRING
END: int = Kind.END

_UNREADABLE = frozenset((Kind.PRAGMA, Kind.OTHER))
_MAX_ERRORS = 20


class Cursor:
    """The state of one parse.

    `types` says of each ordinary identifier in scope whether it is a typedef's name; `undo` holds,
    for each open scope, what to restore when it closes. `depth` counts what is open, towards
    `NESTING`; `extension` counts the `__extension__`s; `functions` the function bodies.
    """

    __slots__ = (
        "at",
        "depth",
        "errors",
        "extension",
        "found",
        "functions",
        "kinds",
        "last_error",
        "loose",
        "options",
        "packs",
        "plusplus",
        "tags",
        "texts",
        "tokens",
        "types",
        "undo",
    )

    def __init__(self, tokens: list[Token], options: ParseOptions) -> None:
        self.options = options
        self.found: list[Diagnostic] = []
        self.errors = 0
        self.last_error = -1
        self.plusplus = False
        self.at = 0
        self.depth = 0
        self.extension = 0
        self.functions = 0
        self.tags: dict[str, str] = {}  # struct, union or enum, by tag: only to help
        self.types = dict.fromkeys(BUILTIN_TYPES, True)
        self.undo: list[list[tuple[str, bool | None]]] = [[]]
        # Attributes that stand where the tree has no room, until a declarator takes them.
        self.loose: list[ast.Attribute] = []
        self.tokens: list[Token] = []
        self.kinds: list[int] = []
        self.texts: list[str] = []
        self.packs: dict[int, int] = {}
        self._read(tokens)

    # ------------------------------------------------------------------------------------ tokens

    def _read(self, tokens: list[Token]) -> None:
        if not _UNREADABLE.isdisjoint([token.kind for token in tokens]):
            tokens = self._without_pragmas(tokens)
        self.tokens = tokens
        words = keywords(self.options.std)
        texts = [token.text for token in tokens]
        self.kinds = [
            KEYWORD if text in words else token.kind
            for token, text in zip(tokens, texts, strict=True)
        ]
        self.texts = [words.get(text, text) for text in texts]
        # The parser looks at most two tokens past the end.
        self.kinds += (END, END)
        self.texts += ("", "")

    def _without_pragmas(self, tokens: list[Token]) -> list[Token]:
        """Return the tokens of the grammar; follow the pragmas, and report what is stray."""
        packing = Packing()
        kept: list[Token] = []
        for token in tokens:
            if token.kind == Kind.PRAGMA:
                packing.apply(token.text)
                self.packs[len(kept)] = packing.value
            elif token.kind == Kind.OTHER:
                self.error(LEXICAL, token.span, f"`{token.text}` is no part of C")
            else:
                kept.append(token)
        return kept

    def pack_at(self, index: int) -> int:
        """Return what `#pragma pack` says at token `index`, in bytes; 0 for nothing."""
        before = [where for where in self.packs if where <= index]
        return self.packs[before[-1]] if before else 0

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
        if first.expansion is None and last.expansion is None and first.source is last.source:
            return Span(first.source, first.start, last.end, None)
        return join(first.span, last.span)

    def expect(self, text: str, after: str) -> None:
        """Step over `text`, which must stand here, after `after`."""
        if self.texts[self.at] != text:
            raise self.missing(text, after)
        self.at += 1

    def close(self, text: str, opener: int) -> None:
        """Step over the bracket `text`, which closes token number `opener`."""
        if self.texts[self.at] != text:
            raise self.unclosed(text, opener)
        self.at += 1

    def accept(self, text: str) -> bool:
        """Step over `text` if it stands here."""
        if self.texts[self.at] != text:
            return False
        self.at += 1
        return True

    def identifier(self, what: str) -> str:
        """Step over an identifier, typedef's name or not, and return it."""
        if self.kinds[self.at] != IDENT:
            raise self.unexpected(what)
        self.at += 1
        return self.texts[self.at - 1]

    def past_parentheses(self, index: int) -> int:
        """Return the number of the token after the parentheses that open at token `index`."""
        open_ = 0
        texts = self.texts
        while self.kinds[index] != END:
            if texts[index] == "(":
                open_ += 1
            elif texts[index] == ")":
                open_ -= 1
                if not open_:
                    return index + 1
            index += 1
        return index

    # -------------------------------------------------------------------------------------- names

    def enter(self) -> None:
        """Open a scope."""
        self.undo.append([])

    def leave(self) -> None:
        """Close the innermost scope: what its names hid is seen again."""
        types = self.types
        for name, before in reversed(self.undo.pop()):
            if before is None:
                del types[name]
            else:
                types[name] = before

    def declare(self, name: str | None, *, is_type: bool) -> None:
        """Enter an ordinary identifier into the innermost scope."""
        if name is not None:
            self.undo[-1].append((name, self.types.get(name)))
            self.types[name] = is_type

    def starts_type(self, index: int) -> bool:
        """Tell whether a type name can start at token `index`."""
        kind = self.kinds[index]
        if kind == IDENT:
            return self.types.get(self.texts[index], False)
        if kind == KEYWORD:
            return self.texts[index] in TYPE_STARTS
        return self.texts[index] == "[" and self.texts[index + 1] == "["

    def starts_declaration(self, index: int) -> bool:
        """Tell whether declaration specifiers, or a static assertion, can start at `index`."""
        while self.texts[index] == "__extension__":
            index += 1
        if self.kinds[index] == KEYWORD:
            return self.texts[index] in DECLARATION_STARTS
        return self.starts_type(index)

    def names_no_type(self, index: int, *, star: bool) -> bool:
        """Tell whether token `index` looks like a type's name that nothing declares.

        `foo bar` always does; `foo *bar` does if `star` allows it.
        """
        if self.kinds[index] != IDENT or self.texts[index] in self.types:
            return False
        if self.kinds[index + 1] == IDENT:
            return True
        return star and self.texts[index + 1] == "*" and self._declares_after_stars(index + 1)

    def _declares_after_stars(self, index: int) -> bool:
        while self.texts[index] == "*":
            index += 1
        return self.kinds[index] == IDENT and self.texts[index + 1] in (
            "=",
            ";",
            ",",
            ")",
            "[",
            "(",
        )

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
        if self.kinds[self.at] == END:
            return "the end of the file"
        return f"`{self.tokens[self.at].text}`"

    def gap(self) -> Span:
        """Return the place just after the token before the current one."""
        if self.at == 0:
            return self.here()
        before = self.tokens[self.at - 1].span.outermost()
        return Span(before.source, before.end, before.end + 1)

    def missing(self, text: str, after: str) -> Fault:
        """Return the fault that `text` does not follow `after`."""
        what = f"expected `{text}` after {after}, found {self.spelling()}"
        return self.fault(self.gap(), what, primary=f"expected `{text}`")

    def unclosed(self, text: str, opener: int) -> Fault:
        """Return the fault that token number `opener` is not closed by `text`."""
        opening = self.tokens[opener]
        what = f"expected `{text}`, found {self.spelling()}"
        label = Label(opening.span, f"to close this `{opening.text}`")
        return self.fault(self.gap(), what, primary=f"expected `{text}`", labels=(label,))

    def unexpected(self, wanted: str) -> Fault:
        """Return the fault that the current token is not what is `wanted`."""
        kind = "the keyword " if self.kinds[self.at] == KEYWORD else ""
        return self.fault(self.here(), f"expected {wanted}, found {kind}{self.spelling()}")

    def unseparated(self, text: str, opener: int) -> Fault:
        """Return the fault that a list goes on neither with a comma nor with its end `text`."""
        opening = self.tokens[opener]
        label = Label(opening.span, "the list starts here")
        what = f"expected `,` or `{text}`, found {self.spelling()}"
        return self.fault(self.gap(), what, primary=f"expected `,` or `{text}`", labels=(label,))

    def fault(
        self,
        at: Span,
        what: str,
        *,
        primary: str = "",
        labels: tuple[Label, ...] = (),
        help: str = "",
    ) -> Fault:
        """Return a syntax error, or the name of the C++ that it comes from."""
        known = self.types.__contains__
        plus = cplusplus.recognise(self.texts, min(self.at, len(self.tokens) - 1), known)
        if plus is None:
            help = help or help_for_token(self.texts, self.at)
            helps = (help,) if help else ()
            facts = {"what": what}
            return Fault(Diagnostic(SYNTAX, at, facts, primary, labels, help=helps))
        index, name, remedy = plus
        span = self.tokens[index].span
        return Fault(Diagnostic(CPLUSPLUS, span, {"what": name}, help=(remedy,)))

    def error(self, code: Code, at: Span, what: str) -> None:
        """Report an error that parsing goes on after."""
        self.errors += 1
        self.found.append(Diagnostic(code, at, {"what": what}))

    def report(self, fault: Fault) -> None:
        """Report a syntax error, unless it only follows from the one before.

        Once C++ was named, only more of it is: the rest would be noise.
        """
        self.errors += 1
        is_plusplus = fault.diagnostic.code is CPLUSPLUS
        if self.at > self.last_error and (is_plusplus or not self.plusplus):
            self.found.append(fault.diagnostic)
            self.plusplus |= is_plusplus
        self.last_error = self.at
        if self.errors >= _MAX_ERRORS:
            raise Hopeless

    def pedantic(self, at: Span, what: str) -> None:
        """Report what gcc refuses only under -pedantic-errors."""
        if self.options.pedantic_errors and not self.extension:
            self.found.append(Diagnostic(C_WARNING, at, {"what": what}, level=Severity.ERROR))

    def pedwarn(self, at: Span, what: str) -> None:
        """Report what gcc warns about, and refuses under -pedantic-errors."""
        level = Severity.ERROR if self.options.pedantic_errors else Severity.WARNING
        self.found.append(Diagnostic(C_WARNING, at, {"what": what}, level=level))
