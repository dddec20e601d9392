use std::mem;
#[repr(C)]
struct InOrder {
flag: bool,
count: u64,
small: u16,
}
fn main() {
println!("{} {}", mem::size_of::<InOrder>(), mem::align_of::<InOrder>());
println!("{}", mem::size_of::<(bool, u64, u16)>());
}
