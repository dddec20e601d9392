fn main() {
let mut sign = String::from("open");
let left = &mut sign;
let reader = &sign; // Error
left.push('!');
println!("{}", left);
}
