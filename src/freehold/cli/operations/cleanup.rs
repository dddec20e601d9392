fn work() -> Option<i32> {
    let a = Box::new("1".parse::<i32>().ok()?); // <-
    let b = Box::new("2".parse::<i32>().ok()?); // <-
    Some(*a + *b)
}

fn main() {
    println!("{}", work().unwrap_or(-1));
}
