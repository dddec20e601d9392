"""What a Rust source says about its run: `unsafe` code, and fields that can close a cycle."""

from freehold.api import cache_folder
from freehold.diagnostics import Diagnostic, Frame
from freehold.diagnostics.codes import DEFINITELY_LOST, DOUBLE_FREE, STACK_OVERFLOW
from freehold.driver.cache import Cache
from freehold.driver.causes import Causes
from freehold.driver.rust import analyse, load_std
from freehold.driver.rust_causes import causes_of
from freehold.source import Source, Span

TEXT = """
use std::cell::RefCell;
use std::rc::{Rc, Weak};
struct Node { up: RefCell<Option<Rc<Node>>>, all: RefCell<Vec<Rc<Node>>>, name: String }
struct Tree { above: Weak<Tree>, below: Vec<Rc<Tree>> }
enum List { Cons(i32, RefCell<Rc<List>>), Nil }
struct Room { doors: Vec<Rc<Door>>, chairs: Vec<Rc<Chair>> }
struct Door { room: RefCell<Option<Rc<Room>>> }
struct Chair { legs: u8 }
unsafe fn careless() { touched(); }
fn touched() { unsafe { careless() } }
fn main() { touched(); let f = || unsafe { careless() }; f(); }
"""


def _causes() -> tuple[Source, Causes]:
    load_std(Cache(cache_folder()))
    source = Source("t.rs", TEXT)
    return source, causes_of(analyse(source))


def _at(source: Source, words: str) -> Span:
    start = TEXT.index(words)
    return Span(source, start, start + len(words))


def test_of_each_cycle_the_field_that_points_back_is_named() -> None:
    _, causes = _causes()
    assert {one.words for one in causes.closing} == {
        "`up` of `Node`",
        "`1` of `List::Cons`",
        "`room` of `Door`",
    }


def test_a_fault_names_the_unsafe_code_around_it() -> None:
    source, causes = _causes()
    start = TEXT.index("careless() } }")
    found = causes.explain(Diagnostic(DOUBLE_FREE, Span(source, start, start + 10), {}))
    assert [label.text for label in found.labels] == ["in this `unsafe` block"]
    assert TEXT[found.labels[0].span.start :].startswith("unsafe { careless() } }")
    inner = (Frame("std", None), Frame("careless", _at(source, "touched(); }")))
    found = causes.explain(Diagnostic(DOUBLE_FREE, None, {}, stack=inner))
    assert [label.text for label in found.labels] == ["in this `unsafe` function"]


def test_a_fault_in_safe_code_tells_where_the_unsafe_code_is() -> None:
    source, causes = _causes()
    found = causes.explain(Diagnostic(DOUBLE_FREE, _at(source, "touched(); let"), {}))
    assert not found.labels
    assert found.notes[0].endswith("(lines 10, 11, 12)")
    plain = Diagnostic(DOUBLE_FREE, _at(source, "touched(); let"), {})
    assert Causes().explain(plain) is plain


def test_only_a_lost_cycle_is_told_of_its_field() -> None:
    source, causes = _causes()
    lost = Diagnostic(DEFINITELY_LOST, _at(source, "touched(); let"), {"bytes": 1, "blocks": 1})
    assert causes.explain(lost) is lost
    found = causes.explain(Diagnostic(DEFINITELY_LOST, lost.at, {**lost.facts, "cause": "cycle"}))
    assert "`up` of `Node`" in found.help[0]
    overflow = Diagnostic(STACK_OVERFLOW, lost.at, {"what": ""})
    assert causes.explain(overflow) is overflow
