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
    "constants are computed where types and patterns need them, and where they can fail": """
        const fn sum(n: usize) -> usize {
            let (mut i, mut s) = (0, 0);
            while i < n { s += i; i += 1; }
            if s > 9 { panic!("too many") }
            s
        }
        const LOW: i32 = -5;
        const HIGH: i32 = LOW + sum(5) as i32; //~ E0080
        const SIX: [u8; sum(4)] = [0; 6];
        static LAST: u8 = SIX[6]; //~ E0080
        struct Limits;
        impl Limits { const TOP: char = 'q'; }
        fn side(x: i32) -> i32 { match x { i32::MIN..LOW => 0, LOW..=3 => 1, 4..=i32::MAX => 2 } }
        fn part(c: char) -> i32 {
            match c { '\\0'..'q' => 1, Limits::TOP => 2, 'r'..=char::MAX => 3 }
        }
        fn half(u: u8) -> i32 { match u { 0..=126 => 0, 128..=u8::MAX => 1 } } //~ E0004
        fn main() {}
    """,
    "a constant that needs itself has no value": """
        const ONE: usize = TWO + 1; //~ E0391 E0391
        const TWO: usize = ONE + 1; //~ E0391
        fn main() { match 5 { ONE => {}, _ => {} } }
    """,
    "a reference is cast to no number": """
        fn main() {
            let n = &1u8 as i32; //~ E0606
            let t = "a" as i32; //~ E0606
            let f = &[1u8] as f32; //~ E0606
            let s = &1 as &str; //~ E0605
        }
    """,
    "the compiler calls functions that are const": """
        fn plain() -> usize { 4 }
        const fn good(n: usize) -> usize { if n > 9 { panic!("{}", "no") } n }
        const fn bad() -> usize { plain() } //~ E0015
        const TEXT: String = String::from("x"); //~ E0015
        static SIZES: [usize; good(2)] = [good(1), plain()]; //~ E0015
        const SAME: bool = good(1) == 2;
        struct S(u8);
        impl S { const fn make() -> Self { S(1) } fn other() -> Self { S(2) } }
        const ONE: S = S::make();
        const TWO: S = S::other(); //~ E0015
        static EMPTY: std::sync::Mutex<Vec<u8>> = std::sync::Mutex::new(Vec::new());
        const LATE: fn() -> usize = || plain();
        fn main() { let all = [0; plain()]; } //~ E0015
    """,
    "what surely panics is an error, unless it is allowed": """
        fn known(x: i32, unknown: usize) -> i32 {
            let days = [31, 28, 31];
            let at = 7;
            let late = days[at]; //~ FH1521
            let low = 1u32 - 2; //~ FH1522
            let wide = 1i32 << 40; //~ FH1522
            let (most, least) = (i32::MAX, i8::MIN);
            let more = most + 1; //~ FH1522
            let less = -least; //~ FH1522
            if at > 3 { x / (at as i32 - 7) } else { x / 0 } //~ FH1521
        }
        fn changing(days: &[i32; 3]) -> i32 {
            let (mut at, seen) = (3, 4);
            println!("{seen}");
            while at > 0 { at -= 1; }
            days[at] + days[seen]
        }
        #[allow(unconditional_panic)]
        fn meant() -> i32 { #[allow(arithmetic_overflow)] let low = 0u8 - 1; 1 / 0 }
        fn main() { let inner = || 255u8 + 1; } //~ FH1522
    """,
    "a literal is to fit its type": """
        fn main() {
            let bytes: [u8; 3] = [255, 256, 0x1ff]; //~ FH1523 FH1523
            let (low, lower) = (-128i8, -129i8); //~ FH1523
            let (wide, wider) = (1e38f32, 1e39f32); //~ FH1523
            #[allow(overflowing_literals)]
            let cut = 1000 as u8;
        }
    """,
    "the arguments of a supertrait are what they stand for": """
        trait Above<T> { fn say(&self, _: &T) {} }
        trait Identity { type Same; }
        impl<S> Identity for S { type Same = S; }
        trait Below: Above<<u8 as Identity>::Same> {}
        fn widen(all: &dyn Below) -> &dyn Above<u8> { all }
        fn direct(all: &dyn Below) { all.say(&1u8); }
        fn wrong(all: &dyn Below) -> &dyn Above<u16> { all } //~ E0308
        fn main() {}
    """,
    "what is said last is left out where there is another error": """
        mod m { pub struct Closed { x: i32 } fn hidden() {} }
        fn main() {
            m::hidden(); //~ E0603
            let c = m::Closed { x: 1 };
            let byte: u8 = 1000;
        }
    """,
    "after a mistake in a macro call the rest is checked": """
        #[derive(Unknown)] //~ FH1403
        struct One;
        #[derive(Default)] //~ E0665
        enum Two { A }
        fn main() {
            println!("{} {}", 1); //~ FH1403
            unknown!(); //~ FH1403
            let n: i32 = "a"; //~ E0308
            drop(n);
        }
    """,
    "macros are imported, attributes are conditional": """
        mod m {
            macro_rules! one { () => { 1 } }
            pub(crate) use one;
            macro_rules! twice { ($e:expr) => { $e * 2 } }
            pub(crate) use twice as double;
        }
        use m::one as single;
        #[cfg_attr(unix, derive(Clone), derive(Debug))]
        #[cfg_attr(windows, derive(Unknown))]
        struct S { #[cfg_attr(unix, cfg(windows))] gone: Missing, here: u8 }
        fn main() {
            let s = S { here: m::one!() + m::double!(2) + single!() };
            println!("{:?}", s.clone());
            println!("{}", s); //~ E0277
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
