fn take(bytes: Vec<u8>) -> usize {
    bytes.len()
}

fn look(bytes: &Vec<u8>) -> usize {
    bytes.len()
}

fn main() {
    let bytes = vec![1, 2, 3];
    look(&bytes);
    look(&bytes);
    take(bytes);
    look(&bytes);
}
