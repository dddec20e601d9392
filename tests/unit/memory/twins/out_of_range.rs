fn main() {
    let row = vec![1, 2, 3];
    let at = row.len() + 4;
    println!("{}", row[at]);
}
