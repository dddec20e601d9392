fn main() {
let rope = String::from("rope");
let other = rope;
drop(rope); // Error: rope was moved
drop(other);
}
