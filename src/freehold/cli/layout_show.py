"""What `freehold layout` prints: text, JSON, SVG and a page."""

import json
from collections.abc import Iterator, Sequence

from freehold import __version__
from freehold.diagnostics.snippet import printable
from freehold.driver.layouts import Declared
from freehold.records import dataclass
from freehold.shapes import (
    Order,
    Part,
    Shape,
    Sort,
    as_c,
    as_ordered,
    as_rust,
    best_order,
    shape_of,
)
from freehold.shapes.model import CACHE_LINE, Names
from freehold.types.model import Adt

_MAPPED = 512  # bytes that are mapped


@dataclass(frozen=True, slots=True)
class Side:
    """A type under one set of rules; None where there is no such type."""

    rules: str
    shape: Shape | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A type as it is, under three sets of rules, and in its best order."""

    declared: Declared
    own: Shape
    sides: tuple[Side, ...]
    order: Order | None


def shown(one: Declared) -> Shown:
    """Return what there is to show of a type."""
    own = shape_of(one.type, one.name, one.names)
    if not isinstance(one.type, Adt):
        return Shown(one, own, (), None)
    ty = one.type
    if ty.rust_layout:
        versions = as_c(ty), as_ordered(ty, ordered=True), as_ordered(ty, ordered=False)
    else:
        versions = ty, as_rust(ty, ordered=True), as_rust(ty, ordered=False)
    sides = tuple(
        Side(rules, _maybe(version, one.name, one.names))
        for rules, version in zip(("C", "repr(C)", "repr(Rust)"), versions, strict=True)
    )
    order = best_order(ty) if ty.kind.value == "struct" else None
    return Shown(one, own, sides, order)


def _maybe(adt: Adt | None, name: str, names: Names) -> Shape | None:
    return None if adt is None else shape_of(adt, name, names)


def document(types: Sequence[Declared], form: str, file: str) -> str:
    """Return what is to be printed."""
    its = [shown(one) for one in types]
    match form:
        case "json":
            return _json(its, file)
        case "svg" | "html":
            from freehold.shapes.draw import html, svg

            pictures = [(one.own.name, _pictured(one)) for one in its]
            if form == "svg":
                return svg(pictures) + "\n"
            return html(pictures, "\n\n".join("\n".join(_text(one)) for one in its))
        case _:
            return "\n\n".join("\n".join(_text(one)) for one in its) + "\n"


def _pictured(one: Shown) -> list[tuple[str, Shape]]:
    sides = [(side.rules, side.shape) for side in one.sides]
    found = [(rules, shape) for rules, shape in sides if shape is not None]
    if one.order is not None and one.order.saved:
        found.append(("best order", shape_of(one.order.type, one.own.name, one.declared.names)))
    return found or [("", one.own)]


# ------------------------------------------------------------------------------------- text


def _text(one: Shown) -> Iterator[str]:
    shape, at = one.own, one.declared.span
    where = ""
    if at is not None:
        place = at.outermost()
        where = f"  ({place.source.name}:{place.line})"
    yield printable(f"{shape.name}{where}")
    yield f"  size {shape.size}, align {shape.align}{_padding(shape)}{_lines(shape)}"
    yield from _enum(shape)
    if shape.sort is Sort.ENUM:
        for side in one.sides:
            if side.shape is not None:
                yield f"  {side.rules}: size {side.shape.size}, align {side.shape.align}"
    if shape.parts:
        yield ""
        yield from _table(one)
        if shape.sort is not Sort.UNION:
            yield ""
            yield from _map(shape)
    for name in shape.split:
        yield printable(f"  `{name}` lies on two cache lines")
    yield from _better(one)


def _padding(shape: Shape) -> str:
    if not shape.parts:
        return ""
    text = f", {_bits(shape.padding)} of padding" if shape.padding else ", no padding"
    if shape.padding and shape.size:
        text += f" ({100 * shape.padding / (8 * shape.size):.0f} %)"
    return text + (f", {shape.inner} more inside of members" if shape.inner else "")


def _bits(bits: int) -> str:
    whole, rest = divmod(bits, 8)
    if not rest:
        return f"{whole} byte{'' if whole == 1 else 's'}"
    odd = f"{rest} bit{'' if rest == 1 else 's'}"
    return f"{_bits(8 * whole)} and {odd}" if whole else odd


def _lines(shape: Shape) -> str:
    if not shape.size:
        return ""
    count = shape.cache_lines
    return f", {count} cache line{'' if count == 1 else 's'}"


def _enum(shape: Shape) -> Iterator[str]:
    tag = shape.tag
    if shape.sort is not Sort.ENUM:
        return
    if shape.absent:
        yield "  has no values"
    elif tag is None:
        yield "  no tag: only one variant can exist"
    elif tag.untagged is None:
        yield f"  tag: {_bits(tag.type.bits)} at {tag.offset}"
    else:
        place = f"bytes {tag.offset} to {tag.offset + tag.type.bits // 8 - 1}"
        yield f"  no tag: {place} hold values that the variant with data never has (a niche)"
    for name, variant in shape.variants:
        parts = ", ".join(
            f"{part.name}: {part.type} at {part.start // 8}" for part in variant.parts
        )
        yield printable(f"    {name}: {parts}")
    if shape.niche is not None and shape.niche.room:
        yield f"  {_room(shape.niche.room)} left for the tag of an enum around it"


def _room(room: int) -> str:
    if room >= 1 << 32:
        return "plenty of values are"
    return f"{room:,} value{' is' if room == 1 else 's are'}"


def _table(one: Shown) -> Iterator[str]:
    sides = list(one.sides)
    head = ("member", "type", "size", "align", *(side.rules for side in sides))
    rows = []
    columns = [_places(side.shape) for side in sides]
    for index, part in enumerate(one.own.parts):
        offsets = (column.get((part.name, _rank(one.own, index)), "-") for column in columns)
        rows.append(
            (part.name or "<anonymous>", part.type, _width(part), str(part.align), *offsets)
        )
    if sides:
        for name, key in (("size", "size"), ("align", "align")):
            ends = ("-" if s.shape is None else str(getattr(s.shape, key)) for s in sides)
            rows.append((name, "", "", "", *ends))
        gaps = ("-" if s.shape is None else _short(s.shape.padding) for s in sides)
        rows.append(("padding", "", "", "", *gaps))
    widths = [max(len(printable(row[i])) for row in (head, *rows)) for i in range(len(head))]
    for number, row in enumerate((head, *rows)):
        if sides and number == len(rows) - 2:
            yield "  " + "-" * (sum(widths) + 2 * len(widths) - 2)
        left = [f"{printable(cell):<{widths[i]}}" for i, cell in enumerate(row[:2])]
        right = [f"{cell:>{widths[i + 2]}}" for i, cell in enumerate(row[2:])]
        yield ("  " + "  ".join([*left, *right])).rstrip()


def _rank(shape: Shape, index: int) -> int:
    """Return which of the members of that name it is, since anonymous ones have none."""
    return sum(part.name == shape.parts[index].name for part in shape.parts[:index])


def _places(shape: Shape | None) -> dict[tuple[str, int], str]:
    if shape is None:
        return {}
    return {
        (part.name, _rank(shape, index)): _place(part) for index, part in enumerate(shape.parts)
    }


def _place(part: Part) -> str:
    byte, bit = divmod(part.start, 8)
    return f"{byte}.{bit}" if part.is_bit_field else str(byte)


def _width(part: Part) -> str:
    return _short(part.bits) if not part.is_bit_field else f"{part.bits} bit"


def _short(bits: int) -> str:
    return str(bits // 8) if bits % 8 == 0 else f"{bits // 8}+{bits % 8} bit"


_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _map(shape: Shape) -> Iterator[str]:
    """Yield a letter for each byte, a line for each cache line."""
    bytes_ = ["."] * min(shape.size, _MAPPED)
    for index, part in enumerate(shape.parts):
        letter = _LETTERS[index % len(_LETTERS)]
        for at in range(part.start // 8, min(-(-part.end // 8), len(bytes_))):
            bytes_[at] = letter if bytes_[at] == "." else "*"
    for start in range(0, len(bytes_), CACHE_LINE):
        row = bytes_[start : start + CACHE_LINE]
        words = " ".join("".join(row[at : at + 8]) for at in range(0, len(row), 8))
        yield f"  {start:>5}  {words}"
    legend = ", ".join(
        f"{_LETTERS[index % len(_LETTERS)]} {part.name or '<anonymous>'}"
        for index, part in enumerate(shape.parts[: len(_LETTERS)])
    )
    several = " (* several)" if "*" in bytes_ else ""
    yield printable(f"         {legend}, . padding{several}")


def _better(one: Shown) -> Iterator[str]:
    order = one.order
    if order is not None and order.saved:
        names = ", ".join(name or "<anonymous>" for name in order.names)
        size = one.own.size - order.saved
        yield printable(f"  best order: {names}: {size} bytes, saves {order.saved}")
    elif order is not None and len(one.own.parts) > 1 and _fixed(one):
        yield "  no order of the members is smaller"


def _fixed(one: Shown) -> bool:
    ty = one.declared.type
    return isinstance(ty, Adt) and (not ty.rust_layout or ty.ordered)


# ------------------------------------------------------------------------------------- JSON


def _json(types: Sequence[Shown], file: str) -> str:
    document_ = {
        "schema": 1,
        "tool": {"name": "freehold", "version": __version__},
        "command": "layout",
        "files": [file],
        "exit_code": 0,
        "types": [_type(one) for one in types],
    }
    return json.dumps(document_, indent=2) + "\n"


def _type(one: Shown) -> dict[str, object]:
    at = one.declared.span.outermost() if one.declared.span is not None else None
    sides = {side.rules: None if side.shape is None else _shape(side.shape) for side in one.sides}
    order = one.order
    best = None
    if order is not None:
        best = {"members": list(order.names), "saved": order.saved}
    return {
        "name": one.own.name,
        "line": at.line if at is not None else None,
        **_shape(one.own),
        "rules": sides,
        "best_order": best,
    }


def _shape(shape: Shape) -> dict[str, object]:
    found: dict[str, object] = {
        "kind": shape.sort.value,
        "size": shape.size,
        "align": shape.align,
        "padding_bits": shape.padding,
        "inner_padding_bytes": shape.inner,
        "cache_lines": shape.cache_lines,
        "members": [_part(part) for part in shape.parts],
        "holes": [
            {"offset": gap.start // 8, "bit": gap.start % 8, "bits": gap.bits, "tail": gap.tail}
            for gap in shape.gaps
        ],
    }
    if shape.sort is Sort.ENUM:
        tag = shape.tag
        found["tag"] = None
        if tag is not None:
            bits, niche = tag.type.bits, tag.untagged is not None
            found["tag"] = {"offset": tag.offset, "bits": bits, "niche": niche}
        found["variants"] = [{"name": name, **_shape(its)} for name, its in shape.variants]
    if shape.niche is not None:
        niche_ = shape.niche
        found["niche"] = {"offset": niche_.offset, "bits": niche_.bits, "values": niche_.room}
    return found


def _part(part: Part) -> dict[str, object]:
    return {
        "name": part.name,
        "type": part.type,
        "offset": part.start // 8,
        "bit": part.start % 8 if part.is_bit_field else None,
        "bits": part.bits,
        "align": part.align,
        "cache_lines": list(part.lines),
    }
