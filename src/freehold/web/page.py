"""One self-contained page: markup, style, script and data in a single file that needs no network.

The modules in `assets/` are plain ES modules; here they are joined into one script. The page's
policy allows that script and that style by their hashes, and nothing else: text of a program is put
in by the script as text, never as markup.
"""

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path

from freehold.records import dataclass

ASSETS = Path(__file__).parent / "assets"
_MODULES = ("data.js", "values.js", "store.js", "words.js", "draw.js", "app.js")
_DATA = "application/octet-stream"
_IMPORT = re.compile(r"^import [^;]*;\n", re.M)
_EXPORT = re.compile(r"^export ", re.M)


@dataclass(frozen=True, slots=True)
class Panel:
    """A recorded run on the page: its title, and its `.fhtrace`."""

    title: str
    trace: bytes


@cache
def script() -> str:
    """Return the page's script: the modules, one after another, in a scope of their own."""
    parts = [(ASSETS / name).read_text(encoding="utf-8") for name in _MODULES]
    joined = "\n".join(_EXPORT.sub("", _IMPORT.sub("", part)) for part in parts)
    return f'"use strict";\n{{\n{joined}\n}}\n'


@cache
def style() -> str:
    """Return the page's style."""
    return (ASSETS / "page.css").read_text(encoding="utf-8")


def write_page(panels: Sequence[Panel]) -> str:
    """Return the page that shows `panels` side by side."""
    title = _attribute(" and ".join(panel.title for panel in panels))
    data = "\n".join(
        f'<script type="{_DATA}" class="trace" data-title="{_attribute(panel.title)}">'
        f"{base64.b64encode(panel.trace).decode()}</script>"
        for panel in panels
    )
    policy = (
        f"default-src 'none'; script-src {_hash(script())}; style-src {_hash(style())}; "
        "base-uri 'none'; form-action 'none'"
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title} - memory, step by step</title>
<style>{style()}</style>
</head>
<body>
<main id="panels"></main>
<noscript>This page draws by a script of its own; nothing is loaded from anywhere.</noscript>
{data}
<script>{script()}</script>
</body>
</html>
"""


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _attribute(text: str) -> str:
    plain = text.encode(errors="replace").decode()
    return escape("".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in plain))
