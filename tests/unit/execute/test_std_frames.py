"""Frames of Rust's std are folded: the user sees what he called, and his own."""

from freehold.diagnostics import Frame
from freehold.execute.stacks import shortened
from freehold.source import Expansion, Source, Span

USER = Source("a.rs", "fn main() { let b = Box::new(1); }")
STD = Source("std/boxed.rs", "pub fn new() {}")


def user(name: str, start: int = 0) -> Frame:
    return Frame(name, Span(USER, start, start + 1))


def std(name: str) -> Frame:
    return Frame(name, Span(STD, 0, 1))


def test_of_frames_of_std_in_a_row_the_outermost_stays_without_a_place() -> None:
    frames = [std("alloc"), std("Box::<T>::new"), user("main", 20)]
    assert shortened(frames) == [Frame("Box::<T>::new", None), user("main", 20)]


def test_what_leads_to_main_goes() -> None:
    frames = [user("f"), user("main", 5), user("main"), std("call"), std("lang_start")]
    assert shortened(frames) == [user("f"), user("main", 5)]


def test_a_macro_of_std_stands_where_it_is_called() -> None:
    call = Span(USER, 12, 20)
    inside = Frame("main", Span(STD, 3, 5, Expansion("vec", call)))
    assert shortened([std("from_elem"), inside])[1].span == call


def test_c_is_left_alone() -> None:
    frames = [user("f"), user("main")]
    assert shortened(frames) is frames
