"""Comments that allow a finding: `// freehold: allow(FH0201) reason`.

Such a comment holds for its own line, or, when it stands alone, for the next line that is no
comment of its kind. Codes are given by id or by name, several apart by commas. One that allows
nothing is itself reported, so that it goes when its reason has gone.
"""

import re
from collections.abc import Iterable, Sequence

from freehold.diagnostics import Diagnostic, Severity
from freehold.diagnostics.codes import UNUSED_ALLOW
from freehold.records import dataclass, field
from freehold.source import Source, Span

_COMMENT = re.compile(r"(?://+|/\*+)\s*freehold:\s*allow\(([^()\n]*)\)")


@dataclass(eq=False, slots=True)
class _Allow:
    """One comment. `line` is the line that it holds for; `open` are its codes not yet used."""

    span: Span
    line: int
    codes: tuple[str, ...]
    open: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Kept:
    """`findings` are those that no comment allows, `allowed` the number of those that one does."""

    findings: tuple[Diagnostic, ...]
    allowed: int


def suppress(findings: Sequence[Diagnostic], sources: Iterable[Source]) -> Kept:
    """Leave out what comments allow; comments in `sources` that allow nothing are added.

    Findings in included files are allowed by comments there.
    """
    named = list(sources)
    placed = [found.at.outermost().source for found in findings if found.at is not None]
    allows = {source: _comments(source) for source in dict.fromkeys((*named, *placed))}
    kept = tuple(found for found in findings if not _is_allowed(found, allows))
    unused = [_unused(one) for source in named for one in allows[source] if one.open]
    return Kept((*kept, *unused), len(findings) - len(kept))


def _comments(source: Source) -> list[_Allow]:
    if "freehold:" not in source.text:
        return []
    found: list[_Allow] = []
    for match in _COMMENT.finditer(source.text):
        span = Span(source, match.start(), match.end())
        codes = tuple(code.strip() for code in match[1].split(",") if code.strip())
        found.append(_Allow(span, _line_meant(span), codes, set(codes)))
    return found


def _line_meant(span: Span) -> int:
    source, line = span.source, span.line
    if source.text[source.line_start(line) : span.start].strip():
        return line
    line += 1
    while _COMMENT.match(source.line_text(line).strip()):
        line += 1
    return line


def _is_allowed(found: Diagnostic, allows: dict[Source, list[_Allow]]) -> bool:
    if found.at is None or found.severity is Severity.UNSUPPORTED:
        return False
    at = found.at.outermost()
    names = {found.code.id, found.code.name}
    for one in allows[at.source]:
        if one.line == at.line and names & set(one.codes):
            one.open -= names
            return True
    return False


def _unused(one: _Allow) -> Diagnostic:
    codes = ", ".join(f"`{code}`" for code in one.codes if code in one.open)
    return Diagnostic(UNUSED_ALLOW, one.span, {"codes": codes})
