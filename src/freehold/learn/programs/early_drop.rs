// freehold learn: early-drop
//
// Two blocks of 10 MB, one after the other: the program needs 20 MB, as the first one is kept until
// main ends. Make it need 10: end `first` before `second` is made. Both sizes are to be printed, and
// `first` keeps its name.
//
// Then:  freehold learn grade early_drop.rs

struct Block {
    bytes: Vec<u8>,
}

fn main() {
    let first = Block { bytes: vec![0; 10 * 1024 * 1024] };
    println!("first: {} bytes", first.bytes.len());

    let second = Block { bytes: vec![0; 10 * 1024 * 1024] };
    println!("second: {} bytes", second.bytes.len());
}
