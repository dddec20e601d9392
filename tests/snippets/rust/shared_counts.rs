use std::rc::Rc;
enum Rope {
Knot(u8, Rc<Rope>),
End,
}
use Rope::{End, Knot};
fn main() {
let long = Rc::new(Knot(1, Rc::new(Knot(2, Rc::new(End)))));
println!("at first {}", Rc::strong_count(&long));
let left = Knot(3, Rc::clone(&long));
println!("with left {}", Rc::strong_count(&long));
{
let right = Knot(4, Rc::clone(&long));
println!("with right {}", Rc::strong_count(&long));
}
println!("without {}", Rc::strong_count(&long));
}
