// The list is taken apart in a loop: each link is dropped alone.
struct Link {
    value: u32,
    next: Option<Box<Link>>,
}

struct List {
    head: Option<Box<Link>>,
}

impl Drop for List {
    fn drop(&mut self) {
        let mut rest = self.head.take();
        while let Some(mut link) = rest {
            rest = link.next.take();
        }
    }
}

fn main() {
    let mut list = List { head: None };
    for value in 0..100_000 {
        list.head = Some(Box::new(Link { value, next: list.head.take() }));
    }
    println!("{}", list.head.as_ref().map_or(0, |link| link.value));
}
