use std::alloc::{alloc, dealloc, Layout};
struct Arena {
start: *mut u8,
layout: Layout,
used: usize,
}
impl Arena {
fn of(size: usize) -> Arena {
let layout = Layout::from_size_align(size, 16).unwrap();
let start = unsafe { alloc(layout) };
if start.is_null() {
panic!("no memory for the arena");
}
Arena { start, layout, used: 0 }
}
fn take(&mut self, size: usize) -> Option<*mut u8> {
if self.used + size > self.layout.size() {
return None;
}
let found = unsafe { self.start.add(self.used) };
self.used += size;
Some(found)
}
fn clear(&mut self) {
self.used = 0;
}
}
impl Drop for Arena {
fn drop(&mut self) {
unsafe {
dealloc(self.start, self.layout);
}
}
}
fn main() {
let mut arena = Arena::of(64);
let first = arena.take(24).unwrap();
let second = arena.take(30).unwrap();
unsafe { *second = 9; }
println!("{} bytes apart, {}", second as usize - first as usize, unsafe { *second });
println!("{:?}", arena.take(11));
arena.clear();
println!("{}", arena.take(11) == Some(first));
}
