"""Lines glued together: a `//` comment then swallows the code that once followed it.

Where a comment ends is found by trial: at the first place where something like code starts, as
long as the text parses so.
"""

import re
from collections.abc import Iterator
from itertools import islice, product

from freehold.diagnostics.edits import Edit
from freehold.rust.lex import lex
from freehold.rust.repair.shapes import CODE, OPAQUE
from freehold.rust.repair.snippet import Snippet
from freehold.rust.token import Kind, Token
from freehold.source import Source

_COMMENT = re.compile(r"(?<![:/])//(?!/)")
_TRIALS = 400  # ways to end the comments that are tried
_WORK = 1_000_000  # characters parsed in all trials together
_LONG = 100  # characters in a line
_OPTIONS = 6  # places where a comment may end that are looked at


def unglue(draft: Snippet) -> None:
    """Give back to the code what comments have swallowed, and break the lines again."""
    comments = list(_comments(draft.text))
    options = [list(islice(_resumes(draft.text, *one), _OPTIONS)) for one in comments]
    if not any(its and _looks_glued(draft.text, its[0]) for its in options):
        return
    choices = [[*its, None] for its in options]
    trials = min(_TRIALS, _WORK // len(draft.text) + 1)
    for chosen in islice(product(*choices), trials):
        resumes = [one for one in chosen if one is not None]
        trial = draft.copy()
        trial.apply(_edits(draft.text, comments, resumes))
        if not trial.errors() and trial.tree().items:
            _take(draft, trial, resumes)
            return


def _looks_glued(text: str, resume: int) -> bool:
    """Tell whether a line is one that lost its breaks: it is long, or swallows the `main`."""
    start = text.rfind("\n", 0, resume) + 1
    end = text.find("\n", resume)
    line = text[start : len(text) if end < 0 else end]
    return len(line) > _LONG or "fn main" in line


def _take(draft: Snippet, trial: Snippet, resumes: list[int]) -> None:
    for at in resumes:
        line = draft.text[at:].split("\n", 1)[0]
        start = _COMMENT.split(line)[0].strip()
        shown = start if len(start) < 30 else f"{start[:27]}..."
        draft.say(f"the comment ends before `{shown}`, which is code", at)
    broken = _breaks(trial)
    if broken:
        draft.say("lines that were glued together are broken again", 0)
    trial.repairs = draft.repairs
    trial.apply(broken)
    draft.take(trial)


def _comments(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each comment starts and ends: at the next `//`, or with the line."""
    for match in OPAQUE.finditer(text):
        if not match[0].startswith("//"):
            continue
        marks = [mark.start() for mark in _COMMENT.finditer(text, match.start(), match.end())]
        if not marks or match[0].startswith(("///", "//!")):
            continue
        ends = [*marks[1:], match.end()]
        yield from zip(marks, ends, strict=True)


def _resumes(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where, in the comment at `start..end`, code may go on."""
    after = start + 2
    while after < end and text[after] in " \t":
        after += 1
    commented_out = CODE.match(text, after, end)
    if commented_out is not None and text[after] not in "{}":
        after = _end_of_statement(text, after, end)
        if after >= end or not text[after:end].strip():
            return
    for match in CODE.finditer(text, after, end):
        yield match.start()


def _end_of_statement(text: str, start: int, end: int) -> int:
    """Return where the statement ends that was commented out at `start`."""
    tokens, _ = lex(Source("", text[start:end]))
    depth = 0
    for token in tokens:
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        if depth < 0:
            return start + token.start
        if not depth and token.text in (";", "}"):
            return start + token.end
    return end


def _edits(text: str, comments: list[tuple[int, int]], resumes: list[int]) -> list[Edit]:
    """Break the line where code goes on, and in front of each comment but the first of a line."""
    edits = [Edit(at, at, "\n") for at in resumes]
    for start, end in comments:
        ends_in_text = any(start < at < end for at in resumes)
        if end < len(text) and text[end] != "\n" and not ends_in_text:
            edits.append(Edit(end, end, "\n"))
    return edits


# -------------------------------------------------------------------------------- breaking lines


def _breaks(draft: Snippet) -> list[Edit]:
    """Break lines that hold several statements, and indent them all."""
    tokens = draft.tokens()
    edits: list[Edit] = []
    opened: list[bool] = []  # of each open delimiter, whether it is a block
    for index, token in enumerate(tokens[:-1]):
        before = tokens[index - 1] if index else None
        if before is not None and _breaks_after(before, token, opened):
            gap = draft.text[before.end : token.start]
            indent = "    " * (sum(opened) - (token.text == "}" and bool(opened) and opened[-1]))
            if not gap.strip() and "\n" not in gap:
                edits.append(Edit(before.end, token.start, "\n" + indent))
            elif gap.endswith("\n"):
                edits.append(Edit(token.start, token.start, indent))
        if token.kind is Kind.OPEN:
            opened.append(token.text == "{" and (before is None or before.text != "::"))
        elif token.kind is Kind.CLOSE and opened:
            opened.pop()
    return edits


def _breaks_after(before: Token, token: Token, opened: list[bool]) -> bool:
    if not opened:
        return before.text in ("}", ";") and token.text not in _CONTINUES
    if not opened[-1]:
        return False
    if before.text == "}" and (token.text in _CONTINUES or token.kind is Kind.CLOSE):
        return token.text == "}"
    return before.text in ("{", "}", ";", ",") or token.text == "}"


_CONTINUES = frozenset((";", ",", ".", "?", "else", ")"))
