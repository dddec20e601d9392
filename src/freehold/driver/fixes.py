"""Edits that are always safe: each does away with its finding and changes nothing else.

They are made from the tokens around a finding. What does not look as expected is left alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from freehold.c.token import Kind, Token
from freehold.diagnostics import Diagnostic, Replacement
from freehold.diagnostics.codes import (
    DOUBLE_FREE,
    LOST_REALLOC,
    ODD_SIZE,
    POINTER_SIZE,
    SIZE_OVERFLOW,
    UNUSED_ALLOW,
)
from freehold.source import Source, Span

Fix = tuple[Replacement, ...]
_POINTER = 8  # bytes
_OPEN, _CLOSE = "([{", ")]}"


def with_fix(found: Diagnostic) -> Diagnostic:
    """Return a finding with its edit, if there is one."""
    make = _FIXES.get(found.code.id)
    if found.fix or make is None or found.at is None or found.at.expansion is not None:
        return found
    return replace(found, fix=make(found, found.at))


class _Text:
    """The tokens of a source."""

    def __init__(self, source: Source) -> None:
        from freehold.c.lex import lex

        self.source = source
        self.tokens = lex(source)[0]

    def at(self, offset: int) -> int:
        """Return the number of the token that starts at `offset`; -1 for none."""
        for i, token in enumerate(self.tokens):
            if token.start >= offset:
                return i if token.start == offset else -1
        return -1

    def word(self, number: int) -> str:
        """Return a token's text, "" past either end."""
        return self.tokens[number].text if 0 <= number < len(self.tokens) else ""

    def closing(self, number: int) -> int:
        """Return the number of the bracket that closes the one at `number`; -1 for none."""
        depth = 0
        for i in range(number, len(self.tokens)):
            if self.word(i) in _OPEN and self.word(i):
                depth += 1
            elif self.word(i) in _CLOSE and self.word(i):
                depth -= 1
                if depth == 0:
                    return i
        return -1

    def name_before(self, end: int) -> int:
        """Return where a name such as `p` or `v->data` starts that ends before token `end`."""
        start = end
        while start > 0 and self.tokens[start - 1].kind is Kind.IDENT:
            start -= 1
            if self.word(start - 1) not in {"->", "."}:
                return start
            start -= 1
        return -1

    def text(self, first: int, last: int) -> str:
        """Return the text of the tokens `first` to `last`, the last one not included."""
        if first >= last:
            return ""
        return self.source.text[self.tokens[first].start : self.tokens[last - 1].end]

    def insert(self, offset: int, text: str) -> Replacement:
        """Return the insertion of `text`."""
        return Replacement(Span(self.source, offset, offset), text)

    def put(self, first: int, last: int, text: str) -> Replacement:
        """Return `text` in the place of the tokens `first` to `last`, not included."""
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        return Replacement(Span(self.source, start, end), text)

    def indent(self, number: int) -> str:
        """Return what stands before a token on its line, if that is white space alone."""
        start = self.tokens[number].start
        line = self.source.line_start(self.source.line_of(start))
        before = self.source.text[line:start]
        return before if not before.strip() else ""


# `sizeof p` -> `sizeof *p`: more bytes, never fewer.
def _of_pointee(found: Diagnostic, at: Span) -> Fix:
    each = found.facts.get("each", 0)
    if not isinstance(each, int) or each < _POINTER:
        return ()
    text = _Text(at.source)
    for i, token in enumerate(text.tokens):
        if token.start < at.start or token.end > at.end or token.text != "sizeof":
            continue
        named = i + 2 if text.word(i + 1) == "(" else i + 1
        if f"`{text.word(named)}`" == found.facts.get("what"):
            return (text.insert(text.tokens[named].start, "*"),)
    return ()


# `p = malloc(n)` -> `p = malloc(n * sizeof *p)`.
def _of_elements(found: Diagnostic, at: Span) -> Fix:
    text = _Text(at.source)
    call = text.at(at.start)
    target = _target(text, call)
    if text.word(call) != "malloc" or text.word(call + 1) != "(" or not target:
        return ()
    end = text.closing(call + 1)
    words = [token.text for token in text.tokens[call + 2 : end]]
    if end < 0 or "sizeof" in words or "," in words:
        return ()
    start = text.tokens[call + 2].start
    size = text.insert(text.tokens[end].start, f" * sizeof *{target}")
    if len(words) == 1:
        return (size,)
    return text.insert(start, "("), replace(size, text=f"){size.text}")


def _target(text: _Text, call: int) -> str:
    """Return what the result of the call is assigned to, "" if that is no name."""
    before = call - 1
    if text.word(before) == ")":  # a cast
        while before >= 0 and text.word(before) != "(":
            before -= 1
        before -= 1
    if before < 0 or text.word(before) != "=":
        return ""
    start = text.name_before(before)
    return text.text(start, before) if start >= 0 else ""


# `malloc(a * b)` -> `calloc(a, b)`, which fails where the product overflows.
def _calloc(found: Diagnostic, at: Span) -> Fix:
    text = _Text(at.source)
    call = text.at(at.start)
    if text.word(call) != "malloc" or text.word(call + 1) != "(":
        return ()
    end = text.closing(call + 1)
    depth, stars = 0, []
    for i in range(call + 2, end):
        word = text.word(i)
        if word in _OPEN:
            depth += 1
        elif word in _CLOSE:
            depth -= 1
        elif depth == 0 and word == "*" and _ends_operand(text.tokens[i - 1], call + 1 == i - 1):
            stars.append(i)
        elif depth == 0 and text.tokens[i].kind is Kind.PUNCT and word not in {"*", ".", "->"}:
            return ()
    if len(stars) != 1:
        return ()
    star = stars[0]
    both = f"calloc({text.text(call + 2, star)}, {text.text(star + 1, end)})"
    return (text.put(call, end + 1, both),)


def _ends_operand(token: Token, first: bool) -> bool:  # noqa: FBT001
    if first or token.text == "sizeof":
        return False
    return token.kind is not Kind.PUNCT or token.text in {")", "]"}


# `free(p); ... free(p);` -> `free(p); p = NULL; ... free(p);`
def _null_after(found: Diagnostic, at: Span) -> Fix:
    text = _Text(at.source)
    second = _freed(text, text.at(at.start))
    for label in found.labels:
        span = label.span
        if label.text != "freed here" or span.source is not at.source or span.expansion is not None:
            continue
        call = text.at(span.start)
        name = _freed(text, call)
        end = text.closing(call + 1) + 1
        if not name or name != second or text.word(end) != ";":
            continue
        after = text.tokens[end].end
        if text.word(call - 1) in {";", "{", "}"}:
            return (text.insert(after, f" {name} = NULL;"),)
        start = text.tokens[call].start
        return text.insert(start, "{ "), text.insert(after, f" {name} = NULL; }}")
    return ()


def _freed(text: _Text, call: int) -> str:
    """Return the name that `free(name)` releases, "" for anything else."""
    if call < 0 or text.word(call) != "free" or text.word(call + 1) != "(":
        return ""
    end = text.closing(call + 1)
    return text.text(call + 2, end) if text.name_before(end) == call + 2 else ""


# `p = realloc(p, n); if (p == NULL) ...` -> through a pointer of its own.
def _through_another(found: Diagnostic, at: Span) -> Fix:
    text = _Text(at.source)
    call = text.at(at.start)
    if call < 0 or text.word(call) not in {"realloc", "reallocarray"}:
        return ()
    name = _target(text, call)
    first = _start_of(text, name, call)
    end = text.closing(call + 1) + 1
    test = end + 1
    if first < 0 or text.word(end) != ";" or text.word(test) != "if" or text.word(test + 1) != "(":
        return ()
    closed = text.closing(test + 1)
    if _tested(text, test + 2, closed) != name:
        return ()
    last = _statement_end(text, closed + 1)
    if last < 0 or text.word(last + 1) == "else":
        return ()
    if _mentions(text, name, closed + 1, last) and not _only_frees(text, name, closed + 1, last):
        return ()
    other = _unused(text, "grown")
    indent = text.indent(first)
    new_line = f"\n{indent}" if indent else " "
    return (
        text.put(first, end + 1, f"void *{other} = {text.text(call, end)};"),
        text.put(test + 2, closed, f"{other} == NULL"),
        text.insert(text.tokens[last].end, f"{new_line}{name} = {other};"),
    )


def _start_of(text: _Text, name: str, call: int) -> int:
    """Return the first token of `name = call(...)`; -1 if that is no statement of its own."""
    equals = call - 1
    while equals > 0 and text.word(equals) not in {"=", ";", "{", "}"}:
        equals -= 1
    first = text.name_before(equals) if name and text.word(equals) == "=" else -1
    return first if text.word(first - 1) in {";", "{", "}"} else -1


def _tested(text: _Text, first: int, last: int) -> str:
    """Return the name that a condition compares with null, "" for another condition."""
    words = [token.text for token in text.tokens[first:last]]
    if words[:1] == ["!"]:
        return text.text(first + 1, last)
    if words[-2:] in (["==", "NULL"], ["==", "0"]):
        return text.text(first, last - 2)
    if words[:2] in (["NULL", "=="], ["0", "=="]):
        return text.text(first + 2, last)
    return ""


def _statement_end(text: _Text, first: int) -> int:
    """Return the last token of the statement at `first`: a block, or up to its semicolon."""
    if text.word(first) == "{":
        return text.closing(first)
    if text.word(first) in {"if", "for", "while", "do", "switch"}:
        return -1
    while text.word(first) not in {";", "{", "}", ""}:
        first += 1
    return first if text.word(first) == ";" else -1


def _mentions(text: _Text, name: str, first: int, last: int) -> bool:
    root = name.split("->", maxsplit=1)[0].split(".", maxsplit=1)[0]
    return any(token.text == root for token in text.tokens[first:last])


def _only_frees(text: _Text, name: str, first: int, last: int) -> bool:
    """Whether a name is used for nothing but `free(name)`, which is right for the old block."""
    uses = frees = 0
    root = name.split("->", maxsplit=1)[0].split(".", maxsplit=1)[0]
    for i in range(first, last):
        uses += text.word(i) == root
        frees += _freed(text, i) == name
    return uses == frees


def _unused(text: _Text, name: str) -> str:
    taken = {token.text for token in text.tokens}
    number, made = 1, name
    while made in taken:
        number += 1
        made = f"{name}{number}"
    return made


# A comment that allows nothing goes; of several codes the one that does.
def _no_comment(found: Diagnostic, at: Span) -> Fix:
    source = at.source
    unused = {code.strip(" `") for code in str(found.facts["codes"]).split(",")}
    comment = source.text[at.start : at.end]
    inside = comment[comment.index("(") + 1 : comment.rindex(")")]
    kept = [code.strip() for code in inside.split(",") if code.strip() not in unused]
    if kept:
        start = at.start + comment.index("(") + 1
        return (Replacement(Span(source, start, start + len(inside)), ", ".join(kept)),)
    line = at.line
    start, end = at.start, source.line_start(line) + len(source.line_text(line))
    if comment.startswith("/*"):
        close = source.text.find("*/", at.start)
        end = close + 2 if close >= 0 else end
    first = source.line_start(line)
    alone = not source.text[first:start].strip()
    rest = source.text[end : first + len(source.line_text(line))]
    if alone and not rest.strip():
        start, end = first, min(first + len(source.line_text(line)) + 1, len(source.text))
    else:
        start = first + len(source.text[first:start].rstrip())
    return (Replacement(Span(source, start, end), ""),)


_FIXES: Mapping[str, Callable[[Diagnostic, Span], Fix]] = MappingProxyType(
    {
        POINTER_SIZE.id: _of_pointee,
        ODD_SIZE.id: _of_elements,
        SIZE_OVERFLOW.id: _calloc,
        DOUBLE_FREE.id: _null_after,
        LOST_REALLOC.id: _through_another,
        UNUSED_ALLOW.id: _no_comment,
    }
)


def edited(source: Source, fixes: Sequence[Fix]) -> str:
    """Return a source's text with edits that do not overlap carried out; later ones give way."""
    taken: list[tuple[int, int, int, str]] = []
    for fix in fixes:
        parts = [(p.span.start, p.span.end, p.text) for p in fix if p.span.source is source]
        apart = all(
            last <= start or end <= first for first, last, _ in parts for start, end, _, _ in taken
        )
        if apart and len(parts) == len(fix):
            taken += [(start, end, i, text) for i, (start, end, text) in enumerate(parts)]
    pieces: list[str] = []
    here = 0
    for start, end, _, text in sorted(taken, key=lambda one: (one[0], one[1], one[2])):
        pieces += (source.text[here:start], text)
        here = end
    return "".join((*pieces, source.text[here:]))
