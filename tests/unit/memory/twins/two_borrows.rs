fn main() {
    let mut row = vec![1, 2, 3];
    let first = &row[0];
    row.push(4);
    println!("{first}");
    let a = &mut row;
    let b = &mut row;
    a.push(1);
    b.push(2);
}
