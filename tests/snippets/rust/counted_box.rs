use std::ops::Deref;
use std::ptr::drop_in_place;
static mut LIVE: usize = 0;
struct Counted<T> {
at: *mut T,
}
impl<T> Counted<T> {
fn new(value: T) -> Counted<T> {
unsafe {
LIVE += std::mem::size_of::<T>();
}
Counted { at: Box::into_raw(Box::new(value)) }
}
fn live() -> usize {
unsafe { LIVE }
}
}
impl<T> Deref for Counted<T> {
type Target = T;
fn deref(&self) -> &Self::Target {
unsafe { &*self.at }
}
}
impl<T> Drop for Counted<T> {
fn drop(&mut self) {
unsafe {
drop_in_place(self.at);
LIVE -= std::mem::size_of::<T>();
}
}
}
fn main() {
let year = Counted::new(1969u32);
let place = Counted::new(String::from("the Moon"));
println!("{} bytes: {}", Counted::live(), *year);
println!("{}", *place);
// both are dropped here, and what they held is freed
}
