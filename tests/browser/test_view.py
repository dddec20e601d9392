"""The page of `freehold view` in a real browser."""

import pytest

from freehold.web import Panel
from tests.browser.conftest import Opened, Opener, Panels

LIST = """\
    #include <stdio.h>
    #include <stdlib.h>
    struct node { int value; struct node *next; };
    static struct node *push(struct node *list, int value) {
        struct node *made = malloc(sizeof *made);
        made->value = value;
        made->next = list;
        return made;
    }
    int main(void) {
        struct node *list = NULL;
        for (int i = 0; i < 3; i++)
            list = push(list, i);
        struct node *second = list->next;
        free(list);
        printf("%d\\n", list->value);
        free(second->next);
        free(second);
        return 0;
    }
"""


@pytest.fixture(scope="module")
def of_list(panel: Panels) -> Panel:
    return panel(LIST)


def _boxes(page: Opened, selector: str) -> int:
    count: int = page.page.locator(f"svg.picture {selector}").count()
    return count


def test_it_steps_scrubs_and_jumps(opened: Opener, of_list: Panel) -> None:
    page = opened(of_list)
    keyboard = page.page.keyboard
    for key, position in (("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1), ("Home", 0)):
        keyboard.press(key)
        assert page.position() == position
    last = page.page.evaluate("freehold[0].store.steps")
    page.page.get_by_label("end", exact=True).click()
    assert page.position() == last
    page.page.get_by_label("step of program.c").fill(str(last - 3))
    assert page.position() == last - 3
    keyboard.press("Home")
    page.page.get_by_label("next error").click()
    assert "use after free" in page.page.get_by_label("finding").inner_text()
    assert _boxes(page, ".box.freed") == 1
    assert _boxes(page, ".arrow.dangling") == 1
    assert _boxes(page, ".box.heap.live") == 2


def test_a_click_shows_a_block_and_its_history(opened: Opener, of_list: Panel) -> None:
    page = opened(of_list)
    page.page.keyboard.press("a")
    page.page.keyboard.press("PageDown")
    page.page.locator("svg.picture .box.heap").first.click()
    details = page.page.locator(".details")
    assert "allocated at line 5" in details.inner_text()
    details.get_by_role("button", name="bytes").click()
    assert "00 00 00 00" in details.locator(".dump").inner_text()
    before = page.position()
    details.locator(".history button").last.click()
    assert page.position() != before


def test_a_byte_leads_to_its_last_writer(opened: Opener, of_list: Panel) -> None:
    page = opened(of_list)
    page.page.keyboard.press("e")
    page.page.keyboard.press("ArrowLeft")
    page.page.locator("svg.picture .box.heap .row", has_text="value").last.click()
    field = page.page.locator(".details .field")
    assert "line 6" in field.inner_text()
    page.page.get_by_role("button", name="bytes", exact=True).click()
    page.page.locator(".dump [data-byte='8']").click()
    assert page.page.locator(".line.done").inner_text().strip().endswith("made->next = list;")


def test_lines_and_links_lead_to_steps(opened: Opener, of_list: Panel) -> None:
    page = opened(of_list)
    page.page.locator(".line.runs", has_text="free(list);").click()
    assert page.page.locator(".line.next").inner_text().strip().endswith("free(list);")
    at = page.position()
    assert page.page.evaluate("location.hash") == f"#step={at}"
    page.page.evaluate("location.hash = '#step=3'")
    page.page.wait_for_function("freehold[0].position === 3")


def test_the_page_decodes_values_as_the_library_does(opened: Opener, panel: Panels) -> None:
    page = opened(
        panel("""\
        #include <string.h>
        int main(void) {
            char text[8] = "a\\"b";
            double half = 0.5;
            short low = -3;
            struct { unsigned a : 3; int b : 5; } bits = { 5, -3 };
            int grid[2][2] = { { 1, 2 }, { 3, 4 } }, unset;
            _Bool yes = 1;
            char c = 'x';
            int (*itself)(void) = main;
            (void)unset;
            (void)itself;
            return text[0] + (int)half + low + bits.a + grid[0][0] + yes + c;
        }
    """)
    )
    page.page.evaluate("freehold[0].jumpToLine(0, 13)")
    told = page.page.evaluate(
        "freehold[0].picture.frames[0].blocks.flatMap(b => b.leaves.map("
        "l => freehold[0].leafName(b, l) + ' ' + l.text))"
    )
    assert told == [
        'text "a\\"b"',
        "half 0.5",
        "low -3",
        "bits.a 5",
        "bits.b -3",
        "grid[0][0] 1",
        "grid[0][1] 2",
        "grid[1][0] 3",
        "grid[1][1] 4",
        "unset ?",
        "yes true",
        "c 120 'x'",
        "itself main()",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_stands_in_the_way_of_anyone(opened: Opener, of_list: Panel, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = opened(of_list, color_scheme=scheme, bypass_csp=True)
    page.page.get_by_label("next error").click()
    page.page.locator("svg.picture .box.heap").first.click()
    found = axe.Axe().run(page.page)
    assert found.violations_count == 0, found.generate_report()


def test_two_programs_stand_side_by_side(opened: Opener, of_list: Panel, panel: Panels) -> None:
    page = opened(of_list, panel("int main(void) { int n = 1; return n - 1; }", "other.c"))
    assert page.page.locator(".panel").count() == 2
    page.page.get_by_label("step forward").nth(1).click()
    assert page.page.evaluate("freehold.map(a => a.position)") == [0, 1]


def test_hostile_text_stays_text(opened: Opener, panel: Panels) -> None:
    name = "</script><img src=x onerror=alert(1)>\"'&.c"
    long = "x" * 10_000_000
    made = panel(
        "#include <stdio.h>\n// </script><script>alert(1)</script> \x01\x7f\u2028 <!-- -->\n"
        f"// {long}\n"
        "int main(void) {\n"
        '    char text[] = "</script><img src=x onerror=alert(2)>";\n'
        "    puts(text);\n"
        "    return 0;\n"
        "}\n",
        name,
    )
    page = opened(made)
    page.page.keyboard.press("End")
    page.page.keyboard.press("ArrowLeft")
    assert page.page.locator("img").count() == 0
    assert page.page.locator("h1").inner_text() == name
    assert "<img src=x onerror=alert(2)>" in page.page.locator(".output").inner_text()
