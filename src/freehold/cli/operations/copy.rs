fn main() {
    let a = vec![1, 2, 3];
    let mut b = a.clone(); // <-
    b[0] = 9;
    println!("{} {}", a[0], b[0]);
}
