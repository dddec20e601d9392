// freehold learn: years
//
// `print_years` takes the vector, and drops it: the second call has nothing to print. Let both calls
// print the same years, without a second vector in memory.
//
// Then:  freehold learn grade years.rs

fn print_years(years: Vec<u32>) {
    println!("{} years, from {} to {}", years.len(), years[0], years[years.len() - 1]);
}

fn main() {
    let years: Vec<u32> = (1000..2000).collect();
    print_years(years);
    print_years(years);
}
