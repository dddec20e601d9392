// Through raw pointers the checker promises nothing: each fault names its `unsafe` block.
// says: in this `unsafe` block
use std::alloc::{alloc, dealloc, Layout};

fn main() {
    layout();
    twice();
    uninitialised();
    misaligned();
    dangling();
    outside();
}

fn layout() {
    let size = Layout::new::<u64>();
    unsafe {
        let block = alloc(size);
        dealloc(block, Layout::from_size_align(16, 8).unwrap()); //~ ERROR FH0303
    }
}

fn twice() {
    let size = Layout::new::<u64>();
    unsafe {
        let block = alloc(size);
        dealloc(block, size);
        dealloc(block, size); //~ ERROR FH0202
    }
}

fn uninitialised() {
    let size = Layout::array::<u32>(4).unwrap();
    unsafe {
        let block = alloc(size) as *mut u32;
        block.write(1);
        println!("{}", *block.add(1) > 0); //~ ERROR FH0401
        dealloc(block as *mut u8, size);
    }
}

fn misaligned() {
    let words = [1u32, 2, 3];
    let inside = unsafe { (words.as_ptr() as *const u8).add(2) as *const u32 };
    let value = unsafe { *inside }; //~ ERROR FH0503
    println!("{}", value);
}

fn dangling() {
    let place: *const i32;
    {
        let owner = Box::new(7);
        place = &*owner;
    }
    let seen = unsafe { &*place }; //~ ERROR FH0201
    println!("{}", *seen < 8);
    println!("{}", *seen < 9);
}

fn outside() {
    let v = vec![1u8, 2, 3];
    let past = unsafe { *v.as_ptr().add(8) }; //~ ERROR FH0106
    println!("{}", past < 1);
}
