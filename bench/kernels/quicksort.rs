//! Sort slices of records by their keys, with a quicksort of one's own.

#[derive(Clone, Copy)]
struct Record {
    key: u32,
    place: u32,
}

struct Random(u64);

impl Random {
    fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as u32
    }
}

fn insertion(records: &mut [Record]) {
    for i in 1..records.len() {
        let one = records[i];
        let mut j = i;
        while j > 0 && records[j - 1].key > one.key {
            records[j] = records[j - 1];
            j -= 1;
        }
        records[j] = one;
    }
}

fn partition(records: &mut [Record]) -> usize {
    let pivot = records[records.len() / 2].key;
    let (mut low, mut high) = (0, records.len() - 1);
    loop {
        while records[low].key < pivot {
            low += 1;
        }
        while records[high].key > pivot {
            high -= 1;
        }
        if low >= high {
            return high + 1;
        }
        records.swap(low, high);
        low += 1;
        high -= 1;
    }
}

fn sort(records: &mut [Record]) {
    if records.len() <= 16 {
        return insertion(records);
    }
    let middle = partition(records);
    let (left, right) = records.split_at_mut(middle);
    sort(left);
    sort(right);
}

fn main() {
    let mut random = Random(42);
    let mut sum = 0u64;
    for _ in 0..12 {
        let mut records: Vec<Record> =
            (0..600_000).map(|place| Record { key: random.next(), place }).collect();
        sort(&mut records);
        for pair in records.windows(2) {
            assert!(pair[0].key <= pair[1].key);
        }
        sum += records.iter().step_by(1000).map(|one| one.place as u64).sum::<u64>();
    }
    println!("{sum}");
}
