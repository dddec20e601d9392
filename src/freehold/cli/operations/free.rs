fn main() {
    let p = Box::new(1);
    println!("{p}");
    drop(p); // <-
    println!("gone");
}
