fn total_weight() -> u64 {
let parcels = vec![3, 5, 8]; // alloc
let mut sum = 0;
for parcel in parcels.iter() {
sum += parcel;
}
let charged = rounded(sum);
dealloc(parcels); // <- here
return charged;
}
rounded(weight) {
// to be written
return weight;
}
println!("{}", total_weight());
