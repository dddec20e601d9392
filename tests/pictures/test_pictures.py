"""What is owned, moved, freed, dangling or leaked at the decisive step of programs that teach it.

Each row: the moment, everything that can be said of pointers and of blocks that do not simply live,
and some of the values.
"""

import pytest

from freehold.picture.ascii import draw
from tests.pictures.moments import moments_of

Row = tuple[str, set[str], set[str]]

C: list[Row] = [
    # An int on the heap: before and after malloc and free.
    ("one.before", set(), {"box = null"}),
    ("one.allocated", {"box -> A"}, {"A = ?"}),
    ("one.set", {"box -> A"}, {"A = 7"}),
    ("one.freed", {"box dangles to A", "A freed"}, set()),
    ("one.cleared", {"A freed"}, {"box = null"}),
    # calloc sets to zero; what realloc adds is not set.
    ("grown.zeroed", {"row -> A"}, {"A[0] = 0", "A[1] = 0"}),
    ("grown.moved", {"row dangles to A", "A freed", "wider -> B"}, {"B[1] = 20", "B[2] = ?"}),
    ("grown.freed", {"row dangles to A", "A freed", "wider dangles to B", "B freed"}, set()),
    # Each call loses a block.
    ("forget.held", {"lost -> A"}, {"size = 1024"}),
    ("forget.held:2", {"A leaked", "lost -> B"}, set()),
    ("forget.after", {"A leaked", "B leaked", "C leaked"}, set()),
    # A pointer that is freed twice, and one that is cleared.
    ("twice.dangling", {"once dangles to A", "A freed"}, set()),
    ("twice.null", {"A freed"}, {"once = null"}),
    # goto releases in reverse order.
    ("goto.both", {"first -> A", "second -> B"}, {"A[0] = 3", "B[0] = 3"}),
    ("goto.second", {"first -> A", "second dangles to B", "B freed"}, {"status = 0"}),
    ("goto.out", {"first dangles to A", "A freed", "second dangles to B", "B freed"}, set()),
    # A write past the end touches no block.
    ("sixth.before", {"five -> A"}, {"A[4] = ?"}),
    ("sixth.fault", {"five -> A"}, {"A[0] = ?", "A[4] = ?"}),
    # A linked list, whole, released node by node, used after that, forgotten.
    ("list.made:2", {"made -> B", "rest -> A", "list -> A", "B -> A"}, {"A.next = null"}),
    ("list.whole", {"list -> C", "C -> B", "B -> A"}, {"C.key = 3", "A.next = null"}),
    (
        "list.next:2",
        {"C freed", "list dangles to C", "list -> B", "next -> A", "B -> A"},
        {"B.key = 2"},
    ),
    ("list.freed", {"list dangles to C", "A freed", "B freed", "C freed"}, set()),
    ("list.kept", {"list -> B", "B -> A"}, set()),
    ("list.forgotten", {"A leaked", "B leaked", "B -> A"}, {"list = null"}),
    # Handed to the caller; released in time, too early, twice.
    ("orders.result", {"made -> A", "the result -> A"}, {"A[3] = 4"}),
    ("orders.lent", {"mine -> A", "given -> A"}, {"sum = 0"}),
    ("orders.mine", {"mine -> A"}, {"A[0] = 1"}),
    ("orders.freed", {"mine dangles to A", "A freed"}, {"sum = 10"}),
    ("orders.early:2", {"mine dangles to A", "A freed"}, set()),
    ("orders.twice", {"mine dangles to A", "A freed"}, set()),
    # The stack alone; text; an array that doubles.
    ("stack.full", set(), {"tau = 6.25", "squares[2] = 4", "squares[3] = 6"}),
    ("text.empty", {"text -> A"}, {"A[0] = ?"}),
    ("text.filled", {"text -> A"}, {'A = "Hello"'}),
    ("doubling.put:3", {"A freed", "B freed", "all -> C"}, {"C[1] = 1", "C[2] = ?"}),
    ("doubling.full", {"A freed", "B freed", "C freed", "all -> D"}, {"D[4] = 4", "D[5] = ?"}),
    # A vector: a dead stack object, too little room, the old data lost, the container freed first,
    # a stale element.
    ("vec.inside", {"out -> made"}, {"made.length = 0"}),
    ("vec.outside", {"held dangles to made"}, set()),
    ("vec.small", {"held -> A", "A -> C", "B freed"}, {"A.room = 2"}),
    ("vec.leaked", {"held -> A", "A -> C", "B leaked"}, {"C[0] = 1", "C[1] = 2"}),
    ("vec.owned", {"held -> A", "A -> B"}, set()),
    ("vec.orphan", {"held dangles to A", "A freed"}, set()),
    ("vec.element", {"held -> A", "A -> B", "first -> B"}, {"B = 107"}),
    (
        "vec.stale",
        {"held -> A", "A -> C", "first dangles to B", "B freed"},
        {"C[0] = 107", "C[1] = 110"},
    ),
]

C_FAULTS = [
    ("twice.dangling", "FH0202"),
    ("sixth.before", "FH0101"),
    ("list.freed", "FH0201"),
    ("orders.lent", "FH0201"),
    ("orders.used", "FH0202"),
    ("vec.outside", "FH0203"),
    ("vec.orphan", "FH0201"),
    ("vec.stale", "FH0201"),
]

RUST: list[Row] = [
    # Box and Vec own; the end of the scope frees; a vector grows 0, 4, 8, 16.
    ("box.made", {"b owns A"}, {"A = 42"}),
    ("box.gone", {"A freed"}, set()),
    ("grow.push", set(), {"v.cap = 0"}),
    ("grow.push:2", {"v owns A"}, {"v.cap = 4", "A[0] = 0", "A[1] = ?"}),
    ("grow.push:6", {"A freed", "v owns B"}, {"v.cap = 8", "v.len = 5"}),
    ("grow.full", {"A freed", "B freed", "v owns C"}, {"v.cap = 16", "C[8] = 80"}),
    # Drop runs in reverse order; the value is still whole in it.
    ("noisy.all", {"_outer owns A", "_first owns B", "_second owns C"}, {'C = "second"'}),
    (
        "noisy.drop:1",
        {"_outer owns A", "_first owns B", "_second owns C", "self &mut _second"},
        set(),
    ),
    ("noisy.drop:2", {"_outer owns A", "_first owns B", "C freed", "self &mut _first"}, set()),
    ("noisy.outside", {"_outer owns A", "B freed", "C freed"}, set()),
    # A recursive enum: each link owns the next.
    ("chain.whole", {"chain owns C", "C owns B", "B owns A"}, {"A = End", "C.0 = 2"}),
    (
        "chain.lent:2",
        {
            *("chain owns C", "C owns B", "B owns A", "self & chain", "self & C"),
            *("key & chain+4", "rest & chain+8"),
        },
        set(),
    ),
    ("chain.gone", {"A freed", "B freed", "C freed"}, set()),
    # drop() takes the value; the end of the scope, of an inner scope.
    ("early.held", {"data owns A"}, {"A[0] = 1"}),
    ("early.dropped", {"data moved", "A freed"}, set()),
    ("orders.lent", {"orders owns A", "order & A"}, {"total = 0"}),
    ("orders.finish", {"orders owns A"}, {"total = 10"}),
    ("orders.end", {"orders owns A"}, {"the result = 11"}),
    ("orders.finish:2", {"A freed"}, {"total = 10"}),
    ("scope.freed", {"A freed"}, set()),
    # Ownership goes to the caller, into a call and back; a clone is another block.
    ("years.result", {"the result owns A", "years moved"}, set()),
    ("years.mine", {"years owns A"}, {"A[0] = 2001"}),
    ("years.again", {"years moved", "again owns A"}, set()),
    ("years.given", {"years moved", "again owns A", "years owns B"}, {"B[1] = 2002"}),
    ("years.given:2", {"years moved", "again moved", "years owns A", "B freed"}, set()),
    ("years.gone", {"years moved", "again moved", "A freed", "B freed"}, set()),
    # Moves leave nothing behind, copies do.
    (
        "moves.after",
        {"s1 moved", "s2 owns A", "v1 moved", "v2 owns B"},
        {"a1[1] = 2", "a2[1] = 2", "n1 = 5", "n2 = 5"},
    ),
    # Borrows: two shared ones, an exclusive one, one that outlives its call.
    ("lent.both", {"text owns A", "r1 & text", "r2 & text"}, set()),
    ("change.lent", {"text owns A", "r &mut text"}, {"text.cap = 2"}),
    ("change.grown", {"A freed", "text owns B", "r &mut text"}, {"text.len = 24"}),
    ("longer.both", {"long owns A", "short owns B", "x & A", "y & B"}, set()),
    ("longer.result", {"long owns A", "short owns B", "result & A"}, set()),
    ("smart.both", {"c owns A", "d owns B"}, {'A = "c"'}),
    ("smart.one", {"c moved", "A freed", "d owns B"}, set()),
    # Rc counts; a cycle leaks when its last owner goes; RefCell's state; Weak.
    ("rc.one", {"a owns B", "B owns A"}, {"B.strong = 1", "A.value = Nil"}),
    ("rc.two", {"a owns B", "b owns B", "B owns A"}, {"B.strong = 2"}),
    ("rc.three", {"a owns B", "b owns B", "c owns B", "B owns A", "key & c+4"}, {"B.strong = 3"}),
    ("rc.again", {"a owns B", "b owns B", "B owns A"}, {"B.strong = 2", "B.weak = 0"}),
    ("ring.open", {"a owns A", "b owns B", "B owns A"}, {"A.strong = 2", "B.strong = 1"}),
    ("ring.closed", {"a owns A", "b owns B", "A owns B", "B owns A"}, {"B.strong = 2"}),
    ("ring.lost", {"A leaked", "B leaked", "A owns B", "B owns A"}, {"A.strong = 1"}),
    ("cell.shared", {"one & cell+8", "two & cell+8"}, {"cell.borrow = 2 shared"}),
    ("cell.free", set(), {"cell.borrow = none"}),
    ("cell.exclusive", {"all &mut cell+8"}, {"cell.borrow = exclusive"}),
    (
        "tree.linked",
        {"leaf owns A", "B owns A", "root owns C", "C owns B", "A weak C", "kept moved"},
        {"A.strong = 2", "C.strong = 1", "C.weak = 1"},
    ),
    ("tree.gone", {"A freed", "B freed", "C freed"}, set()),
    # unsafe: a pool; a box made of a raw pointer, whose memory is never given back.
    ("pool.two", {"pool -> A", "first -> A", "second -> A+8"}, {"pool.used = 24"}),
    ("pool.freed", {"A freed"}, set()),
    ("tracked.both", {"number -> A", "text -> C", "C owns B"}, {"A = 42", 'B = "Hello"'}),
    ("tracked.gone", {"A leaked", "C leaked", "B freed", "C dangles to B"}, set()),
    # A slice in a box; a vector of our own, whose old data go when new ones come.
    ("slice.made", {"bytes owns A"}, {"A[31] = 0"}),
    ("own.both", {"self &mut own", "own owns A", "wider owns B"}, {"B[0] = 107"}),
    ("own.room:2", {"self &mut own", "own owns B", "A freed"}, set()),
    ("own.full", {"own owns B", "A freed"}, {"B[0] = 107", "B[1] = 110"}),
]


def _check(name: str, rows: list[Row]) -> None:
    made = moments_of(name)
    for moment, facts, values in rows:
        mark, _, time = moment.partition(":")
        state = made.at(mark, int(time or 1))
        assert (moment, made.facts(state)) == (moment, facts)
        assert (moment, values - made.values(state)) == (moment, set())


def test_programs_in_c() -> None:
    _check("programs.c", C)


def test_programs_in_rust() -> None:
    _check("programs.rs", RUST)


@pytest.mark.parametrize(("mark", "code"), C_FAULTS)
def test_faults_are_found_at_their_step(mark: str, code: str) -> None:
    made = moments_of("programs.c")
    steps = made.story.steps
    found = {(steps[fault.step].place.line, fault.code) for fault in made.story.faults}
    assert (made.lines[mark], code) in found


def test_rust_has_no_fault() -> None:
    assert moments_of("programs.rs").story.faults == ()


def test_boxes_name_what_is_gone_and_fold_what_is_alike() -> None:
    made = moments_of("programs.c")
    boxes = draw(made.story, made.at("vec.outside"))
    assert "| held = --> made (dangling) |" in boxes
    assert "| [1..63] = ?             |" in boxes
    ring = moments_of("programs.rs")
    lost = ring.at("ring.lost")
    assert len(lost.cyclic()) == 2
    assert "bytes, leaked in a cycle -+" in draw(ring.story, lost)
    assert not made.at("list.forgotten").cyclic()


def test_output_is_known_at_each_step() -> None:
    assert moments_of("programs.c").at("one.set").stdout == b""
    assert moments_of("programs.c").at("one.freed").stdout == b"7\n"
    assert moments_of("programs.rs").at("box.gone").stdout == b"42\n"
