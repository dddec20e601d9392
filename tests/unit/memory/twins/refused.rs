fn show(years: Vec<i32>) -> usize {
    years.len()
}
fn moved() {
    let years = vec![2001, 2002];
    println!("{}", show(years));
    println!("{}", show(years));
}
fn two_borrows() {
    let mut row = vec![1, 2, 3];
    let first = &row[0];
    row.push(4);
    println!("{first}");
    let a = &mut row;
    let b = &mut row;
    a.push(1);
    b.push(2);
}
fn main() {
    moved();
    two_borrows();
}
