fn show(years: Vec<i32>) -> usize {
    years.len()
}
fn main() {
    let years = vec![2001, 2002];
    println!("{}", show(years));
    println!("{}", show(years));
}
