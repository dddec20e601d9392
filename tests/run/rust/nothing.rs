// Values without bytes: passed, kept in a vector, returned.
#[derive(Debug, Clone, PartialEq)]
struct Nothing;

fn same(nothing: Nothing, unit: ()) -> (Nothing, ()) {
    (nothing, unit)
}

fn main() {
    let mut units = vec![(); 3];
    units.push(());
    let nothings = vec![Nothing; 2];
    println!("{} {}", units.len(), nothings.len());
    println!("{:?}", same(nothings[1].clone(), units[0]));
}
