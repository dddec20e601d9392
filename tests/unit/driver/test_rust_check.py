"""Whole programs, checked: what one stage finds depends on what another said before."""

import re

import pytest

from freehold.api import cache_folder
from freehold.driver.cache import Cache
from freehold.driver.rust import check_source, load_std
from freehold.source import Source

# Marked with `//~ CODE` on each line that has an error.
PROGRAMS = {
    "a missing lifetime taints its function": """
        struct Grid { cells: Box<[u8]> }
        impl Grid {
            fn make() -> &Grid { //~ E0106
                let grid = Grid { cells: Box::new([]) };
                drop(grid);
                return &grid;
            }
            fn size(&self) -> usize {
                let cells = String::new();
                drop(cells);
                cells.len() //~ E0382
            }
        }
        fn main() {}
    """,
    "so does an unknown one in its body or its self": """
        struct View<'a>(&'a u8);
        impl View<'b> { //~ E0261
            fn look(&self) { let s = String::new(); drop(s); drop(s); }
            fn other() { let s = String::new(); drop(s); drop(s); } //~ E0382
        }
        fn inside() {
            let all: Vec<View<'c>> = Vec::new(); //~ E0261
            let s = String::new(); drop(s); drop(s);
        }
        fn clause<T: 'd>(_: T) { //~ E0261
            let s = String::new(); drop(s); drop(s); //~ E0382
        }
        fn main() {}
    """,
    "with too few lifetimes nothing is known, with too many it is": """
        struct Pair<'a, 'b>(&'a u8, &'b u8);
        fn few(_: Pair<'static>) { //~ E0107
            let s = String::new(); drop(s); drop(s);
        }
        fn many(_: Pair<'static, 'static, 'static>) { //~ E0107
            let s = String::new(); drop(s); drop(s); //~ E0382
        }
        fn main() {}
    """,
    "a coercion reaches through what it must to borrow mutably": """
        use std::cell::RefCell;
        struct Held<'a> { items: &'a mut Vec<u8> }
        fn fill(all: &mut [u8]) { all[0] = 1; }
        fn main() {
            let mut vector = vec![0, 0];
            fill(&mut vector);
            let part: &mut [u8] = &mut vector;
            part[1] = 2;
            let held = RefCell::new(Held { items: &mut vector });
            let mut guard = held.borrow_mut();
            fill(guard.items);
            let shut = std::rc::Rc::new(vec![1]);
            fill(&mut shut); //~ E0596 E0596
        }
    """,
    "a callable behind a reference need not be `mut`": """
        fn borrowed(f: &mut dyn FnMut(u8) -> u8) -> u8 { f(f(1)) } //~ E0499
        fn generic<F: FnMut()>(f: &mut F) { f(); f() }
        fn boxed(f: &mut Box<dyn FnMut()>) { f() }
        fn owned(f: Box<dyn FnMut()>) { f() } //~ E0596
        fn main() {}
    """,
    "functions where they may not stand": """
        fn free(); //~ FH1402
        fn lost(&self) -> u8 { 1 } //~ FH1402
        struct Here;
        impl Here {
            fn bare(); //~ FH1402
            fn fine(&self) {}
        }
        trait There {
            pub fn shown(&self); //~ E0449
            fn also_fine(self);
        }
        extern "C" { fn abs(n: i32) -> i32; }
        fn main() {}
    """,
    "macros that std has in a module": """
        use std::pin::{pin, Pin};
        fn main() {
            let mut number = pin!(5);
            *number = 6;
            let text: Pin<&mut String> = std::pin::pin!(String::from("a"));
            text.get_mut().push_str(5); //~ E0308
            println!("{}", number);
        }
    """,
    "integers are shifted by any integers": """
        fn main() {
            let (few, many) = (3u8, 40i64);
            let mut x: u64 = 1 << few;
            x <<= many;
            x >>= -1i16;
            let y = x << 2usize >> "2"; //~ E0277
        }
    """,
    "a struct literal is made wide where it is borrowed": """
        struct Wide<T: ?Sized> { size: u8, tail: T }
        trait Named {}
        impl Named for u8 {}
        fn main() {
            let a: &Wide<[u8]> = &Wide { size: 2, tail: [1, 2] };
            let b: &Wide<Wide<dyn Named>> = &Wide { size: 1, tail: Wide { size: 0, tail: 3u8 } };
            let c: &Wide<[u8]> = &Wide { size: 2, tail: 5 }; //~ E0308
        }
    """,
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_each_error_is_on_its_line(name: str) -> None:
    text = PROGRAMS[name]
    load_std(Cache(cache_folder()))
    found = sorted(
        (one.at.outermost().line, one.code.id)
        for one in check_source(Source("t.rs", text))
        if one.at is not None
    )
    wanted = sorted(
        (number, code)
        for number, line in enumerate(text.split("\n"), 1)
        for code in re.findall(r"(?:E|FH)\d{4}", line.partition("//~")[2])
    )
    assert found == wanted
