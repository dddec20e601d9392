fn twice(p: &mut i32) { // <-
    *p *= 2;
}

fn main() {
    let mut p = Box::new(21);
    twice(&mut p); // <-
    println!("{p}");
}
