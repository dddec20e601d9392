"""Values in memory: bytes, which of them are set, and what they mean as a type."""

import struct
from collections.abc import Iterator

from freehold.picture.holds import Part, parts_of
from freehold.picture.names import holds_of, is_own, type_name
from freehold.records import dataclass, field
from freehold.types import (
    Adt,
    AdtKind,
    ArrayType,
    BoolType,
    CharType,
    FloatKind,
    FloatType,
    IntType,
    PointerType,
    Type,
    layout_of,
    size_of,
)

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
    memory: Memory
    rust: bool
    found: list[Leaf] = field(default_factory=list)

    def walk(self, ty: Type, offset: int, path: str, holds: str) -> None:
        """Tell what is at `offset`, as a value of `ty`."""
        if isinstance(ty, ArrayType):
            self._array(ty, offset, path, holds)
        elif isinstance(ty, Adt) and ty.kind is AdtKind.ENUM:
            self._enum(ty, offset, path, holds_of(ty) or holds)
        elif isinstance(ty, Adt) and ty.kind is AdtKind.UNION:
            self._scalar(ty, offset, path, holds)
        elif isinstance(ty, Adt) or list(parts_of(ty)):
            self._parts(ty, offset, path, holds_of(ty) or holds)
        elif size_of(ty):
            self._scalar(ty, offset, path, holds)

    def _parts(self, ty: Type, offset: int, path: str, holds: str) -> None:
        parts = [part for part in parts_of(ty) if size_of(part.type)]
        flat = is_own(ty) or len(parts) == 1
        for part in parts:
            inner = path if flat and _has_parts(part.type) else f"{path}.{part.name}"
            if flat and len(parts) == 1:
                inner = path
            if part.width is not None:
                self._bits(part, offset, inner)
            else:
                self.walk(part.type, offset + part.offset, inner, holds)

    def _array(self, ty: ArrayType, offset: int, path: str, holds: str) -> None:
        text = self._text(ty, offset)
        if text is not None:
            size = size_of(ty)
            self.found.append(Leaf(path, type_name(ty, rust=self.rust), offset, size, text))
            return
        for number, part in enumerate(parts_of(ty)):
            if number == LIMIT:
                left = (ty.length or 0) - LIMIT
                at = offset + part.offset
                self.found.append(Leaf(f"{path}[...]", "", at, 0, f"{left} more"))
                return
            self.walk(part.type, offset + part.offset, f"{path}{part.name}", holds)

    def _text(self, ty: ArrayType, offset: int) -> str | None:
        """Return the text in an array of characters, None if there is none."""
        element = ty.element
        if not isinstance(element, IntType) or element.bits != 8 or not ty.length:
            return None
        raw = bytes(self.memory.data[offset : offset + ty.length])
        state = self.memory.state[offset : offset + ty.length]
        end = raw.find(b"\0")
        end = len(raw) if end < 0 else end
        if end == 0 or any(one != Memory.SET for one in state[:end]):
            return None
        try:
            text = raw[:end].decode()
        except UnicodeDecodeError:
            return None
        return quoted(text) if all(c.isprintable() or c in "\n\t\r" for c in text) else None

    def _enum(self, ty: Adt, offset: int, path: str, holds: str) -> None:
        variant = _variant(ty, self.memory, offset)
        if variant is None:
            self._scalar(ty, offset, path, holds)
            return
        one, layout = ty.variants[variant], layout_of(ty).variants[variant]
        moved = self._moved(offset, size_of(ty))
        self.found.append(
            Leaf(path, type_name(ty, rust=self.rust), offset, 0, one.name, moved=moved)
        )
        for member, slot in zip(one.fields, layout.slots, strict=False):
            name = member.name if not member.name.isdigit() or len(one.fields) > 1 else ""
            inner = f"{path}.{name}" if name else path
            self.walk(member.type, offset + slot.offset, inner, holds)

    def _bits(self, part: Part, offset: int, path: str) -> None:
        assert part.width is not None
        at = offset + part.offset + part.bit // 8
        size = (part.bit % 8 + part.width + 7) // 8
        raw = int.from_bytes(self.memory.data[at : at + size], "little")
        value = raw >> part.bit % 8 & ((1 << part.width) - 1)
        if isinstance(part.type, IntType) and part.type.signed and value >> (part.width - 1):
            value -= 1 << part.width
        unset = self._unset(at, size)
        text = "?" if unset else str(value)
        self.found.append(Leaf(path, type_name(part.type, rust=self.rust), at, size, text, unset))

    def _unset(self, offset: int, size: int) -> bool:
        return Memory.UNSET in self.memory.state[offset : offset + size]

    def _moved(self, offset: int, size: int) -> bool:
        return Memory.MOVED in self.memory.state[offset : offset + size]

    def _scalar(self, ty: Type, offset: int, path: str, holds: str) -> None:
        size = size_of(ty)
        raw = bytes(self.memory.data[offset : offset + size])
        unset, moved = self._unset(offset, size), self._moved(offset, size)
        address, target = 0, None
        if isinstance(ty, PointerType) and not unset:
            address = int.from_bytes(raw[:8], "little")
            target = self.memory.targets.get(offset)
            holds = holds_of(ty, holds)
        text = "?" if unset else scalar_text(ty, raw)
        self.found.append(
            Leaf(
                path,
                type_name(ty, rust=self.rust),
                offset,
                size,
                text,
                unset,
                moved,
                address,
                target,
                holds,
            )
        )


def leaves(ty: Type | None, size: int, memory: Memory, *, rust: bool) -> Iterator[Leaf]:
    """Yield the scalars of an object; bytes, if its type is not known."""
    if ty is None:
        ty = ArrayType(IntType(8, signed=False), size)
    walk = _Walk(memory, rust)
    walk.walk(ty, 0, "", "raw")
    return iter(walk.found)


def _has_parts(ty: Type) -> bool:
    return isinstance(ty, Adt) and ty.kind is AdtKind.STRUCT


def _variant(ty: Adt, memory: Memory, offset: int) -> int | None:
    """Return the number of the variant that is there, None if that is not initialised."""
    layout = layout_of(ty)
    tag = layout.tag
    if tag is None:
        return layout.single if ty.variants else None
    at, size = offset + tag.offset, size_of(tag.type)
    if Memory.UNSET in memory.state[at : at + size]:
        return None
    value = int.from_bytes(memory.data[at : at + size], "little")
    mask = (1 << tag.type.bits) - 1
    if tag.untagged is None:
        for number, variant in enumerate(ty.variants):
            if variant.discriminant & mask == value:
                return number
        return None
    index = (value - tag.start) & mask
    return tag.first + index if index <= tag.last - tag.first else tag.untagged


_FLOATS = {FloatKind.F32: "<f", FloatKind.F64: "<d"}


def scalar_text(ty: Type, raw: bytes) -> str:
    """Return the value of a scalar in words."""
    match ty:
        case IntType(bits, signed):
            value = int.from_bytes(raw, "little", signed=signed)
            if bits == 8 and 32 <= value < 127:
                return f"{value} {quoted(chr(value), single=True)}"
            return str(value)
        case BoolType():
            return "true" if raw[0] else "false"
        case CharType():
            code = int.from_bytes(raw, "little")
            return quoted(chr(code), single=True) if code < 0x110000 else hex(code)
        case FloatType(kind) if kind in _FLOATS:
            return f"{struct.unpack(_FLOATS[kind], raw)[0]:g}"
        case PointerType():
            address = int.from_bytes(raw[:8], "little")
            return "null" if address == 0 else hex(address)
        case _:
            return raw.hex(" ")


_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\\": "\\\\", '"': '\\"'}


def quoted(text: str, *, single: bool = False) -> str:
    """Return a text as a literal."""
    mark = "'" if single else '"'
    return mark + "".join(_ESCAPES.get(c, c) for c in text) + mark
