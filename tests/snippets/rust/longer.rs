fn longer<'t>(a: &'t str, b: &'t str) -> &'t str {
if b.len() > a.len() {
b
} else {
a
}
}
fn main() {
let river = String::from("Mississippi");
let creek = String::from("Elk");
println!("{}", longer(&creek, &river));
}
