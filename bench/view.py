"""A recorded run of a million steps: the run's time beside an unrecorded one, the page, its seeks.

python -m bench.view

Seeks and first paint are measured in Chromium, if that and playwright are there.
"""

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from freehold.api import cache_folder
from freehold.codegen.program import CodegenOptions, compile_program
from freehold.diagnostics import Diagnostic
from freehold.driver.cache import Cache
from freehold.driver.frontend import read_program
from freehold.driver.library import runtime_objects
from freehold.driver.options import CompileOptions
from freehold.execute import RunOptions, run
from freehold.execute.options import Recording
from freehold.picture import Recorded, tell
from freehold.picture.fhtrace import pack
from freehold.source import Source
from freehold.web import Panel, write_page

PROGRAM = """\
#include <stdio.h>
#include <stdlib.h>

struct item {
    struct item *next;
    int key;
};

int main(void)
{
    int table[200];
    struct item *list = NULL;
    for (int i = 0; i < 200; i++)
        table[i] = i * 7919 % 200;
    for (int round = 0; round < 457; round++) {
        for (int i = 0; i < 199; i++) {
            if (table[i] > table[i + 1]) {
                int kept = table[i];
                table[i] = table[i + 1];
                table[i + 1] = kept;
            }
            struct item *made = malloc(sizeof *made);
            made->next = list;
            made->key = i;
            list = made;
            if (i % 3) {
                list = made->next;
                free(made);
            }
        }
        while (list) {
            struct item *first = list;
            list = list->next;
            free(first);
        }
    }
    printf("%d\\n", table[5]);
    return 0;
}
"""


class _Deaf:
    def found(self, finding: Diagnostic) -> None:
        """Hear nothing."""

    def progress(self, text: str) -> None:
        """Hear nothing."""


def main() -> int:
    """Measure and print."""
    source = Source("steps.c", PROGRAM)
    program = read_program([source], CompileOptions()).program
    assert program is not None
    plain = compile_program(program, CodegenOptions())
    library = runtime_objects(Cache(cache_folder()), _Deaf(), plain.object)
    bare = min(run(plain, library, RunOptions(capture=True)).cpu_seconds for _ in range(3))
    compiled = compile_program(program, CodegenOptions(recorded=True))
    done = run(compiled, library, RunOptions(capture=True, record=Recording()))
    assert done.recorded is not None
    print(f"run                    {bare:.3f} s CPU")
    ratio = done.cpu_seconds / max(bare, 0.001)
    print(f"run, recorded          {done.cpu_seconds:.3f} s CPU ({ratio:.1f} x, aim 10)")
    print(f"log                    {len(done.recorded.data) / 1e6:.1f} MB")
    recorded = Recorded(
        done.recorded, compiled.sites, compiled.shown, (), done.stdout, (source,), done.status
    )
    started = time.process_time()
    story = tell(recorded)
    told = time.process_time()
    page = write_page([Panel("steps.c", pack(story))])
    print(f"story of {story.end:,} steps  {told - started:.1f} s CPU")
    print(f"page                   {time.process_time() - told:.1f} s CPU")
    print(f"page                   {len(page) / 1e6:.1f} MB (aim 25)")
    _in_browser(page)
    return 0


def _in_browser(page: str) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415
    except ImportError:
        chromium = None
    if chromium is None:
        print("no Chromium, or no playwright: first paint and seeks are not measured")
        return
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as driver:
        file = Path(scratch) / "page.html"
        file.write_text(page, encoding="utf-8")
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        tab = browser.new_page()
        started = time.monotonic()
        tab.goto(file.as_uri())
        tab.wait_for_selector("html[data-ready]", state="attached", timeout=120_000)
        print(f"first picture          {time.monotonic() - started:.2f} s (aim 3)")
        for name, code in (("seek", "store.seek(p)"), ("seek and draw", "go(p)")):
            times = tab.evaluate(
                "() => { const app = freehold[0]; const found = []; for (let i = 0; i < 101; i++) {"
                "const p = Math.floor(Math.random() * app.store.steps);"
                f"const t = performance.now(); app.{code}; found.push(performance.now() - t); }}"
                " return found; }"
            )
            print(f"{name:22} {statistics.median(times):.2f} ms, median (aim 5 to seek)")
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
