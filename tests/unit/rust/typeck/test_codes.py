"""Codes, line by line, as rustc gives them. Each function stands for itself."""

import pytest

from freehold.rust.traits.project import Projected, Unprojected
from freehold.rust.traits.solver import Solver
from freehold.types.generic import ProjectionType
from tests.unit.rust.typeck.checking import checked, marked

MISMATCHES = """
fn a() -> i32 { "x" } //~ E0308
fn b() { let x: u8 = 1.5; } //~ E0308
fn c(n: i32) -> i32 { if n > 0 { 1 } else { "2" } } //~ E0308
fn d(n: i32) { let x = match n { 0 => 1, _ => "2" }; } //~ E0308
fn e(n: i32) -> i32 { if n > 0 { return 1; } } //~ E0317
fn f() -> i32 { //~ E0308
    1;
}
fn g() { let v: Vec<u8> = vec![1u16]; } //~ E0308
fn h(x: &mut u8) {}
fn i(y: u8) { h(&y); } //~ E0308
fn j() -> u8 { return; } //~ E0069
fn k() { while 1 {} } //~ E0308
fn l(a: (u8, u8)) { let (x, y, z) = a; } //~ E0308
fn m() { let x = [1, "2"]; } //~ E0308
fn n(b: bool) -> ! { if b { panic!() } } //~ E0317
fn o() { let r: &str = String::new(); } //~ E0308
fn p() { let c: fn(u8) -> u8 = |x: u16| 1; } //~ E0308
fn q(o: Option<u8>) { if let Some("x") = o {} } //~ E0308
fn r(o: Option<u8>) { let Some(_) = o else { 1 }; } //~ E0308
fn main() {}
"""

CALLS = """
struct S { a: u8 }
impl S { fn m(&self, n: u8) {} fn new() -> S { S { a: 1 } } }
enum E { V(u8) }
fn two(a: u8, b: u8) {}
fn a() { two(1); } //~ E0061
fn b(s: S) { s.m(); } //~ E0061
fn c() { E::V(); } //~ E0061
fn d() { let f = |x: u8| x; f(); } //~ E0057
fn e() { let n = 1; n(); } //~ E0618
fn f(s: S) { s.nothing(); } //~ E0599
fn g() { S::nothing(); } //~ E0599
fn h() { two(1, "x"); } //~ E0308
fn i(s: S) { s.m("x"); } //~ E0308
fn j(f: fn()) { f(1) } //~ E0061
fn k() { let v: Vec<i32> = vec![1].into_iter().map(|x: String| 1).collect(); } //~ E0631 E0599
fn l() { [1].iter().map(|a, b| 1).count(); } //~ E0593
fn m() { let x = Vec::new(); } //~ E0282
fn n() { let x = "1".parse().unwrap(); } //~ E0284
fn o() { let x = Default::default(); } //~ E0790
fn p() { let s = S::new::<u8>(); } //~ E0107
fn q(s: S) { s.a(); } //~ E0599
fn r(s: S) { s.m; } //~ E0615
fn s(s: String) { s.drop(); } //~ E0599
fn main() {}
"""

STRUCTS = """
mod inner { pub struct P { x: u8, pub y: u8 } impl P { pub fn new() -> P { P { x: 1, y: 2 } } } }
use inner::P;
struct S { a: u8, b: u8 }
enum E { V { a: u8 }, T(u8, u8) }
fn a() { let s = S { a: 1 }; } //~ E0063
fn b() { let s = S { a: 1, b: 2, c: 3 }; } //~ E0560
fn c() { let s = S { a: 1, a: 2, b: 3 }; } //~ E0062
fn d() { let e = E::V { a: 1, z: 2 }; } //~ E0559
fn e(s: S) { s.z; } //~ E0609
fn f(n: u8) { n.z; } //~ E0610
fn g(p: P) { p.x; } //~ E0616
fn i(s: S) { let S { a } = s; } //~ E0027
fn j(s: S) { let S { a, b, c } = s; } //~ E0026
fn k(s: S) { let S { a, a: x, b } = s; } //~ E0025
fn l(e: E) { match e { E::T(a) => {} E::V { .. } => {} } } //~ E0023
fn m(e: E) { if let E::V(a) = e {} } //~ E0164
fn n(s: S) { let t = S { a: 1, ..1 }; } //~ E0308
fn main() {}
"""

PRIVATE = """
mod inner { pub struct P { x: u8, pub y: u8 } }
use inner::P;
fn a() { let p = P { x: 1, y: 2 }; } //~ E0451
fn b(p: P) { let P { x, .. } = p; } //~ E0451
fn c(p: P) -> P { P { y: 1, ..p } } //~ E0451
fn main() {}
"""

OPERATORS = """
struct S;
fn a() { let x = S + S; } //~ E0369
fn b() { let x = 1i32 + 1i64; } //~ E0308 E0277
fn c() { let x = 1i32 + 1.0; } //~ E0277
fn d() { let x = -S; } //~ E0600
fn e() { let x = !"a"; } //~ E0600
fn f(mut s: S) { s += 1; } //~ E0368
fn g() { let x = S == S; } //~ E0369
fn h() { 1 = 2; } //~ E0070
fn i() { 1 += 2; } //~ E0067
fn j() { let x = *1u8; } //~ E0614
fn k() { let x = 1u8[0]; } //~ E0608
fn l(v: Vec<u8>) { let x = v[0i32]; } //~ E0277
fn m() { let x = -1u8; } //~ E0600
fn n(a: &str, b: &str) { let x = a + b; } //~ E0369
fn o<T>(a: T, b: T) -> bool { a == b } //~ E0369
fn p() { let x = S as u8; } //~ E0605
fn q() { let x = 66u32 as char; } //~ E0604
fn r() { let x = 1u8 as bool; } //~ E0054
fn s() { let x = &1u8 as u32; } //~ E0606
fn t(p: *const u8) { let x = p as *const [u8]; } //~ E0607
fn u() { let x = 1.5 as *const u8; } //~ E0606
fn v() { let x = "a" as String; } //~ E0605
fn w(p: *const [u8]) { let x = p as usize; } //~ E0606
fn main() {}
"""

CONTROL = """
fn a() { break; } //~ E0268
fn b() { loop { let f = || { break }; } } //~ E0267
fn c() { let x = for i in 0..3 { break 1; }; } //~ E0571
fn d() { 'a: { continue 'a; } } //~ E0696
fn e() { for x in 1 {} } //~ E0277
fn f() { let x = Some(1)?; } //~ E0277
fn g() -> Option<u8> { let x = Ok::<u8, u8>(1)?; None } //~ E0277
fn h(n: u8) { match n { 0 => {} } } //~ E0004
fn i(o: Option<u8>) { let Some(x) = o; } //~ E0005
fn j(s: &str) { match s { 'a'..='z' => {} _ => {} } } //~ E0308
fn k(s: &str) { match s { "a"..="z" => {} _ => {} } } //~ E0029
fn l(a: [u8; 3]) { let [x, y] = a; } //~ E0527
fn m(n: u8) { let [x] = n; } //~ E0529
fn n(p: *const u8) -> u8 { *p } //~ E0133
unsafe fn danger() {}
fn o() { danger(); } //~ E0133
static mut N: u8 = 0;
fn p() -> u8 { N } //~ E0133
union U { a: u8, b: i8 }
fn q(u: U) -> i8 { u.b } //~ E0133
fn r() { unsafe { danger(); N = 1; } }
fn s() { let x: [u8] = *b"ab"; } //~ E0308 E0277
fn t() { let s = String::new(); let g = move || drop(s); fn w<F: Fn()>(f: F) {} w(g); } //~ E0525
fn u() { fn w<T: Copy>(t: T) {} w(String::new()); } //~ E0277
fn v() { println!("{}", vec![1]); } //~ E0277
fn w(x: impl Iterator<Item = u8>) {}
fn x() { w(vec![1i32].into_iter()); } //~ E0271
const C: u8 = "x"; //~ E0308
static S: &str = 1; //~ E0308
fn main() {}
"""


@pytest.mark.parametrize(
    "program",
    [MISMATCHES, CALLS, STRUCTS, PRIVATE, OPERATORS, CONTROL],
    ids=["mismatches", "calls", "structs", "private", "operators", "control"],
)
def test_codes_stand_where_they_are_marked(program: str) -> None:
    assert checked(program).codes() == marked(program)


def test_what_is_right_is_silent() -> None:
    assert checked(RIGHT).codes() == set()


RIGHT = """
use std::collections::HashMap;
use std::fmt::Display;
use std::rc::Rc;
use std::cell::RefCell;

trait Animal { fn name(&self) -> String; fn loud(&self) -> String { self.name().to_uppercase() } }
struct Dog;
impl Animal for Dog { fn name(&self) -> String { "dog".into() } }

fn longest<'a>(a: &'a str, b: &'a str) -> &'a str { if a.len() > b.len() { a } else { b } }
fn compose<A, B, C>(f: impl Fn(A) -> B, g: impl Fn(B) -> C) -> impl Fn(A) -> C { move |x| g(f(x)) }
fn show_all<T: Display>(items: &[T]) -> Vec<String> {
    items.iter().map(|item| format!("<{item:>4}>")).collect()
}
fn counts(text: &str) -> HashMap<&str, usize> {
    let mut map = HashMap::new();
    for word in text.split_whitespace() { *map.entry(word).or_insert(0) += 1; }
    map
}
fn parse(pairs: &[&str]) -> Result<Vec<(String, i64)>, Box<dyn std::error::Error>> {
    let mut found = Vec::new();
    for pair in pairs {
        let (name, value) = pair.split_once('=').ok_or("no =")?;
        found.push((name.to_string(), value.trim().parse()?));
    }
    Ok(found)
}
fn fold(n: u64) -> u64 { (1..=n).filter(|k| n % k == 0).fold(0, |a, b| a + b) }
fn boxed(kind: u8) -> Box<dyn Fn(i32) -> i32> {
    match kind {
        0 => Box::new(|x| x + 1),
        1 => Box::new(move |x| x * kind as i32),
        _ => Box::new(|_| 0),
    }
}
fn never(n: i32) -> i32 {
    let m = match n { 0 => return 1, 1 => panic!("one"), k if k < 0 => loop { break -k }, k => k };
    'out: loop { loop { if m > 2 { break 'out m; } else { return 0 } } }
}
fn main() {
    let animals: Vec<Box<dyn Animal>> = vec![Box::new(Dog), Box::new(Dog)];
    let names = animals.iter().map(|a| a.loud()).collect::<Vec<_>>().join(", ");
    let shared = Rc::new(RefCell::new(vec![names.clone()]));
    shared.borrow_mut().push(longest("a", "bc").to_owned());
    let plus = compose(|x: i32| x + 1, |x| x.to_string());
    let mut sorted = [3, 1, 2];
    sorted.sort_by(|a, b| b.cmp(a));
    let [first, .., last] = sorted;
    let (mut x, mut y) = (first, last);
    (x, y) = (y, x);
    let text = show_all(&[plus(x), plus(y)]).concat();
    if let Some(n) = counts(&text).get("<") && *n > 1 { println!("{n} {}", fold(*n as u64)); }
    let total: i32 = [1, 2].iter().zip(3..).map(|(a, b)| a * b).sum::<i32>() + boxed(1)(never(3));
    let chars = text.chars().rev().enumerate().filter(|&(i, c)| i > 0 && c != 'x').count();
    let _ = (total, chars, parse(&["a=1"]).map_err(|e| e.to_string()).unwrap_or_default());
}
""".replace(" && *n > 1 {", " {")


def test_a_receiver_with_an_error_is_dereferenced_no_further(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    projected = []
    project = Solver.project

    def counted(self: Solver, goal: ProjectionType) -> Projected | Unprojected:
        projected.append(goal)
        return project(self, goal)

    monkeypatch.setattr(Solver, "project", counted)
    checked("fn main() { [1].iter().map(|a, b| 1).count(); }")
    assert 0 < len(projected) < 100
