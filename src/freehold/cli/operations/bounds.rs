fn main() {
    let a = [1, 2, 3];
    let i = 3;
    match a.get(i) { // <-
        Some(x) => println!("{x}"),
        None => println!("none"),
    }
}
