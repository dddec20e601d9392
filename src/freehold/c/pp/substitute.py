"""Replacing one macro call: arguments put in, `#` and `##` carried out (C11 6.10.3.1 to 3)."""

import re
from collections.abc import Callable
from typing import assert_never

from freehold.c.lex import lex
from freehold.c.pp.limits import Budget
from freehold.c.pp.macro import (
    Expanded,
    GnuComma,
    Item,
    Macro,
    Optional,
    Raw,
    Replacement,
    Stringized,
    Text,
)
from freehold.c.pp.report import Report
from freehold.c.token import Kind, Token
from freehold.records import dataclass, field
from freehold.source import Expansion, Source

Expand = Callable[[list[Token]], list[Token]]

_WORD = re.compile(r"[A-Za-z_0-9$]+")
_ESCAPED = re.compile(r'[\\"]')


@dataclass(slots=True)
class Arguments:
    """The arguments of one call, in the order of the parameters.

    `missing`: the call leaves the variadic one out, comma and all.
    """

    raw: list[list[Token]]
    missing: bool = False
    expanded: dict[int, list[Token]] = field(default_factory=dict)


class Substitution:
    """The replacement of one call of `macro`, not rescanned yet."""

    __slots__ = ("_arguments", "_budget", "_call", "_expand", "_expansion", "_macro", "_report")

    def __init__(
        self, macro: Macro, call: Token, arguments: Arguments, expand: Expand, report: Report,
        budget: Budget,
    ) -> None:  # fmt: skip
        self._macro = macro
        self._call = call
        self._arguments = arguments
        self._expand = expand
        self._report = report
        self._budget = budget
        self._expansion = Expansion(macro.name, call.span)

    def tokens(self) -> list[Token]:
        """Return the tokens, each of which is new or comes from an inner expansion."""
        simple = self._macro.simple
        made = self._join(self._macro.replacement) if simple is None else self._simple(simple)
        self._budget.make(len(made), self._call.span)
        return made

    def _simple(self, simple: tuple[tuple[int, Token], ...]) -> list[Token]:
        made: list[Token] = []
        append, expansion = made.append, self._expansion
        for parameter, token in simple:
            if parameter < 0:
                append(
                    Token(
                        token.kind, token.text, token.source, token.start, token.end,
                        space=token.space, expansion=expansion,
                    )
                )  # fmt: skip
            else:
                made += _spaced(self._expanded(parameter), token)
        return made

    def _join(self, items: Replacement) -> list[Token]:
        """Return what the items stand for, pasted where `##` stands."""
        made: list[Token] = []
        # Whether `##` came before, and whether its left operand has a token (the last of `made`).
        pasting = has_left = False
        for item in items:
            tokens = self._tokens_of(item)
            if pasting and has_left and tokens:
                made[-1:] = self._paste(made[-1], tokens[0])
                made += tokens[1:]
            else:
                made += tokens
            has_left = bool(tokens) or (pasting and has_left)
            pasting = item.pasted
        return made

    def _tokens_of(self, item: Item) -> list[Token]:
        match item:
            case Text(token):
                return [self._copy(token)]
            case Expanded(parameter, token):
                return _spaced(self._expanded(parameter), token)
            case Raw(parameter, token):
                return _spaced(self._copies(self._arguments.raw[parameter]), token)
            case Stringized(parameter, token):
                return [self._stringize(self._arguments.raw[parameter], token)]
            case GnuComma(parameter, comma):
                if self._arguments.missing:
                    return []
                return [self._copy(comma), *self._copies(self._arguments.raw[parameter])]
            case Optional(contents, token, stringized):
                kept = self._expanded(len(self._arguments.raw) - 1)
                tokens = self._join(contents) if kept else []
                return [self._stringize(tokens, token)] if stringized else tokens
            case _:
                assert_never(item)

    def _copy(self, token: Token) -> Token:
        return Token(
            token.kind, token.text, token.source, token.start, token.end,
            space=token.space or token.bol, hideset=token.hideset,
            expansion=token.expansion or self._expansion,
        )  # fmt: skip

    def _copies(self, tokens: list[Token]) -> list[Token]:
        # Tokens that came from a macro know it already, and belong to no file's list.
        return [self._copy(token) if token.expansion is None else token for token in tokens]

    def _expanded(self, parameter: int) -> list[Token]:
        known = self._arguments.expanded.get(parameter)
        if known is None:
            known = self._copies(self._expand(self._arguments.raw[parameter]))
            self._arguments.expanded[parameter] = known
        return known

    # ----------------------------------------------------------------------------- # and ##

    def _stringize(self, tokens: list[Token], at: Token) -> Token:
        parts: list[str] = []
        for token in tokens:
            if parts and (token.space or token.bol):
                parts.append(" ")
            text = _spelling(token)
            quoted = token.kind in {Kind.STRING, Kind.CHAR}
            parts.append(_ESCAPED.sub(r"\\\g<0>", text) if quoted else text)
        text = "".join(parts)
        if (len(text) - len(text.rstrip("\\"))) % 2:
            self._report.warn(self._call, "`#` makes no valid string: the last `\\` is dropped")
            text = text[:-1]
        self._budget.spell(len(text), self._call.span)
        return self._remake(at, Kind.STRING, f'"{text}"')

    def _paste(self, left: Token, right: Token) -> list[Token]:
        """Return the token that `left ## right` spells, or both if that is none."""
        text = left.text + right.text
        self._budget.spell(len(text), self._call.span)
        if left.kind is Kind.IDENT and _WORD.fullmatch(right.text):
            return [self._remake(left, Kind.IDENT, text)]
        made = lex(Source("<paste>", text))[0]
        # As many characters as went in: `/ ## /` makes a comment, which is no token.
        if len(made) == 2 and made[0].end == len(text) and made[0].kind is not Kind.OTHER:
            return [self._remake(left, made[0].kind, made[0].text)]
        what = f"`{left.text}` and `{right.text}` do not paste to one token"
        self._report.error(self._call, what)
        return [left, right]

    def _remake(self, at: Token, kind: Kind, text: str) -> Token:
        return Token(
            kind, text, at.source, at.start, at.end,
            space=at.space, expansion=at.expansion or self._expansion,
        )  # fmt: skip


def _spelling(token: Token) -> str:
    """Return how a token was written: digraphs are spelt as what they mean."""
    if token.kind is Kind.PUNCT and token.end - token.start != len(token.text):
        written = token.source.text[token.start : token.end]
        if written in {"<:", ":>", "<%", "%>", "%:", "%:%:"}:
            return written
    return token.text


def _spaced(tokens: list[Token], at: Token) -> list[Token]:
    """Return an argument's tokens, with white space before them if the parameter has that."""
    if not tokens or tokens[0].space == at.space:
        return tokens
    first = tokens[0]
    copy = Token(
        first.kind, first.text, first.source, first.start, first.end,
        space=at.space, hideset=first.hideset, expansion=first.expansion,
    )  # fmt: skip
    return [copy, *tokens[1:]]
