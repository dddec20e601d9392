use std::cell::RefCell;
use std::rc::Rc;
#[derive(Debug)]
struct Folder {
name: String,
inner: RefCell<Vec<Rc<Folder>>>,
outer: RefCell<Option<Rc<Folder>>>,
}
// Better:
use std::rc::Weak;
#[derive(Debug)]
struct Mended {
name: String,
inner: RefCell<Vec<Rc<Mended>>>,
outer: RefCell<Option<Weak<Mended>>>,
}
