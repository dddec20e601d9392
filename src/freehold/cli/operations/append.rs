fn main() {
    let mut v = Vec::new();
    for i in 0..5 {
        v.push(i); // <-
    }
    println!("{} {}", v.len(), v[v.len() - 1]);
}
