"""Memory of constants while they are evaluated: allocations of bytes, with the pointers in them."""

import struct

from freehold.mir.values import Symbol
from freehold.records import dataclass, field
from freehold.types import (
    Adt,
    BoolType,
    CharType,
    FloatKind,
    FloatType,
    IntType,
    PointerType,
    Type,
    is_wide,
    size_of,
)


class EvaluationError(Exception):
    """A constant cannot be evaluated: it panicked, or did what has no meaning."""

    def __init__(self, what: str, *, unsupported: bool = False) -> None:
        """Say what is wrong; `unsupported`: it is we who cannot."""
        super().__init__(what)
        self.what = what
        self.unsupported = unsupported


@dataclass(slots=True, eq=False)
class Allocation:
    """An object: its bytes, which of them are initialised, and the pointers among them.

    `symbol` is its global, or the function that it stands for.
    """

    data: bytearray
    init: bytearray
    pointers: "dict[int, Pointer]" = field(default_factory=dict)
    align: int = 1
    type: Type | None = None
    symbol: Symbol | None = None
    function: bool = False
    mutable: bool = True

    @property
    def size(self) -> int:
        """Its size in bytes."""
        return len(self.data)


@dataclass(frozen=True, slots=True)
class Pointer:
    """An address: an offset in an allocation, or a plain number."""

    allocation: Allocation | None
    offset: int


@dataclass(frozen=True, slots=True)
class Wide:
    """A wide pointer: its metadata is a length, or a pointer to a vtable."""

    pointer: Pointer
    meta: "int | Pointer"


@dataclass(frozen=True, slots=True)
class Unset:
    """What uninitialised memory holds."""


UNSET = Unset()
NULL = Pointer(None, 0)
Value = int | float | Pointer | Wide | Unset


def allocate(size: int, align: int = 1, ty: Type | None = None) -> Allocation:
    """Return new uninitialised memory."""
    return Allocation(bytearray(size), bytearray(size), align=align, type=ty)


def check(at: Allocation | None, offset: int, size: int) -> Allocation:
    """Return the allocation, if `size` bytes at `offset` lie in it."""
    if at is None or at.function:
        raise EvaluationError("memory access through a pointer to no object")
    if offset < 0 or offset + size > at.size:
        raise EvaluationError("memory access past the end of an object")
    return at


def load(at: Pointer, ty: Type) -> Value:
    """Read a scalar."""
    size = size_of(ty)
    memory = check(at.allocation, at.offset, size)
    offset = at.offset
    if is_wide(ty):
        meta: int | Pointer = load_word(memory, offset + 8)
        pointer = load_word(memory, offset)
        return Wide(_pointer(pointer), meta)
    if memory.init.count(0, offset, offset + size):
        return UNSET
    if isinstance(ty, PointerType):
        return _pointer(load_word(memory, offset))
    if size == 8 and offset in memory.pointers:  # a pointer as a number
        raise EvaluationError("a pointer is used as a number", unsupported=True)
    return decode(bytes(memory.data[offset : offset + size]), ty)


def load_word(memory: Allocation, offset: int) -> int | Pointer:
    """Read eight bytes: a pointer or a number."""
    known = memory.pointers.get(offset)
    if known is not None:
        return known
    if memory.init.count(0, offset, offset + 8):
        raise EvaluationError("use of uninitialised memory")
    return int.from_bytes(memory.data[offset : offset + 8], "little")


def _pointer(word: int | Pointer) -> Pointer:
    return word if isinstance(word, Pointer) else Pointer(None, word)


def store(at: Pointer, ty: Type, value: Value) -> None:
    """Write a scalar."""
    size = size_of(ty)
    memory = check(at.allocation, at.offset, size)
    if isinstance(value, Unset):
        clear(memory, at.offset, size)
    elif isinstance(value, Wide):
        store_word(memory, at.offset, value.pointer)
        store_word(memory, at.offset + 8, value.meta)
    elif isinstance(value, Pointer):
        store_word(memory, at.offset, value)
    else:
        store_bytes(memory, at.offset, encode(value, ty))


def store_word(memory: Allocation, offset: int, word: int | Pointer) -> None:
    """Write eight bytes: a pointer or a number."""
    number = word.offset if isinstance(word, Pointer) else word
    store_bytes(memory, offset, (number & ((1 << 64) - 1)).to_bytes(8, "little"))
    if isinstance(word, Pointer) and word.allocation is not None:
        memory.pointers[offset] = word


def store_bytes(memory: Allocation, offset: int, data: bytes) -> None:
    """Write initialised bytes."""
    _forget(memory, offset, len(data))
    memory.data[offset : offset + len(data)] = data
    memory.init[offset : offset + len(data)] = b"\1" * len(data)


def clear(memory: Allocation, offset: int, size: int) -> None:
    """Make bytes uninitialised."""
    _forget(memory, offset, size)
    memory.init[offset : offset + size] = bytes(size)


def _forget(memory: Allocation, offset: int, size: int) -> None:
    for at in [at for at in memory.pointers if offset - 8 < at < offset + size]:
        del memory.pointers[at]


def copy(to: Pointer, source: Pointer, size: int) -> None:
    """Copy bytes with what they hold."""
    if size == 0:
        return
    here = check(source.allocation, source.offset, size)
    there = check(to.allocation, to.offset, size)
    start = source.offset
    data = bytes(here.data[start : start + size])
    init = bytes(here.init[start : start + size])
    moved = {
        at - start + to.offset: held
        for at, held in here.pointers.items()
        if start <= at and at + 8 <= start + size
    }
    _forget(there, to.offset, size)
    there.data[to.offset : to.offset + size] = data
    there.init[to.offset : to.offset + size] = init
    there.pointers.update(moved)


# ---------------------------------------------------------------------------------------- scalars


def decode(data: bytes, ty: Type) -> int | float:
    """Return the scalar of `ty` that has these bytes."""
    match ty:
        case IntType(_, signed):
            return int.from_bytes(data, "little", signed=signed)
        case FloatType(FloatKind.F32):
            return float(struct.unpack("<f", data)[0])
        case FloatType():
            return float(struct.unpack("<d", data)[0])
        case _:
            return int.from_bytes(data, "little")


def encode(value: int | float, ty: Type) -> bytes:
    """Return the bytes of a scalar of `ty`."""
    match ty:
        case FloatType(FloatKind.F32):
            return struct.pack("<f", value)
        case FloatType():
            return struct.pack("<d", value)
        case _:
            size = size_of(ty)
            return (int(value) & ((1 << 8 * size) - 1)).to_bytes(size, "little")


def wrap(value: int, ty: Type) -> int:
    """Return `value` as an integer of type `ty` has it."""
    if isinstance(ty, BoolType):
        return value & 1
    bits = 32 if isinstance(ty, CharType) else 64
    signed = False
    if isinstance(ty, IntType):
        bits, signed = ty.bits, ty.signed
    value &= (1 << bits) - 1
    return value - (1 << bits) if signed and value >> (bits - 1) else value


def is_frozen(ty: Type) -> bool:
    """Whether no part of a `ty` may change behind a shared reference."""
    if not isinstance(ty, Adt):
        parts: tuple[Type, ...] = getattr(ty, "elements", ())
        element = getattr(ty, "element", None)
        return all(map(is_frozen, parts)) and (element is None or is_frozen(element))
    if ty.opaque:
        return False
    return all(is_frozen(one.type) for variant in ty.variants for one in variant.fields)
