fn total_weight() -> u64 {
let parcels = vec![3, 5, 8]; // alloc
let mut sum = 0;
dealloc(parcels); // <- too early
for parcel in parcels.iter() {
sum += parcel;
}
let charged = rounded(sum);
return charged;
}
rounded(weight) {
return weight;
}
total_weight();
