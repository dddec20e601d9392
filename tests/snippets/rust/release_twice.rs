fn total_weight() -> u64 {
let parcels = vec![3, 5, 8]; // alloc
let mut sum = 0;
for parcel in parcels.iter() {
sum += parcel;
}
dealloc(parcels); // <- here
let charged = rounded(sum);
dealloc(parcels); // <- and here
return charged;
}
rounded(weight) {
return weight;
}
total_weight();
