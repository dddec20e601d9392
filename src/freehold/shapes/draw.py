"""Layouts as bars of bytes in SVG: members, padding hatched, cache lines; and the page around."""

from collections.abc import Sequence

from freehold.markup import STYLE, Markup, element, joined, page
from freehold.shapes.model import CACHE_LINE, Part, Shape, Sort

_WIDTH, _LEFT, _ROW, _BAR = 960, 96, 46, 26
_SHOWN = 256  # bytes of a bar
_OWN = """
.hatch { fill: url(#hatch); stroke: var(--line); } .m0 { fill: var(--used); }
.m1 { fill: var(--other); } .m2 { fill: var(--pad); } .tagged { fill: var(--faint); }
pre { overflow-x: auto; }
"""
Pictures = Sequence[tuple[str, list[tuple[str, Shape]]]]


def svg(pictures: Pictures, *, alone: bool = True) -> str:
    """Return a picture of each type: a bar for each set of rules."""
    parts = [_hatch()]
    if alone:
        parts.append(element("style", Markup(STYLE + _OWN)))
        parts.append(element("rect", width="100%", height="100%", fill="var(--paper)"))
    y = 8
    for name, sides in pictures:
        parts.append(element("text", name, x=8, y=y + 12))
        y += 22
        scale = _scale([shape for _, shape in sides])
        for rules, shape in sides:
            parts += _bar(rules, shape, y, scale)
            y += _ROW
        y += 12
    names = ", ".join(name for name, _ in pictures)
    return element(
        "svg",
        joined(parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_WIDTH} {y}",
        role="img",
        aria_label=f"Layout of {names}",
    )


def _hatch() -> Markup:
    line = element("path", d="M0,6 L6,0", stroke="currentColor", stroke_width=1, opacity=0.45)
    pattern = element("pattern", line, id="hatch", width=6, height=6, patternUnits="userSpaceOnUse")
    return element("defs", pattern)


def _scale(shapes: list[Shape]) -> float:
    """Return the width of a byte."""
    most = max([min(shape.size, _SHOWN) for shape in shapes], default=0) or 1
    return min((_WIDTH - _LEFT - 60) / most, 40)


def _bar(rules: str, shape: Shape, y: int, scale: float) -> list[Markup]:
    size = min(shape.size, _SHOWN)
    parts = [element("text", rules, x=8, y=y + 17, class_="small")]
    width = round(size * scale, 2)
    ground = element("title", f"{rules}: padding")
    parts.append(element("rect", ground, x=_LEFT, y=y, width=width, height=_BAR, class_="hatch"))
    for start, members in _rows(shape):
        for index, part in enumerate(members):
            parts += _member(part, index + start, y, scale)
    if shape.tag is not None:
        tag = Part("tag", f"u{shape.tag.type.bits}", 8 * shape.tag.offset, shape.tag.type.bits, 1)
        parts += _member(tag, -1, y, scale)
    for line in range(CACHE_LINE, size, CACHE_LINE):
        x = round(_LEFT + line * scale, 2)
        parts.append(element("line", x1=x, x2=x, y1=y - 3, y2=y + _BAR + 3, class_="bad"))
    more = "" if shape.size <= _SHOWN else f", the first {_SHOWN} bytes"
    text = f"{shape.size}{more}"
    parts.append(element("text", text, x=_LEFT + width + 6, y=y + 17))
    return parts


def _rows(shape: Shape) -> list[tuple[int, tuple[Part, ...]]]:
    if shape.sort is Sort.ENUM:
        largest = max((its for _, its in shape.variants), key=lambda its: its.size, default=None)
        return [(0, largest.parts)] if largest is not None else []
    return [(0, shape.parts)]


def _member(part: Part, index: int, y: int, scale: float) -> list[Markup]:
    end = min(part.end / 8, _SHOWN)
    start = part.start / 8
    if start >= end:
        return []
    x, width = round(_LEFT + start * scale, 2), round((end - start) * scale, 2)
    bits = f"{part.bits} bits" if part.bits % 8 else f"{part.bits // 8} bytes"
    title = element("title", f"{part.name}: {part.type}, {bits} at {part.start // 8}")
    style = "tagged" if index < 0 else f"m{index % 3}"
    box = element("rect", title, x=x, y=y, width=width, height=_BAR, class_=f"{style} edge")
    offset = element("text", str(part.start // 8), x=x, y=y + _BAR + 11, class_="small")
    found = [box, offset] if width > 16 else [box]
    room = int(width / 7)
    if room >= 1 and part.name:
        label = part.name if len(part.name) <= room else part.name[: max(room - 1, 1)] + "…"
        found.append(element("text", label, x=x + 3, y=y + 17, class_="on"))
    return found


def html(pictures: Pictures, text: str) -> str:
    """Return a page: the picture, and the same as text."""
    parts = [element("h1", "Layout"), Markup(svg(pictures, alone=False))]
    for block in text.split("\n\n\n"):
        parts.append(element("h2", "In words"))
        parts.append(element("pre", *(_line(line) for line in block.split("\n"))))
    return page("Layout", STYLE + _OWN, joined(parts))


def _line(line: str) -> Markup:
    return Markup(element("span", line) + "\n")
