// Where code is unsafe, no object is better aligned than its type asks for: what only happens to
// be aligned is found in every run.
use std::alloc::{alloc, alloc_zeroed, dealloc, realloc, Layout};

static BYTES: [u8; 8] = [1; 8];

#[repr(align(64))]
struct Line(u8);

fn lowest(address: usize) -> usize {
    address & address.wrapping_neg()
}

fn main() {
    places();
    blocks();
    by_luck();
    drop(Tight(0, Aligned(4)));
}

fn places() {
    let (bytes, pair, word) = ([1u8; 5], [1u16; 5], 9u64);
    let found = [&raw const bytes as usize, &raw const pair as usize, &raw const word as usize];
    println!("{:?} {}", found.map(lowest), lowest(BYTES.as_ptr() as usize));
    let line = Line(1);
    println!("{}", &raw const line as usize % 64 + line.0 as usize);
    println!("{}", lowest(vec![1u8, 2, 3].as_ptr() as usize));
}

fn blocks() {
    for size in [1, 15, 16, 31, 1023, 32_767, 100_000] {
        for align in [1, 2, 8, 16, 64] {
            let layout = Layout::from_size_align(size, align).unwrap();
            let grown = Layout::from_size_align(size * 3 / 2 + 5, align).unwrap();
            unsafe {
                let (mut block, zeroed) = (alloc(layout), alloc_zeroed(layout));
                block.add(size - 1).write(1);
                block = realloc(block, layout, grown.size());
                assert!(*block.add(size - 1) == 1 && *zeroed.add(size - 1) == 0);
                assert!(lowest(block as usize) >= align && zeroed as usize % align == 0);
                assert!(align == 64 || align == 16 || lowest(block as usize) == align);
                dealloc(block, grown);
                dealloc(zeroed, layout);
            }
        }
    }
}

fn by_luck() {
    let bytes = [7u8; 8];
    let word = bytes.as_ptr() as *const u32;
    println!("{}", unsafe { *word }); //~ ERROR FH0503
    let pair = [1u16, 2, 3];
    let both = unsafe { &*(&raw const pair as *const u32) }; //~ ERROR FH0503
    println!("{}", *both > 0);
}

// What a packed struct holds is dropped where it is aligned.
struct Aligned(u32);

impl Drop for Aligned {
    fn drop(&mut self) {
        println!("{}", &raw const self.0 as usize % 4 + self.0 as usize);
    }
}

#[repr(C, packed)]
struct Tight(u8, Aligned);
