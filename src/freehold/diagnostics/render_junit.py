"""JUnit's XML: a file is a suite, a finding a failed test; a clean file has one that passed."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from freehold.diagnostics.ansi import Palette
from freehold.diagnostics.model import Diagnostic, Severity
from freehold.diagnostics.render_text import render as as_text
from freehold.diagnostics.report import Report

_LINE_END, _TAB = "\n", "\t"


def render(report: Report) -> str:
    """Return the document for `report`."""
    by_file: dict[str, list[Diagnostic]] = {name: [] for name in report.files}
    for found in report.findings:
        if found.severity is not Severity.NOTE:
            by_file.setdefault(_file(found), []).append(found)
    suites = [_suite(name, found, report.command) for name, found in by_file.items()]
    count = sum(max(len(found), 1) for found in by_file.values())
    failures = sum(map(len, by_file.values()))
    head = f'<testsuites name="freehold" tests="{count}" failures="{failures}">'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *suites, "</testsuites>", ""])


def _file(found: Diagnostic) -> str:
    return "" if found.at is None else found.at.outermost().source.name


def _suite(name: str, found: Sequence[Diagnostic], command: str) -> str:
    tests = max(len(found), 1)
    head = f'  <testsuite name={_attribute(name)} tests="{tests}" failures="{len(found)}">'
    if not found:
        cases = [f"    <testcase classname={_attribute(name)} name={_attribute(command)}/>"]
    else:
        cases = [_case(one, name) for one in found]
    return "\n".join([head, *cases, "  </testsuite>"])


def _case(found: Diagnostic, name: str) -> str:
    line = "" if found.at is None else f" at line {found.at.outermost().line}"
    title = _attribute(f"{found.code.id} {found.code.name}{line}")
    kind = _attribute(f"{found.severity.value}[{found.code.id}]")
    text = escape(_plain(as_text(found, Palette())))
    return (
        f"    <testcase classname={_attribute(name)} name={title}>\n"
        f"      <failure type={kind} message={_attribute(found.message)}>{text}</failure>\n"
        "    </testcase>"
    )


def _attribute(text: str) -> str:
    return quoteattr(_plain(text))


def _plain(text: str) -> str:
    """Return `text` without what XML 1.0 cannot hold."""
    return "".join(c if _is_legal(c) else "\N{REPLACEMENT CHARACTER}" for c in text)


def _is_legal(c: str) -> bool:
    if c < " ":
        return c in {_LINE_END, _TAB, "\r"}
    return not ("\ud800" <= c <= "\udfff" or c in {"\ufffe", "\uffff"})
