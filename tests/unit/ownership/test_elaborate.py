"""What becomes of drops: static, dead, by a flag, opened into their parts."""

from freehold.mir.body import Body
from freehold.mir.statements import Call, Drop, Switch
from freehold.mir.text_print import Printer
from freehold.mir.values import Place
from freehold.ownership import Style, elaboration
from tests.mir.harness import read

HEAD = """
adt #0 "Text" "Text" struct parameters 0 drop #4 {
    variant "Text" 0 struct
        field "size": usize
}
adt #1 "Pair" "Pair" struct parameters 0 {
    variant "Pair" 0 struct
        field "left": #0
        field "right": #0
        field "count": usize
}
adt #2 "Box" "Box" struct parameters 1 lang "owned_box" drop #5 {
}
def #3 "f" "f"
def #4 "drop" "drop"
def #5 "free" "free"
def #6 "take" "take"
adt #7 "Maybe" "Maybe" enum parameters 0 {
    variant "No" 0 unit
    variant "Yes" 1 tuple
        field "0": #0
}

fn f: fn(TYPE, bool) -> () as "f" external arguments 2 unit 0 {
    generic #3 fn(TYPE, bool) -> ()
    scope $0
    let _0: () return
    let _1: TYPE argument "x"
    let _2: bool argument "flag"
    let _3: #0 temporary
    let _4: () temporary
    let _5: isize temporary
"""


def body(ty: str, blocks: str) -> Body:
    return read(HEAD.replace("TYPE", ty) + blocks + "}\n").body


def drops(elaborated: Body) -> list[str]:
    """Return the places that are dropped, in the order of the blocks."""
    place = Printer().place
    found = [block.terminator for block in elaborated.blocks]
    return [place(end.place) for end in found if isinstance(end, Drop)]


TAKE = "call item: fn#6(move _3) as fn(#0) -> ()"


def test_what_is_surely_there_is_dropped_and_what_was_moved_is_not() -> None:
    static = elaboration(body("#0", "    bb0:\n        drop _1 -> bb1\n    bb1:\n        return\n"))
    assert [fact.style for fact in static.drops] == [Style.STATIC]
    assert drops(static.body) == ["_1"]
    moved = elaboration(
        body(
            "#0",
            "    bb0:\n        _3 = move _1\n"
            f"        _4 = {TAKE} -> bb1\n"
            "    bb1:\n        drop _1 -> bb2\n    bb2:\n        return\n",
        )
    )
    assert [fact.style for fact in moved.drops] == [Style.DEAD]
    assert drops(moved.body) == []


SOMETIMES = """
    bb0:
        switch copy _2 {0: bb2, otherwise: bb1}
    bb1:
        _3 = move PART
        _4 = call item: fn#6(move _3) as fn(#0) -> () -> bb2 unwind bb4
    bb2:
        drop _1 -> bb3 unwind bb5
    bb3:
        return
    bb4:
        drop _1 -> bb5
    bb5:
        resume
"""


def test_what_may_be_there_is_dropped_by_a_flag() -> None:
    made = elaboration(body("#0", SOMETIMES.replace("PART", "_1")))
    kept = [fact.style for fact in made.drops if not fact.unwinding]
    assert kept == [Style.CONDITIONAL]
    assert drops(made.body) == ["_1"]
    flagged = [block.terminator for block in made.body.blocks]
    assert sum(isinstance(end, Switch) for end in flagged) == 2


def test_what_is_partly_there_is_dropped_part_by_part() -> None:
    made = elaboration(body("#1", SOMETIMES.replace("PART", "_1.0")))
    (fact,) = (fact for fact in made.drops if not fact.unwinding)
    assert fact.style is Style.OPEN
    # The count needs no drop; both parts are dropped on the normal and on the unwinding way.
    assert sorted(set(drops(made.body))) == ["_1.0", "_1.1"]
    assert Place(fact.place.base) == fact.place


def test_an_emptied_box_is_freed() -> None:
    made = elaboration(
        body(
            "#2<#0>",
            "    bb0:\n        _3 = move _1.*\n"
            f"        _4 = {TAKE} -> bb1\n"
            "    bb1:\n        drop _1 -> bb2\n    bb2:\n        return\n",
        )
    )
    assert drops(made.body) == []
    calls = [block.terminator for block in made.body.blocks]
    assert sum(isinstance(end, Call) for end in calls) == 2


def test_a_variant_that_a_match_excludes_is_not_asked_for() -> None:
    made = elaboration(
        body(
            "#7",
            "    bb0:\n        _5 = discriminant(_1)\n"
            "        switch move _5 {0: bb3, otherwise: bb1}\n"
            "    bb1:\n        _3 = move _1.as1.0\n"
            f"        _4 = {TAKE} -> bb2\n"
            "    bb2:\n        goto bb3\n"
            "    bb3:\n        drop _1 -> bb4\n    bb4:\n        return\n",
        )
    )
    assert drops(made.body) == []


def test_an_assignment_drops_what_was_there() -> None:
    made = elaboration(
        body(
            "#0",
            "    bb0:\n        drop _1 replace -> bb1 unwind bb3\n"
            "    bb1:\n        _1 = aggregate #0 0 (1: usize)\n        drop _1 -> bb2\n"
            "    bb2:\n        return\n"
            "    bb3:\n        _1 = aggregate #0 0 (1: usize)\n        drop _1 -> bb4\n"
            "    bb4:\n        resume\n",
        )
    )
    assert [fact.replaces for fact in made.drops] == [True, False, False]
    assert drops(made.body).count("_1") == 3
