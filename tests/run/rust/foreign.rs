// A function of a library that is not here.
// exit: 3
unsafe extern "C" {
    fn of_some_library(number: i32) -> i32;
}

fn main() {
    println!("{}", unsafe { of_some_library(1) });
}
