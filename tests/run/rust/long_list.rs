// The list drops itself link by link, each within the drop of the one before: a deep recursion.
// says: stack overflow
// says: calls itself
struct Link { //~ ERROR FH0701
    value: u32,
    next: Option<Box<Link>>,
}

fn main() {
    let mut list = None;
    for value in 0..1_000_000 {
        list = Some(Box::new(Link { value, next: list }));
    }
    println!("{}", list.as_ref().map_or(0, |link| link.value));
}
