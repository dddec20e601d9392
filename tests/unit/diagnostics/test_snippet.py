"""Marks under lines, drawn exactly."""

from textwrap import dedent

from freehold.diagnostics.ansi import Palette
from freehold.diagnostics.snippet import Mark, draw
from freehold.source import Source


def drawn(text: str, *marks: tuple[str, str, bool]) -> str:
    source = Source("a.c", text)
    made = []
    for part, label, primary in marks:
        start = text.index(part)
        made.append(Mark(start, start + len(part), label, primary))
    return "\n".join(draw(source, made, 1, Palette())) + "\n"


def picture(text: str) -> str:
    return dedent(text).lstrip("\n")


def test_one_mark() -> None:
    assert drawn("x = *p;\n", ("*p", "read here", True)) == picture("""
         1 | x = *p;
           |     ^^ read here
    """)


def test_three_labels_hang_from_right_to_left() -> None:
    assert drawn(
        "copy(to, from);\n", ("copy", "this", True), ("to", "there", False), ("from", "here", False)
    ) == picture("""
         1 | copy(to, from);
           | ^^^^ --  ---- here
           | |    |
           | |    there
           | this
    """)


def test_marks_that_overlap_both_hang() -> None:
    assert drawn("f(a);\n", ("f(a)", "call", True), ("a", "argument", False)) == picture("""
         1 | f(a);
           | ^^^^
           | | |
           | | argument
           | call
    """)


def test_tabs_and_wide_characters_keep_marks_in_place() -> None:
    assert drawn("\t日本 = x;\n", ("x", "here", True)) == picture("""
         1 |     日本 = x;
           |            ^ here
    """)


def test_control_characters_never_reach_the_terminal() -> None:
    out = drawn("a\x1b[2Jb\u202ec;\n", ("a", "", True))
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_a_mark_over_lines_is_a_rail() -> None:
    text = "if (x) {\n  a;\n  b;\n  c;\n  d;\n}\n"
    assert drawn(text, (text[:-1], "this block", True), ("b;", "in it", False)) == picture("""
         1 | / if (x) {
         2 | |   a;
         3 | |   b;
           | |   -- in it
         4 | |   c;
         5 | |   d;
         6 | | }
           | |_^ this block
    """)


def test_a_mark_that_begins_inside_its_line_bends() -> None:
    text = "int x = f(\n    1);\n"
    assert drawn(text, ("f(\n    1)", "too few arguments", True)) == picture("""
         1 |   int x = f(
           |  _________^
         2 | |     1);
           | |______^ too few arguments
    """)


def test_a_far_line_is_elided() -> None:
    text = "".join(f"line {n};\n" for n in range(1, 30))
    out = drawn(text, ("line 2;", "one", True), ("line 25;", "other", False))
    assert out.count("...") == 1
    assert len(out.splitlines()) == 5


def test_a_very_long_line_is_cut_around_its_mark() -> None:
    out = drawn("x" * 5000 + "HERE" + "y" * 5000 + "\n", ("HERE", "it", True))
    first, second = out.splitlines()
    assert len(first) < 200
    at = first.index("HERE")
    assert second[at : at + 4] == "^^^^"


def test_a_mark_at_the_end_of_the_file_is_still_drawn() -> None:
    source = Source("a.c", "int x")
    mark = Mark(5, 5, "`;` missing", primary=True)
    assert list(draw(source, [mark], 1, Palette())) == [
        "1 | int x",
        "  |      ^ `;` missing",
    ]
