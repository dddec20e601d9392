"""Tokens as text, one a line: its place, its kind, its spelling, and the macro that made it."""

from freehold.c.token import Token


def render(tokens: list[Token]) -> str:
    """Return the listing that `freehold emit tokens` prints."""
    lines = []
    for token in tokens:
        span = token.span
        made = f"  (from {span.expansion.macro})" if span.expansion else ""
        at = f"{span.source.name}:{span.line}:{span.column}"
        lines.append(f"{at}\t{token.kind.name}\t{token.text}{made}")
    return "\n".join(lines) + "\n"
