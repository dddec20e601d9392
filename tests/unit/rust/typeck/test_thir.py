"""What checking makes explicit: adjustments, operators, patterns, sugar."""

import pytest

from tests.unit.rust.typeck.checking import explicit

HEADER = """
use std::rc::Rc;
use std::ops::{Add, Index, IndexMut};
struct Point { x: i32, y: i32 }
#[derive(Clone, Copy)]
struct Metre(u32);
impl Add for Metre { type Output = Metre; fn add(self, o: Metre) -> Metre { Metre(self.0 + o.0) } }
struct Grid { cells: Vec<u8> }
impl Index<(usize, usize)> for Grid {
    type Output = u8;
    fn index(&self, at: (usize, usize)) -> &u8 { &self.cells[at.0] }
}
impl IndexMut<(usize, usize)> for Grid {
    fn index_mut(&mut self, at: (usize, usize)) -> &mut u8 { &mut self.cells[at.0] }
}
trait Shape { fn area(&self) -> f64; fn grow(&mut self); fn done(self); }
impl Shape for Point {
    fn area(&self) -> f64 { 0.0 }
    fn grow(&mut self) {}
    fn done(self) {}
}
fn take(_: &[u8]) {}
fn show(_: &str) {}
fn twice(n: i32) -> i32 { n * 2 }
"""

CASES = [
    # receivers: autoref, reborrow, autoderef through references, Box and Deref
    ("p: Point", "let _ = p.area();", "{let _ = Shape::area(&p)}"),
    ("p: &mut Point", "p.grow()", "{Shape::grow(&two (*p))}"),
    ("p: Box<Point>", "p.done()", "{Shape::done((*p))}"),
    ("p: Rc<Point>", "let _ = p.area(); ", "{let _ = Shape::area(&(*Deref::deref(&p)))}"),
    ("p: &&Point", "let _ = p.x;", "{let _ = (*(*p)).x}"),
    ("mut v: Vec<u8>", "v[0] = 1", "{(*IndexMut::index_mut(&mut v, 0usize)) = 1u8}"),
    ("v: &Vec<u8>", "let _ = v.len();", "{let _ = {impl}::len(&(*v))}"),
    # coercions
    ("v: Vec<u8>", "take(&v)", "{take(&(*Deref::deref(&(*&v))))}"),
    ("a: [u8; 3]", "take(&a)", "{take(unsize(&(*&a) as &[u8]))}"),
    ("s: String", "show(&s)", "{show(&(*Deref::deref(&(*&s))))}"),
    ("n: i32", "let _g: fn(i32) -> i32 = twice;", "{let _g = reify(twice as fn(i32) -> i32)}"),
    ("b: Box<Point>", "let _d: Box<dyn Shape> = b;", "{let _d = unsize(b as Box<dyn Shape>)}"),
    ("r: &mut u8", "let _c: &u8 = r;", "{let _c = &(*r)}"),
    ("r: &mut u8", "let _c: *const u8 = r;", "{let _c = &raw const (*r)}"),
    (
        "c: bool",
        "let _n: u8 = if c { 1 } else { return };",
        "{let _n = if c {1u8} else {never(return)}}",
    ),
    # operators
    ("a: i32, b: i32", "let _ = a + b * 2;", "{let _ = add(a, mul(b, 2i32))}"),
    ("a: &i32, b: i32", "let _ = a + b;", "{let _ = Add::add(a, b)}"),
    ("a: Metre", "let _ = a + a;", "{let _ = Add::add(a, a)}"),
    ("a: String, b: String", "let _ = a == b;", "{let _ = PartialEq::eq(&a, &b)}"),
    ("mut a: String", 'a += "b"', "{AddAssign::add_assign(&two a, 'b')}"),
    ("mut a: u8", "a <<= 2", "{a shl= 2i32}"),
    (
        "a: f64",
        "let _ = -a; let _ = !1u8; let _ = -5;",
        "{let _ = neg(a); let _ = not(1u8); let _ = -5i32}",
    ),
    ("g: Grid", "let _ = g[(0, 1)];", "{let _ = (*Index::index(&g, (0usize, 1usize)))}"),
    (
        "g: &mut Grid",
        "g[(0, 1)] = 2",
        "{(*IndexMut::index_mut(&mut (*g), (0usize, 1usize))) = 2u8}",
    ),
    ("a: [u8; 2], i: usize", "let _ = a[i];", "{let _ = a[i]}"),
    ("a: bool, b: bool", "let _ = a && !b || a;", "{let _ = or(and(a, not(b)), a)}"),
    # casts
    ("n: i8", "let _ = n as u32;", "{let _ = int(n as u32)}"),
    ("x: f32", "let _ = x as u8;", "{let _ = saturate(x as u8)}"),
    (
        "r: &u8",
        "let _ = r as *const u8 as usize;",
        "{let _ = expose((&raw const (*r): *const u8) as usize)}",
    ),
    # patterns: default binding modes
    (
        "o: &Option<String>",
        "match o { Some(s) => show(s), None => {} }",
        "{match o {&#1(0: ref s) => show(&(*Deref::deref(&(*s)))), &#0() => {}}}",
    ),
    ("o: &mut (u8, u8)", "let (a, _) = o; *a = 1;", "{let &(0: ref mut a, 1: _) = o; (*a) = 1u8;}"),
    ("p: Point", "let Point { x, .. } = p; let _ = x;", "{let (0: x) = p; let _ = x}"),
    ("n: u8", "if let 1 | 2 = n {}", "{if let 1u8 | 2u8 = n {}}"),
    (
        "o: Option<u8>",
        "let Some(n) = o else { return }; let _ = n;",
        "{let #1(0: n) = o else {return}; let _ = n}",
    ),
    # assignment
    (
        "mut a: u8, mut b: u8",
        "(a, b) = (b, a)",
        "{{let (0: lhs, 1: lhs) = (b, a); a = lhs;; b = lhs;}}",
    ),
]


@pytest.mark.parametrize(("parameters", "text", "expected"), CASES)
def test_steps_are_explicit(parameters: str, text: str, expected: str) -> None:
    names = [text for _, text, _ in CASES]
    made = explicit(PROGRAM, f"f{names.index(text)}")
    assert made == expected


PROGRAM = HEADER + "\n".join(
    f"fn f{at}({parameters}) {{ {text} }}" for at, (parameters, text, _) in enumerate(CASES)
)


def test_question_mark_is_a_match() -> None:
    program = "fn f(r: Result<u8, String>) -> Result<u8, String> { Ok(r?) }"
    assert explicit(program) == (
        "{Ok {0: match Try::branch(r) {"
        "#1(0: residual) => never(return FromResidual::from_residual(residual)), "
        "#0(0: val) => val}}}"
    )


def test_for_is_a_loop_over_next() -> None:
    program = "fn f(v: Vec<u8>) { for x in &v { let _ = x; } }"
    assert explicit(program) == (
        "{{match IntoIterator::into_iter(&v) {iter => loop match Iterator::next(&mut iter) "
        "{#0() => never(break), #1(0: x) => {let _ = x}}};}}"
    )


def test_while_let_chains_are_ifs() -> None:
    program = "fn f(mut v: Vec<u8>) { while let Some(x) = v.pop() { let _ = x; } }"
    assert explicit(program) == (
        "{loop if let #1(0: x) = {impl}::pop(&two v) {let _ = x} else never({break;})}"
    )


def test_formats_are_calls() -> None:
    program = 'fn f(a: u8, b: &str) { let _ = format_args!("{a}-{b:?}"); }'
    assert "new_display(&a)" in explicit(program)
    assert "new_debug(&b)" in explicit(program)


def test_arguments_used_twice_are_evaluated_once() -> None:
    program = 'fn n() -> u8 { 1 } fn f() { let _ = format_args!("{0} {0:?}", n()); }'
    assert explicit(program).count("n()") == 1


def test_struct_base_is_kept() -> None:
    program = "struct S { a: u8, b: String } fn f(s: S) -> S { S { a: 1, ..s } }"
    assert explicit(program) == "{S {0: 1u8, ..s}}"
