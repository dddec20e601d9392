// What unsafe code promises beside good accesses: arithmetic stays in its object, so do paths to
// fields, and references exist to values only.
// says: in this `unsafe` block
use std::ptr::{self, addr_of, addr_of_mut, NonNull};

fn gone() -> *const i32 {
    let owner = Box::new(42);
    &*owner
}

fn main() {
    let numbers = [1, 2, 3];
    let first = numbers.as_ptr();
    let last = unsafe { first.add(4) }; //~ ERROR FH0509
    let end = unsafe { first.add(3) };
    println!("{} {}", last.is_null(), unsafe { *end.sub(1) });
    let before = unsafe { NonNull::from(&numbers[1]).sub(2) }; //~ ERROR FH0509
    println!("{}", before.as_ptr() as *const i32 == first.wrapping_sub(1));
    let far = unsafe { gone().offset(9) }; //~ ERROR FH0509
    println!("{}", far.is_null());
    paths();
    references();
}

fn paths() {
    let parts = gone() as *const (u8, u8, u8, u8);
    unsafe { let _ = (*parts).1; } //~ ERROR FH0509
    let word = 0u32;
    let wide = addr_of!(word).cast::<(u32, u32, u32)>();
    let inside = unsafe { addr_of!((*wide).1) };
    let outside = unsafe { addr_of!((*wide).2) }; //~ ERROR FH0509
    println!("{}", inside < outside);
}

fn references() {
    let mut address = ptr::without_provenance::<i32>(24);
    let place = addr_of_mut!(address);
    let _ = unsafe { addr_of_mut!(**place.cast::<&mut i32>()) }; //~ ERROR FH0501
    let _ = unsafe { addr_of_mut!(**place.cast::<Box<i32>>()) }; //~ ERROR FH0501
    let none: &u16 = unsafe { std::mem::transmute(24usize) }; //~ ERROR FH0501
    println!("{}", ptr::from_ref(none).is_null());
}
