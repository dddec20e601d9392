// freehold learn: orders-scope
//
// `orders` lives until the end of `total_of_orders`, though nothing needs it that long. Let it end
// before `finish` is called, without a call of `drop`, and without a copy.
//
// `freehold ownership orders_scope.rs` shows where the compiler drops it.
// Then:  freehold learn grade orders_scope.rs

fn finish(total: i64) -> i64 {
    println!("rounding {total}");
    total - total % 5
}

fn total_of_orders() -> i64 {
    let orders: Vec<i64> = vec![3, 13, 23, 33];
    let mut total = 0;
    for order in orders.iter() {
        total += order;
    }
    let rounded = finish(total);
    rounded
}

fn main() {
    println!("total: {}", total_of_orders());
}
