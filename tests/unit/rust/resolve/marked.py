"""Programs that say in comments which errors they have: `//~ E0425` for each on that line."""

import re

from freehold.api import cache_folder
from freehold.driver.cache import Cache
from freehold.driver.rust import load_std
from freehold.rust import crates
from freehold.rust.crates import Crates
from freehold.rust.itemcheck import check_items
from freehold.rust.traits import World
from freehold.source import Source


def loaded(text: str) -> Crates:
    """Return the program `text`, its names resolved and its items checked."""
    load_std(Cache(cache_folder()))
    program = crates.load(Source("marked.rs", text))
    program.resolve_all()
    check_items(World(program))
    return program


def expected(text: str) -> list[tuple[int, str]]:
    """Return the errors that the comments announce, as line and code."""
    return sorted(
        (number, code)
        for number, line in enumerate(text.split("\n"), 1)
        for code in re.findall(r"\b(?:E|FH)\d{4}\b", line.partition("//~")[2])
    )


def found(program: Crates) -> list[tuple[int, str]]:
    """Return the errors that were found, as line and code."""
    return sorted(
        (one.at.outermost().line, one.code.id) for one in program.diagnostics if one.at is not None
    )


def agrees(text: str) -> bool:
    """Tell whether a program has the errors that it announces, no more and no less."""
    program = loaded(text)
    assert found(program) == expected(text), [one.message for one in program.diagnostics]
    return True
