"""Pairing delimiters: whatever the text has, the parser and macros get groups that match."""

from freehold.diagnostics import Diagnostic, Label
from freehold.diagnostics.codes import RUST_SYNTAX
from freehold.rust.token import CLOSER, Kind, Token

_OPENER = {closer: opener for opener, closer in CLOSER.items()}


def pair(tokens: list[Token]) -> tuple[list[Token], list[Diagnostic]]:
    """Return the tokens (END included) with all delimiters matching, and what was wrong.

    A closing delimiter that closes nothing is left out. One that does not fit the innermost open
    group closes the nearest that it fits; the groups between get their ends put in.
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
            found.append(_unclosed(token, opened))
            result += [_closing(opener, token) for opener in reversed(opened)]
        if result is not None:
            result.append(token)
    return (tokens if result is None else result), found


def _close(token: Token, opened: list[Token], result: list[Token], found: list[Diagnostic]) -> bool:
    """Close what the unfitting `token` can close; tell whether it is to be kept."""
    wanted = _OPENER[token.text]
    fitting = [index for index, opener in enumerate(opened) if opener.text == wanted]
    if not opened:
        what = f"unexpected closing delimiter: `{token.text}`"
        found.append(Diagnostic(RUST_SYNTAX, token.span, {"what": what}, "closes nothing"))
        return False
    what = f"mismatched closing delimiter: `{token.text}`"
    label = Label(opened[-1].span, "unclosed delimiter")
    found.append(Diagnostic(RUST_SYNTAX, token.span, {"what": what}, labels=(label,)))
    if not fitting or (wanted != "{" and any(o.text == "{" for o in opened[fitting[-1] + 1 :])):
        return False
    while len(opened) > fitting[-1] + 1:
        result.append(_closing(opened.pop(), token))
    opened.pop()
    return True


def _unclosed(end: Token, opened: list[Token]) -> Diagnostic:
    labels = tuple(Label(opener.span, "unclosed delimiter") for opener in opened[-3:])
    what = "this file contains an unclosed delimiter"
    return Diagnostic(RUST_SYNTAX, end.span, {"what": what}, labels=labels)


def _closing(opener: Token, before: Token) -> Token:
    text = CLOSER[opener.text]
    return Token(Kind.CLOSE, text, before.source, before.start, before.start)
