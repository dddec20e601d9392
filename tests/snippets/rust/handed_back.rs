fn announce(stations: Vec<u16>) {
for station in stations.iter() {
println!("{}", station);
}
return stations;
}
fn main() {
let stations = vec![101, 102]; // alloc()
let again = announce(stations); // back in `again`
let last = announce(again);// and in `last`
}
