use std::cell::RefCell;
use std::rc::Rc;

struct Link {
    next: RefCell<Option<Rc<Link>>>,
}

fn main() {
    let one = Rc::new(Link { next: RefCell::new(None) });
    let two = Rc::new(Link { next: RefCell::new(Some(Rc::clone(&one))) });
    *one.next.borrow_mut() = Some(two);
}
