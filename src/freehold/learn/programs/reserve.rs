// freehold learn: reserve
//
// The vector grows nine times on its way to 1000 squares: each time all of them are copied, and the
// heap holds both copies. Let it grow once, to what is needed. The output stays.
//
// `freehold view reserve.rs` shows it growing.
// Then:  freehold learn grade reserve.rs

fn squares(count: u32) -> Vec<u32> {
    let mut row = Vec::new();
    for i in 0..count {
        row.push(i * i);
    }
    row
}

fn main() {
    let row = squares(1000);
    println!("{} squares, the last is {}", row.len(), row[row.len() - 1]);
}
