"""Closing braces that got lost: put back where the indentation says that a block has ended."""

from freehold.diagnostics.edits import Edit
from freehold.rust.lex import lex
from freehold.rust.repair.snippet import Snippet
from freehold.rust.token import CLOSER, Kind, Token
from freehold.source import Source


def close(draft: Snippet) -> None:
    """Put back what is missing, if the text parses better so."""
    if not draft.lexical_errors():
        return
    tokens = _raw_tokens(draft.source)
    for statement_end in (";", ""):
        trial = draft.copy()
        edits = _closings(draft, tokens, statement_end)
        for edit in edits:
            trial.say(f"`{edit.text.strip()}` is put back, by the indentation", edit.start)
        trial.apply(edits)
        if edits and not trial.lexical_errors():
            draft.take(trial)
            if not trial.errors():
                return


def _raw_tokens(source: Source) -> list[Token]:
    """Return the tokens of a text without what pairing has put in."""
    text = source.text
    return [t for t in lex(source)[0] if t.kind is not Kind.CLOSE or text[t.start : t.end]]


def _closings(draft: Snippet, tokens: list[Token], statement_end: str) -> list[Edit]:
    source = draft.source
    edits: list[Edit] = []
    opened: list[tuple[Token, Token]] = []  # the delimiter, and the first token of its line
    first = tokens[0]
    before: Token | None = None
    for token in tokens:
        new_line = before is None or "\n" in source.text[before.end : token.start]
        if new_line:
            first = token
            if before is not None and token.kind is not Kind.CLOSE:
                end = token.kind is Kind.END
                put = _ended(source, opened, 0 if end else _indent(source, token), statement_end)
                if put:
                    edits.append(Edit(before.end, before.end, "".join(put)))
        if token.kind is Kind.OPEN:
            opened.append((token, first))
        elif token.kind is Kind.CLOSE:
            _pop(source, opened, token, edits, before)
        before = token
    return edits


def _ended(
    source: Source, opened: list[tuple[Token, Token]], indent: int, statement_end: str
) -> list[str]:
    """Close the blocks whose first line is indented no less than a line that follows them."""
    closings: list[str] = []
    while opened and opened[-1][0].text == "{" and _indent(source, opened[-1][1]) >= indent:
        opener, first = opened.pop()
        text = CLOSER[opener.text]
        if _is_value(source, opener, first):
            text += statement_end
        closings.append(f" {text}")
    return closings


def _is_value(source: Source, opener: Token, first: Token) -> bool:
    """Tell whether a block is the value of a statement, which a `;` then ends."""
    head = source.text[first.start : opener.start]
    return head.startswith(("let ", "return ")) or (" = " in head and not head.startswith("if "))


def _pop(
    source: Source,
    opened: list[tuple[Token, Token]],
    token: Token,
    edits: list[Edit],
    before: Token | None,
) -> None:
    """Close what the delimiter `token` closes, and what was left open inside of it."""
    if not opened:
        return
    fitting = [i for i, (opener, _) in enumerate(opened) if CLOSER[opener.text] == token.text]
    if not fitting:
        return
    at = fitting[-1]
    if token.text == "}":
        # It is the end of the block whose first line is indented alike.
        alike = [i for i in fitting if _indent(source, opened[i][1]) == _indent(source, token)]
        at = alike[-1] if alike else at
    missing = "".join(CLOSER[opener.text] for opener, _ in reversed(opened[at + 1 :]))
    if missing and before is not None:
        edits.append(Edit(before.end, before.end, f" {missing}"))
    del opened[at:]


def _indent(source: Source, token: Token) -> int:
    """Return how far the first token of a line is indented."""
    return source.column_of(token.start) - 1 if token.kind is not Kind.END else 0
