// A leak on purpose is reported as one: where the owner was given up is shown.
// says: given up here
struct Owner {
    text: String,
}

fn main() {
    forgotten();
    println!("{}", leaked());
    println!("{}", vector());
}

fn forgotten() {
    let owner = Owner { text: String::from("four") }; //~ ERROR FH0801
    println!("{}", owner.text);
    std::mem::forget(owner);
}

fn leaked() -> i32 {
    let one: &'static mut i32 = Box::leak(Box::new(1)); //~ ERROR FH0801
    *one
}

fn vector() -> usize {
    let slice: &'static mut [u8] = vec![1, 2, 3].leak(); //~ ERROR FH0801
    slice.len()
}
