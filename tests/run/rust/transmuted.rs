// Bytes that become pointers, and pointers that become bytes, in small private arrays too.
use std::mem::transmute;

fn main() {
    let number = 7;
    let address: [usize; 1] = unsafe { transmute(&number) };
    let back: &i32 = unsafe { transmute(address) };
    let halves = unsafe { transmute::<&str, [u8; 16]>("text") };
    println!("{} {}", back, halves[8] as usize);
}
