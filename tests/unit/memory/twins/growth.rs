fn main() {
    let mut row: Vec<i32> = Vec::new();
    println!("{} {}", row.len(), row.capacity());
    for i in 0..10 {
        row.push(i * i);
        println!("{} {}", row.len(), row.capacity());
    }
    let mut bytes: Vec<u8> = Vec::new();
    bytes.push(1);
    println!("{}", bytes.capacity());
    let mut wide: Vec<[u64; 200]> = Vec::new();
    wide.push([0; 200]);
    println!("{}", wide.capacity());
    let mut word = String::from("abc");
    word.push_str("de");
    println!("{} {}", word, word.capacity());
    let fixed = vec![1, 2, 3];
    println!("{}", fixed.capacity());
}
