use std::rc::{Rc, Weak};
fn main() {
    let shared = Rc::new(5);
    println!("{}", Rc::strong_count(&shared));
    let second = Rc::clone(&shared);
    println!("{}", Rc::strong_count(&shared));
    let watcher: Weak<i32> = Rc::downgrade(&shared);
    {
        let _third = Rc::clone(&second);
        println!("{} {}", Rc::strong_count(&shared), Rc::weak_count(&shared));
    }
    println!("{}", Rc::strong_count(&second));
    drop(shared);
    println!("{}", watcher.upgrade().is_some());
    drop(second);
    println!("{}", watcher.upgrade().is_none());
}
