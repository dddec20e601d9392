"""Values in memory: bytes, which of them are set, and what they mean as a type of the tables.

`web/assets/values.js` is the same for pages.
"""

import struct
from collections.abc import Sequence
from typing import Any

from freehold.picture.tables import Entry
from freehold.records import dataclass, field

_NOTHING = "0xffffffffffffffff"  # what Weak::new() holds
LIMIT = 64  # elements of an array that are told


class Memory:
    """The bytes of one object; `state` of each: unset, set, moved; `targets` of words by offset."""

    UNSET, SET, MOVED = range(3)

    def __init__(self, size: int) -> None:
        """Hold nothing yet."""
        self.data = bytearray(size)
        self.state = bytearray(size)
        self.targets: dict[int, int] = {}

    def write(
        self, offset: int, data: bytes, unset: int, targets: tuple[tuple[int, int], ...]
    ) -> None:
        """Put `data` there."""
        end = offset + len(data)
        self.data[offset:end] = data
        self.state[offset:end] = bytes([self.SET]) * len(data)
        for index in range(unset.bit_length()):
            if unset >> index & 1:
                self.state[offset + index] = self.UNSET
        for word in range(offset & ~7, end, 8):
            self.targets.pop(word, None)
        self.targets.update(targets)

    def move(self, offset: int, length: int) -> None:
        """Take a value away."""
        self.state[offset : offset + length] = bytes([self.MOVED]) * length


@dataclass(frozen=True, slots=True)
class Leaf:
    """A scalar in an object: its path (`.next`, `[2]`), its value in words.

    `text` is "?" if it is not initialised. A pointer has an `address`, the number of its `target`
    if it points to something known, and says how it `holds` it.
    """

    path: str
    type: str
    offset: int
    size: int
    text: str
    unset: bool = False
    moved: bool = False
    address: int = 0
    target: int | None = None
    holds: str = ""


@dataclass(slots=True)
class _Walk:
    types: Sequence[Entry]
    memory: Memory
    found: list[Leaf] = field(default_factory=list)

    def walk(self, number: int, offset: int, path: str, holds: str) -> None:
        """Tell what is at `offset`, as a value of type `number`."""
        ty: Any = self.types[number]
        match ty["k"]:
            case "array":
                self._array(ty, offset, path, holds)
            case "enum":
                self._enum(ty, offset, path, ty["h"] or holds)
            case "parts":
                self._parts(ty, offset, path, ty["h"] or holds)
            case _:
                if ty["s"]:
                    self._scalar(ty, offset, path, holds)

    def _parts(self, ty: Any, offset: int, path: str, holds: str) -> None:
        single = len(ty["f"]) == 1
        flat = single or ty["o"]
        for name, at, number, bit, width in ty["f"]:
            inside = self.types[number]
            inner = path if single or (flat and inside["k"] == "parts") else f"{path}.{name}"
            if width >= 0:
                self._bits(inside, offset + at, (bit, width), inner)
            else:
                self.walk(number, offset + at, inner, holds)

    def _array(self, ty: Any, offset: int, path: str, holds: str) -> None:
        text = self._text(ty, offset)
        if text is not None:
            self.found.append(Leaf(path, ty["n"], offset, ty["s"], text))
            return
        step = self.types[ty["of"]]["s"]
        assert isinstance(step, int)
        for number in range(ty["c"]):
            at = offset + number * step
            if number == LIMIT:
                self.found.append(Leaf(f"{path}[...]", "", at, 0, f"{ty['c'] - LIMIT} more"))
                return
            self.walk(ty["of"], at, f"{path}[{number}]", holds)

    def _text(self, ty: Any, offset: int) -> str | None:
        """Return the text in an array of characters, None if there is none."""
        element: Any = self.types[ty["of"]]
        if element["k"] != "int" or element["s"] != 1 or not ty["c"]:
            return None
        raw = bytes(self.memory.data[offset : offset + ty["c"]])
        state = self.memory.state[offset : offset + ty["c"]]
        end = raw.find(b"\0")
        end = len(raw) if end < 0 else end
        if end == 0 or any(one != Memory.SET for one in state[:end]):
            return None
        try:
            text = raw[:end].decode()
        except UnicodeDecodeError:
            return None
        return quoted(text) if all(c.isprintable() or c in "\n\t\r" for c in text) else None

    def _enum(self, ty: Any, offset: int, path: str, holds: str) -> None:
        variant = self._variant(ty, offset)
        if variant < 0:
            self._scalar({**ty, "k": "raw"}, offset, path, holds)
            return
        name, _, fields = ty["v"][variant]
        moved = self._any(Memory.MOVED, offset, ty["s"])
        self.found.append(Leaf(path, ty["n"], offset, 0, name, moved=moved))
        for member, at, number in fields:
            self.walk(number, offset + at, f"{path}.{member}" if member else path, holds)

    def _variant(self, ty: Any, offset: int) -> int:
        """Return the number of the variant that is there, -1 if that is not initialised."""
        if ty["t"] is None:
            return int(ty["one"]) if ty["v"] else -1
        at, size, untagged, first, last, start = ty["t"]
        if self._any(Memory.UNSET, offset + at, size):
            return -1
        value = self._number(offset + at, size)
        mask = (1 << 8 * size) - 1
        if untagged < 0:
            tags = [discriminant & mask for _, discriminant, _ in ty["v"]]
            return tags.index(value) if value in tags else -1
        index = (value - int(start)) & mask
        return int(first + index if index <= last - first else untagged)

    def _bits(self, ty: Any, offset: int, bits: tuple[int, int], path: str) -> None:
        bit, width = bits
        at = offset + bit // 8
        size = (bit % 8 + width + 7) // 8
        value = self._number(at, size) >> bit % 8 & ((1 << width) - 1)
        if ty.get("g") and value >> (width - 1):
            value -= 1 << width
        unset = self._any(Memory.UNSET, at, size)
        self.found.append(Leaf(path, ty["n"], at, size, "?" if unset else str(value), unset))

    def _number(self, offset: int, size: int) -> int:
        return int.from_bytes(self.memory.data[offset : offset + size], "little")

    def _any(self, state: int, offset: int, size: int) -> bool:
        return state in self.memory.state[offset : offset + size]

    def _scalar(self, ty: Any, offset: int, path: str, holds: str) -> None:
        size = ty["s"]
        unset, moved = (self._any(one, offset, size) for one in (Memory.UNSET, Memory.MOVED))
        address, target = 0, None
        if ty["k"] == "ptr" and not unset:
            address = self._number(offset, 8)
            target = self.memory.targets.get(offset)
            holds = holds if ty["h"] == "?" else ty["h"]
        text = "?" if unset else self._scalar_text(ty, offset)
        if holds == "weak" and text == _NOTHING:
            text = "nothing"
        self.found.append(
            Leaf(path, ty["n"], offset, size, text, unset, moved, address, target, holds)
        )

    def _scalar_text(self, ty: Any, offset: int) -> str:
        if ty["k"] != "weak":
            return scalar_text(ty, bytes(self.memory.data[offset : offset + ty["s"]]))
        strong = self._number(offset + ty["d"], 8)
        return str(self._number(offset, 8) - (1 if strong else 0))


def leaves(types: Sequence[Entry], number: int, size: int, memory: Memory) -> list[Leaf]:
    """Return the scalars of an object; bytes, if its type is not known (-1)."""
    if number < 0:
        byte: Entry = {"k": "int", "n": "unsigned char", "s": 1, "g": 0}
        types = [byte, {"k": "array", "n": f"{size} bytes", "s": size, "of": 0, "c": size}]
        number = 1
    walk = _Walk(types, memory)
    if size:
        walk.walk(number, 0, "", "raw")
    return walk.found


_FLOATS = {4: "<f", 8: "<d"}


def scalar_text(ty: Any, raw: bytes) -> str:
    """Return the value of a scalar in words."""
    value = int.from_bytes(raw, "little", signed=bool(ty.get("g")))
    match ty["k"]:
        case "int":
            if len(raw) == 1 and 32 <= value < 127:
                return f"{value} {quoted(chr(value), single=True)}"
            return str(value)
        case "bool":
            return "true" if raw[0] else "false"
        case "char":
            return quoted(chr(value), single=True) if value < 0x110000 else hex(value)
        case "float":
            return f"{struct.unpack(_FLOATS[len(raw)], raw)[0]:g}"
        case "ptr" | "fn":
            return _address_text(int.from_bytes(raw[:8], "little"), ty.get("at", {}))
        case "borrow":
            return _borrow_text(int.from_bytes(raw, "little", signed=True))
        case _:
            return raw.hex(" ")


def _address_text(address: int, functions: dict[str, str]) -> str:
    if address == 0:
        return "null"
    name = functions.get(hex(address))
    return f"{name}()" if name else hex(address)


def _borrow_text(state: int) -> str:
    if state == 0:
        return "none"
    return "exclusive" if state < 0 else f"{state} shared"


_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\\": "\\\\", '"': '\\"'}


def quoted(text: str, *, single: bool = False) -> str:
    """Return a text as a literal."""
    mark = "'" if single else '"'
    return mark + "".join(_ESCAPES.get(c, c) for c in text) + mark
