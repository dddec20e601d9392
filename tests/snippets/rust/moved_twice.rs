fn announce(stations: Vec<u16>) {
for station in stations.iter() {
println!("{}", station);
}
// dealloc(stations)
}
fn main() {
let stations = vec![101, 102]; // alloc()
announce(stations); // given away
announce(stations); // and used again
}
