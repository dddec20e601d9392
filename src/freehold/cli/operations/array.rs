fn main() {
    let n = 3;
    let mut a = Vec::with_capacity(n); // <-
    for i in 0..n {
        a.push(i * 10);
    }
    println!("{} {} {}", a[0], a[1], a[2]);
}
