use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
struct Lamp(&'static str);
impl Drop for Lamp {
    fn drop(&mut self) {
        println!("{} off", self.0);
    }
}
struct Node {
    next: RefCell<Option<Rc<Node>>>,
}
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
fn boxed() {
    let answer = Box::new(42);
    println!("{}", *answer);
    let other = answer;
    println!("{}", *other + 1);
}
fn growth() {
    let mut row: Vec<i32> = Vec::new();
    println!("{} {}", row.len(), row.capacity());
    for i in 0..10 {
        row.push(i * i);
        println!("{} {}", row.len(), row.capacity());
    }
    let mut bytes: Vec<u8> = Vec::new();
    bytes.push(1);
    println!("{}", bytes.capacity());
    let mut wide: Vec<[u64; 200]> = Vec::new();
    wide.push([0; 200]);
    println!("{}", wide.capacity());
    let mut word = String::from("abc");
    word.push_str("de");
    println!("{} {}", word, word.capacity());
    let fixed = vec![1, 2, 3];
    println!("{}", fixed.capacity());
}
fn order() {
    let _hall = Lamp("hall");
    {
        let _desk = Lamp("desk");
        let _door = Lamp("door");
        println!("inner ends");
    }
    let early = Lamp("early");
    drop(early);
    println!("outer ends");
}
fn counts() {
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
fn cycle() {
    let first = Rc::new(Node { next: RefCell::new(None) });
    let second = Rc::new(Node { next: RefCell::new(Some(Rc::clone(&first))) });
    *first.next.borrow_mut() = Some(Rc::clone(&second));
    println!("{} {}", Rc::strong_count(&first), Rc::strong_count(&second));
}
fn tracked() {
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
fn main() {
    println!("= boxed");
    boxed();
    println!("= growth");
    growth();
    println!("= order");
    order();
    println!("= counts");
    counts();
    println!("= cycle");
    cycle();
    println!("= tracked");
    tracked();
}
