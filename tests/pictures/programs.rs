// Shapes that texts on ownership explain, each in a function of its own. [marks] name moments: before
// the line that they stand on is executed.
use std::alloc::{alloc, dealloc, Layout};
use std::cell::RefCell;
use std::ops::Deref;
use std::rc::{Rc, Weak};

fn one_box() {
    let b = Box::new(42);
    println!("{}", *b); // [box.made]
} // [box.end]

fn growing() {
    let mut v: Vec<i32> = Vec::new();
    for i in 0..9 {
        v.push(i * 10); // [grow.push]
    }
    println!("{:?}", v); // [grow.full]
}

struct Noisy {
    name: String,
}

impl Drop for Noisy {
    fn drop(&mut self) {
        println!("{} goes", self.name); // [noisy.drop]
    }
}

fn in_reverse() {
    let _outer = Noisy { name: String::from("outer") };
    {
        let _first = Noisy { name: String::from("first") };
        let _second = Noisy { name: String::from("second") };
        println!("inside"); // [noisy.all]
    }
    println!("outside"); // [noisy.outside]
}

enum Chain {
    Link(i32, Box<Chain>),
    End,
}

impl Chain {
    fn with(self, key: i32) -> Chain {
        Chain::Link(key, Box::new(self)) // [chain.self]
    }

    fn sum(&self) -> i32 {
        match self {
            Chain::Link(key, rest) => key + rest.sum(), // [chain.lent]
            Chain::End => 0,
        }
    }
}

fn chained() {
    let chain = Chain::End.with(1).with(2).with(3);
    println!("{}", chain.sum()); // [chain.whole]
}

fn dropped_early() {
    let data = vec![1u8; 64];
    println!("{}", data.len()); // [early.held]
    drop(data);
    println!("later"); // [early.dropped]
}

fn finish(total: i64) -> i64 {
    total + 1 // [orders.finish]
}

fn orders_at_the_end() -> i64 {
    let orders = vec![1, 2, 3, 4];
    let mut total = 0;
    for order in orders.iter() {
        total += order; // [orders.lent]
    }
    finish(total)
} // [orders.end]

fn orders_in_a_scope() -> i64 {
    let mut total = 0;
    {
        let orders = vec![1, 2, 3, 4];
        for order in orders.iter() {
            total += order;
        }
    }
    let done = finish(total); // [scope.freed]
    done
}

fn years_made() -> Vec<i32> {
    let years = vec![2001, 2002];
    years // [years.made]
} // [years.result]

fn years_shown(years: Vec<i32>) {
    println!("{}", years[0]); // [years.given]
}

fn years_returned(years: Vec<i32>) -> Vec<i32> {
    println!("{}", years.len());
    years
}

fn years_travel() {
    let years = years_made();
    let again = years_returned(years); // [years.mine]
    years_shown(again.clone()); // [years.again]
    years_shown(again); // [years.cloned]
    println!("travelled"); // [years.gone]
}

fn moved_and_copied() {
    let s1 = String::from("Hello");
    let s2 = s1; // [moves.before]
    let v1 = vec![1, 2];
    let v2 = v1;
    let a1 = [1, 2];
    let a2 = a1;
    let n1 = 5;
    let n2 = n1;
    println!("{} {:?} {:?} {:?} {} {}", s2, v2, a1, a2, n1, n2); // [moves.after]
}

fn lent_twice() {
    let text = String::from("Hi");
    let r1 = &text;
    let r2 = &text;
    println!("{} {}", r1, r2); // [lent.both]
}

fn lent_to_change() {
    let mut text = String::from("Hi");
    let r = &mut text;
    r.push_str(", all of you out there"); // [change.lent]
    println!("{}", r); // [change.grown]
}

fn longer<'a>(x: &'a str, y: &'a str) -> &'a str {
    if x.len() > y.len() { x } else { y } // [longer.both]
}

fn longest_of_two() {
    let long = String::from("longer");
    let short = String::from("xyz");
    let result = longer(&long, &short);
    println!("{}", result); // [longer.result]
}

struct Smart {
    data: String,
}

impl Drop for Smart {
    fn drop(&mut self) {
        println!("dropping {}", self.data);
    }
}

fn smart_pointers() {
    let c = Smart { data: String::from("c") };
    let d = Smart { data: String::from("d") };
    drop(c); // [smart.both]
    println!("{}", d.data); // [smart.one]
}

enum Shared {
    Cons(i32, Rc<Shared>),
    Nil,
}

fn shared_list() {
    let a = Rc::new(Shared::Cons(5, Rc::new(Shared::Nil)));
    let b = Shared::Cons(3, Rc::clone(&a)); // [rc.one]
    {
        let c = Shared::Cons(4, Rc::clone(&a)); // [rc.two]
        if let Shared::Cons(key, _) = &c {
            println!("{}", key); // [rc.three]
        }
    }
    println!("{}", Rc::strong_count(&a)); // [rc.again]
    drop(b);
}

struct Ring {
    next: RefCell<Option<Rc<Ring>>>,
}

fn cyclic() {
    let a = Rc::new(Ring { next: RefCell::new(None) });
    let b = Rc::new(Ring { next: RefCell::new(Some(Rc::clone(&a))) });
    *a.next.borrow_mut() = Some(Rc::clone(&b)); // [ring.open]
    println!("{}", Rc::strong_count(&a)); // [ring.closed]
}

fn watched() {
    let cell = RefCell::new(1);
    {
        let one = cell.borrow();
        let two = cell.borrow();
        println!("{}", *one + *two); // [cell.shared]
    }
    let mut all = cell.borrow_mut(); // [cell.free]
    *all += 1; // [cell.exclusive]
}

struct Pool {
    data: *mut u8,
    layout: Layout,
    used: usize,
}

impl Pool {
    fn new(size: usize) -> Pool {
        let layout = Layout::from_size_align(size, 8).unwrap();
        Pool { data: unsafe { alloc(layout) }, layout, used: 0 }
    }

    fn take(&mut self, size: usize) -> Option<*mut u8> {
        if self.used + size > self.layout.size() {
            return None;
        }
        let at = unsafe { self.data.add(self.used) };
        self.used += size;
        Some(at)
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        unsafe { dealloc(self.data, self.layout) }
    }
}

fn pooled() {
    let mut pool = Pool::new(32);
    let first = pool.take(8);
    let second = pool.take(16);
    println!("{}", pool.used); // [pool.two]
    pool.used = 0;
    println!("{} {}", first.is_some(), second.is_some());
}

struct Tracked<T> {
    at: *mut T,
}

impl<T> Tracked<T> {
    fn new(value: T) -> Tracked<T> {
        Tracked { at: Box::into_raw(Box::new(value)) }
    }
}

impl<T> Deref for Tracked<T> {
    type Target = T;
    fn deref(&self) -> &T {
        unsafe { &*self.at }
    }
}

impl<T> Drop for Tracked<T> {
    fn drop(&mut self) {
        unsafe { std::ptr::drop_in_place(self.at) }
    }
}

fn tracked() {
    let number = Tracked::new(42);
    let text = Tracked::new(String::from("Hello"));
    println!("{} {}", *number, *text); // [tracked.both]
}

fn boxed_slice() {
    let bytes: Box<[u8]> = Box::new([0; 32]);
    println!("{}", bytes.len()); // [slice.made]
}

struct Tree {
    key: i32,
    parent: RefCell<Weak<Tree>>,
    children: RefCell<Vec<Rc<Tree>>>,
}

fn tree() {
    let leaf = Rc::new(Tree { key: 1, parent: RefCell::new(Weak::new()), children: RefCell::new(vec![]) });
    let kept = vec![Rc::clone(&leaf)];
    let root = Rc::new(Tree { key: 2, parent: RefCell::new(Weak::new()), children: RefCell::new(kept) });
    *leaf.parent.borrow_mut() = Rc::downgrade(&root);
    println!("{} {}", leaf.key, root.children.borrow().len()); // [tree.linked]
}

struct Own {
    data: Box<[isize]>,
    length: usize,
}

impl Own {
    fn push(&mut self, value: isize) {
        if self.length == self.data.len() {
            let mut wider = vec![0; 2 * self.length].into_boxed_slice();
            for i in 0..self.length {
                wider[i] = self.data[i];
            }
            self.data = wider; // [own.both]
        }
        self.data[self.length] = value; // [own.room]
        self.length += 1;
    }
}

fn own_vector() {
    let mut own = Own { data: Box::new([0]), length: 0 };
    own.push(107);
    own.push(110);
    println!("{:?}", own.data); // [own.full]
}

fn main() {
    one_box();
    growing(); // [box.gone]
    in_reverse();
    chained();
    dropped_early(); // [chain.gone]
    orders_at_the_end();
    orders_in_a_scope();
    years_travel();
    moved_and_copied();
    lent_twice();
    lent_to_change();
    longest_of_two();
    smart_pointers();
    shared_list();
    cyclic();
    watched(); // [ring.lost]
    pooled();
    tracked(); // [pool.freed]
    boxed_slice(); // [tracked.gone]
    tree();
    own_vector(); // [tree.gone]
}
