"""Rust's shared values: Rc and Weak, whose owners are counted, and RefCell, whose borrows are."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from freehold.diagnostics import Frame
from freehold.events import Borrow, BorrowEnd
from freehold.heap.space import round_up
from freehold.memory.callers import assigned_name, callers
from freehold.memory.faults import panic
from freehold.memory.objects import Pointer, emit
from freehold.memory.owners import (
    Owner,
    Plain,
    PointingOwner,
    Then,
    absorb,
    layout_of,
    place,
    type_name,
)
from freehold.memory.rust import claim, dropped, owners
from freehold.records import dataclass, field
from freehold.types.model import U64, Type

if TYPE_CHECKING:
    from freehold.memory.heap import Heap

_WORD = 8


# -------------------------------------------------------------------------------------- Rc, Weak


@dataclass(slots=True)
class _Counted:
    value: Plain | Owner
    ty: Type | None
    at: Pointer
    strong: int = 1
    weak: int = 1  # all strong ones together hold one

    def written(self) -> None:
        """Keep the counts in memory."""
        self.at.write(self.strong, U64)
        (self.at + _WORD).write(self.weak, U64)


class Rc(PointingOwner):
    """A value on the heap with several owners, which are counted."""

    kind = "Rc"

    def __init__(self, heap: "Heap", value: Plain | Owner, ty: Type | None = None) -> None:
        name = assigned_name()
        size, align = layout_of(value, ty)
        start = round_up(2 * _WORD, align)
        at = claim(heap, round_up(start + size, max(align, _WORD)))
        inner = absorb(value, at.target.block if at.target else None)
        body = _Counted(inner, ty, at)
        place(inner, at + start, ty)
        body.written()
        super().__init__(heap, body, name)

    def type(self) -> str:
        """Return `Rc<T>`."""
        return f"Rc<{type_name(self._body.value, self._body.ty)}>"

    @property
    def value(self) -> Plain | Owner:
        """The shared value, which cannot be changed but through a RefCell."""
        self._read()
        found: Plain | Owner = self._body.value
        return found

    def clone(self) -> "Rc":
        """Return another owner of the same value: `Rc::clone(&a)`."""
        self._read()
        self._body.strong += 1
        self._body.written()
        made = Rc.__new__(Rc)
        Owner.__init__(made, self._heap, self._body)
        return made

    def downgrade(self) -> "Weak":
        """Return a pointer that does not keep the value alive."""
        self._read()
        return Weak(self._heap, self._body)

    @property
    def strong_count(self) -> int:
        """How many owners there are."""
        self._read()
        count: int = self._body.strong
        return count

    @property
    def weak_count(self) -> int:
        """How many Weak pointers there are."""
        self._read()
        count: int = self._body.weak - 1
        return count

    def _drop(self) -> list[Owner | Then]:
        body = self._body
        body.strong -= 1
        body.written()
        if body.strong:
            return []
        return [*owners(body.value), Then(lambda: _weaker(self._heap, body))]


def _weaker(heap: "Heap", body: _Counted) -> None:
    body.weak -= 1
    body.written()
    if not body.weak:
        heap.free(body.at)


class Weak(PointingOwner):
    """A pointer to a counted value that does not keep it alive."""

    kind = "Weak"

    def __init__(self, heap: "Heap", body: _Counted) -> None:
        super().__init__(heap, body, assigned_name())
        body.weak += 1
        body.written()

    def type(self) -> str:
        """Return `Weak<T>`."""
        return f"Weak<{type_name(self._body.value, self._body.ty)}>"

    def upgrade(self) -> Rc | None:
        """Return an owner of the value, None if the value was dropped."""
        self._read()
        if not self._body.strong:
            return None
        self._body.strong += 1
        self._body.written()
        made = Rc.__new__(Rc)
        Owner.__init__(made, self._heap, self._body)
        return made

    def _drop(self) -> list[Owner | Then]:
        return [Then(lambda: _weaker(self._heap, self._body))]


# --------------------------------------------------------------------------------------- RefCell


@dataclass(slots=True)
class _Cell:
    value: Plain | Owner
    ty: Type | None
    at: Pointer | None = None
    readers: list[tuple[Frame, ...]] = field(default_factory=list)
    writer: tuple[Frame, ...] | None = None


class RefCell(Owner):
    """A value whose borrows are checked while the program runs: a wrong one panics.

    It lies where it is put: on the stack, in a box, in an Rc. It does not allocate.
    """

    kind = "RefCell"

    def __init__(self, heap: "Heap", value: Plain | Owner, ty: Type | None = None) -> None:
        super().__init__(heap, _Cell(absorb(value), ty), assigned_name())

    def type(self) -> str:
        """Return `RefCell<T>`."""
        return f"RefCell<{type_name(self._body.value, self._body.ty)}>"

    def layout(self) -> tuple[int, int]:
        """Return size and alignment: of the borrow count and the value."""
        size, align = layout_of(self._body.value, self._body.ty)
        most = max(align, _WORD)
        return round_up(round_up(_WORD, align) + size, most), most

    def place(self, at: Pointer) -> None:
        """Write the borrow count and the value to memory."""
        self._body.at = at
        self._written()

    def _written(self) -> None:
        body = self._body
        if body.at is None:
            return
        at = Pointer(body.at.target, body.at.offset)
        at.write(-1 if body.writer is not None else len(body.readers), U64)
        place(body.value, at + _WORD, body.ty)

    @contextmanager
    def get(self) -> "Iterator[Plain | Owner]":
        """`borrow()`: the value, to read; raises Panic if it is borrowed to change."""
        body = self._body
        if body.writer is not None:
            text = "already mutably borrowed: BorrowError"
            raise panic(text, [("mutable borrow occurs here", body.writer)])
        here = callers()
        body.readers.append(here)
        emit(self._heap.log, Borrow(self._name))
        try:
            yield body.value
        finally:
            body.readers.remove(here)
            emit(self._heap.log, BorrowEnd(self._name))

    @contextmanager
    def get_mut(self) -> "Iterator[CellMut]":
        """`borrow_mut()`: the value, to change; raises Panic if it is borrowed at all."""
        body = self._body
        if body.writer is not None or body.readers:
            text = "already borrowed: BorrowMutError"
            since = body.writer if body.writer is not None else body.readers[-1]
            raise panic(text, [("borrow occurs here", since)])
        body.writer = callers()
        emit(self._heap.log, Borrow(self._name, mutable=True))
        try:
            yield CellMut(self)
        finally:
            body.writer = None
            self._written()
            emit(self._heap.log, BorrowEnd(self._name, mutable=True))

    def _drop(self) -> list[Owner | Then]:
        return owners(self._body.value)


class CellMut:
    """What `borrow_mut()` of a RefCell gives: `value` may be assigned."""

    def __init__(self, cell: RefCell) -> None:
        self._cell = cell

    @property
    def value(self) -> Plain | Owner:
        """The value in the cell."""
        found: Plain | Owner = self._cell._body.value
        return found

    @value.setter
    def value(self, value: Plain | Owner) -> None:
        body = self._cell._body
        old, body.value = body.value, absorb(value)
        self._cell._written()
        dropped(old)
