"""Macro expansion against gcc -E, on random programs of macros.

More of them: python -m tests.differential.test_macros [COUNT [FIRST]]
"""

import shutil
import subprocess
import sys

import pytest

from freehold.c.lex import lex
from freehold.c.preprocess import PreprocessOptions, preprocess
from freehold.diagnostics import Severity
from freehold.source import Source

from .random_macros import program

GCC = ("gcc", "-std=gnu11", "-E", "-P", "-x", "c", "-")
BATCH = 40  # programs in one run of pytest


def gcc_tokens(text: str) -> list[str] | None:
    """Return the tokens that gcc makes of `text`; None if it refuses."""
    done = subprocess.run(GCC, input=text, capture_output=True, text=True, check=False, timeout=20)
    if done.returncode:
        return None
    return [_plain(token.text) for token in lex(Source("t.c", done.stdout))[0][:-1]]


def our_tokens(text: str) -> list[str] | None:
    """Return the tokens that we make of `text`; None if we refuse."""
    made = preprocess(Source("t.c", text), PreprocessOptions())
    if any(found.severity is Severity.ERROR for found in made.diagnostics):
        return None
    return [_plain(token.text) for token in made.tokens if token.text]


def _plain(text: str) -> str:
    # Where nothing was between two tokens of a `#` operand, a blank may be or not.
    return text.replace(" ", "") if text[:1] == '"' else text


@pytest.mark.skipif(shutil.which("gcc") is None, reason="gcc is the oracle")
@pytest.mark.parametrize("seed", range(BATCH))
def test_macros_expand_as_gcc_has_them(seed: int) -> None:
    text = program(seed)
    assert our_tokens(text) == gcc_tokens(text), text


def main(count: int = 1000, first: int = 0) -> None:
    """Compare many programs."""
    wrong = []
    for seed in range(first, first + count):
        text = program(seed)
        if our_tokens(text) != gcc_tokens(text):
            wrong.append(seed)
    print(f"{count} programs, {len(wrong)} disagree: {wrong[:20]}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
