"""The page: what its policy lets run, and that nothing of a program becomes markup."""

import base64
import hashlib
import re

from freehold.web import Panel, write_page
from freehold.web.page import ASSETS, script

HOSTILE = "</script><img src=x onerror=alert(1)>\"'&\x00\u2028"


def test_the_policy_allows_the_page_its_own_script_and_style_alone() -> None:
    page = write_page([Panel("a.c", b"fhtrace 1\n")])
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy.startswith("default-src 'none';")
    scripts = re.findall(r"<script>(.*?)</script>", page, re.S)
    styles = re.findall(r"<style>(.*?)</style>", page, re.S)
    assert len(scripts) == len(styles) == 1
    for kind, text in (("script-src", scripts[0]), ("style-src", styles[0])):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind} 'sha256-{digest}'" in policy
    assert "style=" not in page.replace(scripts[0], "")
    assert not re.search(r"(?:src|href)=", page.replace(scripts[0], ""))


def test_a_title_cannot_end_an_element() -> None:
    page = write_page([Panel(HOSTILE, b""), Panel("b.rs", b"")])
    assert "<img" not in page
    assert page.count("</script>") == 3
    assert "\x00" not in page


def test_nothing_is_written_as_markup() -> None:
    for path in ASSETS.glob("*.js"):
        text = path.read_text()
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text)


def test_modules_are_joined_without_imports_and_with_one_name_each() -> None:
    joined = script()
    assert not re.search(r"^(?:import|export)\b", joined, re.M)
    names = re.findall(r"^(?:const|class|function|async function) ([A-Za-z_]\w*)", joined, re.M)
    assert len(names) == len(set(names))
