"""Pool and Arena: many allocations with one life."""

from typing import TYPE_CHECKING

from freehold.heap.model import Failed, HeapOptions
from freehold.heap.model import Heap as Model
from freehold.heap.policies import Bump
from freehold.heap.space import round_up
from freehold.memory.callers import assigned_name, callers
from freehold.memory.objects import Kind, Life, Object, Pointer
from freehold.memory.owners import (
    Owner,
    Then,
)
from freehold.memory.rust import claim, release
from freehold.memory.values import PTR
from freehold.records import dataclass, field
from freehold.types.layout import align_of, size_of
from freehold.types.model import U8, Type

if TYPE_CHECKING:
    from freehold.memory.heap import Heap

_WORD = 8


# ----------------------------------------------------------------------------------- Pool, Arena


@dataclass(slots=True)
class _Regions:
    blocks: list[Pointer] = field(default_factory=list)
    models: list[Model] = field(default_factory=list)
    objects: list[Object] = field(default_factory=list)

    def take(self, heap: "Heap", size: int, ty: Type) -> Pointer | None:
        """Return room in the newest block, None if there is none."""
        number = heap.number()
        made = self.models[-1].allocate(number, size)
        if isinstance(made, Failed):
            return None
        found = Object(heap, Kind.HEAP, number, made.address, size)
        found.made = callers()
        self.objects.append(found)
        return Pointer(found, 0, ty)

    def end(self) -> None:
        """End all that was taken."""
        for found in self.objects:
            found.end(Life.RESET)
        self.objects.clear()


def _region(at: Pointer, size: int, align: int) -> Model:
    return Model(HeapOptions(size, Bump(align), base=at.address))


class Pool(Owner):
    """One block that allocations are cut from; only all of them can be given back."""

    kind = "Pool"

    def __init__(self, heap: "Heap", capacity: int, align: int = 8) -> None:
        name = assigned_name()
        at = claim(heap, capacity)
        regions = _Regions([at], [_region(at, capacity, align)])
        self.capacity = capacity
        self._align = align
        super().__init__(heap, regions, name)

    def type(self) -> str:
        """Return its name."""
        return self.kind

    def layout(self) -> tuple[int, int]:
        """Return size and alignment of what points to the block."""
        return 3 * _WORD, _WORD

    def place(self, at: Pointer) -> None:
        """Write the pointer to the block to memory."""
        at.write(self._body.blocks[0], PTR)

    def pointer(self) -> Pointer:
        """Return the pointer to the block."""
        found: Pointer = self._body.blocks[0]
        return found

    @property
    def used(self) -> int:
        """The bytes that are cut."""
        self._read()
        model: Model = self._body.models[0]
        return model.size - model.space.free

    def allocate(self, size: int, ty: Type = U8) -> Pointer | None:
        """Return a pointer to `size` bytes, None if there is not as much left."""
        self._change()
        found: Pointer | None = self._body.take(self._heap, size, ty)
        return found

    def reset(self) -> None:
        """Give everything back; pointers into it dangle from now on."""
        self._change()
        self._body.end()
        self._body.models[0].reset()

    def _drop(self) -> list[Owner | Then]:
        return [Then(self._body.end), release(self._heap, self._body.blocks[0])]


class Arena(Owner):
    """Allocations of one life, in chunks that double; all end when the arena is dropped."""

    kind = "Arena"

    def __init__(self, heap: "Heap", chunk: int = 1024, align: int = 8) -> None:
        self._chunk = chunk
        self._align = align
        super().__init__(heap, _Regions(), assigned_name())

    def type(self) -> str:
        """Return its name."""
        return self.kind

    def layout(self) -> tuple[int, int]:
        """Return size and alignment of what points to the chunks."""
        return 3 * _WORD, _WORD

    def place(self, at: Pointer) -> None:
        """Write the pointers to the chunks to memory."""
        for block in self._body.blocks[-1:]:
            at.write(block, PTR)

    @property
    def chunks(self) -> int:
        """How many chunks there are."""
        self._read()
        return len(self._body.blocks)

    def allocate(self, ty: Type, count: int = 1) -> Pointer:
        """Return a pointer to `count` values; takes another chunk if need be."""
        self._read()  # `&self`: an arena hands out many at a time
        body, size = self._body, count * size_of(ty)
        found = body.take(self._heap, size, ty) if body.blocks else None
        if found is None:
            room = max(self._chunk << len(body.blocks), round_up(size, self._align))
            at = claim(self._heap, room)
            body.blocks.append(at)
            body.models.append(_region(at, room, max(self._align, align_of(ty))))
            found = body.take(self._heap, size, ty)
        assert isinstance(found, Pointer)
        return found

    def _drop(self) -> list[Owner | Then]:
        return [Then(self._body.end), *(release(self._heap, at) for at in self._body.blocks)]
