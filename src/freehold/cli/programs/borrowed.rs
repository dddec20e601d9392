// What the seventh bug of vector.c comes to in Rust: `push` may move the items.
fn main() {
    let mut items = vec![107];
    let first = &items[0];
    items.push(110);
    println!("{first}");
}
