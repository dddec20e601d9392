"""The same programs as in `twins`, against `freehold.memory`."""

from collections.abc import Callable

from freehold.memory import (
    I32,
    NULL,
    PTR,
    U8,
    Box,
    FirstFit,
    Heap,
    MemoryFault,
    Pointer,
    Pool,
    Rc,
    RefCell,
    String,
    Struct,
    Vec,
    drop,
    forget,
    record,
    scope,
)
from freehold.memory.owners import Owner, Plain
from freehold.types.model import U64, ArrayType


class Told:
    """What a program printed, and the faults that it went on after."""

    def __init__(self) -> None:
        self.heap = Heap()
        self.lines: list[str] = []
        self.codes: list[str] = []

    def say(self, *words: object) -> None:
        self.lines.append(
            " ".join(
                str(word).lower() if word in {True, False} and isinstance(word, bool) else str(word)
                for word in words
            )
        )

    def attempt(self, act: Callable[[], object]) -> None:
        try:
            act()
        except MemoryFault as fault:
            self.codes.append(fault.code)


def one_number(told: Told) -> None:
    heap = told.heap
    answer = heap.new(I32)
    answer.write(42)
    told.say(answer.read())
    heap.free(answer)
    answer = NULL
    heap.free(answer)


def growing_array(told: Told) -> None:
    heap = told.heap
    squares = heap.calloc(3, 4, I32)
    told.say(squares[0], squares[2])
    for i in range(3):
        squares[i] = i * i
    more = heap.realloc(squares, 6 * 4)
    assert more
    squares = more
    told.say(squares[2])
    told.attempt(lambda: squares[4])
    told.say(0)  # what a fault reads is made up
    heap.free(squares)


def forgotten(told: Told) -> None:
    for turn in range(1000):
        told.heap.malloc(1024, I32)[0] = turn


def freed_twice(told: Told) -> None:
    heap = told.heap
    seat = heap.new(I32)
    seat.write(7)
    heap.free(seat)
    told.attempt(lambda: heap.free(seat))
    told.attempt(seat.read)


LINK = record("link", value=I32, next=PTR)


def zeroed(told: Told) -> None:
    heap = told.heap
    row = heap.calloc(5, 4, I32)
    told.say(row[0], row[4])
    for i in range(5):
        row[i] = (i + 1) * 3
    more = heap.realloc(row, 10 * 4)
    assert more
    row = more
    for i in range(5, 10):
        row[i] = at(row, i - 5) + at(row, 4)
    told.say(row[4], row[9])
    heap.free(row)


def at(row: Pointer, index: int) -> int:
    value = row[index]
    assert isinstance(value, int)
    return value


def given_up(told: Told) -> None:
    with scope(told.heap, "main"):
        for turn in range(1000):
            block = Vec(told.heap, U8, capacity=1024)
            block.push(turn % 256)
            forget(block)


def nodes(told: Told) -> None:
    heap = told.heap
    with scope(heap, "main"):
        head: Owner | None = None
        for value in (10, 20, 30):
            head = Struct(heap, "Link", value=value, next=None if head is None else Box(heap, head))
        link: object = head
        while isinstance(link, Struct):
            told.say(link["value"])
            rest = link["next"]
            link = rest.value if isinstance(rest, Box) else None


def pool(told: Told) -> None:
    with scope(told.heap, "main"):
        pool = Pool(told.heap, 256)
        for size in (100, 100, 60):
            served = pool.allocate(size) is not None
            told.say(served, pool.used)
        pool.reset()
        served = pool.allocate(200) is not None
        told.say(served, pool.used)


def fragments(told: Told) -> None:
    heap = told.heap = Heap(10, FirstFit())
    blocks: dict[str, Pointer] = {}

    def take(name: str, size: int) -> bool:
        blocks[name] = heap.malloc(size)
        return bool(blocks[name])

    told.say(take("A", 5), take("B", 1))
    heap.free(blocks["A"])
    told.say(take("C", 2), take("D", 5))
    assert heap.failed is not None
    told.say(heap.failed.free)
    told.say(drawn(heap, blocks))
    for name in ("B", "C"):
        heap.free(blocks[name])


def drawn(heap: Heap, blocks: dict[str, Pointer]) -> str:
    picture = ["."] * 10
    for name in ("B", "C"):
        found = blocks[name].target
        assert found is not None
        start = found.base - heap.model.options.base
        picture[start : start + found.size] = name * found.size
    return "".join(picture)


def chain(told: Told) -> None:
    heap = told.heap

    def push(head: Pointer, value: int) -> Pointer:
        made = heap.new(LINK)
        made["value"] = value
        made["next"] = head
        return made

    head = NULL
    for value in (1, 2, 3):
        head = push(head, value)
    at: object = head
    while isinstance(at, Pointer) and at:
        told.say(at["value"])
        at = at["next"]
    heap.free(head)
    told.attempt(lambda: head["value"])
    told.say(3)


def local_returned(told: Told) -> None:
    heap = told.heap
    with heap.frame("main"):
        with heap.frame("stale") as stack:
            stale = stack.local("local", I32, value=3)
        told.attempt(stale.read)
        told.say(1)


def past_the_end(told: Told) -> None:
    heap = told.heap
    with heap.frame("main") as stack:
        row = heap.new(I32, 5)
        column = stack.local("column", I32, 2)
        told.attempt(lambda: row.__setitem__(5, 99))
        told.attempt(lambda: row.__setitem__(-1, 98))
        told.attempt(lambda: column.__setitem__(2, 97))
        told.attempt(lambda: heap.free(row + 1))
        told.attempt(lambda: heap.free(column))
        heap.free(row)


def boxed(told: Told) -> None:
    with scope(told.heap, "main"):
        answer = Box(told.heap, 42)
        told.say(answer.value)
        other = answer.move()
        assert isinstance(other.value, int)
        told.say(other.value + 1)


def moved(told: Told) -> None:
    def show(years: Vec) -> int:
        with scope(told.heap, "show") as inner:
            mine = inner.take(years)
            return len(mine)

    with scope(told.heap, "main"):
        years = Vec.of(told.heap, 2001, 2002)
        show(years)
        told.attempt(lambda: show(years))


def growth(told: Told) -> None:
    heap = told.heap
    with scope(heap, "main"):
        row = Vec(heap, I32)
        told.say(len(row), row.capacity)
        for i in range(10):
            row.push(i * i)
            told.say(len(row), row.capacity)
        octets = Vec(heap, U8)
        octets.push(1)
        told.say(octets.capacity)
        wide = Vec(heap, ArrayType(U64, 200))
        wide.reserve(1)
        told.say(wide.capacity)
        word = String(heap, "abc")
        word.push_str("de")
        told.say(word, word.capacity)
        fixed = Vec.of(heap, 1, 2, 3)
        told.say(fixed.capacity)


def order(told: Told) -> None:
    heap = told.heap

    def lamp(name: str) -> Struct:
        return Struct(heap, "Lamp", on_drop=lambda _: told.say(name, "off"))

    with scope(heap, "main"):
        lamp("hall")
        with scope(heap):
            lamp("desk")
            lamp("door")
            told.say("inner ends")
        early = lamp("early")
        drop(early)
        told.say("outer ends")


def counts(told: Told) -> None:
    heap = told.heap
    with scope(heap, "main"):
        shared = Rc(heap, 5)
        told.say(shared.strong_count)
        second = shared.clone()
        told.say(shared.strong_count)
        watcher = shared.downgrade()
        with scope(heap):
            second.clone()
            told.say(shared.strong_count, shared.weak_count)
        told.say(second.strong_count)
        drop(shared)
        with scope(heap):
            told.say(watcher.upgrade() is not None)
        drop(second)
        told.say(watcher.upgrade() is None)


def cycle(told: Told) -> None:
    heap = told.heap

    def node(to: Plain | Rc) -> Rc:
        return Rc(heap, Struct(heap, "Node", next=RefCell(heap, to)))

    with scope(heap, "main"):
        first = node(None)
        second = node(first.clone())
        inner = first.value
        assert isinstance(inner, Struct)
        link = inner["next"]
        assert isinstance(link, RefCell)
        with link.get_mut() as cell:
            cell.value = second.clone()
        told.say(first.strong_count, second.strong_count)


def cell(told: Told) -> None:
    heap = told.heap
    with scope(heap, "main"):
        cell = RefCell(heap, 1)
        with cell.get_mut() as writer:
            writer.value = 2
        with cell.get() as value:
            told.say(value)
        with cell.get() as reader:
            told.say(reader)
            told.attempt(lambda: cell.get_mut().__enter__())


def two_borrows(told: Told) -> None:
    heap = told.heap
    with scope(heap, "main"):
        row = Vec.of(heap, 1, 2, 3)
        with row.borrow():
            told.attempt(lambda: row.push(4))
        with row.borrow_mut():
            told.attempt(lambda: row.borrow_mut().__enter__())


def out_of_range(told: Told) -> None:
    with scope(told.heap, "main"):
        row = Vec.of(told.heap, 1, 2, 3)
        told.attempt(lambda: row[len(row) + 4])


def tracked(told: Told) -> None:
    heap, total = told.heap, [0]

    def new() -> Struct:
        def gone(_: Struct) -> None:
            total[0] -= 12

        total[0] += 12
        held = Box(heap, Struct(heap, "Held", a=1, b=2, c=3))
        return Struct(heap, "Tracked", on_drop=gone, held=held)

    with scope(heap, "main"):
        one = new()
        with scope(heap):
            new()
            told.say(total[0])
        told.say(total[0])
        drop(one)
        told.say(total[0])
