fn main() {
    let answer = Box::new(42);
    println!("{}", *answer);
    let other = answer;
    println!("{}", *other + 1);
}
