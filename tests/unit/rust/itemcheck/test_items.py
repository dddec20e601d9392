"""Errors of items: lifetimes, generic arguments, impls, sizes, coherence."""

import pytest

from tests.unit.rust.resolve.marked import agrees

PROGRAMS = {
    "lifetimes": """
struct Word { text: &str }                                   //~ E0106
struct Name<'a>(&'a str);
fn pick(a: &str, b: &str) -> &str { a }                      //~ E0106
fn none() -> &u8 { loop {} }                                 //~ E0106
fn hidden(a: &u8, b: &u8) -> Name { loop {} }                //~ E0106
fn unknown(x: &'z u8) {}                                     //~ E0261
fn reserved<'static>(x: &'static u8) {}                      //~ E0262
fn bounds<T>() where T: Into<&u8> {}                         //~ E0637
impl Clone for Name { fn clone(&self) -> Self { loop {} } }  //~ E0726
impl<'a> Name<'a> { fn again<'a>(&self, x: &'a u8) {} }      //~ E0496
fn output<F: for<'a> Fn() -> &'a u8>(f: F) {}                //~ E0582
fn main() {}
""",
    "arguments": """
struct One<T>(T); struct Row<const N: usize>; trait Tr { type Item; }
fn a(x: One, y: One<u8, u8>) {}                 //~ E0107 E0107
fn b(x: u8<u8>) {}                              //~ E0109
fn c(x: Row<u8>) {}                             //~ E0747
fn d<T>(x: T::Item) {}                          //~ E0220
fn e(x: Vec<u8>::Item) {}                       //~ E0223
fn f(x: One<Item = u8>, y: Box<dyn Tr>) {}      //~ E0107 E0229 E0191
fn g<T, T>(x: T) {}                             //~ E0403
fn h() -> _ { 1 }                               //~ E0121
fn i(x: Box<Tr>) {}                             //~ E0782
fn j<T: One<u8>>() {}                           //~ E0404
fn k(x: One(u8)) {}                             //~ E0214
fn main() {}
""",
    "impls": """
trait Tr { type X; const K: u8; fn a(&self); fn b(x: u8) -> u8; fn c<T>(); fn d() {} }
struct S; struct S2; struct S3;
impl Tr for S {}                                             //~ E0046
impl Tr for S2 {
    type X = u8; const K: u8 = 1;
    fn a() {}                                                //~ E0186
    fn b() -> u8 { 1 }                                       //~ E0050
    fn c() {}                                                //~ E0049
    fn e() {}                                                //~ E0407
    type Y = u8;                                             //~ E0437
    const J: u8 = 1;                                         //~ E0438
}
unsafe trait Risky {}
impl Risky for S {}                                          //~ E0200
unsafe impl Clone for S3 { fn clone(&self) -> S3 { S3 } }    //~ E0199
fn main() {}
""",
    "coherence": """
struct S; struct G<T>(T); trait Tr {}
impl Vec<u8> { fn f(&self) {} }                  //~ E0116
impl u8 { fn f(self) {} }                        //~ E0390
impl<T> T { fn t(self) {} }                      //~ E0118
impl Send for Vec<u8> {}                         //~ E0117 E0200
impl Tr for S {}
impl Tr for S {}                                 //~ E0119
impl<T> G<u8> { fn f(&self) {} }                 //~ E0207
impl Drop for G<u8> { fn drop(&mut self) {} }    //~ E0366
fn main() {}
""",
    "copies": """
#[derive(Clone, Copy)] struct Plain(u8);
#[derive(Clone, Copy)] struct Named(String);     //~ E0204
#[derive(Clone, Copy)] struct Handle(i32);       //~ E0184
impl Drop for Handle { fn drop(&mut self) {} }
fn main() {}
""",
    "types": """
struct Loop(Loop);                               //~ E0072
struct Ping(Option<Pong>); struct Pong(Ping);    //~ E0072
struct List(Option<Box<List>>);
struct Tag<T>;                                   //~ E0392
struct Ptr<T>(*const Ptr<T>);                    //~ FH1404
struct Fun<A, F: Fn() -> A>(F);
struct Two { x: u8, x: u8 }                      //~ E0124
enum Same { A = 1, B = 1 }                       //~ E0081
type Round = Trip; type Trip = Round;            //~ E0391
const UP: u8 = DOWN; const DOWN: u8 = UP;
trait Hen: Egg {} trait Egg: Hen {}              //~ E0391
fn main() {}
""",
    "functions": """
trait Tr { const fn f(); }                       //~ E0379
struct S;
impl S { fn a(self: u8) {} fn b(self: Box<Self>) {} fn c<T>(self: T) {} } //~ E0307 E0801
extern "C" { fn d((a, b): (u8, u8)); }           //~ E0130
fn main<T>() {}                                  //~ E0131
""",
}


@pytest.mark.parametrize("text", PROGRAMS.values(), ids=PROGRAMS)
def test_items(text: str) -> None:
    assert agrees(text)
