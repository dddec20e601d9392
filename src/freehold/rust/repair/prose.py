"""Sentences between the code: they are read as comments."""

import re

from freehold.diagnostics.edits import Edit
from freehold.rust.parse.words import KEYWORDS
from freehold.rust.repair.shapes import CODE, blank
from freehold.rust.repair.snippet import Snippet

_WEAK = frozenset(("union", "auto", "default", "macro_rules", "raw", "safe"))
_WORD = re.compile(r"[^\W\d_][\w'\u2019-]*")
_PATH = re.compile(r"\A(?:<\w+>|::\w+|\(\)(?! *[;.{]))*")
_CODE_SIGN = re.compile(r"[(){}\[\];=<>!&|]")
_LEAD = re.compile(r"[\s\-*\u2022\d.)]*")


def set_prose_aside(draft: Snippet) -> None:
    """Turn what is prose, outside of any block, into comments."""
    edits: list[Edit] = []
    depth = at = 0
    for line in blank(draft.text).splitlines(keepends=True):
        prose, depth = _read(draft.text[at : at + len(line)], line, depth)
        if prose is not None:
            start = at + prose
            draft.say("this is read as a comment", start, at + len(line.rstrip()))
            edits.append(Edit(start, start, "// "))
        at += len(line)
    draft.apply(edits)


def _read(text: str, line: str, depth: int) -> tuple[int | None, int]:
    """Return where in a line prose starts, and how deep the delimiters are after the line.

    Prose can start with the line, and behind a `;` or `}` outside of all delimiters.
    """
    starts = not depth
    for offset, char in enumerate(line):
        if starts and not text[offset].isspace():
            if _is_prose(text[offset:].rstrip()):
                return offset, 0
            starts = False
        if char in "([{":
            depth += 1
        elif char in ")]}":
            depth = max(depth - 1, 0)
        starts = starts or (not depth and char in ";}")
    return None, depth


def _is_prose(text: str) -> bool:
    """Tell whether a rest of a line reads as a sentence or heading, and not as code."""
    rest = text[_match_end(text) :]
    if not rest or text.startswith("//") or CODE.match(rest):
        return False
    first = _WORD.match(rest)
    if first is None:  # a sign that no program has, such as a broken emoji
        return not rest[0].isascii()
    if first[0] in KEYWORDS | _WEAK and CODE.search(rest[:80]):
        return False
    after = _PATH.sub("", rest[first.end() :], count=1)
    if first[0][0].isupper() and first[0] not in KEYWORDS and not _CODE_SIGN.search(after):
        return True
    if text[0] in "-*\u2022":
        return True
    second = _WORD.match(after.lstrip(" \t,:."))
    return second is not None and after[:2] != "::"


def _match_end(text: str) -> int:
    lead = _LEAD.match(text)
    return lead.end() if lead else 0
