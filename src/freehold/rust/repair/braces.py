"""Closing braces that got lost: put back where the indentation says that a block has ended."""

from freehold.diagnostics.indentation import Word, closings
from freehold.rust.lex import lex
from freehold.rust.repair.snippet import Snippet
from freehold.rust.token import Kind
from freehold.source import Source


def close(draft: Snippet) -> None:
    """Put back what is missing, if the text parses better so."""
    if not draft.lexical_errors():
        return
    words = _words(draft.source)
    for end_of in (_end_of, lambda _head: ""):
        edits = closings(draft.source, words, end_of)
        trial = draft.copy()
        for edit in edits:
            trial.say(f"`{edit.text.strip()}` is put back, by the indentation", edit.start)
        trial.apply(edits)
        if edits and not trial.lexical_errors():
            draft.take(trial)
            if not trial.errors():
                return


def _words(source: Source) -> list[Word]:
    """Return the tokens of a text without what pairing has put in."""
    tokens = lex(source)[0]
    own = [t for t in tokens if t.end > t.start or t.kind is Kind.END]
    opaque = (Kind.STR, Kind.CHAR, Kind.OUTER_DOC, Kind.INNER_DOC)
    return [Word("_" if t.kind in opaque else t.text, t.start, t.end) for t in own]


def _end_of(head: str) -> str:
    """Return `;` for a block that is the value of a statement."""
    is_value = head.startswith(("let ", "return ")) or (
        " = " in head and not head.startswith("if ")
    )
    return ";" if is_value else ""
