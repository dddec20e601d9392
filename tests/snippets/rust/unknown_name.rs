fn announce(stations: Vec<u16>) {
for station in stations.iter() {
println!("{}", station);
}
}
fn main() {
let stations = vec![101, 102]; // alloc()
announce(stations.clone()); // a copy
announce(station2);
}
