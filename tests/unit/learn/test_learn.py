"""The exercises: what is handed out is not solved, what is right is graded so, and why."""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from freehold.cli.app import freehold as command
from freehold.cli.demos import PROGRAMS as DEMOS
from freehold.learn import holes, places, reports, rusty, seven, ways
from freehold.learn.beside import Said, beside, rows
from freehold.learn.exercises import EXERCISES, exercise_of, text_of
from freehold.learn.model import PROGRAMS, Grade, Ungraded
from freehold.learn.questions import QUESTIONS, answer, grade, sheet
from freehold.source import Source
from tests.conftest import make_std


def changed(file: str, *changes: tuple[str, str]) -> Source:
    text = (PROGRAMS / file).read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return Source(file, text)


def open_points(graded: Grade) -> list[int]:
    return [number for number, point in enumerate(graded.points, 1) if not point.held]


# ----------------------------------------------------------------------------------- the seven


@pytest.mark.parametrize("bug", range(1, 8))
def test_one_bug_alone_is_told_from_the_six_others(bug: int) -> None:
    text = (DEMOS / "vector.c").read_text()
    points = seven.points_of(Source("vector.c", f"#define ONLY {bug}\n{text}"))
    assert [number for number, point in enumerate(points, 1) if not point.held] == [bug]


def test_what_is_handed_out_has_all_seven() -> None:
    assert seven.grade(changed("seven.c")).held == 0


MENDED = (
    (
        "Vector vector;\n    vector.items",
        "Vector *vector = malloc(sizeof *vector);\n    vector.items",
    ),
    ("vector.", "vector->"),
    ("return &vector", "return vector"),
    ("vector->room * 2", "vector->room ? vector->room * 2 : 1"),
    ("malloc(room)", "malloc(room * sizeof *items)"),
    ("vector->items = items;", "free(vector->items);\n        vector->items = items;"),
    ("    free(vector);\n    free(vector->items);", "    free(vector->items);\n    free(vector);"),
    ("*first)", "vector->items[0])"),
    ("    free(vector->items);\n    vector_free", "    vector_free"),
)
BY_VALUE = (
    ("Vector *vector_new", "Vector vector_new"),
    ("vector.room = 0", "vector.room = 4"),
    ("vector.items = NULL", "vector.items = malloc(4 * sizeof(int))"),
    ("return &vector", "return vector"),
    ("Vector *vector = vector_new", "Vector vector = vector_new"),
    ("vector_push(vector,", "vector_push(&vector,"),
    ("vector_free(vector)", "vector_free(&vector)"),
    ("&vector->items[0]", "&vector.items[0]"),
    ("    free(vector);\n", ""),
    ("    free(vector->items);\n    vector_free", "    vector_free"),
)


def test_a_mended_one_has_all_points() -> None:
    graded = seven.grade(changed("seven.c", *MENDED))
    assert open_points(graded) == []
    assert graded.notes == ("the program as a whole: no fault; it prints 107",)


def test_a_vector_may_be_returned_by_value() -> None:
    # With room from the start the stale pointer is not seen in a run: it is graded all the same.
    assert open_points(seven.grade(changed("seven.c", *BY_VALUE))) == [3, 4, 7]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("int count;", "long count;", "leave the struct"),
        ("Vector *vector, int item", "int item, Vector *vector", "takes a pointer"),
        ("vector_free(Vector *vector)\n{", "vector_release(Vector *vector)\n{", "no function"),
        ("return &vector;", "return &vector", "does not compile"),
    ],
)
def test_what_cannot_be_graded_is_said(old: str, new: str, why: str) -> None:
    with pytest.raises(Ungraded, match=why):
        seven.points_of(changed("seven.c", (old, new)))


# ------------------------------------------------------------------------------------- others

CALL = "    long rounded = finish(total);\n"
RELEASE = "    free(orders);\n"


@pytest.mark.parametrize(
    ("change", "left"),
    [
        ((CALL, CALL), [1, 3]),  # never
        ((CALL, RELEASE + CALL), []),
        ((CALL, CALL + RELEASE), [3]),  # too late
        ((CALL, RELEASE + CALL + RELEASE), [2]),  # twice
        (("    long total = 0;\n", RELEASE + "    long total = 0;\n"), [2]),  # too early
    ],
    ids=["never", "right", "late", "twice", "early"],
)
def test_where_to_release(change: tuple[str, str], left: list[int]) -> None:
    graded = places.grader()(changed("orders.c", change))
    assert open_points(graded) == left


def test_ways_out() -> None:
    text = changed(
        "ways_out.c",
        ("first == NULL)\n        return", "first == NULL)\n        return free(copies),"),
        (
            "second == NULL)\n        return",
            "second == NULL)\n        return free(copies->first), free(copies),",
        ),
    )
    assert open_points(ways.grade(text)) == []


def test_reports_are_compared_with_what_is_answered() -> None:
    source = changed("two_reports.c")
    for number, value in enumerate(("42", "7", "20", "6 bytes", "28"), 1):
        source.text = re.sub(rf"answer {number}:", f"answer {number}: {value}", source.text)
    assert open_points(reports.grade(source)) == []
    assert open_points(reports.grade(changed("two_reports.c"))) == [1, 2, 3, 4, 5]


def test_ten_megabytes_are_dropped_early() -> None:
    dropped = ("\n    let second", "    drop(first);\n    let second")
    source = changed("early_drop.rs", dropped)
    make_std(source)
    graded = rusty.early_drop(source)
    assert open_points(graded) == []
    assert graded.notes == (
        "`first` is moved away in line 16",
        "with a use of `first` in the last line: error E0382",
    )


def test_an_owner_may_end_in_a_block() -> None:
    block = (
        ("let orders:", "let total = {\n    let orders:"),
        ("    let rounded", "    total\n    };\n    let rounded"),
    )
    graded = places.grader(forbidden="drop")(changed("orders_scope.rs", *block))
    assert open_points(graded) == []


def test_the_compiler_refuses_all_but_the_room() -> None:
    assert open_points(rusty.row(changed("row.rs"))) == [1, 2, 3, 4, 5]
    owned = (("-> &Row", "-> Row"), ("&row\n", "row\n"))
    copied = ("&row.items[0]", "row.items[0]")
    assert open_points(rusty.row(changed("row.rs", *owned))) == [2, 3, 4, 5]
    assert open_points(rusty.row(changed("row.rs", *owned, copied))) == [4, 5]
    roomy = ("len() * 2]", "len() * 2 + 1]")
    assert open_points(rusty.row(changed("row.rs", *owned, copied, roomy))) == []


def test_a_vector_may_grow_once() -> None:
    assert open_points(rusty.reserve(changed("reserve.rs"))) == [3]
    once = ("Vec::new()", "Vec::with_capacity(count as usize)")
    assert open_points(rusty.reserve(changed("reserve.rs", once))) == []


def test_requests_are_put_in_order() -> None:
    asked = "A=5 B=1 free:A C=2 D=5\n"
    for order, left in (
        (asked, [4]),
        ("A=5 B=1 C=2\nfree:A D=5\n", []),
        ("A=5 B=1 free:A D=5 C=2\n", []),
        ("A=5 B=1 free:A D=5\n", [1, 3]),
        ("B=1 C=2 D=5 A=2 free:A\n", [1, 2]),
    ):
        assert open_points(holes.grade(changed("holes.txt", (f"\n{asked}", f"\n{order}")))) == left
    with pytest.raises(Ungraded, match="make no sense"):
        holes.grade(changed("holes.txt", ("A=5 B=1 free:A C=2", "free:X C=2")))


def test_a_cycle_is_broken() -> None:
    weak = (
        ("parent: RefCell<Option<Rc<Person>>>", "parent: RefCell<Option<std::rc::Weak<Person>>>"),
        ("Some(Rc::clone(&anna))", "Some(Rc::downgrade(&anna))"),
        (".borrow().as_ref() {", ".borrow().as_ref().and_then(|weak| weak.upgrade()) {"),
    )
    assert open_points(rusty.family(changed("family.rs", *weak))) == []


def test_a_clone_is_no_way_to_print_twice() -> None:
    lent = (("years: Vec<u32>)", "years: &[u32])"), ("print_years(years);", "print_years(&years);"))
    assert open_points(rusty.years(changed("years.rs", *lent))) == []
    cloned = changed("years.rs")
    cloned.text = cloned.text.replace("print_years(years);", "print_years(years.clone());", 1)
    assert open_points(rusty.years(cloned)) == [3]
    with pytest.raises(Ungraded, match="does not compile"):
        rusty.years(changed("years.rs"))


# --------------------------------------------------------------------------------- questions

RIGHT = "bbbcbbbbbcbb"


def test_each_question_is_decided_by_its_program() -> None:
    shown = [answer(question) for question in QUESTIONS]
    assert "".join("abc"[number] for number, _ in shown) == RIGHT


def test_a_sheet_is_graded() -> None:
    text = sheet()
    for letter in "b?c":  # right, not answered, wrong
        text = text.replace("answer:\n", f"ANSWER: {letter.strip('?')}\n", 1)
    graded = grade(Source("questions.txt", text.replace("ANSWER", "answer")))
    assert [point.held for point in graded.points[:3]] == [True, False, False]
    assert "E0382" in graded.points[2].says
    with pytest.raises(Ungraded, match="neither a, b nor c"):
        grade(Source("questions.txt", "1. x\n   answer: maybe\n"))


# ----------------------------------------------------------------------------- command, tools


def said(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(command, ["learn", *arguments])
    return done.exit_code, done.output


def test_an_exercise_is_written_and_graded(tmp_path: Path) -> None:
    assert said("start", "ways-out", str(tmp_path))[0] == 0
    code, output = said("start", "ways-out", str(tmp_path))
    assert (code, "--force" in output) == (2, True)
    code, output = said("grade", str(tmp_path / "ways_out.c"), "--format", "json")
    document = json.loads(output)
    assert (code, document["held"], document["of"]) == (1, 2, 4)
    (tmp_path / "other.c").write_text("int main(void) { return 0; }\n")
    code, output = said("grade", str(tmp_path / "other.c"))
    assert (code, "names no exercise" in output) == (2, True)


def test_each_file_names_its_exercise() -> None:
    for one in EXERCISES:
        assert exercise_of(Source(one.file, text_of(one))) is one


def test_a_tool_that_is_missing_is_in_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    found = beside(Source("a.c", "int main(void) { return 0; }\n"), ("valgrind", "rustc"))
    assert [(row[0], row[2]) for row in rows(found)] == [
        ("freehold run", "nothing"),
        ("freehold check", "nothing"),
        ("valgrind", "valgrind, cc is not installed"),
        ("rustc", "not for C"),
    ]


@pytest.mark.skipif(
    not (shutil.which("valgrind") and shutil.which("cc")), reason="needs valgrind and cc"
)
def test_two_tools_are_put_side_by_side() -> None:
    found = beside(changed("two_reports.c"), ("valgrind", "asan"))
    lines = {one.tool: [line for _, line in one.lines] for one in found}
    assert lines["freehold run"] == [20, 28, 19]
    assert lines["valgrind"] == [20, 28, 19]
    assert lines["asan"] == [20]


def test_what_is_found_many_times_is_one_row() -> None:
    found = Said("tool", (("a", 1), ("b", None), ("a", 1)), 0.25)
    assert rows([found]) == [("tool", "0.2", "a, line 1 (2 times)"), ("", "", "b")]


def test_an_answer_that_does_not_end_is_not_sound() -> None:
    printing = ("vector->count++;", 'for (;;) printf("x");')
    assert open_points(seven.grade(changed("seven.c", printing))) == [1, 2, 3, 4, 5, 6, 7]


def test_a_tool_that_reports_nothing_that_can_be_read_is_in_the_table(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, text in (("cc", "exit 0"), ("valgrind", 'touch "${3#--xml-file=}"')):
        (tmp_path / name).write_text(f"#!/bin/sh\n{text}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    found = beside(Source("a.c", "int main(void) { return 0; }\n"), ("valgrind",))
    assert found[-1].missing.startswith("its report cannot be read")
