"""The examples in the pages of Rust's codes are what the checker says of them."""

import re
from functools import cache

import pytest

from freehold.api import cache_folder
from freehold.diagnostics import (
    Code,
    codes_rust,
    codes_rust_borrow,
    codes_rust_lints,
    codes_rust_mono,
    codes_rust_traits,
    codes_rust_types,
)
from freehold.diagnostics.codes import registry
from freehold.diagnostics.pages import page
from freehold.driver.cache import Cache
from freehold.driver.rust import check_source, load_std
from freehold.source import Source

PARTS = (
    codes_rust,
    codes_rust_borrow,
    codes_rust_lints,
    codes_rust_mono,
    codes_rust_traits,
    codes_rust_types,
)
# What `check` does not find yet, or gives another code than rustc does.
MISSED = {"E0275", "E0284", "E0391", "E0641", "FH1503"}


@cache
def _ready() -> None:
    load_std(Cache(cache_folder()))


def example(code: str) -> str:
    """Return the first Rust program of a page, "" if it has none."""
    found = re.search(r"```rust\n(.*?)```", page(code) or "", re.DOTALL)
    return found[1] if found else ""


def is_rust(code: str) -> bool:
    return code.startswith(("E", "FH15")) or "FH1404" <= code < "FH1500"


CODES = sorted(code for code in registry() if is_rust(code))


@pytest.mark.parametrize("code", CODES)
def test_the_example_gets_its_code(code: str) -> None:
    _ready()
    text = example(code)
    found = [one for one in check_source(Source("page.rs", text)) if one.code.id == code]
    if code in MISSED:
        assert not found, "it is found now: take it off the list"
        return
    assert found
    marked = {at for at, line in enumerate(text.split("\n"), 1) if "// error" in line}
    lines = {one.at.outermost().line for one in found if one.at is not None}
    assert not marked or marked & lines


def test_codes_of_one_number_have_one_name() -> None:
    names: dict[str, set[str]] = {}
    for part in PARTS:
        for value in vars(part).values():
            if isinstance(value, Code):
                names.setdefault(value.id, set()).add(value.name)
    assert {code: each for code, each in names.items() if len(each) > 1} == {}
