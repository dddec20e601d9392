fn main() {
    let mut a = vec![1, 2];
    a.resize(4, 0); // <-
    println!("{} {} {} {}", a[0], a[1], a[2], a[3]);
}
