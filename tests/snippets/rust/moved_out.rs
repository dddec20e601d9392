fn stations() -> Vec<u16> {
let stations = vec![101, 102]; // alloc()
return stations; // now the caller's
}
fn main() {
let stations = stations();
}
