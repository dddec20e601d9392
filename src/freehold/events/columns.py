"""The container of a recorded run (`.fhtrace`): a head and columns of numbers. docs/fhtrace.md.

    "fhtrace 1\\n", then gzip of: the length of the head (u32, little-endian), the head (JSON,
    UTF-8), zeros up to a multiple of 8, and the columns, each starting at a multiple of 8.

The head's `columns` name each column with its type (i32, f64, u8), where it starts in the columns'
part, and its number of elements.
"""

import gzip
import io
import json
import zlib
from array import array
from collections.abc import Iterable, Sequence
from typing import Any

from freehold.records import dataclass, field

MAGIC = b"fhtrace 1\n"
_CODES = {"i32": "i", "f64": "d", "u8": "B"}
_SIZES = {"i32": 4, "f64": 8, "u8": 1}
_LARGEST = 1 << 31  # bytes of a file that is unpacked


class TraceFormatError(Exception):
    """The bytes are no such file."""


@dataclass(slots=True)
class Document:
    """A file, taken apart: the head, and the columns by their names."""

    head: dict[str, Any]
    columns: dict[str, Sequence[int] | Sequence[float] | bytes]

    def numbers(self, name: str) -> Sequence[int]:
        """Return a column of integers."""
        column = self.columns[name]
        if not isinstance(column, array) or column.typecode != "i":
            raise TraceFormatError(f"`{name}` is no column of integers")
        return column

    def bytes(self, name: str) -> bytes:
        """Return a column of bytes."""
        column = self.columns[name]
        if not isinstance(column, bytes):
            raise TraceFormatError(f"`{name}` is no column of bytes")
        return column


@dataclass(slots=True)
class Columns:
    """Columns as they are put together."""

    told: dict[str, list[object]] = field(default_factory=dict)
    parts: list[bytes] = field(default_factory=list)
    used: int = 0

    def add(self, name: str, kind: str, values: Iterable[int] | Iterable[float] | bytes) -> None:
        """Append the column `name` of type `kind`: i32, f64, u8."""
        data = values if isinstance(values, bytes) else array(_CODES[kind], values).tobytes()
        self.told[name] = [kind, self.used, len(data) // _SIZES[kind]]
        padded = data + bytes(-len(data) % 8)
        self.parts.append(padded)
        self.used += len(padded)


def pack(head: dict[str, object], columns: Columns) -> bytes:
    """Return a file."""
    text = json.dumps({**head, "columns": columns.told}, separators=(",", ":")).encode()
    start = len(text).to_bytes(4, "little") + text
    start += bytes(-len(start) % 8)
    return MAGIC + gzip.compress(start + b"".join(columns.parts), 6, mtime=0)


def unpack(data: bytes) -> Document:
    """Return what a file holds; raises TraceFormatError."""
    if not data.startswith(MAGIC):
        raise TraceFormatError("it does not begin as a recorded run does")
    try:
        with gzip.open(io.BytesIO(data[len(MAGIC) :])) as file:
            raw = file.read(_LARGEST)
        length = int.from_bytes(raw[:4], "little")
        head = json.loads(raw[4 : 4 + length])
        start = 4 + length + (-(4 + length) % 8)
        columns: dict[str, Sequence[int] | Sequence[float] | bytes] = {}
        for name, (kind, at, count) in head["columns"].items():
            part = raw[start + at : start + at + count * _SIZES[kind]]
            if len(part) != count * _SIZES[kind]:
                raise TraceFormatError(f"the column `{name}` ends too early")
            columns[name] = part if kind == "u8" else _numbers(_CODES[kind], part)
    except (
        OSError,
        EOFError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        zlib.error,
    ) as error:
        raise TraceFormatError(f"it is damaged: {error}") from error
    if head.get("version") != 1:
        raise TraceFormatError(f"its version is {head.get('version')!r}, not 1")
    return Document(head, columns)


def _numbers(code: str, data: bytes) -> "array[int] | array[float]":
    found: array[int] | array[float] = array(code)
    found.frombytes(data)
    return found
