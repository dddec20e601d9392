"""A real browser, where there is one: playwright drives the machine's Chromium."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest

from freehold.api import cache_folder
from freehold.diagnostics import Diagnostic
from freehold.driver.options import CompileOptions
from freehold.driver.record import record
from freehold.execute.options import Recording, RunOptions
from freehold.picture import tell
from freehold.picture.fhtrace import pack
from freehold.source import Source
from freehold.web import Panel, write_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


class Deaf:
    """A listener that hears nothing."""

    def found(self, finding: Diagnostic) -> None:
        pass

    def progress(self, text: str) -> None:
        pass


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    playwright: Any = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("no chromium")
    with playwright.sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


Panels = Callable[..., Panel]


@pytest.fixture(scope="session")
def panel() -> Panels:
    def make(text: str, name: str = "program.c") -> Panel:
        options = RunOptions(capture=True, record=Recording())
        source = Source(name, dedent(text))
        made = record((source,), CompileOptions(), options, cache_folder(), Deaf())
        assert made.recorded is not None, [one.message for one in made.diagnostics]
        return Panel(name, pack(tell(made.recorded)))

    return make


class Opened:
    """A page that is open, with all that went wrong in it."""

    def __init__(
        self, browser: "Browser", file: Path, *, scripted: bool = True, **options: Any
    ) -> None:
        self.context = browser.new_context(viewport={"width": 1280, "height": 900}, **options)
        self.problems: list[str] = []
        self.requests: list[str] = []
        self.context.route("**/*", self._route)
        self.page = self.context.new_page()
        self.page.on("console", lambda said: self.problems.append(said.text))
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("dialog", lambda dialog: self.problems.append(dialog.message))
        self.own = file.as_uri()
        self.page.goto(self.own)
        if scripted:
            self.page.wait_for_selector("html[data-ready]", state="attached", timeout=60_000)

    def _route(self, route: Any) -> None:
        if route.request.url.partition("#")[0] == self.own:
            route.continue_()
            return
        self.requests.append(route.request.url)
        route.abort()

    def position(self) -> int:
        return int(self.page.evaluate("freehold[0].position"))

    def close(self) -> None:
        self.context.close()


Opener = Callable[..., Opened]


@pytest.fixture
def opened(browser: "Browser", tmp_path: Path) -> Iterator[Opener]:
    pages: list[Opened] = []

    def open_page(*panels: Panel, **options: Any) -> Opened:
        file = tmp_path / f"page{len(pages)}.html"
        file.write_text(write_page(panels), encoding="utf-8")
        pages.append(Opened(browser, file, **options))
        return pages[-1]

    yield open_page
    for page in pages:
        page.close()
        assert page.problems == []
        assert page.requests == []
