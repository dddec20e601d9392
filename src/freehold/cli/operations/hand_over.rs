fn consume(p: Box<i32>) { // <-
    println!("{p}");
}

fn main() {
    let p = Box::new(7);
    consume(p); // <-
}
