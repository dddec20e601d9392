"""Traces in one line, for a command line or a lesson: `A=5 B=1 free:A C=2`.

word = NAME ["@" HEAP] "=" SIZE          allocate; the variable NAME holds the block
     | "resize:" NAME "=" SIZE           realloc
     | "free:" NAME | "use:" NAME        release; read
     | "reset" ["@" HEAP]                release everything
     | "{" [NAME] [":" SIZE] ["*" TIMES] a scope starts, or a call with a frame of SIZE bytes
     | "}" ["*" TIMES]                   the innermost one ends
     | "move:" NAME ["->" NAME]          the enclosing scope (or that block) owns it from now on
     | NAME "." SLOT "->" (NAME | "nil") a pointer is stored in a block
     | NAME "->" (NAME | "nil")          a pointer is stored in a variable of this scope
"""

import re

from freehold.diagnostics import Diagnostic
from freehold.diagnostics.codes import TRACE_ERROR
from freehold.events.build import Builder, Row, TraceError, number
from freehold.events.model import Log
from freehold.source import Source, Span

_WORD = re.compile(r"\S+")
_NAME = r"[^\s=:@.{}<>*-]+"
_MOST = 1_000_000
_FORMS = (
    (re.compile(rf"(?P<block>{_NAME})(@(?P<heap>{_NAME}))?=(?P<size>\S*)"), "alloc"),
    (re.compile(rf"(resize|realloc):(?P<block>{_NAME})=(?P<size>\S*)"), "resize"),
    (re.compile(rf"free:(?P<block>{_NAME})"), "free"),
    (re.compile(rf"use:(?P<block>{_NAME})"), "read"),
    (re.compile(rf"reset(@(?P<heap>{_NAME}))?"), "reset"),
    (re.compile(rf"\{{(?P<name>{_NAME})?(:(?P<size>[^*]+))?(\*(?P<times>.+))?"), "enter"),
    (re.compile(r"\}(\*(?P<times>.+))?"), "leave"),
    (re.compile(rf"move:(?P<block>{_NAME})(->(?P<target>{_NAME}))?"), "move"),
    (re.compile(rf"(?P<block>{_NAME})\.(?P<slot>{_NAME})->(?P<target>{_NAME})"), "point"),
    (re.compile(rf"(?P<slot>{_NAME})->(?P<target>{_NAME})"), "point"),
)


def read_script(source: Source) -> tuple[Log, list[Diagnostic]]:
    """Read a script; words that cannot be are left out, with a diagnostic each."""
    log = Log(source=source)
    builder = Builder(log)
    problems: list[Diagnostic] = []
    for match in _WORD.finditer(source.text):
        try:
            row, times = _row(match[0])
            for _ in range(times):
                builder.add(row)
                log.starts.append(match.start())
                log.ends.append(match.end())
        except TraceError as error:
            span = Span(source, match.start(), match.end())
            problems.append(Diagnostic(TRACE_ERROR, span, {"what": str(error)}))
    return log, problems


def _row(word: str) -> tuple[Row, int]:
    """Return the row of a word, and how many times it counts."""
    for form, event in _FORMS:
        match = form.fullmatch(word)
        if match is not None:
            fields = {name: text or "" for name, text in match.groupdict().items()}
            times = number(fields.pop("times", "") or "1")
            if times > _MOST:
                raise TraceError(f"{times:,} times is more than {_MOST:,}")
            if fields.get("target") == "nil":
                fields["target"] = ""
            return Row(event, **fields), times
    raise TraceError(f"`{word[:60]}` is no step; A=5, free:A, resize:A=8, use:A, {{ and }} are")
