struct Row {
    items: Box<[i32]>,
    count: usize,
}

impl Row {
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
    let mut row = Row { items: Box::new([]), count: 0 };
    row.push(107);
}
