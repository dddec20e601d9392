fn main() {
    let a = vec![1, 2, 3];
    let b = a;
    drop(a);
    drop(b);
}
