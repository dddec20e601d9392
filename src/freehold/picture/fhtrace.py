"""A story as a recorded run's file, and back: `.fhtrace`. docs/fhtrace.md documents the columns."""

from array import array
from collections.abc import Iterable, Sequence
from typing import Any

from freehold.events.columns import Columns, Document, TraceFormatError, unpack
from freehold.events.columns import pack as pack_columns
from freehold.execute.trace import ObjectKind
from freehold.picture.story import (
    Fault,
    Frame,
    Ghost,
    GhostKind,
    Object,
    Place,
    Step,
    Story,
    Writes,
)
from freehold.source import Source


def pack(story: Story) -> bytes:
    """Return the file of `story`."""
    columns = Columns()
    names = _Names()
    _steps(columns, story)
    _frames(columns, story, names)
    _objects(columns, story, names)
    _writes(columns, story)
    columns.add("stdout", "u8", story.stdout)
    columns.add("life", "i32", story.lives)
    head = {
        "version": 1,
        "rust": story.rust,
        "sources": [{"name": source.name, "text": _clean(source.text)} for source in story.sources],
        "names": names.all,
        "types": story.types,
        "faults": [_fault(one) for one in story.faults],
        "ghosts": [
            [one.line, int(one.above), one.kind.value, _clean(one.text), one.since]
            for one in story.ghosts
        ],
        "taken": story.taken,
        "every": story.every,
        "full": story.full,
        "status": story.status,
    }
    return pack_columns(head, columns)


class _Names:
    """A table of strings."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, name: str) -> int:
        known = self._numbers.get(name)
        if known is None:
            known = self._numbers[name] = len(self.all)
            self.all.append(_clean(name))
        return known


def _clean(text: str) -> str:
    """Return `text` without lone surrogates, which JSON's readers do not all take."""
    return text.encode(errors="replace").decode()


def _none(value: int | None) -> int:
    return -1 if value is None else value


def _steps(columns: Columns, story: Story) -> None:
    columns.add("step.source", "i32", [step.place.source for step in story.steps])
    columns.add("step.line", "i32", [step.place.line for step in story.steps])
    columns.add("step.frame", "i32", [step.frame for step in story.steps])
    columns.add("step.printed", "i32", [step.printed for step in story.steps])


def _frames(columns: Columns, story: Story, names: _Names) -> None:
    frames = story.frames
    columns.add("frame.function", "i32", [names.number(one.function) for one in frames])
    columns.add("frame.entered", "i32", [one.entered for one in frames])
    columns.add("frame.left", "i32", [_none(one.left) for one in frames])
    columns.add("frame.caller", "i32", [one.caller for one in frames])
    columns.add("frame.size", "i32", [one.size for one in frames])
    columns.add("frame.low", "f64", [float(one.low) for one in frames])


def _objects(columns: Columns, story: Story, names: _Names) -> None:
    every = story.objects

    def add(name: str, values: Iterable[int]) -> None:
        columns.add(f"object.{name}", "i32", values)

    add("kind", [one.kind for one in every])
    add("name", [names.number(one.name) for one in every])
    add("type", [one.type for one in every])
    add("size", [one.size for one in every])
    add("frame", [one.frame for one in every])
    add("born", [one.born for one in every])
    add("died", [_none(one.died) for one in every])
    add("lost", [_none(one.lost) for one in every])
    add("line", [_line(one.place) for one in every])
    add("renews", [one.renews for one in every])
    add("died_line", [_line(one.died_at) for one in every])
    columns.add("object.base", "f64", [float(one.base) for one in every])


def _line(place: Place | None) -> int:
    return 0 if place is None else place.line


def _writes(columns: Columns, story: Story) -> None:
    writes = story.writes
    for name in ("step", "object", "offset", "length"):
        columns.add(f"write.{name}", "i32", getattr(writes, name).tobytes())
    columns.add("write.data", "u8", bytes(writes.data))
    unset, masks = [], bytearray()
    for index, mask in writes.unset.items():
        unset.append(index)
        length = writes.length[index]
        masks += bytes(mask >> bit & 1 for bit in range(length))
    columns.add("unset.write", "i32", unset)
    columns.add("unset.mask", "u8", bytes(masks))
    rows = [(index, *pair) for index, pairs in writes.targets.items() for pair in pairs]
    columns.add("target.write", "i32", [row[0] for row in rows])
    columns.add("target.offset", "i32", [row[1] for row in rows])
    columns.add("target.object", "i32", [row[2] for row in rows])


def _fault(fault: Fault) -> dict[str, object]:
    return {
        "step": fault.step,
        "code": fault.code,
        "message": _clean(fault.message),
        "line": fault.line,
        "text": _clean(fault.text),
    }


# ------------------------------------------------------------------------------------ reading


def read_story(data: bytes) -> Story:
    """Return the story that a file holds; raises TraceFormatError."""
    document = unpack(data)
    try:
        return _story(document)
    except (KeyError, ValueError, TypeError, IndexError, AttributeError) as error:
        raise TraceFormatError(f"it is damaged: {error!r}") from error


def _story(document: Document) -> Story:
    head, numbers = document.head, document.numbers
    sources = tuple(Source(one["name"], one["text"]) for one in head["sources"])
    steps = [
        Step(Place(source, line), frame, printed)
        for source, line, frame, printed in zip(
            *(numbers(f"step.{name}") for name in ("source", "line", "frame", "printed")),
            strict=True,
        )
    ]
    return Story(
        sources,
        steps,
        _read_frames(document),
        _read_objects(document),
        _read_writes(document),
        tuple(Fault(**one) for one in head["faults"]),
        document.bytes("stdout"),
        int(head["taken"]),
        bool(head["full"]),
        head["status"],
        tuple(_read_ghost(*one) for one in head["ghosts"]),
        head["types"],
        array("i", numbers("life")),
        int(head["every"]),
    )


def _read_ghost(line: int, above: int, kind: str, text: str, since: int) -> Ghost:
    return Ghost(line, bool(above), GhostKind(kind), text, since)


def _maybe(value: int) -> int | None:
    return None if value < 0 else value


def _read_frames(document: Document) -> list[Frame]:
    names: list[str] = document.head["names"]
    found: list[Frame] = []
    columns = (
        document.numbers(f"frame.{name}") for name in ("function", "entered", "left", "caller")
    )
    lows, sizes = document.columns["frame.low"], document.numbers("frame.size")
    for number, (name, entered, left, caller) in enumerate(zip(*columns, strict=True)):
        if not -1 <= caller < number:
            raise TraceFormatError("a call comes before its caller")
        depth = found[caller].depth + 1 if caller >= 0 else 0
        low = int(lows[number])
        high = low + sizes[number]
        found.append(Frame(number, names[name], entered, caller, depth, 0, _maybe(left), low, high))
    return found


def _read_objects(document: Document) -> list[Object]:
    names: list[str] = document.head["names"]

    def column(name: str) -> Sequence[int]:
        return document.numbers(f"object.{name}")

    kinds, called, types, sizes = map(column, ("kind", "name", "type", "size"))
    frames, born, died, lost = map(column, ("frame", "born", "died", "lost"))
    lines, ends, renews = map(column, ("line", "died_line", "renews"))
    bases = document.columns["object.base"]
    return [
        Object(
            number,
            ObjectKind(kind),
            names[called[number]],
            types[number],
            int(bases[number]),
            sizes[number],
            frames[number],
            born[number],
            _at(lines[number]),
            _maybe(died[number]),
            _at(ends[number]),
            _maybe(lost[number]),
            renews[number],
        )
        for number, kind in enumerate(kinds)
    ]


def _at(line: int) -> Place | None:
    return Place(0, line) if line else None


def _read_writes(document: Document) -> Writes:
    numbers = document.numbers
    made = Writes()
    for name in ("step", "object", "offset", "length"):
        getattr(made, name).extend(numbers(f"write.{name}"))
    at = 0
    for length in made.length:
        made.start.append(at)
        at += max(length, 0)
    made.data += document.bytes("write.data")
    masks, at = document.bytes("unset.mask"), 0
    for index in numbers("unset.write"):
        length = made.length[index]
        bits = masks[at : at + length]
        made.unset[index] = sum(1 << bit for bit, unset in enumerate(bits) if unset)
        at += length
    rows: Any = (numbers(f"target.{name}") for name in ("write", "offset", "object"))
    for index, offset, number in zip(*rows, strict=True):
        made.targets[index] = (*made.targets.get(index, ()), (offset, number))
    return made
