//! A program with one of everything.
#![allow(dead_code)]
use std::{collections::{self, HashMap as Map}, fmt::*, rc::Rc};
extern crate core as kernel;
/// Three ways to write a struct.
#[derive(Debug, Clone)]
pub struct Named<'a, T: ?Sized + 'a, const N: usize = 3> where T: Clone { pub(crate) left: &'a T, right: [u8; N] }
struct Pair(pub i32, Option<Box<dyn Fn(&str) -> u8 + Send>>);
struct Unit;
#[repr(u8)]
enum Choice { First = 1, Second(i32, u8), Third { deep: Vec<Vec<u8>> } }
union Either { whole: u32, half: u16 }
type Alias<T> = Result<T, Box<dyn std::error::Error>>;
const LIMIT: usize = 1 << 4;
const _: () = ();
static mut COUNTER: i64 = -1;
extern "C" { fn puts(text: *const u8, ...) -> i32; static environ: *mut u8; type Opaque; }
pub trait Shape<'a>: Sized + Clone where Self: 'a {
    type Unit<'b>: Copy + Into<f64> where Self: 'b;
    const SIDES: u32 = 4;
    fn area(&'a self) -> f64;
    fn grow(self: Box<Self>, mut by: f64) -> Self { by += 1.0; *self }
}
unsafe impl<'a, T> Send for Named<'a, T> where for<'b> &'b T: Sync + 'b {}
impl !Sync for Unit {}
impl<T: Iterator<Item = u8>> Pair { async unsafe fn run(&mut self, items: T) {} }
mod inner { #![allow(unused)] pub(in crate::inner) fn hidden() {} pub use super::Unit as Other; }
macro_rules! twice { ($e:expr) => { $e + $e }; }
const unsafe extern "C" fn raw(f: unsafe extern "C" fn(i32, ...) -> !, g: for<'a> fn(&'a u8)) {}
fn types(a: (), b: (u8,), c: (u8, i8), d: &mut [u8], e: *mut *const u8, f: impl Fn() + 'static, g: <Vec<u8> as IntoIterator>::Item, h: [(u8); 2], i: fn() -> u8) -> Option<impl Sized> { None::<u8> }
fn patterns(value: Choice) -> u8 {
    let (first, .., ref mut last) = (1, 2, 3);
    let [head, middle @ .., _tail] = [1, 2, 3];
    let Choice::Third { ref deep, .. } = value else { return 0 };
    match first {
        0 | 1 => 2,
        -5..=-1 | 7.. if deep.is_empty() => 3,
        n @ (2 | 3) => n,
        LIMIT..=i32::MAX => { 4 }
        &ref x => *x, &&mut y => y,
        'a'..='z' => 5, b'x' => 6, "text" => 7, Unit {} => 8, Pair(_, ..) => 9,
        <u8>::MAX => 10,
        _ => unreachable!(),
    }
}
fn expressions<T>(mut x: i32, y: f64) -> Result<(), String> where T: Default {
    let a = -x.abs() as u8 as char;
    let b = 1 + 2 * 3 - 4 << 5 & 6 | 7 ^ 8;
    let c = !true && x > 2 || x as i64 != 3;
    let r = (..3, 1.., 0..=x, .., ..=4);
    let d = &raw const x; let e = &mut *&mut x;
    let f = move |a: i32, &b| -> i32 { a + b };
    let g = || |x: u8| x; let h = async move { f.await?; };
    let v = Vec::<Vec<u8>>::with_capacity(3).iter().map(|x| x + 1).collect::<Vec<_>>();
    let s = Named { left: &v, ..Default::default() };
    let t = ([0u8; LIMIT], [1, 2, 3][0], (1,).0, ((1, 2), 3).0.1, s.left);
    'outer: for (i, x) in v.iter().enumerate() { if i > 3 { continue 'outer } else if x == 4 { break 'outer; } else {} }
    while let Some(x) = v.pop() { loop { break } }
    let n = 'label: { break 'label 3 };
    if let Some(Ok(x)) = Some(y) { return Err(format!("{x:?} {}", y)) }
    (x, _) = (2, 3); x += 1; x <<= 2;
    unsafe { COUNTER += 1 }
    const { assert!(true) };
    match x { 1 => {} 2 => (), _ => return Ok(()), }
    let big = 0xff_u64 + 0b1010 + 0o17 + 1_000; let fl = 1.5e-3 + 2. + 1e9f32;
    let st = ("a\n\u{1F600}", r#"raw "quoted""#, b"bytes\x00", br"raw", c"c", '\'', b'\\');
    let q = <T as Default>::default(); let p = <[u8]>::len(&[]);
    twice!(1); twice! { 2 }
    #[cfg(test)] let gone = 1;
    Ok(if x == 1 { () } else { () })
}
