"""The picture of time and address as SVG, and the page around it. x is time, y is address."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from freehold.heap.areas import Areas, areas, shown_steps, stays_at
from freehold.heap.words import bytes_, failure_words, figures
from freehold.markup import STYLE, Markup, element, joined, page, table

if TYPE_CHECKING:
    from freehold.heap.replay import Replay, Sample

_WIDTH, _HEIGHT, _LEFT, _TOP = 960, 360, 76, 14
_CHART = 120
_DRAWN = 3000  # blocks that have a rectangle each; more become a grid
_COLUMNS, _ROWS = 320, 120
_LISTED = 400  # requests in the page's table
_MARKED = 40  # failures marked in the picture
_NAMED = 26, 12  # a rectangle as large as this shows its name


def svg(result: "Replay", *, alone: bool = True) -> str:
    """Return the picture; `alone` gives it a style sheet of its own."""
    where = areas(result)
    height = _TOP + _HEIGHT + 44 + 2 * (_CHART + 30)
    parts = [element("title", _summary(result))]
    if alone:
        parts.append(element("style", Markup(STYLE)))
        parts.append(element("rect", width=_WIDTH, height=height, fill="var(--paper)"))
    parts += _ground(result, where)
    many = len(result.stays) > _DRAWN
    parts += _grid(result, where) if many else _blocks(result, where)
    parts += _failures(result)
    parts += _axes(result, where)
    parts += _charts(result)
    return element(
        "svg",
        joined(parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_WIDTH} {height}",
        role="img",
        aria_label=_summary(result),
    )


def _summary(result: "Replay") -> str:
    failed = len(result.failures)
    ending = "every request was served" if not failed else f"{failed:,} requests failed"
    return f"Heap over time: {result.steps:,} events, {ending}"


def _x(result: "Replay", step: float) -> float:
    return round(_LEFT + (_WIDTH - _LEFT - 10) * step / max(result.steps, 1), 2)


def _y(where: Areas, place: float) -> float:
    return round(_TOP + _HEIGHT * place / max(where.size, 1), 2)


def _ground(result: "Replay", where: Areas) -> list[Markup]:
    """Return the memory that is there, from when it was added."""
    parts = []
    for added in result.added:
        x, y = _x(result, max(added.step, 0)), _y(where, where.place(added.heap, added.start))
        height = _y(where, where.place(added.heap, added.start + added.size - 1) + 1) - y
        parts.append(element("rect", x=x, y=y, width=_WIDTH - 10 - x, height=height, class_="free"))
    return parts


def _blocks(result: "Replay", where: Areas) -> list[Markup]:
    stays, names, parts = result.stays, result.names(), []
    for index in range(len(stays)):
        end = stays.ends[index] if stays.ends[index] >= 0 else result.steps
        x, to = _x(result, stays.starts[index]), _x(result, end)
        start = where.place(stays.heaps[index], stays.addresses[index])
        y, bottom = _y(where, start), _y(where, start + stays.sizes[index])
        name = names.get(stays.blocks[index]) or f"#{stays.blocks[index]}"
        until = "the end" if stays.ends[index] < 0 else f"event {end + 1:,}"
        text = (
            f"{name}: {bytes_(stays.sizes[index])} at {stays.addresses[index]:,}, "
            f"from event {stays.starts[index] + 1:,} to {until}"
        )
        box = element(
            "rect",
            element("title", text),
            x=x,
            y=y,
            width=round(max(to - x, 0.5), 2),
            height=round(max(bottom - y, 0.5), 2),
            class_="used edge",
        )
        parts.append(box)
        if to - x >= _NAMED[0] and bottom - y >= _NAMED[1]:
            room = int((to - x) / 7)
            label = name if len(name) <= room else name[: max(room - 1, 1)] + "…"
            parts.append(element("text", label, x=x + 5, y=(y + bottom) / 2 + 4, class_="on"))
    return parts


def _grid(result: "Replay", where: Areas) -> list[Markup]:
    """Return cells of time and address, the fuller the more opaque."""
    steps = shown_steps(result, _COLUMNS)
    scale = max(-(-where.size // _ROWS), 1)
    stays, parts = result.stays, []
    for column, (step, there) in enumerate(zip(steps, stays_at(result, steps), strict=True)):
        used = [0] * (-(-where.size // scale))
        for index in there:
            start = where.place(stays.heaps[index], stays.addresses[index])
            _fill(used, start, start + stays.sizes[index], scale)
        x = _x(result, step)
        to = _x(result, steps[column + 1]) if column + 1 < len(steps) else _WIDTH - 10
        parts += _column(used, scale, where, (x, to - x))
    return parts


def _column(used: list[int], scale: int, where: Areas, place: tuple[float, float]) -> list[Markup]:
    x, width = place
    shades = [min(-(-4 * cell // scale), 4) for cell in used]
    parts, first = [], 0
    for row in range(1, len(shades) + 1):
        if row < len(shades) and shades[row] == shades[first]:
            continue
        if shades[first]:
            y = _y(where, first * scale)
            height = _y(where, min(row * scale, where.size)) - y
            parts.append(
                element(
                    "rect",
                    x=x,
                    y=y,
                    width=round(width + 0.3, 2),
                    height=round(height, 2),
                    class_="used",
                    opacity=shades[first] / 4,
                )
            )
        first = row
    return parts


def _fill(cells: list[int], start: int, end: int, scale: int) -> None:
    for cell in range(start // scale, (end - 1) // scale + 1):
        cells[cell] += min(end, (cell + 1) * scale) - max(start, cell * scale)


def _failures(result: "Replay") -> list[Markup]:
    parts = []
    for failure in result.failures[:_MARKED]:
        x = _x(result, failure.step)
        text = element("title", failure_words(result, failure))
        line = element("line", text, x1=x, x2=x, y1=_TOP, y2=_TOP + _HEIGHT, class_="bad")
        mark = element("text", "✗", x=x + 2, y=_TOP + 11, class_="wrong")
        parts += [line, mark]
    return parts


def _axes(result: "Replay", where: Areas) -> list[Markup]:
    parts = []
    names = list(result.heaps)
    for area in where.areas:
        y = _y(where, area.at)
        heap = f"{names[area.heap]} " if names[area.heap] else ""
        parts.append(element("text", f"{heap}{area.start:,}", x=4, y=y + 10, class_="small"))
        parts.append(element("line", x1=_LEFT, x2=_WIDTH - 10, y1=y, y2=y, class_="axis"))
    bottom = _TOP + _HEIGHT
    if where.areas:
        last = where.areas[-1]
        parts.append(element("text", f"{last.start + last.size:,}", x=4, y=bottom, class_="small"))
    parts.append(element("text", "address", x=4, y=bottom + 16, class_="small"))
    text = f"events 1 to {result.steps:,}"
    parts.append(element("text", text, x=_LEFT, y=bottom + 16, class_="small"))
    return parts


Reading = Callable[["Sample"], float]


def _charts(result: "Replay") -> list[Markup]:
    most = max((max(s.size, s.reserved) for s in result.samples), default=1) or 1
    top = _TOP + _HEIGHT + 44
    sizes: list[tuple[str, str, Reading]] = [
        ("heap", "line three", lambda s: s.size / most),
        ("reserved", "line two", lambda s: s.reserved / most),
        ("asked for", "line", lambda s: s.requested / most),
    ]
    parts: list[tuple[str, str, Reading]] = [
        ("external fragmentation", "line", lambda s: s.external),
        ("internal fragmentation", "line two", lambda s: s.internal),
    ]
    return [
        *_chart(result, top, f"bytes, up to {most:,}", sizes),
        *_chart(result, top + _CHART + 30, "fragmentation, up to 100 %", parts),
    ]


def _chart(
    result: "Replay", top: int, title: str, lines: list[tuple[str, str, Reading]]
) -> list[Markup]:
    bottom = top + _CHART
    parts = [
        element("text", title, x=_LEFT, y=top - 4, class_="small"),
        element("line", x1=_LEFT, x2=_WIDTH - 10, y1=bottom, y2=bottom, class_="axis"),
    ]
    for number, (name, style, reading) in enumerate(lines):
        points = []
        for one in result.samples:
            y = round(bottom - _CHART * reading(one), 1)
            points.append(f"{_x(result, one.step)},{y} {_x(result, one.step + 1)},{y}")
        if points:
            text = Markup(" ".join(_thinned(points)))  # numbers alone, however many
            parts.append(element("polyline", points=text, class_=style))
        x, y = _LEFT + 220 + 170 * number, top - 8
        parts.append(element("line", x1=x, x2=x + 26, y1=y, y2=y, class_=style))
        parts.append(element("text", name, x=x + 32, y=y + 4, class_="small"))
    return parts


def _thinned(points: list[str]) -> list[str]:
    return points[:: max(len(points) // 1000, 1)]


# ------------------------------------------------------------------------------------- page


def html(result: "Replay", title: str) -> str:
    """Return a page: figures, picture, what failed, and each request as a table."""
    facts = [part for name, text in figures(result) for part in _figure(name, text)]
    parts = [
        element("h1", title),
        element("dl", joined(facts)),
        Markup(svg(result, alone=False)),
    ]
    if result.failures:
        items = [
            element("li", failure_words(result, failure)) for failure in result.failures[:_LISTED]
        ]
        parts += [element("h2", f"{len(result.failures):,} requests failed")]
        parts.append(element("ol", joined(items)))
    parts.append(_requests(result))
    return page(title, STYLE, joined(parts))


def shown(result: "Replay") -> Markup:
    """Return picture, figures and failures, to stand among other things in a page."""
    rows = [element("li", failure_words(result, one)) for one in result.failures[:_LISTED]]
    table_ = table("Figures", ("figure", "value"), list(figures(result)))
    return element("div", Markup(svg(result)), element("ol", joined(rows)), table_)


def _figure(name: str, text: str) -> list[Markup]:
    return [element("dt", name), element("dd", text)]


def _requests(result: "Replay") -> Markup:
    requests, stays, rows = result.requests, result.stays, []
    for index in range(min(len(requests), _LISTED)):
        step, stay = requests.steps[index], requests.stays[index]
        served = stay >= 0
        rows.append(
            (
                f"{step + 1:,}",
                result.log.text(step),
                f"{stays.addresses[stay]:,}" if served else "failed",
                f"{stays.sizes[stay]:,}" if served else "",
                f"{requests.seen[index]:,}",
            )
        )
    more = "" if len(requests) <= _LISTED else f", the first {_LISTED} of {len(requests):,}"
    head = ("event", "request", "address", "bytes reserved", "holes inspected")
    return table(f"Requests{more}", head, rows)


def compared(results: "list[tuple[str, Replay]]", title: str) -> str:
    """Return a page that puts replays one below the other."""
    parts = [element("h1", title)]
    for name, result in results:
        facts = [part for key, text in figures(result) for part in _figure(key, text)]
        parts += [element("h2", name), element("dl", joined(facts))]
        parts.append(Markup(svg(result, alone=False)))
    return page(title, STYLE, joined(parts))
