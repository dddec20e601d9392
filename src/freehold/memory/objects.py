"""Objects in memory, and pointers into them: every access is checked as the checked run does it.

A pointer remembers which object it was made from, whatever its address: so an access is judged by
that object's bounds and life, also when its bytes belong to another one by now.
"""

from enum import Enum
from typing import TYPE_CHECKING

from freehold.diagnostics import Code, Diagnostic, Frame, codes
from freehold.events import Block, Event, Fault, Log, Point, Read, Write
from freehold.memory.callers import callers
from freehold.memory.faults import MemoryFault, finding
from freehold.memory.values import decode, encode, member
from freehold.records import dataclass
from freehold.types.layout import align_of, size_of
from freehold.types.model import U8, PointerType, Type

if TYPE_CHECKING:
    from freehold.memory.heap import Heap


class Kind(Enum):
    """Where an object lives."""

    HEAP = "heap"
    LOCAL = "local"
    STATIC = "static"


class Life(Enum):
    """How long it lives: until it is freed, its scope ends, its function returns."""

    LIVE = "live"
    FREED = "freed"
    MOVED = "moved"  # by realloc
    RESET = "reset"  # with the pool or arena that it was part of
    LEFT = "left"  # its scope ended
    RETURNED = "returned"


class Object:
    """Bytes with an identity. `ready` has a 1 for each byte that was written."""

    __slots__ = (
        "base", "block", "data", "function", "home", "kind", "life", "made", "name", "pointers",
        "ready", "released", "size",
    )  # fmt: skip

    def __init__(self, home: "Heap", kind: Kind, block: Block, base: int, size: int) -> None:
        self.home = home
        self.kind = kind
        self.block = block
        self.base = base
        self.size = size
        self.data = bytearray(size)
        self.ready = bytearray(size)
        self.pointers: dict[int, Pointer] = {}  # by offset
        self.life = Life.LIVE
        self.made: tuple[Frame, ...] = ()
        self.released: tuple[Frame, ...] = ()
        self.name = ""
        self.function = ""

    def words(self) -> str:
        """Return what it is: "a block of 20 bytes", "`x`, a local of `main`"."""
        if self.kind is Kind.HEAP:
            return f"a block of {sized(self.size)}"
        if self.kind is Kind.STATIC:
            return f"global `{self.name}`"
        return f"`{self.name}`, a local of `{self.function}`"

    def end(self, life: Life) -> None:
        """End its life."""
        self.life = life
        self.released = callers()


def sized(n: int) -> str:
    """Return "1 byte", "1,024 bytes"."""
    return "1 byte" if n == 1 else f"{n:,} bytes"


_OVER = {
    (Kind.HEAP, True): codes.HEAP_WRITE,
    (Kind.HEAP, False): codes.HEAP_READ,
    (Kind.LOCAL, True): codes.STACK_WRITE,
    (Kind.LOCAL, False): codes.STACK_READ,
    (Kind.STATIC, True): codes.GLOBAL_WRITE,
    (Kind.STATIC, False): codes.GLOBAL_READ,
}
_RELEASED = {
    Life.FREED: "freed here",
    Life.MOVED: "moved by realloc here",
    Life.RESET: "released with all of its pool here",
}


@dataclass(frozen=True, slots=True, eq=False)
class Pointer:
    """An address, the object it was made from (None: null, or made up), and the type it points to.

    `p[i]` is element i, `p["next"]` a member, `p + 1` the next element; `read` and `write` take
    another type.
    """

    target: Object | None
    offset: int = 0
    type: Type = U8

    @property
    def address(self) -> int:
        """The address as a number."""
        return self.offset + (self.target.base if self.target is not None else 0)

    def __bool__(self) -> bool:
        return self.address != 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pointer) and self.address == other.address

    def __hash__(self) -> int:
        return hash(self.address)

    def __repr__(self) -> str:
        return f"{self.address:#x}" if self else "NULL"

    def __add__(self, count: int) -> "Pointer":
        return Pointer(self.target, self.offset + count * size_of(self.type), self.type)

    def __sub__(self, count: int) -> "Pointer":
        return self + -count

    def cast(self, ty: Type) -> "Pointer":
        """Return the same pointer, to another type."""
        return Pointer(self.target, self.offset, ty)

    def _at(self, key: "int | str") -> "Pointer":
        if isinstance(key, int):
            return self + key
        offset, ty = member(self.type, key)
        return Pointer(self.target, self.offset + offset, ty)

    def __getitem__(self, key: "int | str") -> "int | float | bool | Pointer":
        return self._at(key).read()

    def __setitem__(self, key: "int | str", value: "int | float | bool | Pointer") -> None:
        self._at(key).write(value)

    def read(self, ty: Type | None = None) -> "int | float | bool | Pointer":
        """Return the value there; raises MemoryFault."""
        ty = ty or self.type
        size = size_of(ty)
        found = self._checked(size, align_of(ty), write=False)
        start = self.offset
        blank = found.ready.find(0, start, start + size)
        if blank >= 0:
            raise self._fault(found, codes.UNINITIALISED_READ, _blank(found, blank), "read here")
        emit(found.home.log, Read(found.block, start, size))
        if isinstance(ty, PointerType):
            kept = found.pointers.get(start)
            if kept is not None:
                return kept.cast(kept.type if kept.target is not None else ty.pointee)
            return Pointer(None, int.from_bytes(found.data[start : start + size], "little"))
        return decode(ty, bytes(found.data[start : start + size]))

    def write(self, value: "int | float | bool | Pointer", ty: Type | None = None) -> None:
        """Store a value there; raises MemoryFault."""
        ty = ty or self.type
        size = size_of(ty)
        if isinstance(value, Pointer) != isinstance(ty, PointerType):
            raise TypeError(f"{value!r} does not have the type that is stored")
        address = isinstance(value, Pointer)
        data = value.address.to_bytes(8, "little") if isinstance(value, Pointer) else b""
        data = data if address else encode(ty, value)
        found = self._checked(size, align_of(ty), write=True)
        self._store(found, data)
        if isinstance(value, Pointer):
            found.pointers[self.offset] = value
            target = value.target.block if value.target is not None else None
            emit(found.home.log, Point(found.block, str(self.offset), target))

    def fill(self, byte: int, count: int) -> None:
        """Set `count` bytes, as memset; raises MemoryFault."""
        if count > 0:
            self._store(self._checked(count, 1, write=True), bytes([byte & 255]) * count)

    def load(self, count: int) -> bytes:
        """Return `count` bytes, all of which were written; raises MemoryFault."""
        if count <= 0:
            return b""
        found = self._checked(count, 1, write=False)
        blank = found.ready.find(0, self.offset, self.offset + count)
        if blank >= 0:
            raise self._fault(found, codes.UNINITIALISED_READ, _blank(found, blank), "read here")
        emit(found.home.log, Read(found.block, self.offset, count))
        return bytes(found.data[self.offset : self.offset + count])

    def store(self, data: bytes) -> None:
        """Write bytes; raises MemoryFault."""
        if data:
            self._store(self._checked(len(data), 1, write=True), data)

    def _store(self, found: Object, data: bytes) -> None:
        start, end = self.offset, self.offset + len(data)
        old = bytes(found.data[start:end])
        found.data[start:end] = data
        found.ready[start:end] = b"\1" * len(data)
        for offset in [at for at in found.pointers if start - 8 < at < end]:
            del found.pointers[offset]
        emit(found.home.log, Write(found.block, start, old, data))

    # ---------------------------------------------------------------------------- the check

    def _checked(self, size: int, align: int, *, write: bool) -> Object:
        found = self.target
        access = "write" if write else "read"
        facts: dict[str, object] = {"access": access, "size": sized(size)}
        here = f"{access} of {sized(size)} here"
        if found is None:
            null = 0 <= self.offset < 1 << 16
            code = codes.NULL_DEREFERENCE if null else codes.WILD_DEREFERENCE
            raise MemoryFault(finding(code, facts, here))
        if found.life is not Life.LIVE:
            raise self._dead(found, facts, here)
        if self.offset < 0 or self.offset + size > found.size:
            code = _OVER[found.kind, write]
            if self.offset < 0:
                code = codes.UNDERFLOW_WRITE if write else codes.UNDERFLOW_READ
            facts["where"] = self.where(size)
            raise self._fault(found, code, facts, here)
        if self.address % align:
            facts["align"] = align
            raise self._fault(found, codes.MISALIGNED, facts, here)
        return found

    def _dead(self, found: Object, facts: dict[str, object], here: str) -> MemoryFault:
        if found.kind is Kind.LOCAL:
            left = found.life is Life.LEFT
            code = codes.USE_AFTER_SCOPE if left else codes.USE_AFTER_RETURN
            facts["object"] = found.name
            return self._fault(found, code, facts, here)
        facts["where"] = self.where(0)
        return self._fault(found, codes.USE_AFTER_FREE, facts, here)

    def where(self, length: int) -> str:
        """Return where `length` bytes here lie: "0 bytes after a block of 20 bytes"."""
        found, offset = self.target, self.offset
        assert found is not None
        words = found.words()
        if found.life is not Life.LIVE:
            words = f"a freed block of {sized(found.size)}"
        elif found.kind is not Kind.HEAP:
            words += f" ({sized(found.size)})"
        if offset < 0:
            return f"{sized(-offset)} before {words}"
        if offset >= found.size:
            return f"{sized(offset - found.size)} after {words}"
        inside = f"{sized(offset)} inside {words}"
        if offset + length > found.size:
            inside += f" and {sized(offset + length - found.size)} past its end"
        return inside

    def _fault(
        self, found: Object, code: Code, facts: dict[str, object], primary: str
    ) -> MemoryFault:
        return fault(found, finding(code, facts, primary, chain(found)))


def chain(found: Object) -> list[tuple[str, tuple[Frame, ...]]]:
    """Return what happened to an object: where it was made and released, and who has its bytes."""
    events: list[tuple[str, tuple[Frame, ...]]] = []
    if found.kind is Kind.HEAP:
        events.append((f"{sized(found.size)} allocated here", found.made))
        if found.life in _RELEASED:
            events.append((_RELEASED[found.life], found.released))
            now = found.home.occupant(found)
            if now is not None:
                text = f"these bytes now belong to {now.words()}, allocated here"
                events.append((text, now.made))
    elif found.kind is Kind.LOCAL:
        events.append((f"`{found.name}` is declared here", found.made))
    return events


def fault(found: Object, diagnostic: Diagnostic) -> MemoryFault:
    """Return the exception for a fault at an object; the log has it too."""
    emit(found.home.log, Fault(diagnostic))
    return MemoryFault(diagnostic)


def emit(log: Log, event: Event) -> None:
    """Append an event with the stack of now."""
    log.add(event, callers())


def _blank(found: Object, at: int) -> dict[str, object]:
    if found.name and found.kind is not Kind.HEAP and found.size <= 16:
        return {"what": f"`{found.name}`"}
    return {"what": f"byte {at:,} of {found.words()}"}


def copied(source: Object, target: Object, size: int) -> None:
    """Copy the first `size` bytes, with what is known of them."""
    target.data[:size] = source.data[:size]
    target.ready[:size] = source.ready[:size]
    target.pointers = {at: p for at, p in source.pointers.items() if at + 8 <= size}


NULL = Pointer(None)
