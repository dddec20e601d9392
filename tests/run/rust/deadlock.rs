// Two locks taken in two orders.
// exit: 1
use std::sync::{Arc, Mutex};
use std::thread;
fn main() {
    let a = Arc::new(Mutex::new(1));
    let b = Arc::new(Mutex::new(2));
    let (c, d) = (a.clone(), b.clone());
    println!("start");
    let other = thread::spawn(move || {
        let _x = d.lock().unwrap();
        thread::yield_now();
        let _y = c.lock().unwrap();
    });
    let _x = a.lock().unwrap();
    thread::yield_now();
    let _y = b.lock().unwrap(); //~ ERROR FH0704
    other.join().unwrap();
}
