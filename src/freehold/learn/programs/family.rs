// freehold learn: family
//
// Parent and child own each other: neither is ever dropped. Let both be dropped at the end of main;
// the child is still to find its parent while that lives.
//
// Then:  freehold learn grade family.rs

use std::cell::RefCell;
use std::rc::Rc;

struct Person {
    name: String,
    children: RefCell<Vec<Rc<Person>>>,
    parent: RefCell<Option<Rc<Person>>>,
}

impl Drop for Person {
    fn drop(&mut self) {
        println!("{} is dropped", self.name);
    }
}

fn person(name: &str) -> Rc<Person> {
    Rc::new(Person {
        name: String::from(name),
        children: RefCell::new(Vec::new()),
        parent: RefCell::new(None),
    })
}

fn main() {
    let anna = person("Anna");
    let ben = person("Ben");
    anna.children.borrow_mut().push(Rc::clone(&ben));
    *ben.parent.borrow_mut() = Some(Rc::clone(&anna));

    let parent = match ben.parent.borrow().as_ref() {
        Some(parent) => parent.name.clone(),
        None => String::from("unknown"),
    };
    println!("{}'s parent is {parent}", ben.name);
}
