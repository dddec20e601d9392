fn total_weight() -> u64 {
let mut sum = 0;
{ // a scope of its own
let parcels = vec![3, 5, 8]; // alloc
for parcel in parcels.iter() {
sum += parcel;
}
//dealloc(parcels)
} // ends here
let charged = rounded(sum);
return charged;
}
rounded(weight) {
return weight;
}
println!("{}", total_weight());
