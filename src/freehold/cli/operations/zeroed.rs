fn main() {
    let n = 4;
    let a = vec![0; n]; // <-
    println!("{} {}", a[0], a[3]);
}
