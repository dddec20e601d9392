"""The forms that services of continuous integration read."""

from dataclasses import replace
from xml.etree import ElementTree as ET

from freehold.diagnostics import Diagnostic, codes, render_github, render_junit
from freehold.diagnostics.report import Report
from freehold.source import Source, Span
from tests.unit.diagnostics.examples import USE

ODD = Source("a,b:c.c", "free(p);\n")


def _double_free() -> Diagnostic:
    at = Span(ODD, 0, 7)
    return Diagnostic(codes.DOUBLE_FREE, at, {"block": "50 % <of>\x00 it"}, help=("once\nonly",))


def test_a_workflow_command_holds_the_place_and_escapes_what_ends_it() -> None:
    assert render_github.render(_double_free()) == (
        "::error file=a%2Cb%3Ac.c,line=1,col=1,endLine=1,endColumn=8,title=FH0202 double-free"
        "::double free of 50 %25 <of>\x00 it%0Ahelp: once%0Aonly"
    )


def test_what_has_no_place_is_a_command_without_file() -> None:
    placeless = replace(_double_free(), at=None, help=())
    assert render_github.render(placeless).startswith("::error title=FH0202 double-free::double")


def test_junit_has_a_suite_for_each_file_and_a_test_for_each_finding() -> None:
    report = Report((USE, _double_free()), files=("list.c", "clean.c"), command="check")
    root = ET.fromstring(render_junit.render(report))
    assert (root.get("tests"), root.get("failures")) == ("3", "2")
    suites = {suite.get("name"): suite for suite in root}
    assert set(suites) == {"list.c", "clean.c", "a,b:c.c"}
    assert suites["clean.c"].get("failures") == "0"
    failure = suites["a,b:c.c"].find("testcase/failure")
    assert failure is not None
    assert failure.get("message") == "double free of 50 % <of>\N{REPLACEMENT CHARACTER} it"
    assert "free(p);" in (failure.text or "")
