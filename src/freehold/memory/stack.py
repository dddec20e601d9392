"""The stack of a lesson's program: frames with locals, scopes in them, a guard page below."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from freehold.diagnostics import codes
from freehold.events import Enter, Leave
from freehold.memory.callers import callers
from freehold.memory.faults import MemoryFault, finding
from freehold.memory.objects import Kind, Life, Object, Pointer, emit, sized
from freehold.records import dataclass, field
from freehold.types.layout import align_of, size_of
from freehold.types.model import ArrayType, Type

if TYPE_CHECKING:
    from freehold.memory.heap import Heap

_TOP = 0x7FFF_FFFF_0000
_GUARD = 4096


@dataclass(slots=True)
class _Frame:
    name: str
    top: int
    scopes: list[list[Object]] = field(default_factory=lambda: [[]])


class Stack:
    """Grows down from the top; a frame that reaches the guard is a stack overflow (FH0701)."""

    def __init__(self, heap: "Heap", size: int) -> None:
        self._heap = heap
        self.size = size
        self._frames: list[_Frame] = []
        self.pointer = _TOP  # the stack pointer
        self.deepest = 0  # bytes

    @contextmanager
    def frame(self, name: str, size: int = 0) -> "Iterator[Stack]":
        """Call `name`, whose frame has `size` bytes besides its locals."""
        emit(self._heap.log, Enter(name, size))
        frame = _Frame(name, self.pointer)
        self._frames.append(frame)
        try:
            self._push(size + 16, 16)  # the return address, and the caller's frame pointer
            yield self
        finally:
            self._frames.pop()
            self.pointer = frame.top
            for found in (one for scope in frame.scopes for one in scope):
                found.end(Life.RETURNED)
            emit(self._heap.log, Leave())

    @contextmanager
    def scope(self) -> "Iterator[Stack]":
        """Enter a block of the running function: what is declared in it ends with it."""
        frame = self._running()
        emit(self._heap.log, Enter("", 0))
        frame.scopes.append([])
        try:
            yield self
        finally:
            for found in frame.scopes.pop():
                found.end(Life.LEFT)
            emit(self._heap.log, Leave())

    def local(self, name: str, ty: Type, count: int = 0, value: "object" = None) -> Pointer:
        """Declare a local, or an array of `count`; return a pointer to it."""
        frame = self._running()
        whole = ArrayType(ty, count) if count else ty
        self._push(size_of(whole), align_of(ty))
        heap = self._heap
        found = Object(heap, Kind.LOCAL, heap.number(), self.pointer, size_of(whole))
        found.name, found.function, found.made = name, frame.name, callers()
        frame.scopes[-1].append(found)
        made = Pointer(found, 0, ty)
        if isinstance(value, (int, float, Pointer)):
            made.write(value)
        return made

    @property
    def used(self) -> int:
        """The bytes of all frames."""
        return _TOP - self.pointer

    @property
    def depth(self) -> int:
        """How many functions are running."""
        return len(self._frames)

    def objects(self) -> list[Object]:
        """Return the locals of all frames."""
        return [one for frame in self._frames for scope in frame.scopes for one in scope]

    def _running(self) -> _Frame:
        if not self._frames:
            raise RuntimeError("no function is running: `with heap.frame('main') as stack:` is one")
        return self._frames[-1]

    def _push(self, size: int, align: int) -> None:
        self.pointer = (self.pointer - size) // align * align
        self.deepest = max(self.deepest, self.used)
        if self.used > self.size:
            raise self._overflow(size)

    def _overflow(self, size: int) -> MemoryFault:
        names = [frame.name for frame in self._frames]
        what = f": {len(names):,} calls deep"
        if len(names) > 1 and names[-1] == names[-2]:
            what += f", `{names[-1]}` calls itself"
        elif size > _GUARD:
            what = f": a frame needs {sized(size)} for its variables"
        return MemoryFault(finding(codes.STACK_OVERFLOW, {"what": what}))
