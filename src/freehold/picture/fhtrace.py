"""The file format of a recorded run: `.fhtrace`. docs/fhtrace.md documents it.

    "fhtrace 1\n", then gzip of: the length of the head (u32, little-endian), the head (JSON,
    UTF-8), zeros up to a multiple of 8, and the columns, each starting at a multiple of 8.

The head names each column with its type (i32, f64, u8), where it starts in the columns' part, and
its number of elements.
"""

import gzip
import json
from array import array
from collections.abc import Iterable, Sequence

from freehold.picture.story import Fault, Place, Story
from freehold.records import dataclass, field

MAGIC = b"fhtrace 1\n"
_CODES = {"i32": "i", "f64": "d", "u8": "B"}
_SIZES = {"i32": 4, "f64": 8, "u8": 1}


class TraceFormatError(Exception):
    """The bytes are no such file."""


@dataclass(slots=True)
class Document:
    """A file, taken apart: the head, and the columns by their names."""

    head: dict[str, object]
    columns: dict[str, Sequence[int] | Sequence[float] | bytes]


@dataclass(slots=True)
class _Columns:
    told: dict[str, list[object]] = field(default_factory=dict)
    parts: list[bytes] = field(default_factory=list)
    used: int = 0

    def add(self, name: str, kind: str, values: "Iterable[int] | Iterable[float] | bytes") -> None:
        data = values if isinstance(values, bytes) else array(_CODES[kind], values).tobytes()
        self.told[name] = [kind, self.used, len(data) // _SIZES[kind]]
        padded = data + bytes(-len(data) % 8)
        self.parts.append(padded)
        self.used += len(padded)


def pack(story: Story) -> bytes:
    """Return the file of `story`."""
    columns = _Columns()
    names = _Names()
    _steps(columns, story)
    _frames(columns, story, names)
    _objects(columns, story, names)
    _writes(columns, story)
    columns.add("stdout", "u8", story.stdout)
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
        "full": story.full,
        "status": story.status,
        "columns": columns.told,
    }
    text = json.dumps(head, separators=(",", ":")).encode()
    start = len(text).to_bytes(4, "little") + text
    start += bytes(-len(start) % 8)
    return MAGIC + gzip.compress(start + b"".join(columns.parts), 6, mtime=0)


def unpack(data: bytes) -> Document:
    """Return what a file holds; raises TraceFormatError."""
    if not data.startswith(MAGIC):
        raise TraceFormatError("it does not begin as a recorded run does")
    try:
        raw = gzip.decompress(data[len(MAGIC) :])
        length = int.from_bytes(raw[:4], "little")
        head = json.loads(raw[4 : 4 + length])
        start = 4 + length + (-(4 + length) % 8)
        columns: dict[str, Sequence[int] | Sequence[float] | bytes] = {}
        for name, (kind, at, count) in head["columns"].items():
            part = raw[start + at : start + at + count * _SIZES[kind]]
            columns[name] = part if kind == "u8" else _numbers(_CODES[kind], part)
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise TraceFormatError(f"it is damaged: {error}") from error
    return Document(head, columns)


def _numbers(code: str, data: bytes) -> "array[int] | array[float]":
    found: array[int] | array[float] = array(code)
    found.frombytes(data)
    return found


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


def _steps(columns: _Columns, story: Story) -> None:
    columns.add("step.source", "i32", [step.place.source for step in story.steps])
    columns.add("step.line", "i32", [step.place.line for step in story.steps])
    columns.add("step.frame", "i32", [step.frame for step in story.steps])
    columns.add("step.printed", "i32", [step.printed for step in story.steps])


def _frames(columns: _Columns, story: Story, names: _Names) -> None:
    frames = story.frames
    columns.add("frame.function", "i32", [names.number(one.function) for one in frames])
    columns.add("frame.entered", "i32", [one.entered for one in frames])
    columns.add("frame.left", "i32", [_none(one.left) for one in frames])
    columns.add("frame.caller", "i32", [one.caller for one in frames])


def _objects(columns: _Columns, story: Story, names: _Names) -> None:
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
    add("died_line", [_line(one.died_at) for one in every])
    columns.add("object.base", "f64", [float(one.base) for one in every])


def _line(place: Place | None) -> int:
    return 0 if place is None else place.line


def _writes(columns: _Columns, story: Story) -> None:
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
