"""Ghosts of small programs: drops, moves, ends of borrows, earlier ends."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from freehold.api import cache_folder
from freehold.cli.ownership import command
from freehold.driver.cache import Cache
from freehold.driver.ghosts import BorrowEnded, Dropped, Earlier, Exit, Moved, Owners, Way
from freehold.driver.owners import owners
from freehold.driver.rust import analyse, load_std
from freehold.source import Source


def found_in(text: str) -> Owners:
    load_std(Cache(cache_folder()))
    return owners(analyse(Source("t.rs", text)))


def in_main(*lines: str) -> Owners:
    """Return what is found where `lines` are the body of `main`: the first is line 2."""
    return found_in("fn main() {\n" + "".join(f"    {line}\n" for line in lines) + "}\n")


def drops(found: Owners) -> list[tuple[int, str]]:
    return [(one.spot.line, one.place) for one in found.ghosts if isinstance(one, Dropped)]


def moves(found: Owners) -> list[tuple[int, str, Way, str]]:
    return [
        (one.spot.line, one.place, one.way, one.target)
        for one in found.ghosts
        if isinstance(one, Moved)
    ]


def test_drops_come_in_reverse_order_above_the_brace() -> None:
    found = in_main("let a = String::new();", "let b = vec![1];", "let c = Box::new(2);")
    assert drops(found) == [(5, "c"), (5, "b"), (5, "a")]
    assert all(one.spot.above for one in found.ghosts if isinstance(one, Dropped))


def test_sizes_heap_and_destructors() -> None:
    found = found_in(
        "struct Loud(u8);\nimpl Drop for Loud { fn drop(&mut self) {} }\n"
        "fn main() {\n let l = Loud(1);\n let s = String::new();\n}\n"
    )
    s, loud = (one.owned for one in found.ghosts if isinstance(one, Dropped))
    assert (s.type, s.size, s.heap, s.destructor) == ("String", 24, True, False)
    assert (loud.type, loud.size, loud.heap, loud.destructor) == ("Loud", 1, False, True)


def test_size_of_a_parameter_is_not_known() -> None:
    (drop,) = (o for o in found_in("fn f<T>(t: T) {}\nfn main() {}\n").ghosts)
    assert isinstance(drop, Dropped)
    assert drop.owned.size is None


@pytest.mark.parametrize(
    ("line", "way", "target"),
    [
        ("let b = a;", Way.VARIABLE, "b"),
        ("take(a);", Way.CALL, "take"),
        ("drop(a);", Way.DROP, "drop"),
        ("std::mem::forget(a);", Way.FORGET, "std::mem::forget"),
        ("let f = move || a.len();", Way.CLOSURE, ""),
        ("let b = Some(a);", Way.PART, "b"),
        ("for c in a {}", Way.LOOP, ""),
    ],
)
def test_where_a_value_goes(line: str, way: Way, target: str) -> None:
    found = found_in(
        "fn take(v: Vec<i32>) {}\nfn main() {\n    let a = vec![1];\n    " + line + "\n}\n"
    )
    assert moves(found) == [(4, "a", way, target)]
    assert (5, "a") not in drops(found)


def test_what_is_left_of_a_partial_move_is_dropped() -> None:
    found = found_in(
        "struct P { l: String, r: String }\nfn main() {\n"
        "    let p = P { l: String::new(), r: String::new() };\n    let l = p.l;\n}\n"
    )
    assert moves(found) == [(4, "p.l", Way.VARIABLE, "l")]
    assert drops(found) == [(5, "l"), (5, "p.r")]


def test_nothing_is_left_of_a_taken_apart_array_but_the_box_of_its_contents() -> None:
    found = in_main(
        "let a = [String::new(), String::new()];",
        "let [x, y] = a;",
        "let b = Box::new(String::new());",
        "let z = *b;",
    )
    assert drops(found) == [(6, "z"), (6, "b"), (6, "y"), (6, "x")]
    assert all(one.certain for one in found.ghosts if isinstance(one, Dropped))


def test_continue_drops_what_it_leaves() -> None:
    found = in_main(
        "for i in 0..2 {",
        "    let a = Box::new(i);",
        "    if i > 0 {",
        "        continue;",
        "    }",
        "}",
    )
    assert drops(found) == [(5, "a"), (7, "a")]


def test_shadowed_values_live_on() -> None:
    found = in_main("let a = String::new();", "let a = Box::new(1);")
    types = [one.owned.type for one in found.ghosts if isinstance(one, Dropped)]
    assert types == ["Box<i32>", "String"]


def test_conditional_move_leaves_a_doubt() -> None:
    found = found_in(
        "fn f(flag: bool) {\n    let a = String::new();\n    if flag {\n        drop(a);\n"
        "    }\n}\nfn main() {}\n"
    )
    (drop,) = (one for one in found.ghosts if isinstance(one, Dropped))
    assert (drop.place, drop.certain, drop.spot.line) == ("a", False, 6)


def test_early_return_drops_what_it_leaves() -> None:
    found = found_in(
        "fn f(flag: bool) -> Option<String> {\n    let a = String::new();\n    let b = vec![1];\n"
        "    if flag {\n        return Some(a);\n    }\n    None\n}\nfn main() {}\n"
    )
    by_exit = [
        (one.spot.line, one.place, one.exit, one.certain)
        for one in found.ghosts
        if isinstance(one, Dropped)
    ]
    assert by_exit == [
        (5, "b", Exit.RETURN, True),
        (8, "b", Exit.SCOPE, True),
        (8, "a", Exit.SCOPE, True),
    ]


def test_break_drops_what_is_inside_of_its_loop() -> None:
    found = in_main(
        "let out = Box::new(1);",
        "loop {",
        "    let a = Box::new(2);",
        "    if *a > 1 {",
        "        break;",
        "    }",
        "}",
    )
    assert drops(found) == [(6, "a"), (8, "a"), (9, "out")]


def test_old_value_is_dropped_where_another_is_assigned() -> None:
    found = in_main("let mut a = Box::new(1);", "a = Box::new(2);")
    assert drops(found) == [(3, "a"), (4, "a")]


def test_temporaries_are_dropped_after_their_statement() -> None:
    found = in_main("let n = String::new().len();")
    assert drops(found) == [(2, "temporary `String::new()`")]


def ends(found: Owners) -> list[tuple[int, str, str]]:
    return [
        (one.spot.line, one.borrow, one.holder)
        for one in found.ghosts
        if isinstance(one, BorrowEnded)
    ]


def test_borrow_ends_at_the_last_use_of_its_holder() -> None:
    found = in_main("let mut v = vec![1];", "let n = &v;", "n.len();", "v.push(1);")
    assert ends(found) == [(4, "&v", "n")]


def test_borrow_lives_as_long_as_what_was_made_of_it() -> None:
    found = in_main("let v = vec![1];", "let n = &v;", "let f = n.first();", "f.is_some();")
    assert (5, "&v", "f") in ends(found)


def test_loop_keeps_a_borrow_alive() -> None:
    found = in_main("let mut t = 0;", "let r = &mut t;", "for i in 0..3 {", "    *r += i;", "}")
    assert ends(found) == [(6, "&mut t", "r")]


def test_earlier_end_is_offered_for_heap_only() -> None:
    lines = ("a.len();", "let x = 1;", "let y = x;", "let z = y;")
    found = in_main("let a = String::new();", *lines)
    (offer,) = (one for one in found.ghosts if isinstance(one, Earlier))
    assert (offer.spot.line, offer.place, offer.first, offer.lines) == (3, "a", 2, 4)
    assert offer.block
    assert not any(isinstance(one, Earlier) for one in in_main("let a = [1];", *lines).ghosts)


def test_no_block_is_offered_around_what_is_used_later() -> None:
    found = in_main(
        "let a = String::new();", "let n = a.len();", "let x = 1;", "let y = x;", "let z = n + y;"
    )
    (offer,) = (one for one in found.ghosts if isinstance(one, Earlier))
    assert not offer.block


def test_bodies_with_borrow_errors_have_ghosts_too() -> None:
    found = in_main("let a = String::new();", "let b = a;", "let c = a;")
    assert moves(found)[0] == (3, "a", Way.VARIABLE, "b")
    assert drops(found) == [(5, "c"), (5, "b")]


def test_command_shows_ghosts_and_unsafe_blocks(tmp_path: Path) -> None:
    path = tmp_path / "t.rs"
    path.write_text(
        "fn main() {\n    let a = Box::new(1);\n    let p = &*a as *const i32;\n"
        "    let n = unsafe { *p };\n}\n"
    )
    shown = CliRunner().invoke(command, [str(path)])
    assert shown.exit_code == 0
    assert "  |     // drop(a)  Box<i32>, 8 bytes + heap\n5 | }" in shown.stdout
    assert f"1 `unsafe` block, where the checker's promises end:\n  {path}:4:13:" in shown.stdout
    document = json.loads(CliRunner().invoke(command, [str(path), "--format", "json"]).stdout)
    assert document["unsafe_blocks"] == [{"line": 4, "column": 13, "end_line": 4}]
    assert [ghost["kind"] for ghost in document["ghosts"]] == ["drop"]
