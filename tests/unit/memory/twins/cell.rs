use std::cell::RefCell;
fn main() {
    let cell = RefCell::new(1);
    *cell.borrow_mut() = 2;
    println!("{}", *cell.borrow());
    let reader = cell.borrow();
    println!("{}", *reader);
    let _writer = cell.borrow_mut();
}
