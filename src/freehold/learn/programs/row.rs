// freehold learn: row
//
// The growing array of `seven`, in Rust, as one would first write it after the C. The compiler
// refuses some of its bugs; one it cannot see. Mend all: the program is to print 107 after both
// pushes, without `unsafe`, and with one block of memory for the items.
//
// `freehold check row.rs` says what is refused, `freehold run row.rs` what happens then.
// Then:  freehold learn grade row.rs

struct Row {
    items: Box<[i32]>,
    count: usize,
}

impl Row {
    fn new() -> &Row {
        let row = Row { items: Box::new([]), count: 0 };
        &row
    }

    fn push(&mut self, item: i32) {
        if self.count == self.items.len() {
            let mut wider = vec![0; self.items.len() * 2].into_boxed_slice();
            wider[..self.count].copy_from_slice(&self.items);
            self.items = wider;
        }
        self.items[self.count] = item;
        self.count += 1;
    }
}

fn main() {
    let mut row = Row::new();
    row.push(107);
    let first = &row.items[0];
    row.push(110);
    println!("{first}");
}
