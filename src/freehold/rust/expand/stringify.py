"""`stringify!`: tokens as text, spaced as they were written (any white space is one space)."""

from collections.abc import Sequence

from freehold.rust.token import Kind, ParsedFragment, Token


def text_of(tokens: Sequence[Token]) -> str:
    """Return the tokens as text."""
    out: list[str] = []
    for token in _spelled(tokens):
        if out and token.space:
            out.append(" ")
        out.append(_spelling(token))
    return "".join(out)


def _spelled(tokens: Sequence[Token]) -> list[Token]:
    found: list[Token] = []
    for token in tokens:
        if isinstance(token, ParsedFragment):
            inner = _spelled(token.tokens)
            if inner:  # the space is that before the variable in the macro
                first = inner[0].marked(inner[0].expansion, inner[0].mark)
                first.space = token.space
                inner[0] = first
            found += inner
        else:
            found.append(token)
    return found


def _spelling(token: Token) -> str:
    if token.kind is Kind.RAW_IDENT:
        return f"r#{token.text}"
    if token.text in ("$std", "$crate"):
        return "$crate"
    return token.text
