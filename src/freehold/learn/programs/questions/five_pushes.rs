fn main() {
    let mut row: Vec<i32> = Vec::new();
    for item in 0..5 {
        row.push(item);
    }
    println!("capacity {}", row.capacity());
}
