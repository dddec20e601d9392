"""The pages of `freehold heap` and `freehold layout` in a real browser: nothing is loaded."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from freehold.cli.app import freehold
from tests.browser.conftest import Opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SCRIPT = " ".join(["{main", *(f"A{n}={n % 7 + 1} free:A{n}" for n in range(90)), "B=64 C=9", "}"])
TYPES = "struct mixed { char tag; double value; short small; char tail : 3, rest : 5; };\n"
PAGES = {
    "heap": ["heap", "--size", "40", "--exit-zero", "--format", "html", SCRIPT],
    "policies": ["heap", "--policy", "all", "--exit-zero", "--format", "html", SCRIPT],
    "layout": ["layout", "--format", "html", "types.c"],
}


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("types.c").write_text(TYPES)
    done = CliRunner().invoke(freehold, [*PAGES[request.param], "--output", "page.html"])
    assert done.exit_code == 0, done.output
    return tmp_path / "page.html"


@pytest.fixture
def opened(browser: "Browser", page: Path, scheme: str) -> Iterator[Opened]:
    made = Opened(browser, page, scripted=False, color_scheme=scheme, bypass_csp=True)
    yield made
    made.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_opens_and_stands_in_nobodys_way(opened: Opened) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    assert opened.page.locator("svg").count() > 0
    found = axe.Axe().run(opened.page)
    assert found.violations_count == 0, found.generate_report()
    assert opened.problems == []
    assert opened.requests == []


@pytest.mark.parametrize("scheme", ["light"])
def test_its_charts_are_drawn(opened: Opened) -> None:
    broken = opened.page.evaluate(
        "[...document.querySelectorAll('polyline')].filter(p => p.points.length < 2).length"
    )
    assert broken == 0
