use std::cell::Cell;
use std::rc::Rc;
struct Tracked {
    size: usize,
    total: Rc<Cell<usize>>,
    _held: Box<[u8; 12]>,
}
impl Tracked {
    fn new(total: &Rc<Cell<usize>>) -> Tracked {
        total.set(total.get() + 12);
        Tracked { size: 12, total: Rc::clone(total), _held: Box::new([0; 12]) }
    }
}
impl Drop for Tracked {
    fn drop(&mut self) {
        self.total.set(self.total.get() - self.size);
    }
}
fn main() {
    let total = Rc::new(Cell::new(0));
    let one = Tracked::new(&total);
    {
        let _two = Tracked::new(&total);
        println!("{}", total.get());
    }
    println!("{}", total.get());
    drop(one);
    println!("{}", total.get());
}
