fn main() {
    let p = Box::new(42); // <-
    println!("{}", *p);
}
