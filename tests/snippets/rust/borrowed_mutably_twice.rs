fn main() {
let mut sign = String::from("open");
let left = &mut sign;
let right = &mut sign; // Error
left.push('!');
println!("{}", left);
}
