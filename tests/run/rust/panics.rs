// A panic that nobody catches: its message is rustc's, what is alive is dropped, the status is 101.
// exit: 101
// says: thread 'main' panicked at panics.rs:19:14:
// says: thread 'main' panicked at panics.rs:23:17:
// says: index out of bounds: the len is 3 but the index is 7
struct Loud(&'static str);

impl Drop for Loud {
    fn drop(&mut self) { println!("dropping {}", self.0); }
}

fn main() {
    let _outer = Loud("outer");
    let caught = std::panic::catch_unwind(|| {
        let _inner = Loud("inner");
        let none: Option<i32> = None;
        none
            .map(|n| n + 1)
            .expect("a value")
    });
    println!("{}", caught.is_err());
    let v = vec![1, 2, 3];
    let past = v[v.len() + 4];
    println!("{past}");
}
