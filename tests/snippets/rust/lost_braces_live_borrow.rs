struct Shelf {
    books: Box<[u16]>,
    count: usize,
    room: usize

impl Shelf {
    fn new() -> Shelf {
        let shelf = Shelf {
            books: Box::new([0]),
            count: 0,
            room: 1
        return shelf;

    fn put(&mut self, book: u16) {
        if self.count == self.room {
            let more = self.room * 2;
            let mut books = unsafe {
                let start = Heap::default()
                    .alloc(Layout::array::<u16>(more).unwrap())
                    .unwrap() as *mut u16;
                Box::from_raw(slice::from_raw_parts_mut(start, more))

            for i in 0..self.count {
                books[i] = self.books[i];

            self.books = books;
            self.room = more;

        self.books[self.count] = book;
        self.count += 1;

fn main() {
    let mut shelf: Shelf = Shelf::new();
    shelf.put(451);
    shelf.put(1984);
    shelf.put(42);

    let first: &u16 = &shelf.books[0];
    shelf.put(7);
    println!("{}", first);
