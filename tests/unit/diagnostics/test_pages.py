"""Each code has its page, and each page its code."""

import re
from pathlib import Path

import pytest

from freehold.diagnostics import Code
from freehold.diagnostics.codes import registry
from freehold.diagnostics.pages import page

PAGES = Path(__file__).parents[3] / "docs" / "codes"


def test_codes_and_pages_are_the_same_set() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} == set(registry())


@pytest.mark.parametrize("code", registry().values(), ids=sorted(registry()))
def test_a_page_names_its_code_and_says_what_to_do(code: Code) -> None:
    text = page(code.id)
    assert text is not None
    assert text.startswith(f"# {code.id}: {code.name.replace('-', ' ')}\n\n{code.severity.value}")
    assert code.cwe is None or f"CWE-{code.cwe}]" in text
    assert "\n## How to mend it\n" in text
    assert re.search(r"^```(c|rust|console)\b", text, re.MULTILINE)
    faults = "FH0101" <= code.id < "FH0900"
    assert ("\n## In Rust\n" in text) or not faults


def test_no_page_for_no_code() -> None:
    assert page("FH9999") is None
