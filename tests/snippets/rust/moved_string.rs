fn main() {
let first = String::from("ladder");
let second = first; // first is moved to second
println!("{}", first); // Error: first has no value any more
println!("{}", second);
}
