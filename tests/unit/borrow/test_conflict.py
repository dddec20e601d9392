"""Which accesses concern which borrows, place by place."""

import pytest

from freehold.borrow.conflict import Depth, conflicts, surely_conflicts
from freehold.mir.values import (
    BorrowKind,
    ConstantIndex,
    Deref,
    Downcast,
    FieldOf,
    Index,
    Local,
    Place,
    Projection,
    Subslice,
)
from freehold.ownership.describe import Places
from tests.mir.harness import read

CASE = """
adt #0 "Union" "Union" union parameters 0 {
    variant "Union" 0 struct
        field "a": (i32, i32, )
        field "b": (i32, i32, )
}
adt #1 "Guard" "Guard" struct parameters 0 drop #4 {
    variant "Guard" 0 struct
        field "0": &'_ mut i32
}
adt #2 "Enum" "Enum" enum parameters 0 {
    variant "A" 0 tuple
        field "0": i32
    variant "B" 1 tuple
        field "0": i32
}
def #3 "f" "f"
def #4 "drop" "drop"

fn f: fn() -> () as "f" external arguments 0 unit 0 {
    generic #3 fn() -> ()
    scope $0
    let _0: () return
    let _1: (i32, (i32, i32, ), ) variable "pair"
    let _2: &'_ mut (i32, i32, ) variable "r"
    let _3: [i32; 5] variable "array"
    let _4: #0 variable "u"
    let _5: #1 variable "guard"
    let _6: #2 variable "e"
    let _7: usize variable "i"
    let _8: &'_ mut [i32] variable "slice"

    bb0:
        return
}
"""
PLACES = Places(read(CASE).body)


def place(local: int, *steps: Projection) -> Place:
    return Place(Local(local), steps)


def at(offset: int, least: int = 1, *, end: bool = False) -> ConstantIndex:
    return ConstantIndex(offset, end, least)


@pytest.mark.parametrize(
    ("borrowed", "accessed", "expected"),
    [
        (place(1), place(2), False),
        (place(1), place(1), True),
        (place(1, FieldOf(0)), place(1), True),
        (place(1), place(1, FieldOf(0)), True),
        (place(1, FieldOf(0)), place(1, FieldOf(1)), False),
        (place(1, FieldOf(1), FieldOf(0)), place(1, FieldOf(1), FieldOf(1)), False),
        (place(4, FieldOf(0), FieldOf(0)), place(4, FieldOf(1), FieldOf(1)), True),
        (place(6, Downcast(0), FieldOf(0)), place(6, Downcast(1), FieldOf(0)), False),
        (place(3, Index(Local(7))), place(3, Index(Local(7))), True),
        (place(3, Index(Local(7))), place(3, at(2)), True),
        (place(3, at(0)), place(3, at(1)), False),
        (place(8, Deref(), at(0, 2)), place(8, Deref(), at(1, 2, end=True)), False),
        (place(8, Deref(), at(0)), place(8, Deref(), at(1, end=True)), True),
        (place(8, Deref(), at(0)), place(8, Deref(), Subslice(1, 0, from_end=True)), False),
        (place(8, Deref(), at(1)), place(8, Deref(), Subslice(1, 0, from_end=True)), True),
        (place(3, Subslice(0, 2)), place(3, Subslice(2, 4)), False),
        (place(3, Subslice(0, 3)), place(3, Subslice(2, 4)), True),
    ],
)
def test_deep_accesses(borrowed: Place, accessed: Place, *, expected: bool) -> None:
    assert conflicts(PLACES, borrowed, BorrowKind.MUT, accessed, Depth.DEEP) == expected


def test_a_shallow_access_leaves_alone_what_is_pointed_to() -> None:
    behind = place(2, Deref(), FieldOf(0))
    assert not conflicts(PLACES, behind, BorrowKind.MUT, place(2), Depth.SHALLOW)
    assert conflicts(PLACES, place(1, FieldOf(0)), BorrowKind.MUT, place(1), Depth.SHALLOW)


def test_a_drop_reaches_behind_references_only_by_a_destructor() -> None:
    behind = place(2, Deref())
    assert not conflicts(PLACES, behind, BorrowKind.MUT, place(2), Depth.DROP)
    guarded = place(5, FieldOf(0), Deref())
    assert conflicts(PLACES, guarded, BorrowKind.MUT, place(5), Depth.DROP)


def test_a_fake_borrow_guards_its_place_alone() -> None:
    inside = place(1, FieldOf(0))
    assert not conflicts(PLACES, place(1), BorrowKind.FAKE, inside, Depth.SHALLOW)
    assert conflicts(PLACES, place(1), BorrowKind.FAKE, place(1), Depth.SHALLOW)


def test_an_assignment_by_index_is_not_sure_to_replace_a_path() -> None:
    element = place(3, Index(Local(7)))
    assert not surely_conflicts(PLACES, element, element)
    assert surely_conflicts(PLACES, place(2, Deref()), place(2))
