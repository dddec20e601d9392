"""Self-contained pages: HTML and SVG as text, in which the program's own words are never markup.

A page loads nothing and runs nothing: its policy is `default-src 'none'`, but for its one style
sheet, which is named by its hash.
"""

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256

_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "`": "&#96;"}
    # What no document may hold, and what turns the direction of a line around.
    | {chr(code): "\ufffd" for code in (*range(9), 11, 12, *range(14, 32), *range(127, 160))}
    | {chr(code): "\ufffd" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
)
_LONGEST = 500  # characters of one text

Attribute = str | int | float


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


def escape(text: str) -> Markup:
    """Return `text` so that it stands for itself, in an element or an attribute."""
    if len(text) > _LONGEST:
        text = text[:_LONGEST] + "…"
    clean = text.encode("utf-8", "replace").decode("utf-8")
    return Markup(clean.translate(_ESCAPES))


def element(tag: str, *children: "str | Markup", **attributes: Attribute) -> Markup:
    """Return an element; children and attributes that are no Markup are text.

    `class_` is `class`, and an underscore in a name is a hyphen.
    """
    parts = [f"<{tag}"]
    for name, value in attributes.items():
        shown = f"{value:g}" if isinstance(value, float) else _attribute(value)
        parts.append(f' {name.rstrip("_").replace("_", "-")}="{shown}"')
    inner = "".join(child if isinstance(child, Markup) else escape(child) for child in children)
    return Markup("".join(parts) + (f">{inner}</{tag}>" if inner or tag in _PAIRED else "/>"))


def _attribute(value: str | int) -> Markup:
    return value if isinstance(value, Markup) else escape(str(value))


_PAIRED = frozenset({"td", "th", "div", "span", "style", "script", "p", "dd", "dt", "caption"})


def joined(parts: "list[Markup]") -> Markup:
    """Return the parts one after the other."""
    return Markup("\n".join(parts))


def table(caption: str, head: tuple[str, ...], rows: "Sequence[tuple[str, ...]]") -> Markup:
    """Return a table with a row of headings; the first cell of each row is its heading."""
    top = element("tr", *(element("th", cell, scope="col") for cell in head))
    body = [
        element(
            "tr",
            element("th", row[0], scope="row"),
            *(element("td", cell) for cell in row[1:]),
        )
        for row in rows
    ]
    return element(
        "table", element("caption", caption), element("thead", top), element("tbody", joined(body))
    )


def page(title: str, style: str, body: Markup) -> str:
    """Return a whole document."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8"/>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"/>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1f; --paper: #fff; --faint: #6a6a74; --line: #c9c9d1;
  --used: #2f6fb3; --pad: #b3682f; --bad: #b3202c; --free: #ececf0; --other: #2c7a4b; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ececf1; --paper: #17171b; --faint: #a2a2ad; --line: #43434d;
    --used: #6aa5e6; --pad: #e0a06a; --bad: #ff7b84; --free: #26262d; --other: #6fc492; } }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.45 system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.3rem; } h2 { font-size: 1.05rem; }
svg { max-width: 100%; height: auto; }
svg text { fill: var(--ink); font: 11px system-ui, sans-serif; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; }
dt { color: var(--faint); } dd { margin: 0; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: .4rem 0; }
th, td { text-align: left; padding: .15rem .7rem .15rem 0; border-bottom: 1px solid var(--line); }
thead th { color: var(--faint); font-weight: 500; }
.free { fill: var(--free); } .used { fill: var(--used); } .pad { fill: var(--pad); }
.edge { stroke: var(--paper); stroke-width: 1; } .bad { stroke: var(--bad); stroke-width: 2; }
.line { fill: none; stroke: var(--used); stroke-width: 1.5; }
.two { stroke: var(--other); stroke-dasharray: 6 3; }
.three { stroke: var(--faint); stroke-dasharray: 2 3; }
.axis { stroke: var(--line); stroke-width: 1; } svg text.small { fill: var(--faint); }
svg text.on { fill: var(--paper); } svg text.wrong { fill: var(--bad); font-weight: 600; }
"""


def framed(document: str, title: str, *, height: int = 640) -> Markup:
    """Return a whole document in a frame of its own, to be shown inside of another.

    It may run its own script, and reach nothing of what is around it.
    """
    source = document.replace("&", "&amp;").replace('"', "&quot;")
    shown = escape(title)
    return Markup(
        f'<iframe title="{shown}" sandbox="allow-scripts" width="100%" height="{height}" '
        f'style="border: 0" srcdoc="{source}"></iframe>'
    )
