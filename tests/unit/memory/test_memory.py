"""What the table of twins does not show: chains of events, leaks, owners in owners, edges."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from freehold.events import Alloc, Drop, Fault, Free, Move
from freehold.heap import replay
from freehold.heap.strategies import strategies
from freehold.memory import (
    F64,
    I32,
    NULL,
    PTR,
    U8,
    U64,
    Arena,
    Box,
    FirstFit,
    Heap,
    MemoryFault,
    Panic,
    Pointer,
    Pool,
    Rc,
    Slab,
    String,
    Struct,
    Vec,
    drop,
    forget,
    record,
    scope,
)


def fault(code: str) -> "pytest.RaisesExc[MemoryFault]":
    return pytest.raises(MemoryFault, match=code)


def test_a_fault_tells_what_led_to_it() -> None:
    heap = Heap()
    p = heap.new(I32, 5)
    heap.free(p)
    other = heap.malloc(8)
    with fault("FH0201") as caught:
        p[1] = 1
    found = caught.value.found
    assert found.message == (
        "use after free: write of 4 bytes, 4 bytes inside a freed block of 20 bytes"
    )
    texts = [event.text for event in found.events]
    assert texts[:2] == ["20 bytes allocated here", "freed here"]
    assert texts[2].startswith("these bytes now belong to a block of 8 bytes")
    shown = caught.value.render()
    assert "p = heap.new(I32, 5)" in shown
    assert "in test_a_fault_tells_what_led_to_it" in shown
    assert "site-packages" not in shown
    heap.free(other)
    assert type(heap.log.events[-2]) is Fault


def test_null_and_made_up_pointers() -> None:
    heap = Heap()
    with fault("FH0501"):
        NULL.cast(I32).write(1)
    with fault("FH0501"):
        (NULL.cast(I32) + 5).read()
    p = heap.new(U64)
    p.write(0xDEAD_BEEF_0000)
    made_up = p.read(PTR)
    assert isinstance(made_up, Pointer)
    with fault("FH0502"):
        made_up.read()
    with fault("FH0301"):
        heap.free(made_up)


def test_a_pointer_that_is_partly_overwritten_is_one_no_more() -> None:
    heap = Heap()
    cell, target = heap.new(PTR), heap.new(I32)
    cell.write(target)
    assert cell.read() == target
    cell.cast(U8)[3] = 1
    made_up = cell.read()
    assert isinstance(made_up, Pointer)
    with fault("FH0502"):
        made_up.write(1, I32)


def test_bytes_are_little_endian_and_wrap() -> None:
    heap = Heap()
    p = heap.new(I32)
    p.write(-2)
    assert p.load(4) == b"\xfe\xff\xff\xff"
    assert p.read(U8) == 254
    p.write(1 << 40)
    assert p.read() == 0
    q = heap.new(F64)
    q.write(1e400)
    assert q.read() == float("inf")
    with pytest.raises(TypeError):
        p.write(1.5)
    with pytest.raises(TypeError):
        p.write(NULL)


def test_misaligned_when_the_allocator_does_not_align() -> None:
    heap = Heap(64, FirstFit())
    heap.malloc(1)
    p = heap.new(I32)
    with fault("FH0503"):
        p.write(1)


def test_releases_of_what_is_no_block() -> None:
    one, two = Heap(name="one"), Heap(name="two")
    p = one.malloc(8)
    with fault("FH0303"):
        two.free(p)
    with fault("FH0301"):
        one.free(p + 1)
    with fault("FH0302"):
        one.free(one.static("s", I32))
    with fault("FH0602"):
        one.malloc(-1)
    one.free(p)
    with fault("FH0202"):
        one.realloc(p, 20)


def test_realloc_keeps_what_was_written() -> None:
    heap = Heap(64, FirstFit(align=8))
    p = heap.new(I32, 2)
    p[0] = 5
    wall = heap.malloc(8)
    q = heap.realloc(p, 16)
    assert (q != p, q[0]) == (True, 5)
    with fault("FH0401"):
        q[1]
    with fault("FH0201") as caught:
        p[0]
    assert "moved by realloc here" in [event.text for event in caught.value.found.events]
    assert heap.realloc(q, 1000) == NULL
    assert q[0] == 5
    assert heap.failed is not None
    heap.free(wall)
    assert heap.realloc(q, 0) == NULL
    assert heap.leaks().in_use.blocks == 0


def test_an_allocation_may_be_made_to_fail() -> None:
    heap = Heap()
    heap.malloc(1)
    heap.fail_allocation(2)
    assert [bool(heap.malloc(4)) for _ in range(3)] == [True, False, True]


NODE = record("node", next=PTR, value=I32)


def test_leaks_have_memcheck_s_kinds() -> None:
    heap = Heap()
    anchor = heap.static("anchor", PTR)
    kept, inside, head, tail, alone = (heap.new(NODE) for _ in range(5))
    anchor.write(kept)
    kept["next"] = Pointer(inside.target, 8, inside.type)
    head["next"] = tail
    tail["next"] = NULL
    alone["next"] = NULL
    found = heap.leaks()
    assert (found.reachable.blocks, found.possible.blocks) == (1, 1)
    assert (found.definite.blocks, found.indirect.blocks) == (2, 1)
    messages = [one.message for one in heap.lost()]
    assert messages[0] == "32 (16 direct, 16 indirect) bytes in 1 blocks are definitely lost"
    assert "definitely lost: 32 bytes in 2 blocks" in heap.summary()


def test_a_local_is_a_root_while_its_function_runs() -> None:
    heap = Heap()
    with heap.frame("main") as stack:
        stack.local("p", PTR, value=heap.malloc(8))
        assert heap.leaks().reachable.blocks == 1
    assert heap.leaks().definite.blocks == 1


def test_scopes_and_frames_end_their_locals() -> None:
    heap = Heap()
    with heap.frame("main") as stack:
        with stack.scope():
            inner = stack.local("inner", I32, value=1)
        with fault("FH0204"):
            inner.read()
        fresh = stack.local("fresh", I32)
        with fault("FH0401") as caught:
            fresh.read()
        assert caught.value.found.message == "read of uninitialised `fresh`"


def test_a_recursion_reaches_the_guard() -> None:
    heap = Heap(stack=64 << 10)

    def deeper() -> None:
        with heap.frame("deeper", 1000):
            deeper()

    with fault("FH0701") as caught:
        deeper()
    assert "`deeper` calls itself" in caught.value.found.message
    assert heap.stack.depth == 0
    with fault("FH0701"), heap.frame("main", 100_000):
        pass


def test_dropping_goes_through_all_that_is_owned() -> None:
    heap = Heap()
    with scope(heap):
        inner = Box(heap, 1)
        row = Vec.of(heap, Box(heap, inner), Box(heap, Box(heap, 2)))
        Struct(heap, "Pair", left=row, right=String(heap, "text"))
        with fault("E0382"):
            len(row)
        with fault("E0382"):
            inner.value  # noqa: B018
    assert heap.leaks().in_use.blocks == 0
    types = [event.type for event in heap.log.events if type(event) is Drop]
    boxes = ["Box<Box<i32>>", "Box<i32>"]
    assert types == ["Pair", "Vec<Box<Box<i32>>>", *boxes, *boxes, "String"]


def test_a_long_list_is_dropped_without_recursion() -> None:
    heap = Heap(policy=Slab())
    with scope(heap):
        head = Box(heap, 0)
        for value in range(600):
            head = Box(heap, Struct(heap, "Cons", value=value, next=head))
    assert heap.leaks().in_use.blocks == 0
    assert heap.leaks().allocations == 601


def test_moves_borrows_and_assignments_exclude_one_another() -> None:
    heap = Heap()
    with scope(heap):
        b = Box(heap, 1)
        with b.borrow() as reader:
            assert reader.value == 1
            with fault("E0505"):
                b.move()
            with fault("E0506"):
                b.value = 2
            with fault("E0505"):
                drop(b)
            with fault("E0502") as caught:
                b.borrow_mut().__enter__()
        assert caught.value.found.message == (
            "cannot borrow `b` as mutable because it is also borrowed as immutable"
        )
        with b.borrow_mut() as writer:
            writer.value = 3
            with fault("E0502"):
                b.value  # noqa: B018
        assert b.value == 3
        with fault("E0382"):
            writer.value = 4
    row = Vec(heap)
    row.push(Box(heap, 1))
    first = row[0]
    assert isinstance(first, Box)
    with fault("E0507"):
        first.move()


def test_a_reference_may_not_outlive_its_scope() -> None:
    heap = Heap()
    with fault("E0597"), scope(heap):
        loan = Box(heap, 1).borrow()
        loan.__enter__()


def test_values_are_given_out_of_a_scope() -> None:
    heap = Heap()
    with scope(heap, "main"):
        with scope(heap, "make") as inner:
            years = Vec.of(heap, 2001)
            kept = inner.give(years)
        assert kept[0] == 2001
        assert heap.leaks().in_use.blocks == 1
        with fault("E0382"):
            years[0]
    assert heap.leaks().in_use.blocks == 0
    moves = [event for event in heap.log.events if type(event) is Move]
    assert moves[0].outward == 1


def test_what_is_forgotten_leaks() -> None:
    heap = Heap()
    with scope(heap):
        forget(Box(heap, 1))
    assert heap.leaks().definite.blocks == 1


def test_a_value_that_is_taken_out_is_owned_again() -> None:
    heap = Heap()
    with scope(heap):
        row = Vec.of(heap, Box(heap, 1), Box(heap, 2), Box(heap, 3))
        second = row.remove(1)
        last = row.pop()
        assert isinstance(second, Box)
        assert isinstance(last, Box)
        assert (second.value, last.value, len(row)) == (2, 3, 1)
        outer = Box(heap, Box(heap, 9))
        inner = outer.into_inner()
        assert isinstance(inner, Box)
        assert inner.value == 9
        with pytest.raises(Panic, match="removal index"):
            row.remove(7)
    assert heap.leaks().in_use.blocks == 0


def test_weak_pointers_keep_the_block_but_not_the_value() -> None:
    heap = Heap()
    with scope(heap):
        with scope(heap) as inner:
            parent = Rc(heap, Box(heap, 1))
            child = inner.give(parent.downgrade())
            assert heap.leaks().in_use.blocks == 2
        assert child.upgrade() is None
        assert heap.leaks().in_use.blocks == 1
    assert heap.leaks().in_use.blocks == 0


def test_a_pool_ends_its_pointers() -> None:
    heap = Heap()
    with scope(heap):
        pool = Pool(heap, 32)
        a, b = pool.allocate(8, I32), pool.allocate(20)
        assert pool.allocate(8) is None
        assert a is not None
        assert b is not None
        a.write(1)
        assert pool.used == 32
        pool.reset()
        with fault("FH0201") as caught:
            a.read()
        assert "released with all of its pool here" in [
            event.text for event in caught.value.found.events
        ]
        assert pool.allocate(32) is not None
    assert heap.leaks().in_use.blocks == 0


def test_an_arena_grows_by_chunks_that_double() -> None:
    heap = Heap()
    with scope(heap):
        arena = Arena(heap, 64)
        made = [arena.allocate(I32) for _ in range(20)]
        for index, p in enumerate(made):
            p.write(index)
        assert [p.read() for p in made] == list(range(20))
        assert len({p.address for p in made}) == 20
        assert arena.chunks == 2
    with fault("FH0201"):
        made[0].read()
    assert heap.leaks().in_use.blocks == 0


def test_memory_that_runs_out_is_null_in_c_and_an_end_in_rust() -> None:
    heap = Heap(64, FirstFit(align=16))
    with scope(heap):
        row = Vec(heap, I32, capacity=8)
        with fault("FH0702") as caught:
            row.reserve(100)
        assert "free" in caught.value.found.message
        assert len(row) == 0
    assert heap.malloc(100) == NULL


def test_the_textbook_s_story() -> None:
    heap = Heap(10, FirstFit())
    a = heap.malloc(5)
    heap.malloc(1)
    heap.free(a)
    heap.malloc(2)
    assert heap.malloc(5) == NULL
    assert heap.failed is not None
    assert (heap.failed.free, heap.failed.holes) == (7, (3, 4))


def test_the_log_is_replayed_and_judged() -> None:
    heap = Heap()
    with scope(heap, "main"):
        row = Vec(heap, I32)
        for value in range(9):
            row.push(value)
        Box(heap, 1)
    again = replay(heap.log, policy=FirstFit(align=16))
    assert again.served
    assert again.releases == 2
    assert {one.early for one in strategies(heap.log.events) if one.strategy == "manual"} == {0}
    names = [event.name for event in heap.log.events if type(event) is Alloc]
    assert len(names) == 2
    assert sum(type(event) is Free for event in heap.log.events) == 2


def test_nothing_heavy_is_imported() -> None:
    script = "import sys, freehold.memory; print('\\n'.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    names = set(done.stdout.split())
    heavy = ("llvmlite", "elftools", "click", "freehold.c.", "freehold.codegen", "freehold.execute")
    assert not {name for name in names if name.startswith(heavy)}


@settings(max_examples=60)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from("mcrfw"), st.integers(0, 9), st.integers(0, 40)), max_size=40
    )
)
def test_blocks_keep_their_bytes(steps: list[tuple[str, int, int]]) -> None:
    heap = Heap(400, FirstFit(align=4))
    model: list[tuple[Pointer, bytes]] = []
    for act, place, size in steps:
        if act in "mc" or not model:
            p = heap.malloc(size) if act != "c" else heap.calloc(1, size)
            if p:
                data = bytes((place * 31 + i) % 256 for i in range(size))
                p.store(data)
                model.append((p, data))
            continue
        p, data = model.pop(place % len(model))
        if act == "f":
            heap.free(p)
        elif act == "r" and size:
            q = heap.realloc(p, size)
            if q:
                kept = data[:size]
                q.store(kept + b"\7" * (size - len(kept)))
                model.append((q, kept + b"\7" * (size - len(kept))))
            else:
                model.append((p, data))
        else:
            model.append((p, data))
        for q, expected in model:
            assert q.load(len(expected)) == expected
    assert heap.leaks().in_use.blocks == len(model)
