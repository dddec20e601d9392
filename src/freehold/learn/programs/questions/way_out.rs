struct Held;

impl Drop for Held {
    fn drop(&mut self) {
        println!("released");
    }
}

fn work(early: bool) -> Option<u32> {
    let _held = Held;
    if early {
        return None;
    }
    Some(1)
}

fn main() {
    work(true);
    println!("caller goes on");
}
