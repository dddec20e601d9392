fn main() {
    let name = "Ada";
    let copy = String::from(name); // <-
    println!("{copy}");
}
