struct Shelf {
    books: Box<[u16]>,
    count: usize,
    room: usize

impl Shelf {
    fn new() -> &Shelf {
        let shelf = Shelf {
            books: Box::new([]),
            count: 0,
            room: 0
        return &shelf;

fn main () {}
