fn main() {
    let row = vec![1u8; 100];
    std::mem::forget(row);
}
