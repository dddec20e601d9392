"""A heap to program: C's four functions on an allocator model, with every access checked."""

from collections.abc import Iterator
from contextlib import contextmanager

from freehold.diagnostics import Diagnostic, codes
from freehold.diagnostics.report import HeapUse
from freehold.events import Alloc, Block, Free, Log, Point, Resize
from freehold.heap.model import Failed, Growth, HeapOptions
from freehold.heap.model import Heap as Model
from freehold.heap.policies import FirstFit, Policy
from freehold.memory.callers import assigned_name, callers
from freehold.memory.faults import MemoryFault, finding
from freehold.memory.leaks import losses, lost, summary
from freehold.memory.objects import (
    NULL,
    Kind,
    Life,
    Object,
    Pointer,
    chain,
    copied,
    emit,
    fault,
    sized,
)
from freehold.memory.stack import Stack
from freehold.records import dataclass, field
from freehold.types.layout import size_of
from freehold.types.model import U8, Type

_BASE = 0x5000
_STATICS = 0x1000


@dataclass(slots=True)
class Totals:
    """What valgrind's HEAP SUMMARY counts."""

    allocations: int = 0
    releases: int = 0
    bytes: int = 0
    fail_at: int = 0  # the number of the allocation that is made to fail
    blocks: int = 0
    statics: int = _STATICS
    by_block: dict[Block, Object] = field(default_factory=dict)


class Heap:
    """Memory of `size` bytes under a policy; without a size it grows as it is asked.

    Its `log` has all that happens, for `freehold.heap.replay` and the pictures; its `stack` the
    frames of functions, whose locals are roots for `leaks`, as are `statics`.
    """

    def __init__(
        self,
        size: int | None = None,
        policy: Policy | None = None,
        *,
        growth: Growth | None = None,
        name: str = "",
        stack: int = 8 << 20,
        base: int = _BASE,
    ) -> None:
        if growth is None:
            growth = Growth.CONTIGUOUS if size is None else Growth.FIXED
        policy = policy or FirstFit(align=16)
        self.model = Model(HeapOptions(size or 0, policy, growth, base=base))
        self.name = name
        self.log = Log()
        self.statics: dict[str, Pointer] = {}
        self.totals = Totals()
        self.stack = Stack(self, stack)
        self.failed: Failed | None = None  # why the last request failed

    def _repr_html_(self) -> str:
        from freehold.heap.draw_svg import shown  # noqa: PLC0415  (only for a notebook)
        from freehold.heap.replay import replay_log  # noqa: PLC0415

        return shown(replay_log(self.log, self.model.options, {}))

    # ------------------------------------------------------------------------- C's functions

    def malloc(self, size: int, ty: Type = U8) -> Pointer:
        """Return a block of `size` bytes that nothing was written to, or NULL."""
        self._sane("malloc", size)
        found = self._allocate(size)
        return NULL if found is None else Pointer(found, 0, ty)

    def calloc(self, count: int, size: int, ty: Type = U8) -> Pointer:
        """Return a block for `count` elements of `size` bytes, all zero, or NULL."""
        self._sane("calloc", count)
        self._sane("calloc", size)
        found = self._allocate(count * size)
        if found is None:
            return NULL
        found.ready[:] = b"\1" * found.size
        return Pointer(found, 0, ty)

    def new(self, ty: Type, count: int = 1) -> Pointer:
        """Return a block for `count` values of a type: `malloc(count * sizeof(T))`."""
        return self.malloc(count * size_of(ty), ty)

    def realloc(self, pointer: Pointer, size: int) -> Pointer:
        """Return the block with another size: grown or shrunk where it is, or moved, or NULL.

        On NULL the old block is as it was. Size 0 frees, as glibc has it.
        """
        if not pointer:
            return self.malloc(size, pointer.type)
        self._sane("realloc", size)
        if size == 0:
            self.free(pointer)
            return NULL
        old = self._releasable(pointer, "realloc")
        self._count(size)
        emit(self.log, Resize(old.block, size))
        made = None if self._made_to_fail() else self.model.resize(old.block, size)
        if made is None or isinstance(made, Failed):
            self.failed = made
            return NULL
        self.totals.releases += 1
        found = Object(self, Kind.HEAP, old.block, made.address, size)
        copied(old, found, min(old.size, size))
        found.made = callers()
        old.end(Life.MOVED)
        self.totals.by_block[old.block] = found
        return Pointer(found, 0, pointer.type)

    def free(self, pointer: Pointer) -> None:
        """Release a block; NULL is nothing. Raises MemoryFault."""
        if not pointer:
            return
        found = self._releasable(pointer, "free")
        self.release(found, Life.FREED)

    # ------------------------------------------------------------------------------- statics

    def static(self, name: str, ty: Type, value: "int | float | Pointer | None" = None) -> Pointer:
        """Return a variable that lives as long as the program: zero, or `value`. It is a root."""
        align = max(size_of(ty), 1)
        base = -(-self.totals.statics // align) * align
        self.totals.statics = base + size_of(ty)
        found = Object(self, Kind.STATIC, self.number(), base, size_of(ty))
        found.name = name
        found.ready[:] = b"\1" * found.size
        self.statics[name] = Pointer(found, 0, ty)
        if value is not None:
            self.statics[name].write(value)
        return self.statics[name]

    @contextmanager
    def frame(self, name: str, size: int = 0) -> "Iterator[Stack]":
        """Call a function: its locals live until the `with` ends."""
        with self.stack.frame(name, size) as frame:
            yield frame

    # --------------------------------------------------------------------------------- leaks

    def leaks(self) -> HeapUse:
        """Return what is not freed, in valgrind's figures.

        Roots are `statics` and the locals of the frames that are running. Python's own variables
        are none: they are the program's text, not its memory.
        """
        return losses(self)

    def lost(self) -> list[Diagnostic]:
        """Return a finding for each block that is lost, the largest first."""
        return lost(self)

    def summary(self) -> str:
        """Return `leaks` in valgrind's words."""
        return "\n".join(summary(self.leaks()))

    # -------------------------------------------------------------- for the rest of the package

    def number(self) -> Block:
        """Return a block's number that nothing has yet."""
        self.totals.blocks += 1
        return Block(self.totals.blocks - 1)

    def live(self) -> list[Object]:
        """Return the blocks that are not freed."""
        return [self.totals.by_block[block] for block in self.model.live]

    def occupant(self, dead: Object) -> Object | None:
        """Return the live block that has a byte of a dead one's, if there is one."""
        for found in self.live():
            if found.base < dead.base + dead.size and dead.base < found.base + found.size:
                return found
        return None

    def release(self, found: Object, life: Life) -> None:
        """End a live block."""
        emit(self.log, Free(found.block))
        self.totals.releases += 1
        self.model.release(found.block)
        found.end(life)

    def hold(self, name: str, pointer: Pointer) -> None:
        """Say that a variable of the running function points somewhere."""
        target = pointer.target.block if pointer.target is not None else None
        emit(self.log, Point(None, name, target))

    def _allocate(self, size: int) -> Object | None:
        self._count(size)
        block = self.number()
        emit(self.log, Alloc(block, size, assigned_name(), self.name))
        made = None if self._made_to_fail() else self.model.allocate(block, size)
        if made is None or isinstance(made, Failed):
            self.failed = made
            return None
        found = Object(self, Kind.HEAP, block, made.address, size)
        found.made = callers()
        self.totals.by_block[block] = found
        return found

    def _count(self, size: int) -> None:
        self.totals.allocations += 1
        self.totals.bytes += size

    def _made_to_fail(self) -> bool:
        return self.totals.allocations == self.totals.fail_at

    def fail_allocation(self, number: int) -> None:
        """Make the allocation of that number fail, counted from the next one, which is 1."""
        self.totals.fail_at = self.totals.allocations + number

    def _sane(self, function: str, size: int) -> None:
        if size >= 0:
            return
        facts: dict[str, object] = {"function": function, "what": f"negative size {size:,}"}
        raise MemoryFault(finding(codes.BAD_SIZE, facts))

    def _releasable(self, pointer: Pointer, function: str) -> Object:
        """Return the live block that the pointer is the start of; raises MemoryFault."""
        found = pointer.target
        if found is None:
            what = "pointer to no known object"
            raise MemoryFault(finding(codes.INVALID_FREE, {"what": what}, "released here"))
        facts: dict[str, object]
        code = codes.INVALID_FREE
        if found.kind is not Kind.HEAP:
            code, facts = codes.FREE_NON_HEAP, {"what": found.words()}
        elif found.home is not self:
            facts = {
                "by": f"heap `{found.home.name}`",
                "with_": f"{function} of heap `{self.name}`",
            }
            code = codes.MISMATCHED_FREE
        elif found.life is not Life.LIVE:
            code, facts = codes.DOUBLE_FREE, {"block": f"a block of {sized(found.size)}"}
        elif pointer.offset or found.block not in self.model.live:
            facts = {"what": f"pointer {pointer.where(0)}"}
        else:
            return found
        raise fault(found, finding(code, facts, "released here", chain(found)))
