// A whole value that is moved out of a box is read at once; nothing is said of a program without `unsafe`.
// exit: 0
fn main() {
    let mut total = 0;
    {
        let mut add = Box::new(None);
        *add = Some(|| total += 1);
        (add.unwrap())();
    }
    println!("{total}");
}
