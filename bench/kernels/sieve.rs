//! Count primes with a sieve of flags.

fn primes_below(limit: usize, composite: &mut Vec<bool>) -> usize {
    composite.clear();
    composite.resize(limit, false);
    let mut found = 0;
    for i in 2..limit {
        if composite[i] {
            continue;
        }
        found += 1;
        let mut multiple = i * i;
        while multiple < limit {
            composite[multiple] = true;
            multiple += i;
        }
    }
    found
}

fn main() {
    let mut composite = Vec::new();
    let mut sum = 0;
    for round in 0..12 {
        sum += primes_below(4_000_000 + round, &mut composite);
    }
    println!("{sum}");
}
