"""What is shown while something long goes on: a bar where it is known how far it is."""

import io
import sys

import pytest

from freehold.cli import console
from freehold.cli.console import Console
from freehold.diagnostics.ansi import Palette


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("text", "bar"),
    [
        ("reading C: 0 of 4", "[....................] "),
        ("reading C: 1 of 4", "[#####...............] "),
        ("checking C: 1,000 of 1,000 functions", "[####################] "),
        ("building the run time", ""),
    ],
)
def test_a_bar_says_how_far_it_is(text: str, bar: str, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    shown = Console(Palette())
    shown.progress(text)
    shown.progress("")
    assert terminal.getvalue() == f"freehold: {bar}{text} ...\r\x1b[K"


def test_texts_that_come_fast_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(console, "monotonic", lambda: 10.0)
    shown = Console(Palette())
    for number in range(5):
        shown.progress(f"{number} of 5")
    assert terminal.getvalue().count("freehold:") == 1


def test_nothing_is_shown_where_no_terminal_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    Console(Palette()).progress("1 of 2")
    assert isinstance(sys.stderr, io.StringIO)
    assert sys.stderr.getvalue() == ""
