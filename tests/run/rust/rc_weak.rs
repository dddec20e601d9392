// The same two nodes with a `Weak` for the parent: all is dropped.
use std::cell::RefCell;
use std::rc::{Rc, Weak};

struct Node {
    name: &'static str,
    parent: RefCell<Weak<Node>>,
    children: RefCell<Vec<Rc<Node>>>,
}

impl Drop for Node {
    fn drop(&mut self) { println!("dropping {}", self.name); }
}

fn node(name: &'static str) -> Rc<Node> {
    let parent = RefCell::new(Weak::new());
    Rc::new(Node { name, parent, children: RefCell::new(vec![]) })
}

fn main() {
    let root = node("root");
    let leaf = node("leaf");
    root.children.borrow_mut().push(Rc::clone(&leaf));
    *leaf.parent.borrow_mut() = Rc::downgrade(&root);
    println!("{}", leaf.parent.borrow().upgrade().map_or("none", |parent| parent.name));
}
