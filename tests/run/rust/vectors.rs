// Vec: growth, every way in and out, and what drops when.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Noisy(i32);

impl Drop for Noisy {
    fn drop(&mut self) {
        println!("drop {}", self.0);
    }
}

fn noisy(range: std::ops::Range<i32>) -> Vec<Noisy> { range.map(Noisy).collect() }

fn growth<T: Clone>(value: T) {
    let mut v = Vec::new();
    let mut last = v.capacity();
    print!("{last}");
    for _ in 0..20 {
        v.push(value.clone());
        if v.capacity() != last {
            last = v.capacity();
            print!(" {last}");
        }
    }
    println!();
}

fn main() {
    growth(1u8);
    growth(1u64);
    growth([0u8; 2000]);
    println!("{}", Vec::<()>::new().capacity() == usize::MAX);

    let mut v = vec![5, 3, 8, 1];
    v.insert(1, 9);
    let removed = (v.remove(0), v.swap_remove(0));
    println!("{v:?} {removed:?}");
    v.extend([7, 7, 2]);
    v.extend_from_slice(&[4, 4, 4]);
    v.dedup();
    println!("{v:?}");
    v.retain(|x| x % 2 == 0);
    let popped = v.pop();
    println!("{v:?} {popped:?}");
    v.resize(5, 6);
    println!("{v:?}");
    let tail = v.split_off(3);
    println!("{v:?} {tail:?}");
    let mut all = vec![0; 3];
    all.append(&mut v);
    println!("{all:?} {v:?} {}", all.len());
    let drained: Vec<_> = all.drain(1..4).collect();
    println!("{drained:?} {all:?}");
    all.splice(1..1, [10, 11, 12]);
    println!("{all:?}");
    all.truncate(2);
    println!("{all:?} {:?} {:?}", all.first(), all.last());
    println!("{:?}", vec![vec![1, 2], vec![3]].concat());
    println!("{:?} {:?}", vec!["a", "b"].join("-"), [[1], [2]].join(&0));
    println!("{:?}", all.iter().rev().chain(&tail).collect::<Vec<_>>());
    println!("{}", vec![1, 2] < vec![1, 2, 0]);
    println!("{:?}", all == [0, 10]);
    let boxed: Box<[i32]> = all.into_boxed_slice();
    println!("{boxed:?} {}", boxed.len());
    println!("{:?}", boxed.into_vec());

    let mut n = noisy(0..6);
    n.retain(|x| x.0 != 2);
    println!("retained");
    n.drain(1..3);
    println!("drained");
    n.truncate(2);
    println!("truncated {n:?}");
    let mut iter = noisy(10..14).into_iter();
    let ends = (iter.next(), iter.next_back());
    println!("ends {ends:?}");
    println!("rest {:?}", iter.as_slice());
    drop(iter);
    println!("clear");
    n.clear();
    let again = vec![Noisy(20); 3];
    println!("{}", again.len());
    let mut by_key = noisy(30..33);
    by_key.sort_by_key(|x| -x.0);
    println!("{by_key:?}");
    println!("removed {:?}", by_key.remove(1));
    let array: [Noisy; 2] = by_key.try_into().unwrap();
    println!("{array:?}");
    std::mem::forget(array);
    println!("end");
}
