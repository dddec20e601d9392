"""Findings as HTML, for a notebook: the text of a terminal, its colours as classes of spans."""

import re
from collections.abc import Iterator, Sequence

from freehold.diagnostics.ansi import Palette, Role
from freehold.diagnostics.model import Diagnostic
from freehold.diagnostics.render_text import render as as_text
from freehold.diagnostics.report import Report
from freehold.markup import STYLE, Markup, element, escape, joined
from freehold.markup import page as whole_page

_STYLE = """
.freehold pre { margin: .4em 0; padding: .5em .7em; overflow-x: auto; line-height: 1.35;
  border-left: 3px solid #8884; background: #8881; font-size: 12px; white-space: pre; }
.freehold .error { color: #c0242c; font-weight: 600; }
.freehold .warning { color: #9a6a00; font-weight: 600; }
.freehold .note { color: #1c7a3c; font-weight: 600; }
.freehold .help { color: #07727a; font-weight: 600; }
.freehold .frame { color: #3b64b4; } .freehold .strong { font-weight: 600; }
.freehold .ghost { opacity: .65; }
"""
_CLASSES = {role.value: role.name.lower() for role in Role if role.value}
_ESCAPE = re.compile("(" + "|".join(map(re.escape, [*_CLASSES, "\x1b[0m"])) + ")")


def render(findings: Sequence[Diagnostic]) -> Markup:
    """Return the findings one below the other."""
    return _framed([_finding(one) for one in findings])


def report(done: Report, output: str = "") -> Markup:
    """Return a whole report: what the program wrote, its findings, the summary."""
    parts = [_pre(output)] if output else []
    parts += [_finding(one) for one in done.findings]
    parts += [_pre("\n".join(done.summary))] if done.summary else []
    return _framed(parts or [_pre("nothing was found")])


def page(done: Report) -> str:
    """Return a report as a document that needs no network and runs no script."""
    found = [_finding(one) for one in done.findings]
    summary = [_pre("\n".join(done.summary))] if done.summary else []
    shown = joined([*found, *summary] or [_pre("nothing was found")])
    title = f"freehold {done.command} {' '.join(done.files)}".strip()
    body = [element("h1", title), element("div", shown, class_="freehold")]
    return whole_page(title, STYLE + _STYLE, joined(body))


def _framed(parts: list[Markup]) -> Markup:
    return element("div", element("style", Markup(_STYLE)), joined(parts), class_="freehold")


def _finding(found: Diagnostic) -> Markup:
    text = as_text(found, Palette(colour=True))
    return element("pre", joined([Markup("".join(_spans(line))) for line in text.splitlines()]))


def _pre(text: str) -> Markup:
    return element("pre", joined([escape(line) for line in text.splitlines()]))


def _spans(line: str) -> Iterator[Markup]:
    role = ""
    for piece in _ESCAPE.split(line):
        if piece.startswith("\x1b["):
            role = _CLASSES.get(piece, "")
        elif piece:
            yield element("span", piece, class_=role) if role else escape(piece)
