"""Pairing delimiters: whatever the text has, the parser and macros get groups that match."""

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics.codes import RUST_SYNTAX
from freehold.rust.token import CLOSER, Kind, Token

_OPENER = {closer: opener for opener, closer in CLOSER.items()}
_UNEXPECTED = "unexpected closing delimiter"


def pair(tokens: list[Token]) -> tuple[list[Token], list[Diagnostic]]:
    """Return the tokens (END included) with all delimiters matching, and what was wrong.

    A closing delimiter that fits a group further out ends those inside of it. One that fits none
    ends the innermost all the same, as rustc takes it; one that closes nothing is left out.
    """
    opened: list[Token] = []
    found: list[Diagnostic] = []
    result: list[Token] | None = None  # made at the first fault
    for index, token in enumerate(tokens):
        if token.kind is Kind.OPEN:
            opened.append(token)
        elif token.kind is Kind.CLOSE:
            if opened and opened[-1].text == _OPENER[token.text]:
                opened.pop()
            else:
                result = tokens[:index] if result is None else result
                if not _close(token, opened, result, found):
                    continue
        elif token.kind is Kind.END and opened:
            result = tokens[:index] if result is None else result
            found.append(_unclosed(tokens[max(index - 1, 0)], opened))
            result += [_closing(opener, token) for opener in reversed(opened)]
        if result is not None:
            result.append(token)
    return (tokens if result is None else result), found


def _close(token: Token, opened: list[Token], result: list[Token], found: list[Diagnostic]) -> bool:
    """Close what the unfitting `token` can close; tell whether it is to be kept."""
    if not opened:
        # The first of them is told first; all that follow only follow from it.
        if not any(one.primary == _UNEXPECTED for one in found):
            what = f"{_UNEXPECTED}: `{token.text}`"
            found.insert(0, Diagnostic(RUST_SYNTAX, token.span, {"what": what}, _UNEXPECTED))
        return False
    wanted = _OPENER[token.text]
    what = f"mismatched closing delimiter: `{token.text}`"
    labels = (Label(token.span, "mismatched closing delimiter"),)
    opener = opened[-1].span
    found.append(
        Diagnostic(RUST_SYNTAX, opener, {"what": what}, "unclosed delimiter", labels=labels)
    )
    while opened[-1].text != wanted:
        result.append(_closing(opened.pop(), token))
        if all(opener.text != wanted for opener in opened):
            return False
    opened.pop()
    return True


def _unclosed(last: Token, opened: list[Token]) -> Diagnostic:
    labels = tuple(Label(opener.span, "unclosed delimiter") for opener in opened[-3:])
    what = "this file contains an unclosed delimiter"
    at = last.span._replace(start=last.end)
    return Diagnostic(RUST_SYNTAX, at, {"what": what}, labels=labels)


def _closing(opener: Token, before: Token) -> Token:
    text = CLOSER[opener.text]
    return Token(Kind.CLOSE, text, before.source, before.start, before.start)
