use std::alloc::{alloc, dealloc, Layout};
fn main() {
unsafe {
let layout = Layout::new::<u32>();
let number = alloc(layout);
dealloc(number, layout);
dealloc(number, layout); // once too often
}
}
