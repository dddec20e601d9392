"""Rust's owners of memory with one owner: Box, Vec, String, and structs of them.

They live on the same heap as C's blocks, so that `heap.leaks()` and the log cover both.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from freehold.diagnostics import codes
from freehold.heap.space import round_up
from freehold.heap.words import why
from freehold.memory.callers import assigned_name
from freehold.memory.faults import MemoryFault, finding, panic
from freehold.memory.objects import Pointer, sized
from freehold.memory.owners import (
    Owner,
    Plain,
    PointingOwner,
    Then,
    absorb,
    drop,
    layout_of,
    place,
    type_name,
)
from freehold.memory.values import PTR, name_of
from freehold.records import dataclass, field
from freehold.types.layout import size_of
from freehold.types.model import I32, U8, U64, Type

if TYPE_CHECKING:
    from freehold.memory.heap import Heap

_WORD = 8


def claim(heap: "Heap", size: int, ty: Type = U8) -> Pointer:
    """Return a block; raises MemoryFault where Rust would abort, when there is none."""
    made = heap.malloc(size, ty)
    if not made:
        failed = heap.failed
        reason = why(failed, heap.model.options.policy) if failed else "it was made to fail"
        what = f"{sized(size)} asked for, {reason}"
        raise MemoryFault(finding(codes.OUT_OF_MEMORY, {"what": what}))
    return made


def release(heap: "Heap", at: Pointer) -> Then:
    """Return the release of a block, as a part of a drop."""
    return Then(lambda: heap.free(at))


def owners(*values: Plain | Owner) -> list[Owner | Then]:
    """Return those of the values that are owners."""
    return [value for value in values if isinstance(value, Owner)]


# --------------------------------------------------------------------------------------- structs


@dataclass(slots=True)
class _Fields:
    values: dict[str, Plain | Owner]
    types: dict[str, Type]
    on_drop: "Callable[[Struct], None] | None"
    at: Pointer | None = None


class Struct(Owner):
    """A struct with owners in it: `Struct(heap, "Node", value=30, next=box)`.

    `on_drop` is its `Drop`: called before its fields are dropped, in the order of declaration.
    """

    def __init__(
        self,
        heap: "Heap",
        type_: str,
        /,
        *,
        on_drop: "Callable[[Struct], None] | None" = None,
        **fields: Plain | Owner,
    ) -> None:
        self.kind = type_
        values = {name: absorb(value) for name, value in fields.items()}
        super().__init__(heap, _Fields(values, {}, on_drop))

    def type(self) -> str:
        """Return its name."""
        return self.kind

    def _offsets(self) -> tuple[dict[str, int], int, int]:
        end, most, found = 0, 1, {}
        for name, value in self._body.values.items():
            size, align = layout_of(value)
            end = round_up(end, align)
            found[name] = end
            end += size
            most = max(most, align)
        return found, round_up(end, most), most

    def layout(self) -> tuple[int, int]:
        """Return size and alignment."""
        _, size, align = self._offsets()
        return size, align

    def place(self, at: Pointer) -> None:
        """Write its fields to memory."""
        self._body.at = at
        offsets, _, _ = self._offsets()
        for name, value in self._body.values.items():
            place(value, Pointer(at.target, at.offset + offsets[name]))

    def __getitem__(self, name: str) -> Plain | Owner:
        self._read()
        found: Plain | Owner = self._body.values[name]
        return found

    def __setitem__(self, name: str, value: Plain | Owner) -> None:
        self._assign()
        old = self._body.values[name]
        new = absorb(value)
        if layout_of(new) != layout_of(old):
            raise TypeError(f"`{name}` holds {type_name(old)}, not {type_name(new)}")
        self._body.values[name] = new
        if self._body.at is not None:
            offsets, _, _ = self._offsets()
            at = self._body.at
            place(new, Pointer(at.target, at.offset + offsets[name]))
        dropped(old)

    def _drop(self) -> list[Owner | Then]:
        inner = owners(*self._body.values.values())
        if self._body.on_drop is None:
            return inner
        twin = self._twin(self._name)
        return [Then(lambda: self._body.on_drop(twin)), *inner]


def dropped(value: Plain | Owner) -> None:
    """Drop what was replaced, if it is an owner."""
    if isinstance(value, Owner):
        drop(value)


# ------------------------------------------------------------------------------------------- Box


@dataclass(slots=True)
class _Boxed:
    value: Plain | Owner
    ty: Type | None
    at: Pointer


class Box(PointingOwner):
    """A value on the heap, with one owner."""

    kind = "Box"

    def __init__(self, heap: "Heap", value: Plain | Owner, ty: Type | None = None) -> None:
        name = assigned_name()
        size, _ = layout_of(value, ty)
        at = claim(heap, size)
        inner = absorb(value, at.target.block if at.target else None)
        place(inner, at, ty)
        super().__init__(heap, _Boxed(inner, ty, at), name)

    def type(self) -> str:
        """Return `Box<T>`."""
        return f"Box<{type_name(self._body.value, self._body.ty)}>"

    @property
    def value(self) -> Plain | Owner:
        """What is in the box, `*b`."""
        self._read()
        found: Plain | Owner = self._body.value
        if not isinstance(found, Owner):
            self._body.at.load(layout_of(found, self._body.ty)[0])
        return found

    @value.setter
    def value(self, value: Plain | Owner) -> None:
        self._assign()
        old, self._body.value = self._body.value, absorb(value)
        place(self._body.value, self._body.at, self._body.ty)
        dropped(old)

    def into_inner(self) -> Plain | Owner:
        """Move the value out, and release the box."""
        self._moved(self._name)
        value: Plain | Owner = self._body.value
        self._heap.free(self._body.at)
        return _out(value)

    def _drop(self) -> list[Owner | Then]:
        return [*owners(self._body.value), release(self._heap, self._body.at)]


def _out(value: Plain | Owner) -> Plain | Owner:
    """Return a value that was part of another one, as a variable of its own."""
    if not isinstance(value, Owner):
        return value
    value._inside = False
    return value.move(assigned_name() or value._name)


# ------------------------------------------------------------------------------------------- Vec


@dataclass(slots=True)
class _Items:
    ty: Type | None
    values: list[Plain | Owner] = field(default_factory=list)
    capacity: int = 0
    at: Pointer | None = None
    home: Pointer | None = None  # where pointer, capacity and length are kept, if in memory


class Vec(Owner):
    """A growable array. It doubles; its first room is for 4 elements (8 bytes, 1 of over 1K)."""

    kind = "Vec"

    def __init__(self, heap: "Heap", ty: Type | None = None, *, capacity: int = 0) -> None:
        super().__init__(heap, _Items(ty), assigned_name())
        if capacity:
            self._grow(capacity)

    @classmethod
    def of(cls, heap: "Heap", *values: Plain | Owner, ty: Type | None = None) -> "Vec":
        """Return `vec![...]`: a vector with room for just these."""
        made = cls(heap, ty)
        if values:
            made._body.ty = ty
            made._element = layout_of(values[0], ty)
            made._grow(len(values))
        for value in values:
            made.push(value)
        return made

    _element: tuple[int, int] | None = None

    def type(self) -> str:
        """Return `Vec<T>`."""
        body = self._body
        inner = type_name(body.values[0], body.ty) if body.values else name_of(body.ty or I32)
        return f"{self.kind}<{inner}>"

    def layout(self) -> tuple[int, int]:
        """Return size and alignment of pointer, capacity and length."""
        return 3 * _WORD, _WORD

    def place(self, at: Pointer) -> None:
        """Write pointer, capacity and length to memory."""
        self._body.home = at
        self._written()

    def _written(self) -> None:
        body = self._body
        if body.home is None:
            return
        home = Pointer(body.home.target, body.home.offset)
        home.write(body.capacity, U64)
        (home + _WORD).write(body.at if body.at is not None else Pointer(None, 8), PTR)
        (home + 2 * _WORD).write(len(body.values), U64)

    def pointer(self) -> Pointer | None:
        """Return the pointer to the elements, None while there is no room."""
        found: Pointer | None = self._body.at
        return found

    def __len__(self) -> int:
        self._read()
        return len(self._body.values)

    @property
    def capacity(self) -> int:
        """How many elements there is room for."""
        self._read()
        room: int = self._body.capacity
        return room

    def push(self, value: Plain | Owner) -> None:
        """Append a value; may move all of them."""
        self._change()
        if self._element is None:
            self._element = layout_of(value, self._body.ty)
        body = self._body
        if len(body.values) == body.capacity:
            self._grow(max(2 * body.capacity, self._least()))
        inner = absorb(value, self._block())
        place(inner, self._slot(len(body.values)), body.ty)
        body.values.append(inner)
        self._written()

    def extend(self, values: "Iterator[Plain | Owner] | list[Plain | Owner]") -> None:
        """Append each value."""
        for value in values:
            self.push(value)

    def reserve(self, additional: int) -> None:
        """Make room for so many more, at least."""
        self._change()
        body = self._body
        wanted = len(body.values) + additional
        if wanted > body.capacity:
            self._grow(max(wanted, 2 * body.capacity, self._least()))

    def pop(self) -> Plain | Owner:
        """Take the last value out; None if there is none."""
        self._change()
        if not self._body.values:
            return None
        value: Plain | Owner = self._body.values.pop()
        self._written()
        return _out(value)

    def remove(self, index: int) -> Plain | Owner:
        """Take a value out; those behind it move down. Raises Panic."""
        self._change()
        body = self._body
        if not 0 <= index < len(body.values):
            count = len(body.values)
            raise panic(f"removal index (is {index}) should be < len (is {count})")
        value: Plain | Owner = body.values.pop(index)
        for at in range(index, len(body.values)):
            place(body.values[at], self._slot(at), body.ty)
        self._written()
        return _out(value)

    def clear(self) -> None:
        """Drop all values; the room stays."""
        self._change()
        old, self._body.values = self._body.values, []
        self._written()
        for value in old:
            dropped(value)

    def __getitem__(self, index: int) -> Plain | Owner:
        self._read()
        self._within(index)
        found: Plain | Owner = self._body.values[index]
        if not isinstance(found, Owner):
            self._slot(index).load(self._size())
        return found

    def __setitem__(self, index: int, value: Plain | Owner) -> None:
        self._change()
        self._within(index)
        old, self._body.values[index] = self._body.values[index], absorb(value)
        place(self._body.values[index], self._slot(index), self._body.ty)
        dropped(old)

    def __iter__(self) -> "Iterator[Plain | Owner]":
        with self.borrow():
            for index in range(len(self._body.values)):
                yield self[index]

    def clone(self) -> "Vec":
        """Return a copy with memory of its own; only of plain values."""
        self._read()
        return type(self).of(self._heap, *self._body.values, ty=self._body.ty)

    def _within(self, index: int) -> None:
        count = len(self._body.values)
        if not 0 <= index < count:
            raise panic(f"index out of bounds: the len is {count} but the index is {index}")

    def _size(self) -> int:
        if self._element is not None:
            return self._element[0]
        return size_of(self._body.ty or I32)

    def _least(self) -> int:
        size = self._size()
        return 8 if size == 1 else 4 if size <= 1024 else 1

    def _slot(self, index: int) -> Pointer:
        at = self._body.at
        assert at is not None
        return Pointer(at.target, at.offset + index * self._size())

    def _grow(self, capacity: int) -> None:
        body, size = self._body, self._size() * capacity
        if body.at is None:
            body.at = claim(self._heap, size)
        else:
            made = self._heap.realloc(body.at, size)
            if not made:
                claim(self._heap, size)  # says why there is no room
            body.at = made
        for index, value in enumerate(body.values):
            if isinstance(value, Owner):
                value.place(self._slot(index))
        body.capacity = capacity
        self._written()

    def _drop(self) -> list[Owner | Then]:
        inner = owners(*self._body.values)
        return [*inner, release(self._heap, self._body.at)] if self._body.at is not None else inner


class String(Vec):
    """Text on the heap, as UTF-8."""

    kind = "String"

    def __init__(self, heap: "Heap", text: str = "") -> None:
        super().__init__(heap, U8)
        self.push_str(text)

    def type(self) -> str:
        """Return `String`."""
        return self.kind

    def push_str(self, text: str) -> None:
        """Append text."""
        data = text.encode()
        body = self._body
        self._change()
        wanted = len(body.values) + len(data)
        if wanted > body.capacity:
            # An empty one takes just what it needs, as `String::from` does.
            self._grow(max(wanted, 2 * body.capacity, 8 if body.capacity else 0))
        if data:
            self._slot(len(body.values)).store(data)
        body.values.extend(data)
        self._written()

    def __str__(self) -> str:
        self._read()
        return bytes(self._body.values).decode("utf-8", "replace")

    def clone(self) -> "String":
        """Return a copy with memory of its own."""
        return String(self._heap, str(self))
