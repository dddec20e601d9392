// Safe code reads a reference that `unsafe` code has let outlive its owner: that code is named.
// says: what it relies on was broken by `unsafe` code (line 5)
fn outlives(owner: &Box<i32>) -> &'static i32 {
    let place: *const i32 = &**owner;
    unsafe { &*place }
}

fn main() {
    let owner = Box::new(7);
    let kept = outlives(&owner);
    println!("{}", kept);
    drop(owner);
    let sum = *kept + 1; //~ ERROR FH0201
    println!("{}", sum > 0);
}
