fn main() {
    let n = isize::MAX as usize;
    let mut v: Vec<u8> = Vec::new();
    if v.try_reserve(n).is_err() { // <-
        println!("no room");
    }
}
