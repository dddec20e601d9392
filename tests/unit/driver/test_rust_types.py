"""Whole programs, checked: types that were written, and what typing leaves for the other checks."""

import re

import pytest

from freehold.api import cache_folder
from freehold.driver.cache import Cache
from freehold.driver.rust import check_source, load_std
from freehold.rust.edition import Edition
from freehold.source import Source

# Marked with `//~ CODE` on each line that has an error (FH1501: a lifetime is too short).
PROGRAMS = {
    "the borrow checker holds to types as written": """
        struct Cut<'a> { text: &'a str }
        impl<'a> Cut<'a> {
            const EMPTY: &'a str = "";
            fn new<T>(text: &'a str, _: T) -> Self { Cut { text } }
        }
        trait Out { type Of; }
        impl Out for u8 { type Of = &'static i32; }
        fn in_a_path<'a>() {
            let s = String::new();
            Cut::<'a>::new(&s, 1); //~ E0597
        }
        fn in_a_constant<'a>(_: &'a str) -> &'static str {
            <Cut<'a>>::EMPTY //~ FH1501
        }
        fn in_a_pattern(s: String) {
            let cut = Cut { text: &s }; //~ E0597
            let Cut::<'static> { text: _ } = cut;
        }
        fn in_an_arm(s: String) {
            match (Cut { text: &s }) { //~ E0597
                Cut::<'static> { .. } => {}
            }
        }
        fn in_a_projection() {
            let n = 1;
            let _: <u8 as Out>::Of = &n; //~ E0597
        }
        fn of_a_reference<'a>(_: &'a u8) -> &'static i32 {
            let (ref n, _): (&'a i32, u8) = (&1, 2);
            *n //~ FH1501
        }
        struct Pair<'a, 'b: 'a>(&'a &'b ());
        impl<'a, 'b> Pair<'a, 'b> { fn longer(x: &'b ()) -> &'a () { x } }
        fn of_an_impl<'a, 'b>(x: &'b ()) -> &'a () {
            Pair::longer(x) //~ FH1501
        }
        fn main() {}
    """,
    "what a reference points to is called, the reference is not": """
        fn object(f: &mut dyn FnMut()) { f() }
        fn parameter<F: FnMut()>(f: &mut F) { f() }
        fn deep(f: &mut &mut Box<dyn FnMut(u8)>) { f(1) }
        fn inner(f: Option<&mut dyn FnMut()>) { f.map(|f| f()); }
        fn shared(f: &&mut dyn FnMut()) { f() } //~ E0596
        fn owned(f: Box<dyn FnMut()>) { f() } //~ E0596
        fn main() {}
    """,
    "binders, raw lifetimes, closures with written types": """
        trait Lend { type Item<'a> where Self: 'a; fn lend(&self) -> Self::Item<'_>; }
        fn named(of: &impl for<'a> Lend<Item<'a> = &'a u8>) -> u8 { *of.lend() }
        trait Both<'a, 'b> {}
        struct Caller<T: for<'a> Fn(&'a T, dyn for<'b> Both<'a, 'b>) -> u8>(T);
        const RAW: &'r#static str = "raw";
        fn longer<'a, 'b, T>(_: &'a &'b (), v: &'b T) -> &'a T { v }
        fn pointer<'a>(x: &'a u8, unit: &'static &'a ()) -> &'a u8 {
            let f: fn(_, &'a u8) -> &'a u8 = longer;
            f(unit, x)
        }
        trait Family { type Of<'a, 'b>: 'static; }
        struct Held<'a, T>(&'a (), T);
        fn member<'a, 'b, T: Family>(_: <T as Family>::Of<'a, 'b>) {}
        fn family<'b, T: Family>() {
            let _all: Held<'_, for<'a> fn(<T as Family>::Of<'a, 'b>)> = Held(&(), member);
        }
        fn written<'a>(s: String) {
            let f = |x: &'a str| -> &'static str { x }; //~ FH1501
            let g = |x: &'a str| x.len();
            g(&s); //~ E0597
        }
        fn takes(_: impl Fn(&u8, &u8) -> usize) {}
        fn unnamed<'a>(keep: &'a u8) {
            let mut held = keep;
            takes(|a, b| { let c: &'a u8 = a; *c as usize }); //~ FH1501
            held = keep;
        }
        fn main() {}
    """,
    "what patterns bind at odds is told beside what is moved and borrowed": """
        #[derive(Debug)]
        struct Name(String);
        fn moved(o: Option<Name>) {
            if let whole @ Some(ref part) = o { println!("{whole:?} {part:?}"); } //~ FH1504 E0505
        }
        fn mixed(mut o: Option<Name>) {
            let ref mut whole @ Some(ref part) = o else { return }; //~ FH1504 E0502
            *whole = None;
            println!("{part:?}");
        }
        fn fine(o: Option<Name>, n: Option<u8>) {
            let ref whole @ Some(ref part) = o else { return };
            println!("{whole:?} {part:?}");
            let copy @ Some(ref inner) = n else { return };
            println!("{copy:?} {inner}");
        }
        unsafe fn danger() {}
        fn both(name: Name) {
            danger(); //~ E0133
            drop(name);
            drop(name); //~ E0382
        }
        trait Source<'a> { const TEXT: &'a str; }
        fn text<'a, T: Source<'a>>() -> &'static str {
            T::TEXT //~ FH1501
        }
        fn main() {}
    """,
    "a body ends where it panics, too; what is promoted moves as the rest": """
        const fn three() -> u8 { 3 }
        fn never_ends() -> ! {
            let _x: &'static u8 = &(three() + 1); //~ E0716
            panic!();
        }
        fn exits(s: String) {
            let _kept: &'static str = &s; //~ E0597
            std::process::exit(0);
        }
        fn passes(s: String) -> ! {
            let part: &str = &s;
            panic!("{part}");
        }
        struct Inner;
        #[derive(Clone)] struct Held(#[allow(unused)] u8);
        impl Clone for Inner { fn clone(&self) -> Inner { Inner } }
        #[derive(Clone)] struct Outer(Inner);
        fn promoted() {
            const ALL: [Inner; 1] = [Inner];
            let _ = Outer(ALL[0]).clone(); //~ E0508
        }
        fn main() {}
    """,
    "closures leave what no pattern looks at; a claim holds where it is made only": """
        enum One { Only }
        fn unseen(text: String, one: One, pair: (String, String)) {
            let ignores = || { let _ = text; };
            let only = |really: bool| match one { One::Only if really => 1, _ => 2 };
            let neither = || { let (_, _) = pair; };
            let gone = (text, one, pair);
            ignores();
            only(true);
            neither();
            drop(gone);
        }
        fn seen(some: Option<String>) {
            let looks = || if let Some(_) = some { 1 } else { 0 };
            let gone = some; //~ E0505
            looks();
            drop(gone);
        }
        trait Mirror<S> { type Image; }
        impl<T, S> Mirror<S> for T { type Image = T; }
        fn claims<S>(text: String) where <String as Mirror<S>>::Image: Copy {
            drop(text);
            drop(text);
        }
        fn claims_nothing(text: String) {
            drop(text);
            drop(text); //~ E0382
        }
        fn main() {}
    """,
    "what impl Trait hides has lifetimes that it captures": """
        struct Bytes<'a>(&'a [u8]);
        impl<'a> Bytes<'a> {
            fn unnamed(&self) -> impl Iterator<Item = u8> {
                self.0.iter().copied() //~ E0700
            }
            fn named(&self) -> impl Iterator<Item = u8> + use<'_, 'a> { self.0.iter().copied() }
        }
        fn bounded<'a>(x: &'a u8) -> impl Copy + 'static {
            x //~ FH1501
        }
        fn other<'a, 'b>(x: &'a u8, _: &'b u8) -> impl Copy + use<'b> {
            x //~ E0700
        }
        fn main() {}
    """,
    "derives copy the fields of packed structs": """
        #[repr(C, packed)]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        struct Tight { tag: u8, size: u32 }
        #[repr(packed)]
        #[derive(PartialEq)]
        struct Owner(
            u8,
            String, //~ E0507 E0507
        );
        fn main() {
            let one = Tight { tag: 1, size: 2 };
            println!("{:?} {} {:?}", one, one == Tight::default(), one.cmp(&one.clone()));
        }
    """,
    "of a type with a wrong lifetime nothing more is said": """
        struct Parsed { text: &str, size: usize } //~ E0106
        fn wrong(parsed: Parsed) -> &str { //~ E0106
            let size: u8 = parsed.size; //~ E0308
            parsed.text.nothing();
            1
        }
        static PICK: &fn(&u8, &u8) -> &u8 = &(pick as fn(&u8, &u8) -> &u8); //~ E0106 E0106
        fn pick<'a>(a: &'a u8, _: &u8) -> &'a u8 { a }
        fn right() { let n: u8 = "n"; } //~ E0308
        fn main() {}
    """,
}

OLD = """
    mod shapes { pub trait Shape { fn area(&self) -> u32; } }
    use shapes::Shape;
    mod inner {
        use shapes::Shape;
        pub fn total(all: &[Box<Shape>]) -> u32 { all.iter().map(|one| one.area()).sum() }
    }
    struct Pair { left: String, right: String }
    fn parts(pair: Pair) {
        let take = || drop(pair.left);
        drop(pair.right); //~ E0382
        take();
    }
    fn count(n: &mut u32) {
        let mut more = || *n += 1;
        let seen = &n; //~ E0501
        more();
        let _ = seen;
    }
    fn main() { ::inner::total(&[]); }
"""


def found_in(text: str, edition: Edition = Edition.E2021) -> list[tuple[int, str]]:
    load_std(Cache(cache_folder()))
    found = check_source(Source("t.rs", text), edition=edition)
    return sorted((one.at.outermost().line, one.code.id) for one in found if one.at is not None)


def wanted_in(text: str) -> list[tuple[int, str]]:
    return sorted(
        (number, code)
        for number, line in enumerate(text.split("\n"), 1)
        for code in re.findall(r"E\d{4}|FH\d{4}", line.partition("//~")[2])
    )


@pytest.mark.parametrize("name", PROGRAMS)
def test_each_error_is_on_its_line(name: str) -> None:
    assert found_in(PROGRAMS[name]) == wanted_in(PROGRAMS[name])


def test_old_editions_differ_in_paths_objects_and_captures() -> None:
    assert found_in(OLD, Edition.E2015) == wanted_in(OLD)
    assert found_in(OLD) == [(5, "E0432"), (16, "E0501"), (20, "E0433")]
    bare = "trait T {} fn f(_: &T) {} fn main() {}"
    assert found_in(bare) == [(1, "E0782")]
    assert found_in(bare, Edition.E2018) == []


def test_what_our_std_lacks_is_unsupported_and_a_misspelt_name_an_error() -> None:
    text = """\
use std::{rc::Rc, thread::Builder};
fn main() {
    let shared = Rc::new(vec![1]);
    shared.into_flattened();
    5u32.strict_add(1);
    5.strict_add(1);
    String::from_utf16_lossy(&[1]);
    shared.frist();
    shared.iter().read_vectored();
    Builder::new().spawn(|| ()).spawn_unchecked();
}
"""
    lacking = [(line, "FH1901") for line in (4, 5, 7)]
    errors = [(6, "E0689"), *((line, "E0599") for line in (8, 9, 10))]
    assert found_in(text) == sorted((*lacking, *errors))
