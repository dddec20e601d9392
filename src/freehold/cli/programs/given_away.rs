// A vector has one owner: the first call takes it, and drops it.
fn total(prices: Vec<u32>) -> u32 {
    prices.iter().sum()
}

fn main() {
    let prices = vec![3, 5, 8];
    println!("{}", total(prices));
    println!("{}", total(prices));
}
