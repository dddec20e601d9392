Two Kinds of Memory
Chapter 9: where values live
What every beginner asks first.
On the Stack
fn main() {
// small and of known size
let (apples, pears) = (2, 3);
println!("fruit: {}", apples + pears);
}On the Heap
fn main() {
let name = String::from("orchard");
// only the handle is on the stack
println!("name: {}", name);
}Owners
- There is one owner at a time
- It may hand the value over
fn main() {
let first = String::from("ladder");
let second = first; // first is moved to second
// println!("{}", first); // Error: first has no value any more
println!("{}", second);
let (one, two) = ([1, 2], [1, 2]); // arrays of numbers are copied
println!("{:?} {:?}", one, two);
}The Drop Trait
What Happens at the End
struct Basket {
owner: String,
}
impl Drop for Basket {
fn drop(&mut self) {
println!("the basket of {} is empty", self.owner);
}
}
fn main() {
let a = Basket {
owner: String::from("Ada"),
};
let b = Basket {
owner: String::from("Bob"),
};
println!("two baskets");
}
// the second is dropped first, then the other oneDropping Early
fn main() {
let c = Basket {
owner: String::from("Cy"),
};
drop(c); // by hand
println!("none left");
}Remember
- ✅ One owner
