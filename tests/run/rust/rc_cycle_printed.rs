// Printing a cycle goes round until the stack is used up: that is said, it is no panic.
// says: stack overflow
use std::cell::RefCell;
use std::rc::Rc;

#[derive(Debug)] //~ ERROR FH0701
struct Link {
    value: i32,
    next: RefCell<Option<Rc<Link>>>,
}

fn main() {
    let first = Rc::new(Link { value: 1, next: RefCell::new(None) });
    let second = Rc::new(Link { value: 2, next: RefCell::new(Some(Rc::clone(&first))) });
    *first.next.borrow_mut() = Some(Rc::clone(&second));
    println!("{}", first.value + second.value);
    let text = format!("{:?}", first);
    println!("{}", text.len());
}
