"""Owners: values that one variable at a time is responsible for, as in Rust.

Python has no moves, so they are said: `b.move()`, or passing `b` to a function that takes it over.
The old variable is empty then, and using it is E0382. What a scope owns is dropped at its end, the
last first. Borrows are context managers; a use that they exclude is E0499, E0502, E0505 or E0506.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self, TypeVar

from freehold.diagnostics import Code, Frame
from freehold.diagnostics.codes_rust_borrow import (
    ASSIGN_TO_BORROWED,
    DOES_NOT_LIVE,
    MIXED_BORROWS,
    MOVE_OF_BORROWED,
    MOVE_OUT_OF_BORROWED,
    SECOND_MUTABLE_BORROW,
    USE_OF_MOVED,
)
from freehold.events import Block, Borrow, BorrowEnd, Drop, Enter, Leave, Move
from freehold.memory.callers import assigned_name, callers
from freehold.memory.faults import MemoryFault, finding
from freehold.memory.objects import NULL, Pointer, emit
from freehold.memory.values import PTR, name_of
from freehold.types.layout import align_of, size_of
from freehold.types.model import BOOL, F64, I32, Type

if TYPE_CHECKING:
    from freehold.memory.heap import Heap

Plain = int | float | bool | None  # None: an Option without a value


class Scope:
    """Owns what is made while it is the innermost one."""

    def __init__(self, heap: "Heap", name: str) -> None:
        self.heap = heap
        self.name = name
        self.owned: list[Owner] = []
        self.outer = _SCOPES[-1] if _SCOPES else None

    def take(self, value: "AnyOwner") -> "AnyOwner":
        """Take over a value from outside, as a parameter does; return its new variable."""
        return value.move(assigned_name())

    def give(self, value: "AnyOwner") -> "AnyOwner":
        """Give a value to the scope around this one, as `return` does; return its new variable."""
        made = value._moved(assigned_name(), outward=1)
        made._own(self.outer)
        return made


_SCOPES: list[Scope] = []


@contextmanager
def scope(heap: "Heap", name: str = "") -> "Iterator[Scope]":
    """Enter a scope; at its end what it owns is dropped, in reverse order of making."""
    entered = Scope(heap, name)
    _SCOPES.append(entered)
    emit(heap.log, Enter(name, 0))
    try:
        yield entered
    finally:
        try:
            for value in reversed(entered.owned[:]):
                value._leave()
        finally:
            _SCOPES.remove(entered)
            emit(heap.log, Leave())


class Owner(ABC):
    """A variable that owns a value; what the value consists of, `_body`, moves between them."""

    kind = "value"

    def __init__(self, heap: "Heap", body: Any, name: str = "") -> None:
        self._heap = heap
        self._body = body
        self._inside = False  # part of another value, which owns it
        self._name = name or assigned_name() or self.kind
        self._gone: tuple[str, tuple[Frame, ...]] | None = None  # where it went, and from where
        self._shared: list[tuple[Frame, ...]] = []
        self._unique: tuple[Frame, ...] | None = None
        self._scope: Scope | None = None
        self._own(_SCOPES[-1] if _SCOPES else None)

    # -------------------------------------------------------------------- what kinds define

    @abstractmethod
    def type(self) -> str:
        """Return the type in Rust's words."""

    @abstractmethod
    def layout(self) -> tuple[int, int]:
        """Return size and alignment of the value itself, without what it owns on the heap."""

    @abstractmethod
    def place(self, at: Pointer) -> None:
        """Write the value itself to memory, and keep it written there from now on."""

    @abstractmethod
    def _drop(self) -> "list[Owner | Then]":
        """Return what is to be dropped or done, in order, when it is dropped."""

    def pointer(self) -> Pointer | None:
        """Return the pointer to what it owns on the heap, if it owns anything there."""
        return None

    # ------------------------------------------------------------------------------- moves

    def move(self, name: str = "") -> Self:
        """Move it to another variable of the innermost scope; this one is empty from now on."""
        made = self._moved(name or assigned_name())
        made._own(_SCOPES[-1] if _SCOPES else None)
        return made

    def _moved(self, name: str, *, outward: int = 0) -> Self:
        self._used("move out of")
        if self._inside:
            what = f"`{self._name}`, which is part of another value"
            raise MemoryFault(finding(MOVE_OUT_OF_BORROWED, {"what": what}))
        if self._shared or self._unique is not None:
            raise self._borrowed(MOVE_OF_BORROWED, {"name": f"`{self._name}`"})
        made = self._twin(name or self._name)
        self._end("moved")
        block = self._block()
        emit(self._heap.log, Move(block, self._name, made._name, None, outward))
        return made

    def _twin(self, name: str) -> Self:
        """Return another variable for the same value, which no scope owns."""
        made = type(self).__new__(type(self))
        made.__dict__.update(self.__dict__)
        made._name, made._gone, made._scope = name, None, None
        made._shared, made._unique = [], None
        return made

    def _block(self) -> Block | None:
        at = self.pointer()
        return at.target.block if at is not None and at.target is not None else None

    def _own(self, owner: Scope | None) -> None:
        self._scope = owner
        if owner is not None:
            owner.owned.append(self)

    def _end(self, how: str) -> None:
        self._gone = how, callers()
        if self._scope is not None:
            self._scope.owned.remove(self)
            self._scope = None

    def _used(self, action: str = "use") -> None:
        """Check that the variable still has its value."""
        if self._gone is None:
            return
        how, stack = self._gone
        name = f": `{self._name}`"
        facts: dict[str, object] = {"action": action, "partially": "", "name": name}
        if action != "borrow":
            facts["action"] = "use"
        text = f"`{self._name}` is {how} here"
        label = f"value used here after it is {how}"
        raise MemoryFault(finding(USE_OF_MOVED, facts, label, [(text, stack)]))

    # ----------------------------------------------------------------------------- borrows

    @contextmanager
    def borrow(self) -> "Iterator[Self]":
        """Borrow it, `&`: others may too, nobody may change it meanwhile."""
        self._read()
        here = callers()
        self._shared.append(here)
        emit(self._heap.log, Borrow(self._name, mutable=False, block=self._block()))
        try:
            yield self
        finally:
            self._shared.remove(here)
            emit(self._heap.log, BorrowEnd(self._name, mutable=False, block=self._block()))

    @contextmanager
    def borrow_mut(self) -> "Iterator[Self]":
        """Borrow it, `&mut`: nobody else may use it meanwhile but through what this gives."""
        self._change()
        made = self._twin(self._name)
        self._unique = callers()
        emit(self._heap.log, Borrow(self._name, mutable=True, block=self._block()))
        try:
            yield made
        finally:
            made._gone = "borrowed no more", callers()
            self._unique = None
            emit(self._heap.log, BorrowEnd(self._name, mutable=True, block=self._block()))

    def _read(self) -> None:
        """Check that it may be read."""
        self._used("borrow")
        if self._unique is not None:
            raise self._mixed("immutable", "mutable")

    def _change(self) -> None:
        """Check that it may be changed."""
        self._used("borrow")
        if self._unique is not None:
            raise self._borrowed(SECOND_MUTABLE_BORROW, {"name": f"`{self._name}`"})
        if self._shared:
            raise self._mixed("mutable", "immutable")

    def _assign(self) -> None:
        """Check that it may be assigned to."""
        self._used("assign to")
        if self._unique is not None or self._shared:
            raise self._borrowed(ASSIGN_TO_BORROWED, {"name": f"`{self._name}`"})

    def _mixed(self, kind: str, other: str) -> MemoryFault:
        facts: dict[str, object] = {
            "name": f"`{self._name}`", "kind": kind, "noun": "it", "other": other,
        }  # fmt: skip
        return self._borrowed(MIXED_BORROWS, facts)

    def _borrowed(self, code: Code, facts: dict[str, object]) -> MemoryFault:
        stack = self._unique if self._unique is not None else self._shared[-1]
        sort = "mutable" if self._unique is not None else "immutable"
        chain = [(f"{sort} borrow occurs here", stack)]
        return MemoryFault(finding(code, facts, "", chain))

    # ------------------------------------------------------------------------------- drops

    def _leave(self) -> None:
        """Its scope ends: drop it."""
        if self._shared or self._unique is not None:
            raise self._borrowed(DOES_NOT_LIVE, {"name": f"`{self._name}`"})
        drop(self)


class PointingOwner(Owner):
    """An owner that is one pointer to the heap: `_body.at`."""

    def layout(self) -> tuple[int, int]:
        """Return size and alignment of the pointer."""
        return size_of(PTR), align_of(PTR)

    def place(self, at: Pointer) -> None:
        """Write the pointer to memory."""
        at.write(self._body.at, PTR)

    def pointer(self) -> Pointer:
        """Return the pointer to what it owns."""
        found: Pointer = self._body.at
        return found


AnyOwner = TypeVar("AnyOwner", bound=Owner)


class Then:
    """Something to do in the course of a drop."""

    def __init__(self, act: Callable[[], None]) -> None:
        self.act = act


def drop(value: Owner) -> None:
    """Drop a value now: what it owns is released, its variable is empty from now on.

    Without recursion: a long list does not overflow the stack here, as it would in Rust.
    """
    value._used("move out of")
    if value._shared or value._unique is not None:
        raise value._borrowed(MOVE_OF_BORROWED, {"name": f"`{value._name}`"})
    todo: list[Owner | Then] = [value]
    while todo:
        one = todo.pop()
        if isinstance(one, Then):
            one.act()
            continue
        one._end("dropped")
        emit(one._heap.log, Drop(one._name, one.type(), one._block()))
        todo += reversed(one._drop())


def forget(value: Owner) -> None:
    """Take a value over and never drop it: safe, and a leak."""
    value._moved("forgotten")


def absorb(value: Plain | Owner, into: Block | None = None) -> Plain | Owner:
    """Take a value over into another one; what was its variable is empty from now on."""
    if not isinstance(value, Owner):
        return value
    made = value._moved(value._name)
    made._inside = True
    if into is not None:
        emit(value._heap.log, Move(made._block(), value._name, "", into))
    return made


def type_of(value: Plain | Owner, ty: Type | None = None) -> Type | None:
    """Return the scalar type of a plain value: i32, f64 or bool unless it is said; else None."""
    if isinstance(value, Owner):
        return None
    if ty is not None:
        return ty
    if value is None:
        return PTR
    if isinstance(value, bool):
        return BOOL
    return I32 if isinstance(value, int) else F64


def layout_of(value: Plain | Owner, ty: Type | None = None) -> tuple[int, int]:
    """Return size and alignment of a value."""
    if isinstance(value, Owner):
        return value.layout()
    plain = type_of(value, ty)
    assert plain is not None
    return size_of(plain), align_of(plain)


def type_name(value: Plain | Owner, ty: Type | None = None) -> str:
    """Return a value's type in Rust's words."""
    if isinstance(value, Owner):
        return value.type()
    plain = type_of(value, ty)
    assert plain is not None
    return name_of(plain)


def place(value: Plain | Owner, at: Pointer, ty: Type | None = None) -> None:
    """Write a value to memory."""
    if isinstance(value, Owner):
        value.place(at)
    else:
        at.write(NULL if value is None else value, type_of(value, ty))
