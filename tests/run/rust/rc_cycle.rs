// Two nodes that own each other are never dropped: the field that should be `Weak` is named.
// says: make `parent` of `Node` a `Weak`
// says: each keeps the next alive
use std::cell::RefCell;
use std::rc::Rc;

struct Node {
    name: &'static str,
    parent: RefCell<Option<Rc<Node>>>,
    children: RefCell<Vec<Rc<Node>>>,
}

fn node(name: &'static str) -> Rc<Node> {
    let parent = RefCell::new(None);
    Rc::new(Node { name, parent, children: RefCell::new(vec![]) }) //~ ERROR FH0801
}

fn main() {
    let root = node("root");
    let leaf = node("leaf");
    root.children.borrow_mut().push(Rc::clone(&leaf));
    *leaf.parent.borrow_mut() = Some(Rc::clone(&root));
    println!("{} of {}", leaf.name, leaf.parent.borrow().as_ref().unwrap().name);
    println!("{} {}", Rc::strong_count(&root), Rc::strong_count(&leaf));
}
