use std::cell::RefCell;
use std::rc::Rc;
#[derive(Debug)]
enum Rope {
Knot(u8, RefCell<Rc<Rope>>),
End,
}
use Rope::{End, Knot};
impl Rope {
fn rest(&self) -> Option<&RefCell<Rc<Rope>>> {
match self {
Knot(_, rest) => Some(rest),
End => None,
}
}
}
fn main() {
let front = Rc::new(Knot(1, RefCell::new(Rc::new(End))));
println!("front {} {:?}", Rc::strong_count(&front), front.rest());
let back = Rc::new(Knot(2, RefCell::new(Rc::clone(&front))));
if let Some(rest) = front.rest() {
*rest.borrow_mut() = Rc::clone(&back);
}
println!("both {} {}", Rc::strong_count(&back), Rc::strong_count(&front));
println!("{:?}", front.rest());
}
