use std::cell::RefCell;

fn main() {
    let cell = RefCell::new(1);
    let mut first = cell.borrow_mut();
    let mut second = cell.borrow_mut();
    *first += 1;
    *second += 1;
}
