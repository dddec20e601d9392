// Arithmetic overflow is a panic, as in a debug build.
// exit: 101
// says: attempt to multiply with overflow
fn main() {
    let mut product = 1i32;
    for factor in 1..20 {
        product *= factor;
        println!("{product}");
    }
}
