// A leak on purpose is reported as one: where the owner was given up is shown.
// says: given up here
struct Owner {
    text: String,
}

fn main() {
    forgotten();
    println!("{}", leaked());
    println!("{}", vector());
    println!("{} {} {}", raw_box().is_null(), raw_rc().is_null(), kept());
    const NOTHING: () = std::mem::forget(0);
    NOTHING
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

fn raw_box() -> *mut u64 {
    Box::into_raw(Box::new(5)) //~ ERROR FH0801
}

fn raw_rc() -> *const u8 {
    std::rc::Rc::into_raw(std::rc::Rc::new(6)) //~ ERROR FH0801
}

fn kept() -> usize {
    let text = std::mem::ManuallyDrop::new(String::from("seven")); //~ ERROR FH0801
    text.len()
}
