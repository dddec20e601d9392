// What was given up and is taken back has an owner again: only the block that nobody takes is lost.
// says: given up here
use std::mem::ManuallyDrop;
use std::rc::Rc;
use std::sync::Arc;

fn main() {
    let mut text = ManuallyDrop::new(String::from("eight"));
    let boxed = unsafe { Box::from_raw(Box::into_raw(Box::new(9))) };
    let shared = unsafe { Arc::from_raw(Arc::into_raw(Arc::new(1))) };
    let owned = unsafe { ManuallyDrop::take(&mut text) };
    println!("{}", owned.len() + *boxed + *shared);
    let lost = Rc::into_raw(Rc::new(6)); //~ ERROR FH0801
    println!("{}", unsafe { *lost });
}
