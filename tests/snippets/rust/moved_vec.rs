fn main() {
let crates = vec![4, 5, 6];
let stacked = crates;
println!("{:?}", crates); // Error
println!("{:?}", stacked);
}
