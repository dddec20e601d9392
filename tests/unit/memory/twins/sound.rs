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
fn zeroed() {
    let mut row = vec![0; 5];
    println!("{} {}", row[0], row[4]);
    for i in 0..5 {
        row[i] = (i + 1) * 3;
    }
    row.resize(10, 0);
    for i in 5..10 {
        row[i] = row[i - 5] + row[4];
    }
    println!("{} {}", row[4], row[9]);
}
fn given_up() {
    for turn in 0..1000 {
        let mut block = vec![0u8; 1024];
        block[0] = turn as u8;
        std::mem::forget(block);
    }
}
enum List {
    Link(i32, Box<List>),
    End,
}
fn nodes() {
    let mut head = List::End;
    for value in [10, 20, 30] {
        head = List::Link(value, Box::new(head));
    }
    let mut at = &head;
    while let List::Link(value, next) = at {
        println!("{value}");
        at = next;
    }
}
struct Pool {
    bytes: Vec<u8>,
    used: usize,
}
impl Pool {
    fn allocate(&mut self, size: usize) -> Option<&mut [u8]> {
        let start = self.used;
        if start + size > self.bytes.len() {
            return None;
        }
        self.used = (start + size + 7) / 8 * 8;
        Some(&mut self.bytes[start..start + size])
    }
}
fn pool() {
    let mut pool = Pool { bytes: vec![0; 256], used: 0 };
    for size in [100, 100, 60] {
        let served = pool.allocate(size).is_some();
        println!("{served} {}", pool.used);
    }
    pool.used = 0;
    println!("{} {}", pool.allocate(200).is_some(), pool.used);
}
struct Bytes([char; 10]);
impl Bytes {
    fn take(&mut self, name: char, size: usize) -> bool {
        let mut run = 0;
        for at in 0..10 {
            run = if self.0[at] == '.' { run + 1 } else { 0 };
            if run == size {
                self.0[at + 1 - size..=at].fill(name);
                return true;
            }
        }
        false
    }
    fn give(&mut self, name: char) {
        for at in self.0.iter_mut().filter(|at| **at == name) {
            *at = '.';
        }
    }
}
fn fragments() {
    let mut heap = Bytes(['.'; 10]);
    println!("{} {}", heap.take('A', 5), heap.take('B', 1));
    heap.give('A');
    println!("{} {}", heap.take('C', 2), heap.take('D', 5));
    println!("{}", heap.0.iter().filter(|at| **at == '.').count());
    println!("{}", heap.0.iter().collect::<String>());
}
fn main() {
    let rows: [(&str, fn()); 11] = [
        ("boxed", boxed),
        ("growth", growth),
        ("order", order),
        ("counts", counts),
        ("cycle", cycle),
        ("tracked", tracked),
        ("zeroed", zeroed),
        ("given_up", given_up),
        ("nodes", nodes),
        ("pool", pool),
        ("fragments", fragments),
    ];
    for (name, row) in rows {
        println!("= {name}");
        row();
    }
}
